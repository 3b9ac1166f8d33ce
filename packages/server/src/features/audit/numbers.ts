// Numbers of events as people type them.
import { fail, saying } from '@redthread/core/errors';

const MOST = 100_000;

/** "12,15-17" is 12, 15, 16, 17. Errors: ARGUMENT_INVALID. */
export const parseNumbers = (text: string): number[] => {
  const numbers = text.split(',').flatMap((part) => {
    const [, low, high] = /^\s*([1-9]\d{0,14})(?:-([1-9]\d{0,14}))?\s*$/.exec(part) ?? [];
    const [first, last] = [Number(low), Number(high ?? low)];
    if (low === undefined || last < first || last - first >= MOST)
      throw fail('ARGUMENT_INVALID', saying`${part}: numbers of events, such as 12,15-20`, { pointer: 'events' });
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  if (numbers.length > MOST)
    throw fail('ARGUMENT_INVALID', saying`more than ${MOST} events at once`, { pointer: 'events' });
  return numbers;
};
