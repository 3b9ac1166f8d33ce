// Whether the features that two pictures may have in common lie alike in both (after Jegou, Douze, Schmid, "Hamming embedding and weak geometric consistency",
// ECCV 2008, with the places too). Says the same of two pictures whichever of them asks, to the last bit: what is found must not follow from who came first.
import { PLACE_PX, SIZES_AN_OCTAVE, TURN_STEPS, type Vote } from './postings.js';

/** Votes that agree with one of them, itself included, and how many of these may be of features too flat to count in a comparison. */
const LEAST_AGREEING = 3;
const MOST_FLAT = 1;
/** So many corresponding features are looked at by geometry itself. */
const ENOUGH = 2_048;
/** How well two votes agree on turn (22.5 degrees) and growth (half an octave). */
const TURN_SLACK = TURN_STEPS / 16;
const GROWTH_SLACK = SIZES_AN_OCTAVE / 2;
/** How far the one may lie from where the other says that it is: in parts of their distance, and in steps of places. */
const STRETCH = 0.25;
const SLACK = 12 / PLACE_PX;
/** Features nearer to one another than this are one place. */
const APART = 1;

/** Of half steps of a turn, odd and even to the last bit, and of half steps of growth with their inverses. */
const HALF_STEPS = 2 * TURN_STEPS;
const SINES = Float64Array.from({ length: HALF_STEPS }, (_, k) => {
  const folded = k <= HALF_STEPS / 2 ? k : HALF_STEPS - k;
  const sine = folded % (HALF_STEPS / 2) === 0 ? 0 : Math.sin((2 * Math.PI * folded) / HALF_STEPS);
  return k <= HALF_STEPS / 2 ? sine : -sine;
});
const COSINES = Float64Array.from({ length: HALF_STEPS }, (_, k) =>
  Math.cos((2 * Math.PI * Math.min(k, HALF_STEPS - k)) / HALF_STEPS),
);
const MOST_GROWTH = 2 * 127;
const GROWTHS = Float64Array.from(
  { length: 2 * MOST_GROWTH + 1 },
  (_, k) => 2 ** ((k - MOST_GROWTH) / (2 * SIZES_AN_OCTAVE)),
);

/** Fewer votes than this need no look. */
export const LEAST_VOTES = LEAST_AGREEING;

export const doAgree = (votes: readonly Vote[]): boolean => {
  if (votes.length >= ENOUGH) return true;
  for (const [k, vote] of votes.entries()) {
    let agreeing = 1;
    let busy = vote.isBusy ? 1 : 0;
    for (const [l, other] of votes.entries()) {
      if (l === k || !isLike(vote, other)) continue;
      agreeing += 1;
      if (other.isBusy) busy += 1;
      if (agreeing >= LEAST_AGREEING && busy >= LEAST_AGREEING - MOST_FLAT) return true;
    }
  }
  return false;
};

const isLike = (k: Vote, l: Vote): boolean => {
  if (k.isMirror !== l.isMirror) return false;
  const turned = ((k.turn - l.turn + TURN_STEPS / 2) & (TURN_STEPS - 1)) - TURN_STEPS / 2;
  if (turned > TURN_SLACK || turned < -TURN_SLACK || Math.abs(k.growth - l.growth) > GROWTH_SLACK) return false;
  const ax = k.isMirror ? l.ax - k.ax : k.ax - l.ax;
  const [ay, bx, by] = [k.ay - l.ay, k.bx - l.bx, k.by - l.by];
  // Both in the middle between the two sizes: what the first grows, the second shrinks.
  const growth = k.growth + l.growth;
  const [grown, shrunk] = [GROWTHS[MOST_GROWTH + growth]!, GROWTHS[MOST_GROWTH - growth]!];
  const [lengthA, lengthB] = [grown * (ax * ax + ay * ay), shrunk * (bx * bx + by * by)];
  if (ax * ax + ay * ay < APART || bx * bx + by * by < APART) return false;
  const turn = (2 * k.turn - turned) & (HALF_STEPS - 1);
  const along = COSINES[turn]! * (ax * bx + ay * by) + SINES[turn]! * (ax * by - ay * bx);
  const apart = lengthA + lengthB - 2 * along;
  const allowed = STRETCH * Math.sqrt(Math.min(lengthA, lengthB)) + SLACK;
  return apart <= allowed * allowed;
};
