// What a file says of the device that made it, as numbers that are compared for equality: the serial numbers of body and lens with whose they
// are. What stands there is what the file says; nothing vouches for it.

/** As the metadata of a medium has it (EXIF and maker notes). */
export interface DeviceTraits {
  readonly make: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly lens: string | null;
  readonly lensSerial: string | null;
}

/** Written alike by programs that pad, quote or change case. */
const normal = (text: string | null): string =>
  (text ?? '').normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase();

const SHORTEST = 5;
/** What stands where a number would: a word, one sign again and again, or counting up. */
const isPlaceholder = (serial: string): boolean => {
  const signs = serial.replace(/[^A-Z0-9]/g, '');
  return (
    signs.length < SHORTEST ||
    !/\d/.test(signs) ||
    /^(.)\1*$/.test(signs) ||
    '01234567890123456789'.includes(signs) ||
    '98765432109876543210'.includes(signs)
  );
};

const SEPARATOR = '\u001f';

const keyOf = (part: 'body' | 'lens', whose: readonly string[], serial: string): string[] =>
  whose.every((word) => word === '') || isPlaceholder(serial) ? [] : [[part, ...whose, serial].join(SEPARATOR)];

/** One for the body, one for the lens, as far as they are numbered and say whose they are. */
export const deviceNumbers = ({ make, model, serial, lens, lensSerial }: DeviceTraits): string[] => [
  ...keyOf('body', [normal(make), normal(model)], normal(serial)),
  ...keyOf('lens', [normal(make), normal(lens)], normal(lensSerial)),
];

const serialOf = (key: string): string => key.split(SEPARATOR).at(-1) ?? '';

/** Its decimal signs, by which a number is looked up in the store: equal numbers have the same ones, and every number has some. */
export const deviceDigits = (key: string): string => serialOf(key).replace(/[^0-9]/g, '');

/** One in a million: rarer than anybody has counted forged, copied and repeated numbers to be. */
const MOST_BITS = 20;

/**
 * What two equal numbers weigh. No error rate was counted: a maker gives a number once, and what is as long as it is tells no more apart than
 * its signs can write.
 */
export const deviceNumberBits = (key: string): number => {
  const serial = serialOf(key);
  const signs = serial.replace(/[^A-Z0-9]/g, '');
  const each = Math.log2(/^\d+$/.test(signs) ? 10 : 36);
  return Math.min(MOST_BITS, Math.round(signs.length * each * 10) / 10);
};

/** `camera body NORVIK N40, number 12345678`. */
export const deviceInWords = (key: string): string => {
  const [part = '', ...rest] = key.split(SEPARATOR);
  const whose = rest.slice(0, -1).filter((word) => word !== '');
  return `${part === 'lens' ? 'lens' : 'camera'} ${whose.join(' ')}, number ${serialOf(key)}`;
};
