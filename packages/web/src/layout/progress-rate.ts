// Rate and time left of running work, from the counts seen so far: a sliding window, so that a pause shows as a pause.

export interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const WINDOW_MS = 15_000;

/** Adds a sample and drops those out of the window (one older is kept as its start). */
export const addSample = (samples: readonly Sample[], next: Sample): readonly Sample[] => {
  const last = samples.at(-1);
  if (last !== undefined && next.done < last.done) return [next];
  const from = samples.findLastIndex((sample) => sample.atMs <= next.atMs - WINDOW_MS);
  return [...samples.slice(Math.max(0, from)), next];
};

/** Per second over the window; null before two samples. */
export const rateOf = (samples: readonly Sample[]): number | null => {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  return ((last.done - first.done) * 1000) / (last.atMs - first.atMs);
};

/** Seconds to go; null while nothing moves or the total is not known. */
export const secondsLeft = (samples: readonly Sample[], total: number | null): number | null => {
  const perSecond = rateOf(samples);
  const done = samples.at(-1)?.done ?? 0;
  if (total === null || perSecond === null || perSecond <= 0) return null;
  return Math.max(0, total - done) / perSecond;
};
