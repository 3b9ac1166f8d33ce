// A count on the command line: what is not one is refused, and never taken for the default.
import { InvalidArgumentError } from 'commander';

/** Parser of an option that takes a whole number from `least` to `most`. */
export const wholeNumber =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d{1,9}$/.test(value) || number < least || number > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
    return number;
  };

/** A port to listen on; 0 lets the system choose. */
export const portNumber = wholeNumber(0, 65_535);
