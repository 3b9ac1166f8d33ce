// Where two sequences in time run alike: pairs that look alike vote for an offset and a speed (a Hough transform over time), the strongest line is kept to what
// lies on it in order, its ends are found, and what it explains is taken away before the next. After temporal Hough voting (Douze et al., INRIA at TRECVID 2008)
// and temporal networks (Tan et al., "Scalable detection of partial near-duplicate videos", ACM MM 2009). Sound and picture share it.

/** Something at a time of `a` that looks like something at a time of `b`; `weight` 0..1. */
export interface Hit {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

export interface AlignOptions {
  /** Times in seconds of what may be compared, rising. */
  readonly timesA: readonly number[];
  readonly timesB: readonly number[];
  /** Speeds that are tried: `b` runs so many times as long. Negative ones run backwards. */
  readonly speeds: readonly number[];
  /** Seconds by which a hit may lie beside its line. */
  readonly toleranceS: number;
  /** A longer stretch without a hit, in seconds, ends a segment. */
  readonly gapS: number;
}

/** A stretch that both share: time in `b` is `speed` x time in `a` + `offsetS`. */
export interface Line {
  readonly speed: number;
  readonly offsetS: number;
  /** On the line, in order, one of each place of `a`. */
  readonly hits: readonly Hit[];
}

const BIN_S = 0.5;
/** A film is oftener played at its speed than at another one: of two lines that explain nearly alike, this one. */
const PLAIN_BONUS = 1.03;
const MOST_LINES = 12;
/** Places with so few others between them follow one another, however long nothing was to be seen. */
const NEIGHBOURS = 3;

/** The lines, strongest first, each of hits that no stronger one explains. */
export const alignHits = (hits: readonly Hit[], options: AlignOptions): Line[] => {
  const lines: Line[] = [];
  let left = hits;
  while (left.length > 0 && lines.length < MOST_LINES) {
    const peak = strongest(left, options);
    if (peak === null) break;
    const line = settled(left, peak, options);
    if (line.hits.length === 0) break;
    lines.push(line);
    const taken = takenBy(line);
    const rest = left.filter((hit) => !taken(hit));
    if (rest.length === left.length) break;
    left = rest;
  }
  return lines;
};

interface Peak {
  readonly speed: number;
  readonly offsetS: number;
}

const strongest = (hits: readonly Hit[], { speeds, timesA, timesB }: AlignOptions): Peak | null => {
  // What looks like much says little of where it belongs: its votes are shared out.
  const [partnersA, partnersB] = [new Map<number, number>(), new Map<number, number>()];
  for (const { a, b } of hits) {
    partnersA.set(a, (partnersA.get(a) ?? 0) + 1);
    partnersB.set(b, (partnersB.get(b) ?? 0) + 1);
  }
  const shares = hits.map(({ a, b, weight }) => weight / Math.sqrt(partnersA.get(a)! * partnersB.get(b)!));
  let best: Peak | null = null;
  let most = 0;
  for (const speed of speeds) {
    const votes = new Map<number, number>();
    for (let i = 0; i < hits.length; i++) {
      const bin = Math.floor((timesB[hits[i]!.b]! - speed * timesA[hits[i]!.a]!) / BIN_S);
      votes.set(bin, (votes.get(bin) ?? 0) + shares[i]!);
    }
    const offsetS = highest(votes);
    const score = (speed === 1 ? PLAIN_BONUS : 1) * closeness(hits, shares, { speed, offsetS }, timesA, timesB);
    if (score > most) [most, best] = [score, { speed, offsetS }];
  }
  return best;
};

/** Where two neighbouring bins hold most: a peak may lie on the border between them. */
const highest = (votes: ReadonlyMap<number, number>): number => {
  let [most, at] = [0, 0];
  for (const [bin, sum] of votes) {
    const score = sum + (votes.get(bin + 1) ?? 0);
    if (score > most) [most, at] = [score, bin];
  }
  return (at + 1) * BIN_S;
};

/** Votes of what lies near the line, less the farther from it: of the speeds that gather the same hits, the one that fits them. */
const closeness = (
  hits: readonly Hit[],
  shares: readonly number[],
  { offsetS, speed }: Peak,
  timesA: readonly number[],
  timesB: readonly number[],
): number => {
  let [sum, mean] = [0, 0];
  const residual = ({ a, b }: Hit): number => timesB[b]! - speed * timesA[a]! - offsetS;
  hits.forEach((hit, i) => {
    const beside = residual(hit);
    if (Math.abs(beside) > 2 * BIN_S) return;
    sum += shares[i]!;
    mean += shares[i]! * beside;
  });
  if (sum === 0) return 0;
  mean /= sum;
  let score = 0;
  hits.forEach((hit, i) => {
    const beside = Math.abs(residual(hit) - mean);
    if (beside < 2 * BIN_S) score += shares[i]! * (1 - (beside / (2 * BIN_S)) ** 2);
  });
  return score;
};

/** The line fitted to the hits near it, twice, then kept to its longest path. */
const settled = (hits: readonly Hit[], peak: Peak, options: AlignOptions): Line => {
  const { timesA, timesB, toleranceS } = options;
  const near = (line: Peak, within: number): Hit[] =>
    hits.filter(({ a, b }) => Math.abs(timesB[b]! - line.speed * timesA[a]! - line.offsetS) <= within);
  let line = peak;
  for (const within of [2 * toleranceS, 1.5 * toleranceS]) {
    const path = longestPath(near(line, within), line, options);
    line = fitted(path, line, options);
  }
  return { ...line, hits: longestPath(near(line, toleranceS), line, options) };
};

/** Least squares; the speed is fitted only where there is enough of a length to tell it. */
const fitted = (hits: readonly Hit[], line: Peak, { timesA, timesB }: AlignOptions): Peak => {
  if (hits.length === 0) return line;
  let [sum, meanA, meanB] = [0, 0, 0];
  for (const { a, b, weight } of hits) {
    sum += weight;
    meanA += weight * timesA[a]!;
    meanB += weight * timesB[b]!;
  }
  meanA /= sum;
  meanB /= sum;
  let [covariance, variance] = [0, 0];
  for (const { a, b, weight } of hits) {
    covariance += weight * (timesA[a]! - meanA) * (timesB[b]! - meanB);
    variance += weight * (timesA[a]! - meanA) ** 2;
  }
  const wanted = variance > 0 ? covariance / variance : line.speed;
  const isTold = Math.abs(line.speed) !== 1 && Math.abs(wanted - line.speed) <= 0.03;
  const speed = isTold ? wanted : line.speed;
  return { speed, offsetS: meanB - speed * meanA };
};

/**
 * The heaviest sequence of hits in which time goes on in both (in `b` back, where the line runs backwards), none of them farther from the one before than
 * the gap, one hit for each place of `a` and of `b`.
 */
const longestPath = (hits: readonly Hit[], { speed }: Peak, { gapS, timesA, timesB }: AlignOptions): Hit[] => {
  const forward = speed > 0 ? 1 : -1;
  const sorted = [...hits].sort((x, y) => x.a - y.a || forward * (x.b - y.b));
  const total = new Float64Array(sorted.length);
  const before = new Int32Array(sorted.length).fill(-1);
  let last = -1;
  for (let i = 0; i < sorted.length; i++) {
    const hit = sorted[i]!;
    let best = 0;
    for (let j = i - 1; j >= 0; j--) {
      const earlier = sorted[j]!;
      const stepA = timesA[hit.a]! - timesA[earlier.a]!;
      if (stepA > gapS && hit.a - earlier.a > NEIGHBOURS) break;
      const stepB = forward * (timesB[hit.b]! - timesB[earlier.b]!);
      const isFarInB = stepB > gapS * 1.25 && Math.abs(hit.b - earlier.b) > NEIGHBOURS;
      if (stepA <= 0 || stepB <= 0 || isFarInB) continue;
      if (total[j]! > best) [best, before[i]] = [total[j]!, j];
    }
    total[i] = best + hit.weight;
    if (last < 0 || total[i]! > total[last]!) last = i;
  }
  const path: Hit[] = [];
  for (let i = last; i >= 0; i = before[i]!) path.push(sorted[i]!);
  return path.reverse();
};

/** Hits in the stretch of a line, or beside it at either of its times: nothing else there is a segment of its own. */
const takenBy = ({ hits }: Line): ((hit: Hit) => boolean) => {
  const [first, last] = [hits[0]!, hits[hits.length - 1]!];
  const [lowB, highB] = first.b < last.b ? [first.b, last.b] : [last.b, first.b];
  return ({ a, b }) => (a >= first.a && a <= last.a) || (b >= lowB && b <= highB);
};
