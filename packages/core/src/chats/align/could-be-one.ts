// Whether two conversations are worth aligning: told from what stands once in each, without looking at a message.
import { keysOf, type AlignMessage } from './message.js';

/** Two that stand in both, and one in five hundred of the smaller: what is sent on from group to group gives more, aligning says what it is. */
export const LEAST_SHARED = 2;
export const LEAST_SHARE = 0.002;

/** Texts, files and names that stand once in a conversation. */
export const rareKeys = (messages: readonly AlignMessage[]): Set<string> => {
  const seen = new Map<string, boolean>();
  for (const message of messages) for (const key of keysOf(message)) seen.set(key, !seen.has(key));
  return new Set([...seen].filter(([, once]) => once).map(([key]) => key));
};

export const couldBeOne = <Key>(a: ReadonlySet<Key>, b: ReadonlySet<Key>): boolean => {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  const enough = Math.max(LEAST_SHARED, LEAST_SHARE * small.size);
  let shared = 0;
  for (const key of small) if (large.has(key) && (shared += 1) >= enough) return true;
  return false;
};
