// LISTEN on a connection of its own, made again when it breaks: a wake-up only, the tables hold the truth.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export type StopListening = () => Promise<void>;

const RETRY_MS = 500;

export const listen = async (
  config: pg.ClientConfig,
  channel: string,
  onNotice: (payload: string | null) => void,
): Promise<StopListening> => {
  let stopped = false;
  let client: pg.Client | null = null;

  const connect = async (): Promise<void> => {
    const next = new pg.Client(config);
    next.on('error', () => undefined);
    next.on('notification', (notice) => onNotice(notice.payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    next.once('end', () => void reconnect());
  };
  const reconnect = async (): Promise<void> => {
    while (!stopped) {
      await sleep(RETRY_MS, undefined, { ref: false });
      try {
        if (!stopped) await connect();
        return stopped ? await client?.end() : onNotice(null);
      } catch {
        // Down or restarting: tried again.
      }
    }
  };

  await connect();
  return async () => {
    stopped = true;
    await client?.end().catch(() => undefined);
  };
};
