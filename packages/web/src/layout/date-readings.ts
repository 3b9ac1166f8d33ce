// A date whose order is open, as each order would read it: what somebody is asked to decide between.
import { DATE_ORDERS, type DateOrder } from '@redthread/core/chats';

export interface DateReading {
  readonly order: DateOrder;
  /** `2021-04-03`; null where no calendar has such a day. */
  readonly day: string | null;
}

/** The first three numbers of a time as it stands in an export, of any script: "[3/4/21, 10:15:02]". */
const DATE = /(\p{Nd}{1,4})[^\p{Nd}\p{L}]{1,4}(\p{Nd}{1,4})[^\p{Nd}\p{L}]{1,4}(\p{Nd}{1,4})/u;
/** Years of two figures are of this century: the programs are. */
const CENTURY = 2000;

/** Digits of every script stand in runs of ten from zero on. */
const digitOf = (digit: string): number => {
  const point = digit.codePointAt(0) ?? 0;
  let zero = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && point - zero < 9) zero -= 1;
  return point - zero;
};

const numberOf = (digits: string): number => [...digits].reduce((sum, digit) => 10 * sum + digitOf(digit), 0);

const two = (n: number): string => n.toString().padStart(2, '0');

const dayOf = (year: number, month: number, day: number): string | null => {
  const full = year < 100 ? CENTURY + year : year;
  const at = new Date(Date.UTC(full, month - 1, day));
  const isReal = at.getUTCFullYear() === full && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? `${full.toString().padStart(4, '0')}-${two(month)}-${two(day)}` : null;
};

/** Nothing where the text has no date. */
export const dateReadings = (text: string): readonly DateReading[] => {
  const [, ...found] = DATE.exec(text) ?? [];
  const [a, b, c] = found.map(numberOf);
  if (a === undefined || b === undefined || c === undefined) return [];
  const read: Record<DateOrder, string | null> = { dmy: dayOf(c, b, a), mdy: dayOf(c, a, b), ymd: dayOf(a, b, c) };
  return DATE_ORDERS.map((order) => ({ order, day: read[order] }));
};
