// The first read of a sight, which goes over all that it sees: one at a time in a process, since each takes much of its memory and time, and
// with an answer for those who wait for it.
import { fail, saying, type Said } from '@redthread/core/errors';

/** How far a read is: null until it is its turn, or while that has not been read. */
export interface Progress {
  beganAt: number | null;
  media: number | null;
  matches: number | null;
}

export interface FirstRead {
  /** Rejects with what it failed with. */
  readonly ended: Promise<void>;
  readonly progress: Progress;
}

const inWords = ({ beganAt, media, matches }: Progress): string | Said => {
  if (beganAt === null) return 'it waits until another one has been read';
  const seconds = Math.round((Date.now() - beganAt) / 1000);
  if (media === null) return saying`the files that you see are read, since ${seconds} s`;
  const files = media.toLocaleString('en');
  return matches === null
    ? saying`the matches of ${files} different files are read, since ${seconds} s`
    : saying`${files} different files with ${matches.toLocaleString('en')} matches are put together, since ${seconds} s`;
};

/** Reads that go over everything come one after the other. */
export class FirstReads {
  #last: Promise<unknown> = Promise.resolve();

  begin(work: (progress: Progress) => Promise<void>): FirstRead {
    const progress: Progress = { beganAt: null, media: null, matches: null };
    const ended = this.#last.then(() => {
      progress.beganAt = Date.now();
      return work(progress);
    });
    this.#last = ended.catch(() => undefined);
    return { ended, progress };
  }
}

/** Errors: CONNECTIONS_BEING_READ where it takes longer than that; what it failed with. */
export const untilRead = async ({ ended, progress }: FirstRead, patienceMs: number): Promise<void> => {
  if (patienceMs === Infinity) return ended;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(fail('CONNECTIONS_BEING_READ', inWords(progress))), patienceMs);
  });
  await Promise.race([ended, patience]).finally(() => clearTimeout(timer));
};
