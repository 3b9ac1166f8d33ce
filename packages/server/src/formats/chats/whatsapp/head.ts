// The head of an entry: date and time, as the phone's language writes them. A file has one style of heads, which its first entry shows; only a line
// with a head of that very style begins a new entry, so that dates inside messages stay text.

/** Marks of direction, which stand anywhere in Arabic, Hebrew and Persian heads, and before iPhone's own lines. */
const MARKS = '[\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff]{0,3}';
const SPACE = '[ \\u00a0\\u202f\\u2009\\u200e\\u200f\\u061c]';
const DIGIT = '[\\d\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u09e6-\\u09ef]';
const MARKER = `[\\p{L}\\p{M}][\\p{L}\\p{M}.’'״" \\u00a0\\u202f]{0,15}?`;
/** What may stand between date and time: a comma, a word (`à`, `klo`, `um`), spaces. */
const JOINT = `[,،]?${SPACE}{0,3}(?:à|às|um|at|klo|kl\\.?|a las|alle|om|в|o|lúc|u|la|ore)?${SPACE}{0,3}`;
const SEPARATOR = `(?:[./\\-]|年|년|\\u2010|\\u2011)`;

const DATE = `(${DIGIT}{1,4})${MARKS}(${SEPARATOR}${SPACE}{0,3})${MARKS}(${DIGIT}{1,2})${MARKS}((?:[./\\-]|月|월|\\u2010|\\u2011)${SPACE}{0,3})${MARKS}(${DIGIT}{1,4})${MARKS}(\\.|日|일|${SPACE}?г\\.?)?`;
const TIME = `(?:(${MARKER})${SPACE}{0,3})?(${DIGIT}{1,2})(:|\\.|٫)(${DIGIT}{2})(?:(?::|\\.|٫)(${DIGIT}{2}))?(?:${SPACE}{0,3}(${MARKER}))?`;

export const HEAD_CHARACTERS = 100;

interface Shape {
  readonly start: string;
  readonly end: string;
}
const SHAPES = {
  bracket: { start: '\\[', end: `${SPACE}{0,3}\\]${SPACE}?` },
  dash: { start: '', end: `${SPACE}{0,3}[-–—]${SPACE}` },
  comma: { start: '', end: `, ` },
} as const satisfies Record<string, Shape>;
export type HeadShape = keyof typeof SHAPES;

export interface Style {
  readonly shape: HeadShape;
  /** The first number of its dates is a year of four digits. */
  readonly isYearFirst: boolean;
  readonly separator: string;
  /** With a space after the separator: `25. 3. 14.` of Korean and Hungarian phones begins with the year. */
  readonly isSpaced: boolean;
  readonly isTimeFirst: boolean;
  readonly pattern: RegExp;
}

const general = (shape: HeadShape): RegExp =>
  new RegExp(
    `^(${MARKS})${SHAPES[shape].start}${MARKS}${DATE}(${JOINT})${MARKS}${TIME}${MARKS}${SHAPES[shape].end}`,
    'u',
  );
const timeFirst = (shape: HeadShape): RegExp =>
  new RegExp(
    `^(${MARKS})${SHAPES[shape].start}${MARKS}${TIME}(${JOINT})${MARKS}${DATE}${MARKS}${SHAPES[shape].end}`,
    'u',
  );

const GENERAL = (Object.keys(SHAPES) as HeadShape[]).map((shape) => ({ shape, pattern: general(shape) }));
const TIME_FIRST = (['bracket', 'dash'] as const).map((shape) => ({ shape, pattern: timeFirst(shape) }));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const spaces = (text: string): string =>
  escaped(text).replace(/[ \u00a0\u202f\u2009\u200e\u200f\u061c]+/g, `${SPACE}{0,3}`);
const year = (digits: number): string => (digits === 4 ? `${DIGIT}{4}` : `${DIGIT}{1,2}`);

/** The style that a line's head shows; null where it has none. */
export const styleOf = (line: string): Style | null => {
  const head = line.slice(0, HEAD_CHARACTERS);
  for (const { shape, pattern } of GENERAL) {
    const found = pattern.exec(head);
    if (found === null) continue;
    const [, , first, gap1, , gap2, last, tail, joint, before, , clock, , seconds, after] = found;
    return styleFrom({
      shape,
      first,
      gap1,
      gap2,
      last,
      tail,
      joint,
      before,
      clock,
      seconds,
      after,
      isTimeFirst: false,
    });
  }
  for (const { shape, pattern } of TIME_FIRST) {
    const found = pattern.exec(head);
    if (found === null) continue;
    const [, , before, , clock, , seconds, after, joint, first, gap1, , gap2, last, tail] = found;
    return styleFrom({ shape, first, gap1, gap2, last, tail, joint, before, clock, seconds, after, isTimeFirst: true });
  }
  return null;
};

type Part = string | undefined;
interface Parts {
  readonly shape: HeadShape;
  readonly first: Part;
  readonly gap1: Part;
  readonly gap2: Part;
  readonly last: Part;
  readonly tail: Part;
  readonly joint: Part;
  readonly before: Part;
  readonly clock: Part;
  readonly seconds: Part;
  readonly after: Part;
  readonly isTimeFirst: boolean;
}

const styleFrom = (parts: Parts): Style | null => {
  const [first, last] = [parts.first!.length, parts.last!.length];
  if (first === 3 || last === 3 || (first === 4 && last > 2)) return null;
  const clock = spaces(parts.clock!);
  const mark = (which: Part): string => (which === undefined ? '()' : `(${MARKER})`);
  const time = `${mark(parts.before)}${SPACE}{0,3}(${DIGIT}{1,2})${clock}(${DIGIT}{2})${parts.seconds === undefined ? '()' : `${clock}(${DIGIT}{2})`}${parts.after === undefined ? '()' : `${SPACE}{0,3}(${MARKER})`}`;
  const date = `(${year(first)})${MARKS}${spaces(parts.gap1!)}${MARKS}(${DIGIT}{1,2})${MARKS}${spaces(parts.gap2!)}${MARKS}(${year(last)})${MARKS}${parts.tail === undefined ? '' : spaces(parts.tail)}`;
  const joint = `${MARKS}${spaces(parts.joint!)}${MARKS}`;
  const body = parts.isTimeFirst ? `${time}${joint}${date}` : `${date}${joint}${time}`;
  const { start, end } = SHAPES[parts.shape];
  return {
    shape: parts.shape,
    isYearFirst: first === 4,
    separator: parts.gap1!.trim(),
    isSpaced: /\s/.test(parts.gap1!),
    isTimeFirst: parts.isTimeFirst,
    pattern: new RegExp(`^(${MARKS})${start}${MARKS}${body}${MARKS}${end}`, 'u'),
  };
};

export interface Head {
  /** Whether a mark of direction stands before the bracket: iPhones put one before what is no plain text. */
  readonly isMarked: boolean;
  /** The three numbers of the date, as they stand. */
  readonly date: readonly [number, number, number];
  readonly hour: number;
  readonly minute: number;
  /** -1 where none stands there. */
  readonly second: number;
  readonly marker: string | undefined;
  /** Date and time as written. */
  readonly text: string;
  /** What follows the head. */
  readonly rest: string;
}

const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g;
const number = (digits: string): number => {
  if (digits.charCodeAt(0) < 0x3a) return Number(digits);
  return Number(digits.replace(OTHER_DIGITS, (digit) => String.fromCharCode(0x30 + zeroBased(digit.charCodeAt(0)))));
};
const zeroBased = (code: number): number =>
  code >= 0x9e6 ? code - 0x9e6 : code >= 0x966 ? code - 0x966 : code >= 0x6f0 ? code - 0x6f0 : code - 0x660;

/** A bracket, a digit or a mark: most lines inside a message begin otherwise. A clock may have a word before it. */
const mayBegin = (code: number, { isTimeFirst }: Style): boolean =>
  code === 0x5b || (code >= 0x30 && code <= 0x39) || code >= 0x600 || isTimeFirst;

/** The head of a line in this style; null where it begins no entry. */
export const headOf = (line: string, style: Style): Head | null => {
  if (!mayBegin(line.charCodeAt(0), style)) return null;
  const found = style.pattern.exec(line);
  if (found === null) return null;
  const whole = found[0];
  const [at, clockAt] = style.isTimeFirst ? [7, 2] : [2, 5];
  const second = found[clockAt + 3]!;
  const before = found[clockAt]!;
  const after = found[clockAt + 4]!;
  const marker = before !== '' ? before : after !== '' ? after : undefined;
  return {
    isMarked: found[1]!.includes('\u200e'),
    date: [number(found[at]!), number(found[at + 1]!), number(found[at + 2]!)],
    hour: number(found[clockAt + 1]!),
    minute: number(found[clockAt + 2]!),
    second: second === '' ? -1 : number(second),
    marker,
    text: written(whole, style.shape),
    rest: line.slice(whole.length),
  };
};

const MARK = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/;
const ALL_MARKS = new RegExp(MARK.source, 'g');

/** The head without what frames it. */
const written = (head: string, shape: HeadShape): string => {
  const inner = MARK.test(head) ? head.replace(ALL_MARKS, '') : head;
  if (shape === 'bracket') return inner.slice(inner.indexOf('[') + 1, inner.lastIndexOf(']')).trim();
  // A dash or a comma, and a space.
  return inner.slice(0, -2).trim();
};
