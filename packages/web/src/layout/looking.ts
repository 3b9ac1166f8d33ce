// How long somebody has been looking without a pause, from the times of the pictures that they revealed.

/** So long without a picture is a pause, ms. */
export const PAUSE_MS = 5 * 60_000;

export interface Looking {
  readonly reveals: number;
  readonly minutes: number;
}

/** `times`: rising. What lies before the last pause does not count; once the pause is at its end nothing does. */
export const lookingSince = (times: readonly number[], now: number): Looking => {
  const last = times.at(-1);
  if (last === undefined || now - last >= PAUSE_MS) return { reveals: 0, minutes: 0 };
  const start = times.findLastIndex((time, i) => i === 0 || time - (times[i - 1] ?? 0) >= PAUSE_MS);
  return { reveals: times.length - start, minutes: Math.floor((last - (times[start] ?? last)) / 60_000) };
};
