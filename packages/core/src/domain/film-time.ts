// Times within films and sounds, as they are written everywhere.

const two = (n: number): string => n.toString().padStart(2, '0');

/** `0:04`, `12:30`, `1:02:03`: to the second, rounded down, as players count. */
export const filmTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

/** `0:04–0:12`; of what lies within one second, that. */
export const filmRange = ({ endMs, startMs }: { readonly startMs: number; readonly endMs: number }): string => {
  const [start, end] = [filmTime(startMs), filmTime(endMs)];
  return start === end ? start : `${start}–${end}`;
};
