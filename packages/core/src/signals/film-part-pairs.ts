// Pairs of frames of two films that share a part or a place, as far as their words tell: what the methods that look at key frames go through.
import { WordIndex } from '../index/words/word-index.js';
import type { FilmPart } from './film-parts-signal.js';

export interface FramePair {
  /** Numbers of the frames. */
  readonly a: number;
  readonly b: number;
}

/** At most so many, spread over both lengths, where more are proposed. */
export const proposedPairs = (from: readonly FilmPart[], to: readonly FilmPart[], most: number): FramePair[] => {
  const words = new WordIndex();
  to.forEach(({ features }, i) => words.add(i, features));
  const proposed = from.flatMap(({ features }, a) => words.search(features).map((b) => ({ a, b })));
  const step = Math.max(1, Math.ceil(proposed.length / most));
  return proposed.filter((_, i) => i % step === 0);
};
