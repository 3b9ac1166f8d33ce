// Who was in a group when, as lanes along one line: by wall clocks, or by the order of the messages where an export has no times.
import type { ChatMembership } from '@redthread/core/contract';

type Span = ChatMembership['spans'][number];

/** How an end is known: by a line that says it, by what somebody wrote or a list of members, or not at all. */
export type EndKind = 'line' | 'seen' | 'open';

export interface LaneSpan {
  /** Of the whole, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly fromEnd: EndKind;
  readonly toEnd: EndKind;
  readonly span: Span;
}

export interface LaneScale {
  /** Where a wall clock lies, 0 to 1. */
  readonly at: (local: string | null, position: number | null) => number | null;
  readonly ticks: readonly { readonly at: number; readonly words: string }[];
}

const MOST_TICKS = 7;

const minutesOf = (local: string): number =>
  Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z')) / 60_000;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** Beginnings of years, months or days between two days, whichever are few enough; labelled as far as they say something. */
const beginnings = (first: string, last: string): readonly string[] => {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  const found: Record<'day' | 'month' | 'year', string[]> = { day: [], month: [], year: [] };
  for (let y = year; y <= Number(last.slice(0, 4)); y += 1) found.year.push(`${y}-01-01`);
  for (let m = 0; m <= 12 * MOST_TICKS; m += 1) {
    const at = new Date(Date.UTC(year, month - 1 + m, 1)).toISOString().slice(0, 10);
    found.month.push(at);
  }
  for (let d = 0; d <= MOST_TICKS + 1; d += 1)
    found.day.push(new Date(Date.parse(`${first}T00:00:00Z`) + d * 86_400_000).toISOString().slice(0, 10));
  const within = (days: readonly string[]) => days.filter((day) => day > first && day <= last);
  const [days, months, years] = [within(found.day), within(found.month), within(found.year)];
  if (days.length <= MOST_TICKS) return days;
  if (months.length <= MOST_TICKS) return months;
  const step = Math.ceil(years.length / MOST_TICKS);
  return years.length < 2 ? months.filter((_, i) => i % 3 === 0) : years.filter((_, i) => i % step === 0);
};

interface Whole {
  readonly first: string | null;
  readonly last: string | null;
  readonly messages: number;
}

export const laneScale = ({ first, last, messages }: Whole, members: readonly ChatMembership[]): LaneScale => {
  if (first === null || last === null)
    return {
      at: (_local, position) => (position === null ? null : clamp(position / Math.max(1, messages - 1))),
      ticks: [],
    };
  const said = members
    .flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
    .filter((one) => one !== null);
  const all = [first, last, ...said].sort();
  const [begin, end] = [all[0] ?? first, all.at(-1) ?? last];
  const length = Math.max(1, minutesOf(end) - minutesOf(begin));
  const at = (local: string): number => clamp((minutesOf(local) - minutesOf(begin)) / length);
  const days = beginnings(begin.slice(0, 10), end.slice(0, 10));
  const shown = days.every((day) => day.endsWith('-01-01')) ? 4 : days.every((day) => day.endsWith('-01')) ? 7 : 10;
  return {
    at: (local) => (local === null ? null : at(local)),
    ticks: days.map((day) => ({ at: at(day), words: day.slice(0, shown) })),
  };
};

export const lanesOf = ({ spans }: ChatMembership, scale: LaneScale): readonly LaneSpan[] =>
  spans.map((span) => {
    const { from, fromBy, fromPosition, to, toBy, toPosition } = span;
    const [begins, ends] = [scale.at(from, fromPosition), scale.at(to, toPosition)];
    return {
      span,
      from: begins ?? 0,
      to: ends ?? 1,
      fromEnd:
        fromBy === null || begins === null ? 'open' : fromBy === 'wrote' || fromBy === 'listed' ? 'seen' : 'line',
      toEnd: toBy === null || ends === null ? 'open' : 'line',
    };
  });
