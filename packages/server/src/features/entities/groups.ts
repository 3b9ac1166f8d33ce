// The records that are one with a record for whoever asks, by the merging assertions that they see.
import { agreedPairs, mergedGroups, type MergeClaim } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';
import { claimsOn } from './assertion-queries.js';

export interface Groups {
  /** The name of the group of any of the records; of one that was not asked for: itself. */
  readonly groupOf: (id: string) => string;
  readonly members: (id: string) => string[];
  /** Pairs that count, for `isAgreed`. */
  readonly agreed: ReturnType<typeof agreedPairs>;
}

/** Goes from record to record: costs what is merged with these, and not what the store holds. */
export const groupsOf = async (trx: Trx, ids: readonly string[]): Promise<Groups> => {
  const known = new Set(ids);
  const claims: MergeClaim[] = [];
  for (let edge = [...known]; edge.length > 0;) {
    const found = await claimsOn(trx, edge);
    claims.push(...found);
    edge = [...new Set(found.flatMap(({ a, b }) => [a, b]))].filter((id) => !known.has(id));
    edge.forEach((id) => known.add(id));
  }
  const groups = mergedGroups(known, claims);
  const groupOf = (id: string): string => groups.get(id) ?? id;
  const members = (id: string): string[] => {
    const others = [...groups]
      .filter(([other, group]) => other !== id && group === groupOf(id))
      .map(([other]) => other);
    return [id, ...others.sort()];
  };
  return { groupOf, members, agreed: agreedPairs(claims) };
};
