// Speaks to a server byte by byte, as nobody's browser does.
import { connect } from 'node:net';

export interface RawAnswer {
  /** All that came back, to the end of the connection or of patience. */
  readonly text: string;
  /** Status of every answer in it, in order. */
  readonly statuses: readonly number[];
  /** Whether the server hung up. */
  readonly closed: boolean;
}

/** Sends each part when the one before has left, then listens until the server hangs up, or nothing came for `quietMs`. */
export const sendRaw = (port: number, parts: readonly string[], { quietMs = 3_000 } = {}): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    let closed = false;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ text, statuses, closed });
    };
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, quietMs);
    };
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      for (const part of parts) socket.write(part, 'latin1');
      if (text === '') timer = setTimeout(end, 10_000);
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
      listen();
    });
    socket.on('close', () => {
      closed = true;
      end();
    });
    // What is written after the server has hung up; the close that follows tells it.
    socket.on('error', () => undefined);
  });
