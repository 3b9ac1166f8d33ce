// A day that is written on the command line.
import { fail } from '@redthread/core/errors';

/** Errors: ARGUMENT_INVALID naming the option. */
export const dayOf = (text: string, pointer: string): Date => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw fail('ARGUMENT_INVALID', `${text}: a date such as 2027-12-31`, { pointer });
  return date;
};
