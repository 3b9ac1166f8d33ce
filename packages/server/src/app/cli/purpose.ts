// A reason that somebody gives on the command line and that stands in the record.
import { InvalidArgumentError } from 'commander';
import { Purpose } from '@redthread/core/contract';

export const purpose = (value: string): string => {
  if (!Purpose.safeParse(value).success) throw new InvalidArgumentError('Words that can be read, 3 to 200 characters.');
  return value;
};
