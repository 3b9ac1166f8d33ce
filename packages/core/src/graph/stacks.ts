// Stacks: which media of one agency are shown as one, under a representative that each of them matches. Sameness does not chain.
//
// The rule: media are ranked by pixels, then bytes, then SHA-256 (`compareRank`). Going down the ranking, a medium that matches a
// representative found so far joins the best-ranked one of these; any other becomes a representative. So the stacks follow
// from the media and their matches alone, in whatever order these came in, and one more medium changes only what lies below it.

export interface StackMember {
  readonly id: string;
  readonly pixelCount: number;
  readonly byteCount: number;
  /** Settles ties, so that two runs over the same files agree whatever ids they gave. */
  readonly sha256: string;
}

/** Ids of the media of the same agency that are the same content or identical; symmetric. */
export type Neighbours = (id: string) => Iterable<string>;

/** Medium -> representative; representatives map to themselves. */
export type Stacks = ReadonlyMap<string, string>;

/** Negative when `a` ranks before `b`: more pixels, then more bytes, then the smaller digest, then the smaller id. */
export const compareRank = (a: StackMember, b: StackMember): number =>
  b.pixelCount - a.pixelCount ||
  b.byteCount - a.byteCount ||
  compareText(a.sha256, b.sha256) ||
  compareText(a.id, b.id);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Stacks of all `members`, from nothing. Neighbours that are not members are left aside. */
export const computeStacks = (members: Iterable<StackMember>, neighbours: Neighbours): Stacks => {
  const stacks = new Map<string, string>();
  const byId = new Map([...members].map((member) => [member.id, member]));
  for (const member of [...byId.values()].sort(compareRank)) {
    stacks.set(member.id, representativeOf(member, byId, neighbours, stacks));
  }
  return stacks;
};

/** The best-ranked representative above `member` that it matches, else itself. Those above must be settled. */
const representativeOf = (
  member: StackMember,
  byId: ReadonlyMap<string, StackMember>,
  neighbours: Neighbours,
  stacks: Stacks,
): string => {
  let best: StackMember = member;
  for (const id of neighbours(member.id)) {
    const other = byId.get(id);
    if (other && stacks.get(id) === id && compareRank(other, best) < 0) best = other;
  }
  return best.id;
};

/**
 * What changes when `changed` media were added or got or lost a match: medium -> new representative, only where it differs from
 * `current`. Settles the changed media and, down the ranking, whatever depended on them; yields what `computeStacks` would.
 */
export const restack = (
  changed: Iterable<string>,
  members: ReadonlyMap<string, StackMember>,
  neighbours: Neighbours,
  current: Stacks,
): Stacks => {
  const settled = new Map(current);
  const changes = new Map<string, string>();
  const waiting = new Map<string, StackMember>();
  const wait = (id: string): void => {
    const member = members.get(id);
    if (member) waiting.set(id, member);
  };
  for (const id of changed) wait(id);

  for (let next = highest(waiting); next !== undefined; next = highest(waiting)) {
    waiting.delete(next.id);
    const before = settled.get(next.id);
    const after = representativeOf(next, members, neighbours, settled);
    if (after === before) continue;
    settled.set(next.id, after);
    changes.set(next.id, after);
    // Only becoming or ceasing to be a representative concerns those below.
    if (after !== next.id && before !== next.id) continue;
    for (const id of neighbours(next.id)) {
      const other = members.get(id);
      if (other && compareRank(next, other) < 0) waiting.set(id, other);
    }
  }
  return changes;
};

const highest = (waiting: ReadonlyMap<string, StackMember>): StackMember | undefined => {
  let first: StackMember | undefined;
  for (const member of waiting.values()) if (first === undefined || compareRank(member, first) < 0) first = member;
  return first;
};
