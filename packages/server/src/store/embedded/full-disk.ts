// Whether it was the disk that kept PostgreSQL from starting: by its own words, or, when no word fitted any more, by what is free.
import { statfs } from 'node:fs/promises';

/** Below this PostgreSQL writes neither its pid file nor a line of its log. */
const NOTHING_LEFT_BYTES = 256 * 1024;

const WORDS = /No space left on device|Disk quota exceeded/;

/** Whether the output of a program says so. */
export const saysFull = (output: string): boolean => WORDS.test(output);

/** Whether next to nothing is free where `folder` lies, for whoever is not root. */
export const isFullDisk = async (folder: string): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < NOTHING_LEFT_BYTES;
};
