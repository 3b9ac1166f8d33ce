// Whether an entry of which an earlier run of the same exhibit has left something needs to be read again.
import type { SeenItem } from '../contract/index.js';

export type Verdict = 'new' | 'seen' | 'changed';

/** An entry is new too where nothing could be read of it before. */
export const judge = (seen: Pick<SeenItem, 'state' | 'stateKey'> | undefined, stateKey: string | null): Verdict => {
  if (seen === undefined || seen.state === 'unreadable' || seen.state === 'missing') return 'new';
  return seen.stateKey === null || stateKey === null || seen.stateKey === stateKey ? 'seen' : 'changed';
};
