// A door between a browser and an instance, by which a test shuts the network, or lets no more than so many bytes through.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Door {
  readonly url: string;
  /** Bytes that went to the instance so far. */
  readonly sentBytes: () => number;
  /** From now on so many bytes go to the instance, then none until this is called again. */
  readonly allow: (bytes: number) => void;
  /** Cuts what is open, and takes nothing new. */
  readonly shut: () => void;
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

export const openDoor = async (to: string): Promise<Door> => {
  const { port } = new URL(to);
  const pairs = new Set<readonly [near: Socket, far: Socket]>();
  let isOpen = true;
  let sent = 0;
  let most = Infinity;
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (!isOpen) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    far.on('error', () => undefined);
    for (const socket of pair)
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    near.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (!far.write(chunk)) {
        near.pause();
        far.once('drain', () => near.resume());
      }
      if (sent >= most) near.pause();
    });
    far.on('data', (chunk: Buffer) => near.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentBytes: () => sent,
    allow: (bytes) => {
      most = sent + bytes;
      for (const [near] of pairs) near.resume();
    },
    shut: () => {
      isOpen = false;
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    open: () => {
      isOpen = true;
    },
    close: async () => {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
};
