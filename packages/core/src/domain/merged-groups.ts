// Which records are one for a viewer: worked out over the merging assertions that they see and that nobody has taken back, and stored
// nowhere. No record is rewritten, so a retraction, or an assertion that is shared no longer, undoes its merge and nothing else.

/** A merging assertion in force, with the agencies that hold its ends. */
export interface MergeClaim {
  readonly a: string;
  readonly b: string;
  readonly agencyA: string;
  readonly agencyB: string;
  /** The agency that says so. */
  readonly by: string;
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Pairs that count: an agency merges what it holds by itself, two agencies only together. Until then it is proposed. */
export const agreedPairs = (claims: readonly MergeClaim[]): Map<string, readonly [string, string]> => {
  const said = new Map<string, Set<string>>();
  for (const { a, b, by } of claims) {
    const pair = pairOf(a, b);
    said.set(pair, (said.get(pair) ?? new Set()).add(by));
  }
  const agreed = new Map<string, readonly [string, string]>();
  for (const { a, b, agencyA, agencyB } of claims) {
    const by = said.get(pairOf(a, b));
    if (by?.has(agencyA) === true && by.has(agencyB)) agreed.set(pairOf(a, b), a < b ? [a, b] : [b, a]);
  }
  return agreed;
};

export const isAgreed = (agreed: ReadonlyMap<string, unknown>, a: string, b: string): boolean =>
  agreed.has(pairOf(a, b));

/** The name of the group of each record: the least id in it. Union-find with path halving; the order of claims does not matter. */
export const mergedGroups = (ids: Iterable<string>, claims: readonly MergeClaim[]): Map<string, string> => {
  const parent = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (;;) {
      const up = parent.get(at) ?? at;
      if (up === at) return at;
      const above = parent.get(up) ?? up;
      parent.set(at, above);
      at = above;
    }
  };
  const all = new Set(ids);
  for (const { a, b } of claims) all.add(a).add(b);
  for (const [a, b] of agreedPairs(claims).values()) {
    const [rootA, rootB] = [find(a), find(b)];
    if (rootA !== rootB) parent.set(rootA < rootB ? rootB : rootA, rootA < rootB ? rootA : rootB);
  }
  return new Map([...all].map((id) => [id, find(id)]));
};
