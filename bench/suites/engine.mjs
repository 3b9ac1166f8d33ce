// The comparison engine: searching near hashes, looking up exact ones, hashing pictures; each against peers in the same run.
import * as hashing from '../lib/engine/hashing.mjs';
import * as lists from '../lib/engine/lists.mjs';
import * as search from '../lib/engine/search.mjs';

const PARTS = [hashing, search, lists];

export const rows = PARTS.flatMap((part) => part.rows);

/** Each part prepares for its own rows only. */
export const prepare = async (context) => {
  const prepared = {};
  for (const part of PARTS) Object.assign(prepared, await part.prepare?.(context));
  return prepared;
};

export const finish = async (context, prepared) => {
  for (const part of PARTS) await part.finish?.(context, prepared);
};
