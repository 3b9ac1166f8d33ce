// What somebody who searches by a picture, a film or a sound asks the active matcher of this machine: which contents may match these signals. Through a socket in the data folder, which
// only our own user may open; neither the signals nor the answer are kept. Who may see what of the answer is the asker's affair, and where nobody answers
// the asker looks through all that may be seen, which finds the same.
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { hasLength } from '@redthread/core/graph';
import type { Signal } from '@redthread/core/signals';
import { z } from 'zod';
import { receiveFrames, receivedSignals, sendFrame, SignalHeader, signalHeader } from '../media/index.js';
import { makeFolder } from './data-folder.js';

const LIMITS = { headerBytes: 2 ** 14, payloadBytes: 2 ** 25 };
/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST_PATH_BYTES = 103;
/** An answer takes milliseconds; what takes longer is busy with something else. A film asks for each of its frames. */
const PATIENCE_MS = 5_000;
const FILM_PATIENCE_MS = 60_000;
/** One list of contents: with all the store in it still within this. */
const ANSWER_BYTES = 64 * 2 ** 20;

const Question = z.object({ signals: z.array(SignalHeader).max(16) });
const Answer = z.object({ contents: z.array(z.number().int()).nullable() });

const folderOf = (dataFolder: string): string => join(dataFolder, 'index');
const pathOf = (dataFolder: string): string => join(folderOf(dataFolder), 'matcher.sock');

/** Null where nobody is there who knows, or nobody yet. */
export const askProposals = (dataFolder: string, signals: readonly Signal[]): Promise<readonly number[] | null> =>
  new Promise((resolve) => {
    const socket = connect(pathOf(dataFolder));
    const end = (contents: readonly number[] | null): void => {
      resolve(contents);
      socket.destroy();
    };
    socket.setTimeout(hasLength(signals) ? FILM_PATIENCE_MS : PATIENCE_MS, () => end(null));
    socket.once('error', () => end(null));
    socket.once('close', () => end(null));
    receiveFrames(
      socket,
      { headerBytes: ANSWER_BYTES, payloadBytes: 0 },
      ({ header }) => end(Answer.safeParse(header).data?.contents ?? null),
      () => end(null),
    );
    const values = signals.map(({ value }) => Buffer.from(value.buffer, value.byteOffset, value.length));
    sendFrame(socket, { signals: signals.map(signalHeader) }, Buffer.concat(values));
  });

export interface ProposalDoor {
  close(): Promise<void>;
}

/** `propose` answers null while it does not know. A folder whose path is too long for a socket has none. */
export const answerProposals = async (
  dataFolder: string,
  propose: (signals: readonly Signal[]) => Promise<readonly number[] | null>,
): Promise<ProposalDoor> => {
  const path = pathOf(dataFolder);
  if (Buffer.byteLength(path) > LONGEST_PATH_BYTES) return { close: async () => undefined };
  makeFolder(folderOf(dataFolder), 0o700);
  // Of a matcher that was killed: whoever opens this is the only active one.
  rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(FILM_PATIENCE_MS, () => socket.destroy());
    const answer = async (header: unknown, payload: Buffer): Promise<void> => {
      const { signals } = Question.parse(header);
      const contents = await propose(receivedSignals(signals, payload));
      sendFrame(socket, { contents }, Buffer.alloc(0));
    };
    receiveFrames(
      socket,
      LIMITS,
      ({ header, payload }) => void answer(header, payload).catch(() => socket.destroy()),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};
