// A notice in words that are not known, by its shape: what it quotes, the numbers in it, the names that the chat has.
import { EXPORTER, type ChatEvent, type ChatEventType } from '@redthread/core/chats';
import { evened } from './patterns.js';
import { STEMS } from './words/stems.js';
import type { Language } from './words/index.js';

export interface Around {
  readonly isName: (name: string) => boolean;
  /** Names of the chat, those with most entries first. */
  readonly names: () => Iterable<string>;
  readonly languages: readonly Language[];
}

const LONGEST = 2_000;
const MOST_NAMES = 500;
const NUMBERS = /\+\d[\d ().-]{4,30}\d/g;

export const byShape = (plain: string, isFirst: boolean, around: Around): ChatEvent => {
  const other: ChatEvent = { type: 'other', actor: null, targets: [], subject: null };
  if (plain.length > LONGEST) return other;
  const line = evened(plain);
  const quoted = [...line.matchAll(/" ?([^"]{1,300}?) ?"/g)];
  const outside = line.replace(/"[^"]*"/g, '""').toLowerCase();
  const numbers = [...line.matchAll(NUMBERS)].map((found) => plain.slice(found.index, found.index + found[0].length));
  const type = typeOf(outside, quoted.length, numbers.length, isFirst && plain.length > 50);
  if (type === 'encryption-notice' || type === 'call') return { ...other, type };
  const last = quoted.at(-1);
  const start = last === undefined ? 0 : last.index + last[0].indexOf(last[1]!);
  const subject =
    last !== undefined && (type === 'group-created' || type === 'subject-changed')
      ? plain.slice(start, start + last[1]!.length)
      : null;
  if (type === 'number-changed' && numbers.length === 2 && line.startsWith(evened(numbers[0]!)))
    return { type, actor: numbers[0]!, targets: [numbers[1]!], subject };
  const people = namesIn(plain, quoted, around);
  const [first = null, ...rest] = people;
  return {
    type,
    actor: first,
    targets: type === 'member-added' || type === 'member-removed' || type === 'admin-changed' ? rest : [],
    subject,
  };
};

const typeOf = (outside: string, quotes: number, numbers: number, isLongFirst: boolean): ChatEventType => {
  for (const [type, stems] of STEMS)
    if (stems.test(outside)) {
      if (type === 'subject-changed' && quotes === 0) continue;
      return type;
    }
  if (quotes === 2) return 'subject-changed';
  if (numbers === 2 && outside.length < 120 && /^\+/.test(outside.trim())) return 'number-changed';
  return isLongFirst && quotes === 0 ? 'encryption-notice' : 'other';
};

/** In the order in which they stand; words for whoever's phone it is count as one. */
const namesIn = (plain: string, quoted: readonly RegExpMatchArray[], around: Around): string[] => {
  const free = quoted.reduce(
    (text, { index = 0, 0: whole }) =>
      text.slice(0, index) + ' '.repeat(whole.length) + text.slice(index + whole.length),
    plain,
  );
  const found: { at: number; end: number; name: string }[] = [];
  let tried = 0;
  for (const name of around.names()) {
    if ((tried += 1) > MOST_NAMES) break;
    const at = placeOf(free, name);
    if (at >= 0) found.push({ at, end: at + name.length, name });
  }
  for (const { you } of around.languages.slice(0, 3))
    for (const word of you) {
      const at = placeOf(free, word);
      if (at >= 0) found.push({ at, end: at + word.length, name: EXPORTER });
    }
  // The longer of two names at one place is the one that stands there.
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  const names: string[] = [];
  let end = 0;
  for (const one of found) {
    if (one.at < end) continue;
    if (!names.includes(one.name)) names.push(one.name);
    end = one.end;
  }
  return names;
};

/** Where it stands as a word of its own; -1 where it does not. */
const placeOf = (text: string, name: string): number => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1], text[at + name.length]];
    if (
      (before === undefined || !/[\p{L}\p{N}]/u.test(before)) &&
      (after === undefined || !/[\p{L}\p{N}]/u.test(after))
    )
      return at;
  }
  return -1;
};
