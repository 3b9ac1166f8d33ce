// Text as it is searched: in one case, without accents, with one space where there is any. Folded the same way are what was written and what somebody looks for.

const PLAIN = /^[\x20-\x7e]*$/;
/** Signs on and under letters, in scripts where people leave them out, and characters that cannot be seen. */
const SIGNS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\ufe0e\ufe0f\p{Cf}]/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ς: 'σ',
};
const OTHER_LETTERS = /[ßæœøđðłıþς]/gu;
const SPACE = /[\s\p{Zs}\p{Cc}]+/gu;
/** What stands between words; signs such as emoji are words. */
const BETWEEN = /[\s\p{P}$+<=>^`|~]+/u;
const BETWEEN_PLAIN = /[^a-z0-9]+/;

const letters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(SIGNS, '')
    .toLowerCase()
    .replace(SIGNS, '')
    .replace(OTHER_LETTERS, (letter) => LETTERS[letter] ?? letter);

/** One line, whatever stood in it. */
export const foldText = (text: string): string => {
  if (PLAIN.test(text)) {
    const lower = text.toLowerCase();
    return lower.includes('  ') || lower.startsWith(' ') || lower.endsWith(' ')
      ? lower.replace(/ {2,}/g, ' ').trim()
      : lower;
  }
  return letters(text).replace(SPACE, ' ').trim();
};

/** The words of a folded text, in its order. */
export const foldedWords = (folded: string): string[] =>
  folded.split(PLAIN.test(folded) ? BETWEEN_PLAIN : BETWEEN).filter((word) => word !== '');

export interface TextMark {
  readonly start: number;
  readonly end: number;
}

/** What somebody looks for: words, or parts of words, and in quotation marks what stands together. Folded; all of them have to be there. */
export const searchTerms = (query: string): string[] => {
  const terms = [...query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/gu)].map(([, phrase, word]) =>
    foldText(phrase ?? word ?? ''),
  );
  return [...new Set(terms.filter((term) => term !== ''))];
};

/** Where folded terms stand in a text: UTF-16 units of it, in order, none within another. */
export const markTerms = (text: string, terms: readonly string[]): TextMark[] => {
  const { folded, places } = foldedPlaces(text);
  const found: TextMark[] = [];
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push({ start: places[at]!.start, end: places[at + term.length - 1]!.end });
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const marks: TextMark[] = [];
  for (const mark of found) {
    const last = marks.at(-1);
    if (last !== undefined && mark.start < last.end) {
      if (mark.end > last.end) marks[marks.length - 1] = { start: last.start, end: mark.end };
    } else marks.push(mark);
  }
  return marks;
};

/** The folded text, with the part of the text that each unit of it came from. */
const foldedPlaces = (text: string): { readonly folded: string; readonly places: readonly TextMark[] } => {
  let folded = '';
  const places: TextMark[] = [];
  let at = 0;
  for (const character of text) {
    const place = { start: at, end: at + character.length };
    at = place.end;
    const lower = letters(character).replace(SPACE, ' ');
    // A sign belongs to the letter that it stands on.
    if (lower === '' && places.length > 0) places[places.length - 1] = { ...places.at(-1)!, end: at };
    if (lower === ' ' && (folded === '' || folded.endsWith(' '))) continue;
    folded += lower;
    for (let unit = 0; unit < lower.length; unit += 1) places.push(place);
  }
  return { folded, places };
};
