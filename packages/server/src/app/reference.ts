// References, names and titles as they are typed: the same rule as over the API, said as a wrong argument.
import { Name, Reference, Title } from '@redthread/core/contract';
import type { z } from 'zod';
import { fail } from '@redthread/core/errors';

/** Errors: ARGUMENT_INVALID. */
export const checkedReference = (what: string, value: string): string =>
  checked(Reference, what, value, '1 to 80 characters that can be printed');

/** Errors: ARGUMENT_INVALID. */
export const checkedName = (what: string, value: string): string =>
  checked(Name, what, value, '1 to 120 characters that can be printed');

/** Errors: ARGUMENT_INVALID. */
export const checkedTitle = (what: string, value: string): string =>
  checked(Title, what, value, 'at most 200 characters that can be printed');

const checked = (rule: z.ZodType<string>, what: string, value: string, expected: string): string => {
  if (rule.safeParse(value).success) return value;
  throw fail('ARGUMENT_INVALID', `${what} "${value.slice(0, 80)}": ${expected}`, { pointer: what });
};
