// References as they are typed: the same rule as over the API, said as a wrong argument.
import { Reference } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';

/** Errors: ARGUMENT_INVALID. */
export const checkedReference = (what: string, value: string): string => {
  if (Reference.safeParse(value).success) return value;
  throw fail('ARGUMENT_INVALID', `${what} "${value.slice(0, 80)}": 1 to 80 characters that can be printed`, {
    pointer: what,
  });
};
