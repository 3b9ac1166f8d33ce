// How the clock of one phone stood to that of another: a few offsets, each over a stretch of messages, because zones, daylight saving and corrected clocks move it.
// The offsets that many anchors name are the states of a Viterbi path over the anchors in order; an anchor that lies on none is an accident.

/** Two messages that may be the same: indexes, and seconds that b's clock was ahead of a's. */
export interface Anchor {
  readonly a: number;
  readonly b: number;
  readonly aheadS: number | null;
}

/** From index `fromA` on: how far b's clock is ahead. */
export interface ClockPiece {
  readonly fromA: number;
  readonly offsetS: number;
}

export interface Clock {
  /** In the order of a; at least one. */
  readonly pieces: readonly ClockPiece[];
  /** Seconds of the offset by which a pair may differ: what the clocks tell, and a little. */
  readonly early: number;
  readonly late: number;
}

/** b told in minutes seems behind by up to `early` seconds; a told in minutes makes b seem ahead by up to `late`. 0: told in seconds. */
export interface Precision {
  readonly early: number;
  readonly late: number;
}

const MOST_LEVELS = 16;
const LEAST_ANCHORS = 3;
/** How many anchors a change must explain: fewer where zones or daylight saving could be the cause, which move by quarters of an hour. */
const CHANGE_BY_ZONE = 0.95;
const CHANGE = 3.5;
const QUARTER_S = 900;
/** Two phones note the same message a few seconds apart; some far more, as it arrives. The narrowest that most anchors keep to holds. */
const SLACKS_S = [4, 20, 60] as const;
const MOST_ANCHORS = 0.85;

/** The clock that the anchors name, and those that name it. */
export const clockOf = (anchors: readonly Anchor[], precision: Precision): { clock: Clock | null; kept: Anchor[] } => {
  const timed = anchors.filter(hasTime);
  let best: { clock: Clock | null; kept: Anchor[] } = { clock: null, kept: [] };
  for (const slackS of SLACKS_S) {
    const found = clockWithin(timed, precision, slackS);
    // A wider one that finds hardly more only lets accidents in.
    if (best.clock === null || found.kept.length > best.kept.length * 1.25) best = found;
    if (best.kept.length >= MOST_ANCHORS * timed.length) break;
  }
  return best;
};

const clockWithin = (
  timed: readonly Timed[],
  precision: Precision,
  slackS: number,
): { clock: Clock | null; kept: Anchor[] } => {
  const { early, late } = precision;
  const levels = levelsOf(timed, early + late + 2 * slackS);
  if (levels.length === 0) return { clock: null, kept: [] };
  const reach = (early + late) / 2 + slackS;
  const path = pathOf(timed, levels, reach);
  const kept = timed.filter((anchor, i) => Math.abs(anchor.aheadS - levels[path[i]!]!) <= reach);
  const pieces = piecesOf(timed, path, levels, reach, precision);
  return { clock: { pieces, early: early + slackS, late: late + slackS }, kept };
};

type Timed = Anchor & { readonly aheadS: number };
const hasTime = (anchor: Anchor): anchor is Timed => anchor.aheadS !== null;

/** Middles of windows that hold the most anchors, none in reach of another. */
const levelsOf = (anchors: readonly Timed[], width: number): number[] => {
  const rising = anchors.map(({ aheadS }) => aheadS).sort((x, y) => x - y);
  const windows: { from: number; to: number; count: number }[] = [];
  let end = 0;
  for (let start = 0; start < rising.length; start++) {
    if (end < start) end = start;
    while (end < rising.length && rising[end]! - rising[start]! <= width) end += 1;
    if (end - start >= Math.min(LEAST_ANCHORS, rising.length))
      windows.push({ from: rising[start]!, to: rising[end - 1]!, count: end - start });
  }
  windows.sort((x, y) => y.count - x.count || x.to - x.from - (y.to - y.from));
  const levels: number[] = [];
  for (const { from, to } of windows) {
    if (levels.length === MOST_LEVELS) break;
    const middle = (from + to) / 2;
    if (levels.every((level) => Math.abs(level - middle) > width)) levels.push(middle);
  }
  return levels;
};

/** Which level each anchor is on: the path with the fewest accidents and changes. */
const pathOf = (anchors: readonly Timed[], levels: readonly number[], reach: number): Uint8Array => {
  const count = levels.length;
  const change = levels.map((from) =>
    levels.map((to) => (from === to ? 0 : isByZone(to - from, reach) ? CHANGE_BY_ZONE : CHANGE)),
  );
  let costs = new Float64Array(count);
  const before = new Uint8Array(anchors.length * count);
  for (let i = 0; i < anchors.length; i++) {
    const next = new Float64Array(count);
    for (let to = 0; to < count; to++) {
      let best = Infinity;
      for (let from = 0; from < count; from++) {
        const cost = costs[from]! + (i === 0 ? 0 : change[from]![to]!);
        if (cost < best) [best, before[i * count + to]] = [cost, from];
      }
      next[to] = best + (Math.abs(anchors[i]!.aheadS - levels[to]!) <= reach ? 0 : 1);
    }
    costs = next;
  }
  const path = new Uint8Array(anchors.length);
  let at = costs.indexOf(Math.min(...costs));
  for (let i = anchors.length - 1; i >= 0; i--) {
    path[i] = at;
    at = before[i * count + at]!;
  }
  return path;
};

const isByZone = (seconds: number, reach: number): boolean => {
  const beside = Math.abs(seconds) % QUARTER_S;
  return Math.min(beside, QUARTER_S - beside) <= reach;
};

const piecesOf = (
  anchors: readonly Timed[],
  path: Uint8Array,
  levels: readonly number[],
  reach: number,
  precision: Precision,
): ClockPiece[] => {
  const runs: { fromA: number; level: number; ahead: number[] }[] = [];
  anchors.forEach(({ a, aheadS }, i) => {
    const level = path[i]!;
    if (runs.at(-1)?.level !== level) runs.push({ fromA: runs.length === 0 ? 0 : a, level, ahead: [] });
    if (Math.abs(aheadS - levels[level]!) <= reach) runs.at(-1)!.ahead.push(aheadS);
  });
  const offsets = fineOffsets(
    runs.map(({ ahead }) => ahead),
    runs.map(({ level }) => levels[level]!),
    precision,
  );
  return runs.map(({ fromA }, i) => ({ fromA, offsetS: offsets[i]! }));
};

/** Of each stretch: as exactly as its precision allows, or as it was known before where it has no message. */
export const fineOffsets = (
  aheads: readonly (readonly number[])[],
  known: readonly number[],
  precision: Precision,
): number[] => {
  const fine = aheads.map((ahead, i) => (ahead.length === 0 ? known[i]! : fineOffset(ahead, precision)));
  return fine.map((offset, i) => byTheOthers(i, aheads, fine, precision) ?? offset);
};

/**
 * A zone moves by whole quarters of an hour and leaves the seconds alone: a stretch of few messages, told in minutes, takes its seconds from
 * all stretches that differ from it by quarters.
 */
const byTheOthers = (
  own: number,
  aheads: readonly (readonly number[])[],
  fine: readonly number[],
  precision: Precision,
): number | null => {
  const minutes = Math.max(precision.early, precision.late);
  if (minutes === 0) return null;
  const pooled: number[] = [];
  let stretches = 0;
  aheads.forEach((ahead, i) => {
    const quarters = Math.round((fine[i]! - fine[own]!) / QUARTER_S) * QUARTER_S;
    if (Math.abs(fine[i]! - fine[own]! - quarters) > minutes / 2) return;
    stretches += 1;
    for (const seconds of ahead) pooled.push(seconds - quarters);
  });
  return stretches < 2 || pooled.length === 0 ? null : fineOffset(pooled, precision);
};

/** Both tell seconds: the middle one. One tells minutes: what most of the minutes allow. Both do: the mean, since each is cut at random. */
const fineOffset = (ahead: readonly number[], { early, late }: Precision): number => {
  if (early > 0 && late > 0) return ahead.reduce((sum, seconds) => sum + seconds, 0) / ahead.length;
  if (early > 0 || late > 0) return mostAllowed(ahead, early, late);
  return middle([...ahead].sort((x, y) => x - y));
};

const middle = (rising: readonly number[]): number => {
  const half = rising.length >> 1;
  return rising.length % 2 === 1 ? rising[half]! : (rising[half - 1]! + rising[half]!) / 2;
};

/**
 * Each pair allows an interval: [ahead, ahead + early) where b's minute has begun before, (ahead - late, ahead] where a's has. Few pairs leave a
 * wide one: phones are mostly right, and differ by their zones, so that a quarter of an hour in it is likelier than its middle.
 */
const mostAllowed = (ahead: readonly number[], early: number, late: number): number => {
  const ends: [at: number, step: number][] = [];
  for (const seconds of ahead) ends.push([seconds - late, 1], [seconds + early, -1]);
  ends.sort((x, y) => x[0] - y[0] || y[1] - x[1]);
  let [open, most, from, to] = [0, 0, 0, 0];
  ends.forEach(([at, step], i) => {
    open += step;
    if (open > most) [most, from, to] = [open, at, ends[i + 1]?.[0] ?? at];
  });
  const byZone = Math.round((from + to) / 2 / QUARTER_S) * QUARTER_S;
  return byZone >= from && byZone <= to ? byZone : (from + to) / 2;
};

/** The offset that holds at an index of a; where it changes nearby, the one before as well, because nobody knows between which messages it did. */
export const offsetsAt = (clock: Clock, a: number, lastAnchor: number, nextAnchor: number): number[] => {
  const { pieces } = clock;
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const at = (low + high + 1) >> 1;
    if (pieces[at]!.fromA <= a) low = at;
    else high = at - 1;
  }
  const offsets = [pieces[low]!.offsetS];
  if (low > 0 && pieces[low]!.fromA >= lastAnchor) offsets.push(pieces[low - 1]!.offsetS);
  if (low + 1 < pieces.length && pieces[low + 1]!.fromA <= nextAnchor) offsets.push(pieces[low + 1]!.offsetS);
  return offsets;
};
