// What is reached from one end over its connections, and over the connections of those: two hops, and how strong the way there is.

export interface Tie {
  readonly a: string;
  readonly b: string;
  readonly strengthBits: number;
}

export interface Reached<T extends Tie = Tie> {
  readonly end: string;
  readonly hops: 1 | 2;
  /** Of the strongest way there: a way is as strong as the weakest connection on it. */
  readonly strengthBits: number;
  /** How many ways of so many hops lead there. */
  readonly ways: number;
  /** The strongest way, from the start on. */
  readonly path: readonly T[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const otherEnd = ({ a, b }: Tie, end: string): string | null => (a === end ? b : b === end ? a : null);

/** The ties of every end. */
export type TiesByEnd<T extends Tie = Tie> = ReadonlyMap<string, readonly T[]>;

/** `ties`: each pair of ends once. */
export const tiesByEnd = <T extends Tie>(ties: readonly T[]): TiesByEnd<T> => {
  const byEnd = new Map<string, T[]>();
  for (const tie of ties)
    for (const end of [tie.a, tie.b]) {
      const those = byEnd.get(end);
      if (those === undefined) byEnd.set(end, [tie]);
      else those.push(tie);
    }
  return byEnd;
};

/** Nearer ones first, of these the strongest first. What is one hop away is not said again as two. `leads`: whether one goes on over a tie. */
export const expand = <T extends Tie>(
  byEnd: TiesByEnd<T>,
  start: string,
  leads: (tie: T) => boolean = () => true,
): Reached<T>[] => {
  const near = new Map<string, Reached<T>>();
  for (const tie of byEnd.get(start) ?? []) {
    const end = otherEnd(tie, start);
    if (end !== null && leads(tie))
      near.set(end, { end, hops: 1, strengthBits: tie.strengthBits, ways: 1, path: [tie] });
  }
  const far = new Map<string, Reached<T>>();
  const consider = (end: string, by: string, first: Reached<T>, tie: T): void => {
    const strengthBits = Math.min(first.strengthBits, tie.strengthBits);
    const other = far.get(end);
    const isBetter = other === undefined || compareWays({ strengthBits, by }, wayOf(other)) < 0;
    const best = isBetter ? { strengthBits, path: [...first.path, tie] } : other;
    far.set(end, { end, hops: 2, ...best, ways: (other?.ways ?? 0) + 1 });
  };
  const { isFromNear, ends } = shorterSide(byEnd, start, near);
  for (const one of ends)
    for (const tie of byEnd.get(one) ?? []) {
      const another = otherEnd(tie, one);
      if (another === null || !leads(tie)) continue;
      const [by, end] = isFromNear ? [one, another] : [another, one];
      const first = near.get(by);
      if (first !== undefined && end !== start && !near.has(end)) consider(end, by, first, tie);
    }
  return [near, far].flatMap((reached) =>
    [...reached.values()].sort((x, y) => y.strengthBits - x.strengthBits || compareText(x.end, y.end)),
  );
};

/** Where most ends are near, those that are not have fewer ties to go through. */
const shorterSide = (
  byEnd: TiesByEnd,
  start: string,
  near: ReadonlyMap<string, unknown>,
): { readonly isFromNear: boolean; readonly ends: Iterable<string> } => {
  if (near.size * 2 <= byEnd.size) return { isFromNear: true, ends: near.keys() };
  return { isFromNear: false, ends: [...byEnd.keys()].filter((end) => end !== start && !near.has(end)) };
};

interface Way {
  readonly strengthBits: number;
  /** The end in between. */
  readonly by: string;
}

const wayOf = ({ end, strengthBits, path }: Reached): Way => {
  const last = path[1];
  return { strengthBits, by: last === undefined ? '' : (otherEnd(last, end) ?? '') };
};

/** Ids decide between ways that are as strong, so that no order of arrival shows. */
const compareWays = (x: Way, y: Way): number => y.strengthBits - x.strengthBits || compareText(x.by, y.by);
