// The ffmpeg that films are decoded with, found from outside as whoever kills one finds it.
import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly words: readonly string[];
}

/** Every process of this machine that can be looked at. */
const processes = (): Running[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Running[] => {
      try {
        const words = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
        const after = readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /s, '');
        return [{ pid: Number(name), parent: Number(after.split(' ')[1]), words }];
      } catch {
        return []; // it ended meanwhile
      }
    });

/** Those of a process that decode, by a word of what they were told to do. */
export const ffmpegsOf = (parent: number, word = 'pipe:3'): Running[] =>
  processes().filter((one) => one.parent === parent && one.words.includes(word));
