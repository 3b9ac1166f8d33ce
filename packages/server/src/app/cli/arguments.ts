// What people type to commands: ids, reasons, and words of a list; what is wrong is named.
import { Id, Purpose } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';

/** Errors: ARGUMENT_INVALID. */
export const idOf = (what: string, text: string): string => {
  if (Id.safeParse(text).success) return text;
  throw fail('ARGUMENT_INVALID', `${text}: the id of ${what}`);
};

/** Errors: ARGUMENT_INVALID. */
export const reasonOf = (text: string): string => {
  if (Purpose.safeParse(text).success) return text;
  throw fail('ARGUMENT_INVALID', 'a reason has 3 to 200 characters', { pointer: 'reason' });
};

/** One of a list of words. Errors: ARGUMENT_INVALID. */
export const oneOf = <const T extends string>(what: string, all: readonly T[], text: string): T => {
  const found = all.find((one) => one === text);
  if (found === undefined)
    throw fail('ARGUMENT_INVALID', `${what} "${text}": one of ${all.join(', ')}`, { pointer: what });
  return found;
};

/** Whatever else the API would refuse. Errors: ARGUMENT_INVALID, naming what is wrong. */
export const checkedInput = <T extends z.ZodType>(rule: T, input: unknown): z.output<T> => {
  const read = rule.safeParse(input);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue?.path.join('.') ?? '';
  throw fail(
    'ARGUMENT_INVALID',
    at === 'due' ? 'due: a date, such as 2026-12-24' : `${at === '' ? 'this' : at}: ${issue?.message ?? ''}`,
    { pointer: at },
  );
};
