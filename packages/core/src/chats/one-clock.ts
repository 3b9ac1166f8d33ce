// Sets the times of several chat exports on one clock, as far as anybody can: exports of one phone share theirs, an alignment says how far two are apart, and an instant
// is its own. What is left open stays open: of two times nobody is told which was first where their doubt allows either.

/** How a wall clock stands to another: seconds that b's is ahead, and how far single messages are from that. */
export interface ClockLink {
  readonly a: string;
  readonly b: string;
  readonly aheadS: number;
  readonly doubtS: number;
}

export interface Timed {
  /** The wall clock that `local` is of: a phone's. */
  readonly clock: string;
  readonly chat: string;
  /** Within its chat: earlier lines were there before. */
  readonly position: number;
  /** `2025-03-14T16:05`, in no zone. */
  readonly local: string | null;
  readonly instant: string | null;
  /** To so many seconds. */
  readonly precisionS: number;
}

/** Earliest and latest, in seconds of the clock that they are told by. */
interface Interval {
  readonly clock: string;
  readonly from: number;
  readonly to: number;
}

export interface Placed<T extends Timed> {
  readonly of: T;
  /** How many of the others were certainly before: 0 for all that may have been the first. */
  readonly after: number;
}

export interface OneClock<T extends Timed> {
  /** By time as far as that can be said, then by chat and position. */
  readonly items: readonly Placed<T>[];
  /** Whether all of them are told by one clock. */
  readonly ordered: boolean;
  /** Whether the one was certainly before the other. */
  readonly isBefore: (one: T, other: T) => boolean;
}

interface Standing {
  readonly clock: string;
  /** Seconds that its clock is ahead of that clock. */
  readonly aheadS: number;
  readonly doubtS: number;
}

const UTC = 'UTC';
const secondsOf = (text: string, zone = 'Z'): number =>
  Date.parse(`${text.length === 16 ? `${text}:00` : text}${zone}`) / 1000;

/** From each clock the least doubtful way to the first of those that it can be set against; of which instants are known beside it leads to UTC. */
const standings = (clocks: readonly string[], links: readonly ClockLink[]): Map<string, Standing> => {
  const near = new Map<string, { to: string; aheadS: number; doubtS: number }[]>();
  const add = (from: string, to: string, aheadS: number, doubtS: number): void => {
    near.set(from, [...(near.get(from) ?? []), { to, aheadS, doubtS }]);
  };
  for (const { a, b, aheadS, doubtS } of links) {
    add(a, b, aheadS, doubtS);
    add(b, a, -aheadS, doubtS);
  }
  const found = new Map<string, Standing>();
  const roots = near.has(UTC) ? [UTC, ...clocks] : clocks;
  for (const root of roots) {
    if (found.has(root)) continue;
    const open = new Map<string, Standing>([[root, { clock: root, aheadS: 0, doubtS: 0 }]]);
    while (open.size > 0) {
      const [clock, standing] = [...open].reduce((x, y) => (y[1].doubtS < x[1].doubtS ? y : x));
      open.delete(clock);
      found.set(clock, standing);
      for (const { to, aheadS, doubtS } of near.get(clock) ?? []) {
        if (found.has(to)) continue;
        const next = { clock: root, aheadS: standing.aheadS + aheadS, doubtS: standing.doubtS + doubtS };
        const before = open.get(to);
        if (before === undefined || next.doubtS < before.doubtS) open.set(to, next);
      }
    }
  }
  return found;
};

/** An instant with a wall clock beside it says how far that clock is ahead of UTC; where several differ (its zone has changed), that is doubt. */
const instantLinks = (items: readonly Timed[]): ClockLink[] => {
  const ahead = new Map<string, number[]>();
  for (const { clock, local, instant } of items)
    if (local !== null && instant !== null)
      ahead.set(clock, [...(ahead.get(clock) ?? []), secondsOf(local) - Date.parse(instant) / 1000]);
  return [...ahead].map(([clock, values]) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { a: UTC, b: clock, aheadS: (least + most) / 2, doubtS: (most - least) / 2 };
  });
};

const intervalOf = (
  { clock, instant, local, precisionS }: Timed,
  standing: ReadonlyMap<string, Standing>,
): Interval | null => {
  const seconds = Math.max(0, precisionS - 1);
  if (instant !== null) {
    const from = Date.parse(instant) / 1000;
    return { clock: UTC, from, to: from + seconds };
  }
  const of = standing.get(clock);
  if (local === null || of === undefined) return null;
  const from = secondsOf(local) - of.aheadS;
  return { clock: of.clock, from: from - of.doubtS, to: from + seconds + of.doubtS };
};

const middleOf = (at: Interval | null): number => (at === null ? 0 : (at.from + at.to) / 2);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const onOneClock = <T extends Timed>(items: readonly T[], links: readonly ClockLink[]): OneClock<T> => {
  const standing = standings(
    items.map(({ clock }) => clock),
    [...links, ...instantLinks(items)],
  );
  const placed = items.map((of) => ({ of, at: intervalOf(of, standing) }));
  type Known = (typeof placed)[number];
  const isBefore = (x: Known, y: Known): boolean =>
    x.of.chat === y.of.chat
      ? x.of.position < y.of.position
      : x.at !== null && y.at !== null && x.at.clock === y.at.clock && x.at.to < y.at.from;
  const clocks = new Set(placed.map(({ at }) => at?.clock ?? null));
  const sorted = [...placed].sort(
    (x, y) =>
      compareText(x.at?.clock ?? '~', y.at?.clock ?? '~') ||
      middleOf(x.at) - middleOf(y.at) ||
      compareText(x.of.chat, y.of.chat) ||
      x.of.position - y.of.position,
  );
  const known = new Map(placed.map((one) => [one.of, one]));
  return {
    isBefore: (one, other) => {
      const [x, y] = [known.get(one), known.get(other)];
      return x !== undefined && y !== undefined && isBefore(x, y);
    },
    items: sorted.map((one) => ({ of: one.of, after: placed.filter((other) => isBefore(other, one)).length })),
    ordered: items.length < 2 || (clocks.size === 1 && !clocks.has(null)),
  };
};
