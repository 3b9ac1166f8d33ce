// How much of a drawn operation can be taken for something that it is not.
import type { Truth } from './truth.js';

/** Share of the picture files, 0..1, that have a look-alike among the files: same room or template, other content. */
export const nearMissShare = (truth: Pick<Truth, 'files' | 'nearMisses'>): number => {
  const pictures = truth.files.filter(({ kind }) => kind === 'picture');
  const held = new Set(pictures.flatMap(({ frames }) => frames));
  const alike = new Set(
    truth.nearMisses.filter(({ a, b }) => held.has(a) && held.has(b)).flatMap(({ a, b }) => [a, b]),
  );
  return (
    pictures.filter(({ frames }) => frames.some((frame) => alike.has(frame))).length / Math.max(1, pictures.length)
  );
};
