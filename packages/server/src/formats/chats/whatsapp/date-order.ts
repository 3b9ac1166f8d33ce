// In which order day, month and year stand: told by the whole file, never guessed. Four kinds of evidence, each of which only rules orders out: numbers
// that no calendar has, writing that no phone uses, time that would run backwards, and names of files that say their own date.
import { DATE_ORDERS, type DateOrder } from '@redthread/core/chats';
import type { Head, Style } from './head.js';

type Numbers = Head['date'];

/** WhatsApp came out in 2009. */
const FIRST_YEAR = 2009;

/** Year, month, day; null where no calendar has it. Years of two digits are of this century: the program is younger. */
export const dateOf = ([a, b, c]: Numbers, order: DateOrder): readonly [number, number, number] | null => {
  const [written, month, day] = order === 'dmy' ? [c, b, a] : order === 'mdy' ? [c, a, b] : [a, b, c];
  const year = written < 100 ? 2000 + written : written;
  if (month < 1 || month > 12 || day < 1 || year < FIRST_YEAR || year > 2999) return null;
  return day <= daysIn(year, month) ? [year, month, day] : null;
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : DAYS[month - 1]!;

/** Days that can be compared: no calendar, but monotone with it. */
const dayNumber = ([year, month, day]: readonly [number, number, number]): number =>
  Date.UTC(year, month - 1, day) / 86_400_000;

/** Entries may come in late by hours, seldom by days: a leap further back than this is no delay. */
const LEAP_DAYS = 7;
/** And a chat in which every other entry comes a year after the one before has its days read as years. */
const STRIDE_DAYS = 360;

interface Count {
  impossible: number;
  leaps: number;
  strides: number;
  named: number;
  last: number;
}

export class DateOrders {
  readonly #counts: ReadonlyMap<DateOrder, Count>;
  #entries = 0;
  #isOpen = false;
  #previous: Numbers = [0, 0, 0];

  constructor(readonly style: Style) {
    this.#counts = new Map(
      ordersOf(style).map((order) => [order, { impossible: 0, leaps: 0, strides: 0, named: 0, last: -Infinity }]),
    );
  }

  see(date: Numbers): void {
    this.#entries += 1;
    const [a, b, c] = this.#previous;
    if (date[0] === a && date[1] === b && date[2] === c) return;
    this.#previous = date;
    const days = new Set<number>();
    for (const [order, count] of this.#counts) {
      const found = dateOf(date, order);
      if (found === null) {
        count.impossible += 1;
        continue;
      }
      const day = dayNumber(found);
      days.add(day);
      if (day < count.last - LEAP_DAYS) count.leaps += 1;
      if (day > count.last + STRIDE_DAYS && count.last > 0) count.strides += 1;
      count.last = day;
    }
    if (days.size > 1) this.#isOpen = true;
  }

  /** A file whose name says the day that it was sent on: `IMG-20250314-WA0003.jpg`, `00000007-PHOTO-2025-03-14-16-05-30.jpg`. */
  seeName(date: Numbers, name: string): void {
    const found = /(?:^|-)(20\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)(?:-|$)/.exec(name.slice(0, 100));
    if (found === null) return;
    const day = dayNumber([Number(found[1]), Number(found[2]), Number(found[3])]);
    for (const [order, count] of this.#counts) {
      const written = dateOf(date, order);
      if (written !== null && dayNumber(written) === day) count.named += 1;
    }
  }

  /** Null where the file leaves it open. */
  order(): DateOrder | null {
    let left = this.#best((count) => count.impossible, 0.01);
    if (left.length > 1 && !this.#isOpen) return left[0]!;
    if (left.length > 1 && this.style.separator === '/') left = left.filter((order) => order !== 'ymd');
    if (left.length > 1) left = this.#best((count) => count.leaps, 0, left);
    if (left.length > 1 && left.includes('ymd')) left = this.#best((count) => count.strides, 0, left);
    if (left.length > 1) {
      const named = left.filter((order) => this.#counts.get(order)!.named > 0);
      if (named.length === 1) left = named;
    }
    return left.length === 1 ? left[0]! : null;
  }

  /** Those with nothing against them; where all have something, the one that has by far the least (an odd line, a quoted one). */
  #best(against: (count: Count) => number, share: number, among = [...this.#counts.keys()]): DateOrder[] {
    const found = among.map((order) => ({ order, value: against(this.#counts.get(order)!) }));
    const clean = found.filter(({ value }) => value === 0).map(({ order }) => order);
    if (clean.length > 0) return clean;
    const sorted = found.sort((a, b) => a.value - b.value);
    const [least, next] = [sorted[0]!, sorted[1]];
    if (least.value <= this.#entries * share && (next === undefined || next.value >= least.value * 10))
      return [least.order];
    return among;
  }
}

/**
 * What a writing can mean. No language of Unicode's CLDR writes a month first with dots or hyphens; a year of two digits stands first in Canadian
 * French (with hyphens) and Korean (with spaces) alone, and with slashes only where nothing else is possible.
 */
const ordersOf = ({ isYearFirst, isSpaced, separator }: Style): readonly DateOrder[] => {
  if (isYearFirst || separator === '年' || separator === '년') return ['ymd'];
  return DATE_ORDERS.filter((order) => {
    if (order === 'mdy') return separator === '/';
    return order === 'dmy' || isSpaced || separator !== '.';
  });
};
