// Why a list is refused: at a line, a row, a table or a JSON pointer, which the error points at.
import { fail } from '@redthread/core/errors';

export const invalidAt = (place: string, why: string, cause?: unknown): Error =>
  fail('LIST_INVALID', `${place}: ${why}`, { pointer: place, ...(cause === undefined ? {} : { cause }) });
