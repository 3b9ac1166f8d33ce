// Messages between two anchors: those that share a key again and again ("ok"), those whose file or text is missing in one export, and lines of the system. What may be
// the same is told by key, kind, author and clock; the best pairing in order is a global alignment (Needleman and Wunsch, 1970), over blocks that anchors keep small.
import { EXPORTER } from '../conversation.js';
import { kindsAgree, type AlignMessage } from './message.js';
import type { Clock } from './clock.js';
import type { Aliases } from './people.js';

export interface Side {
  readonly messages: readonly AlignMessage[];
  readonly keys: readonly (readonly string[])[];
}
export interface Pairing {
  readonly a: Side;
  readonly b: Side;
  readonly clock: Clock | null;
  readonly aliases: Aliases;
}

/** A larger block is cut: nobody scrolls back a thousand messages to find the same word. */
const MOST_CELLS = 250_000;
const BY_KEY = 3;
const BY_KIND = 1;

/** How well two messages fit, more than 0; 0 where they are not the same. */
export const fitOf = ({ a, b, clock, aliases }: Pairing, i: number, j: number, offsets: readonly number[]): number => {
  const [one, other] = [a.messages[i]!, b.messages[j]!];
  const shared = a.keys[i]!.some((key) => b.keys[j]!.includes(key));
  if (!shared && !kindsAgree(one, other)) return 0;
  const beside = clock === null ? null : besideClock(one, other, clock, offsets);
  if (beside === Infinity) return 0;
  const known = one.author === null || other.author === null ? null : aliases.same(one.author, other.author);
  if (known === false) return 0;
  if (
    one.event !== null ? targetsAgree(one, other, aliases) === false : (one.author === null) !== (other.author === null)
  )
    return 0;
  // Nothing but the kind, by people of whom nothing is known, at times that are not known: no evidence.
  if (!shared && beside === null && known !== true) return 0;
  const certain = shared ? BY_KEY : BY_KIND + (known === true ? 0.5 : 0);
  return certain - (beside ?? 0.25) * 0.5 - (bothYou(one, other) ? 0.4 : 0);
};

/** 0 where the clocks agree to the second, 1 at the border of what they allow, Infinity beyond. */
const besideClock = (a: AlignMessage, b: AlignMessage, clock: Clock, offsets: readonly number[]): number | null => {
  if (a.timeS === null || b.timeS === null) return null;
  let least = Infinity;
  for (const offset of offsets) {
    const seconds = b.timeS - a.timeS - offset;
    if (seconds >= -clock.early && seconds <= clock.late)
      least = Math.min(least, seconds < 0 ? -seconds / clock.early : seconds / clock.late);
  }
  return least;
};

/** Of two lines of the system: whether those whom they name are the same; null where they name nobody, or "you". */
const targetsAgree = (one: AlignMessage, other: AlignMessage, aliases: Aliases): boolean | null => {
  const [inOne, inOther] = [one.event?.targets ?? [], other.event?.targets ?? []];
  if (inOne.length !== 1 || inOther.length !== 1) return null;
  return aliases.same(inOne[0]!, inOther[0]!);
};

/** "You" of two phones are two people, unless one phone was written down twice. */
const bothYou = (one: AlignMessage, other: AlignMessage): boolean =>
  one.event?.targets[0] === EXPORTER && other.event?.targets[0] === EXPORTER;

export interface Block {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Pairs within a block (ends excluded), in order; what the offsets are is asked for an index of a. */
export const pairBlock = (
  pairing: Pairing,
  block: Block,
  offsetsAt: (a: number) => readonly number[],
): [a: number, b: number][] => {
  const [rows, columns] = [block.toA - block.fromA, block.toB - block.fromB];
  if (rows <= 0 || columns <= 0) return [];
  if (rows * columns > MOST_CELLS) return inWindows(pairing, block, offsetsAt);
  const width = columns + 1;
  const best = new Float32Array((rows + 1) * width);
  const step = new Uint8Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    const offsets = offsetsAt(block.fromA + i);
    for (let j = columns - 1; j >= 0; j--) {
      const at = i * width + j;
      const [down, right] = [best[at + width]!, best[at + 1]!];
      const fit = fitOf(pairing, block.fromA + i, block.fromB + j, offsets);
      const both = fit === 0 ? -1 : fit + best[at + width + 1]!;
      if (both >= down && both >= right) [best[at], step[at]] = [both, BOTH];
      else if (down >= right) [best[at], step[at]] = [down, DOWN];
      else [best[at], step[at]] = [right, RIGHT];
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < rows && j < columns;) {
    const way = step[i * width + j]!;
    if (way === BOTH) pairs.push([block.fromA + i, block.fromB + j]);
    if (way !== RIGHT) i += 1;
    if (way !== DOWN) j += 1;
  }
  return pairs;
};
const [BOTH, DOWN, RIGHT] = [1, 2, 3];

/** A large block, a message after the other: the first of the next few of b that fits it, never going back. */
const inWindows = (
  pairing: Pairing,
  { fromA, toA, fromB, toB }: Block,
  offsetsAt: (a: number) => readonly number[],
): [a: number, b: number][] => {
  const pairs: [number, number][] = [];
  const { a, b, clock } = pairing;
  let next = fromB;
  for (let i = fromA; i < toA; i++) {
    const offsets = offsetsAt(i);
    const time = a.messages[i]!.timeS;
    if (clock === null || time === null) continue;
    // What of b is too early for this one is too early for those after it, but for a clock that was put back: then it is passed over.
    const first = time + Math.min(...offsets) - clock.early;
    while (next < toB && (b.messages[next]!.timeS ?? -Infinity) < first) next += 1;
    const last = time + Math.max(...offsets) + clock.late;
    for (let j = next; j < toB && (b.messages[j]!.timeS ?? Infinity) <= last; j++)
      if (fitOf(pairing, i, j, offsets) > 0) {
        pairs.push([i, j]);
        next = j + 1;
        break;
      }
  }
  return pairs;
};
