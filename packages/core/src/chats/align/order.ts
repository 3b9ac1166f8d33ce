// The longest run of anchors in which both conversations go forward: patience sorting (Fredman, Discrete Mathematics 11, 1975), n log n.
import type { Anchor } from './clock.js';

/** Anchors rise in `a`. */
export const longestRising = (anchors: readonly Anchor[]): Anchor[] => {
  const tops: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  anchors.forEach(({ b }, i) => {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const at = (low + high) >> 1;
      if (anchors[tops[at]!]!.b < b) low = at + 1;
      else high = at;
    }
    if (low > 0) before[i] = tops[low - 1]!;
    tops[low] = i;
  });
  const run: Anchor[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = before[i]!) run.push(anchors[i]!);
  return run.reverse();
};
