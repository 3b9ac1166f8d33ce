// Which frames of a film stand for it on its storyboard: spread over its length, first frames of shots before others, none that shows nothing where another can be had.
import { isComparable, MARK, shotsOf, type TimeLine } from '@redthread/core/film';

export const MOST_STILLS = 24;

export interface ChosenStills {
  readonly timesMs: readonly number[];
  /** Whether they are key frames all, which are found without decoding the others. */
  readonly areKeys: boolean;
}

export const chooseStills = ({ frames }: Pick<TimeLine, 'frames'>, most = MOST_STILLS): ChosenStills => {
  const all = frames.filter(({ marks }) => (marks & MARK.inner) === 0);
  const whole = all.filter((frame, i) => frame.timeMs !== all[i - 1]?.timeMs);
  const keys = whole.filter(({ marks }) => (marks & MARK.key) !== 0);
  const from = keys.length >= most ? keys : whole;
  const firsts = new Set(shotsOf(from));
  // Over what was seen of it: a file may say any length.
  const slotMs = ((whole.at(-1)?.timeMs ?? 0) + 1) / most;
  const best = new Map<number, { readonly timeMs: number; readonly rank: number; readonly isKey: boolean }>();
  for (const frame of from) {
    const rank = Number(isComparable(frame)) * 2 + Number(firsts.has(frame));
    const slot = from.length <= most ? best.size : Math.floor(frame.timeMs / slotMs);
    const known = best.get(slot);
    if (known === undefined || rank > known.rank)
      best.set(slot, { timeMs: frame.timeMs, rank, isKey: (frame.marks & MARK.key) !== 0 });
  }
  const chosen = [...best.values()].sort((a, b) => a.timeMs - b.timeMs);
  return { timesMs: chosen.map(({ timeMs }) => timeMs), areKeys: chosen.every(({ isKey }) => isKey) };
};
