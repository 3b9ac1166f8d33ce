// What people type to commands: ids, reasons, and words of a list; what is wrong is named.
import { Id, Purpose } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';

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
