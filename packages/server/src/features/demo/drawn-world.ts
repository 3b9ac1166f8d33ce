// The drawn operation in the demonstration's own folder: drawn once a seed and scale, used again after that.
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawOperation, type OperationFile, type Truth } from '@redthread/synth';

export type WorldScale = OperationFile['operation']['scale'];

export interface DrawnWorld {
  readonly folder: string;
  readonly operation: OperationFile;
  readonly truth: Truth;
}

export interface WorldInput {
  readonly dataFolder: string;
  readonly scale: WorldScale;
  readonly seed: number;
  readonly onProgress: (done: number, total: number) => void;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Draws beside the final name and renames: an interrupted drawing is never taken for a whole one. */
export const drawnWorld = async ({ dataFolder, scale, seed, onProgress }: WorldInput): Promise<DrawnWorld> => {
  const folder = join(dataFolder, 'world', `tantalus-${scale}-${seed}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await drawOperation({ operation: 'tantalus', scale, seed, out: unfinished, onProgress });
    renameSync(unfinished, folder);
  }
  return {
    folder,
    operation: readJson(join(folder, 'operation.json')),
    truth: withChats(readJson(join(folder, 'truth.json'))),
  };
};

/** A world that was drawn before there were chats has none. */
const withChats = (truth: Omit<Truth, 'chats'> & Partial<Pick<Truth, 'chats'>>): Truth => ({
  ...truth,
  chats: truth.chats ?? { groups: [], exports: [], postings: [] },
});
