// Collects results and stores them in batches while the next files are decoded: one transaction for many files, and
// never more than one batch under way.
import type { DecodeResult } from './decode-result.js';

const FULL_AT = 16;
const LINGER_MS = 400;

export interface ResultBatch {
  /** Waits when two batches are due: the disk sets the pace then. */
  add(result: DecodeResult): Promise<void>;
  /** Stores what is left. Throws what storing threw, also for earlier batches. */
  finish(): Promise<void>;
}

export const createResultBatch = (store: (results: readonly DecodeResult[]) => Promise<void>): ResultBatch => {
  let open: DecodeResult[] = [];
  let storing: Promise<void> = Promise.resolve();
  let failure: unknown = null;
  let timer: NodeJS.Timeout | null = null;

  const close = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const results = open;
    open = [];
    storing = storing
      .then(() => store(results))
      .catch((error: unknown) => {
        failure ??= error;
      });
  };
  const check = (): void => {
    if (failure !== null) throw failure;
  };
  return {
    add: async (result) => {
      check();
      open.push(result);
      timer ??= setTimeout(close, LINGER_MS);
      if (open.length < FULL_AT) return;
      await storing;
      close();
      check();
    },
    finish: async () => {
      close();
      await storing;
      check();
    },
  };
};
