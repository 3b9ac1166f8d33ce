// Whose entry it is. An author ends at a colon, but names, subjects and notices have colons too: what the whole file shows of its authors decides.
import { phoneOf, withoutMarks } from '../people.js';
import { Names } from './names.js';
import type { NoticeReader } from './notice.js';
import { evened } from './patterns.js';

const LONGEST_NAME = 100;
/** As many different beginnings as are remembered: a file of random names takes no more memory than this. */
const MOST_NAMES = 50_000;

interface Seen {
  count: number;
  /** Up to the second colon, where all entries of this beginning have the same; null where they differ. */
  second: string | null;
}

export interface Split {
  /** Null: a line of the system. */
  readonly author: string | null;
  readonly text: string;
}

/** Where the author would end: before the first colon that a space, a mark or the end follows. */
const colonIn = (rest: string, from: number): number => {
  for (let at = rest.indexOf(':', from); at >= 0 && at <= from + LONGEST_NAME + 40; at = rest.indexOf(':', at + 1)) {
    const next = rest.charCodeAt(at + 1);
    if (next === 0x20 || Number.isNaN(next) || next === 0x200e || next === 0x200f || next === 0xa0) return at;
  }
  return -1;
};
const cleaned = (name: string): string => (/[\u200e-\u2069\ufeff\u061c]/.test(name) ? withoutMarks(name) : name).trim();
const textAfter = (rest: string, colon: number): string =>
  rest.slice(rest.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1);

export class Authors {
  readonly #seen = new Map<string, Seen>();
  /** To be found in notices. */
  readonly known = new Names();
  /** Names that notices say. */
  readonly #told = new Set<string>();

  constructor(readonly isBracket: boolean) {}

  /** The beginning that may be an author, and whether the program itself wrote what follows. */
  see(rest: string): { readonly name: string; readonly text: string; readonly isMarked: boolean } | null {
    if (this.isBracket && rest.charCodeAt(0) === 0x200e) return null;
    const colon = colonIn(rest, 0);
    if (colon <= 0) return null;
    const name = cleaned(rest.slice(0, colon));
    const text = textAfter(rest, colon);
    const isMarked = text.charCodeAt(0) === 0x200e;
    if (this.isBracket && isMarked) return { name, text, isMarked };
    const next = colonIn(rest, colon + 1);
    const second = next < 0 || next - colon > 60 || isMarked ? null : cleaned(rest.slice(0, next));
    const seen = this.#seen.get(name);
    if (seen !== undefined) {
      seen.count += 1;
      if (seen.second !== second) seen.second = null;
    } else if (this.#seen.size < MOST_NAMES) {
      this.#seen.set(name, { count: 1, second });
      // With a quote or many words it may be the beginning of a notice.
      if (!/["“”„«»「]/.test(name) && name.split(' ').length <= 5) this.known.add(name);
    }
    return { name, text, isMarked };
  }

  /** The beginning was that of a notice. */
  forget(name: string): void {
    this.#seen.delete(name);
    this.known.remove(name);
  }

  tell(name: string): void {
    if (this.#told.size >= MOST_NAMES || name.length > LONGEST_NAME || this.#told.has(name)) return;
    this.#told.add(name);
    if (name.split(' ').length <= 5) this.known.add(name);
  }

  isName = (name: string): boolean => this.#seen.has(name) || this.#told.has(name);
  countOf(name: string): number {
    return this.#seen.get(name)?.count ?? 0;
  }

  /** Those with most entries first. */
  names = (): Iterable<string> => (this.#byCount ??= this.#sorted());
  #byCount: readonly string[] | null = null;
  #sorted(): readonly string[] {
    const seen = [...this.#seen].sort(([, a], [, b]) => b.count - a.count).map(([name]) => name);
    return [...new Set([...seen.slice(0, 400), ...[...this.#told].slice(0, 400)])];
  }

  split(rest: string, isFirst: boolean, notices: NoticeReader): Split {
    const system: Split = { author: null, text: rest };
    const isMarked = this.isBracket && rest.charCodeAt(0) === 0x200e;
    const line = isMarked ? rest.slice(1) : rest;
    const colon = colonIn(line, 0);
    if (colon <= 0) return system;
    const name = cleaned(line.slice(0, colon));
    const count = this.countOf(name);
    if (name === '' || (isMarked && count === 0)) return system;
    if (this.isBracket && line.charCodeAt(colon + 2) === 0x200e) return { author: name, text: textAfter(line, colon) };
    if (phoneOf(name) !== null) return { author: name, text: textAfter(line, colon) };
    if (name.length > LONGEST_NAME || this.#isNotice(name, count, line, isFirst, notices)) return system;
    return this.#withColon(name, line, colon) ?? { author: name, text: textAfter(line, colon) };
  }

  #isNotice(name: string, count: number, line: string, isFirst: boolean, notices: NoticeReader): boolean {
    const isQuoteOpen = /["“”„‟«»″「」『』〝〞〟＂]/.test(name) && (evened(name).split('"').length - 1) % 2 === 1;
    if (isQuoteOpen) return count < 3 || notices.byWords(withoutMarks(line).trim()) !== null;
    if (count > 1 || this.#told.has(name)) return false;
    const words = name.split(/\s+/).length;
    if (words < 3) return false;
    if (isFirst && line.length > 60 && words >= 4) return true;
    if (notices.byWords(withoutMarks(line).trim(), true) !== null) return true;
    return this.goesOn(name);
  }

  /** `Hugo turned on disappearing messages`: somebody who is known, and then what they did; `Ida van Dijk` is a name. */
  goesOn(name: string): boolean {
    for (let at = name.indexOf(' '); at > 0; at = name.indexOf(' ', at + 1)) {
      const more = name.slice(at + 1).split(' ');
      if (more.length < 2) return false;
      const isLower = more.length > 2 ? !/^\p{Lu}/u.test(more[0]!) : !more.some((word) => /^\p{Lu}/u.test(word));
      if (isLower && this.countOf(name.slice(0, at)) > 0) return true;
    }
    return false;
  }

  /** `Work: Anna` where that is somebody's name. */
  #withColon(name: string, line: string, colon: number): Split | null {
    const next = colonIn(line, colon + 1);
    if (next < 0 || next - colon > 60) return null;
    const longer = cleaned(line.slice(0, next));
    const seen = this.#seen.get(name);
    const isName =
      this.#told.has(longer) ||
      (seen !== undefined && seen.count >= 3 && seen.second === longer && !this.#told.has(name));
    return isName ? { author: longer, text: textAfter(line, next) } : null;
  }
}
