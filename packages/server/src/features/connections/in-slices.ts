// Work in steps, a slice of time after another: what else this process is asked gets its turn in between.
import { setImmediate as othersFirst } from 'node:timers/promises';

const SLICE_MS = 20;

export const inSlices = async <T>(steps: Generator<undefined, T>): Promise<T> => {
  for (let endsAt = performance.now() + SLICE_MS; ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < endsAt) continue;
    await othersFirst();
    endsAt = performance.now() + SLICE_MS;
  }
};
