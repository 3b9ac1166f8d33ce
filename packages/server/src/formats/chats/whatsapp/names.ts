// Names and numbers that a chat has, found in a notice: each takes the place of one character of private use, so that patterns see where a name ends
// and the next begins, also where nothing but a space stands between two.
import { evened } from './patterns.js';

const NUMBER_AT = /\+\d[\d ().\u00a0\u202f\u2010\u2011-]{4,30}\d/y;
const [FIRST_NUMBER, FIRST_NAME, LAST_NAME] = [0xe000, 0xe400, 0xefff];

export interface Masked {
  /** Evened, with placeholders. */
  readonly line: string;
  /** What stands from one place of it to another, as written. */
  readonly written: (from: number, to: number) => string;
  readonly count: number;
}

/** As many names of one beginning as are looked through. */
const MOST_ALIKE = 200;

export class Names {
  readonly #byStart = new Map<string, string[]>();

  add(name: string): void {
    if (name.length < 2 || name.length > 100) return;
    const start = name.slice(0, 2);
    const alike = this.#byStart.get(start);
    if (alike === undefined) this.#byStart.set(start, [name]);
    else if (alike.length < MOST_ALIKE && !alike.includes(name)) {
      alike.push(name);
      alike.sort((a, b) => b.length - a.length);
    }
  }

  remove(name: string): void {
    const alike = this.#byStart.get(name.slice(0, 2));
    const at = alike?.indexOf(name) ?? -1;
    if (at >= 0) alike!.splice(at, 1);
  }

  masked(plain: string): Masked {
    const line = evened(plain);
    let out = '';
    const from: number[] = [];
    let [count, numbers] = [0, 0];
    let isQuoted = false;
    for (let at = 0; at < line.length;) {
      const found = isQuoted ? null : this.#at(plain, at);
      if (found !== null && count < LAST_NAME - FIRST_NAME) {
        const isNumber = found.startsWith('+') && numbers < FIRST_NAME - FIRST_NUMBER;
        out += String.fromCharCode(isNumber ? FIRST_NUMBER + numbers++ : FIRST_NAME + count);
        count += 1;
        from.push(at);
        at += found.length;
        continue;
      }
      const character = line[at]!;
      if (character === '"') isQuoted = !isQuoted;
      out += character >= '\ue000' && character <= '\uefff' ? ' ' : character;
      from.push(at);
      at += 1;
    }
    from.push(line.length);
    return { line: out, count, written: (start, end) => plain.slice(from[start], from[end]) };
  }

  /** The longest name, or the number, that begins there and ends as a word does; null where none does. */
  #at(plain: string, at: number): string | null {
    if (at > 0 && isOneWord(plain.charCodeAt(at - 1), plain.charCodeAt(at))) return null;
    for (const name of this.#byStart.get(plain.slice(at, at + 2)) ?? []) {
      const end = at + name.length;
      if (
        plain.startsWith(name, at) &&
        (end >= plain.length || !isOneWord(plain.charCodeAt(end - 1), plain.charCodeAt(end)))
      )
        return name;
    }
    if (plain.charCodeAt(at) !== 0x2b) return null;
    NUMBER_AT.lastIndex = at;
    return NUMBER_AT.exec(plain)?.[0] ?? null;
  }
}

/** Letters and digits that nothing parts; signs of Chinese, Japanese and Korean stand beside names without a space. */
const isOneWord = (before: number, after: number): boolean => isOfWord(before) && isOfWord(after);
const isOfWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0xc0 &&
    code < 0x1100 &&
    code !== 0xd7 &&
    code !== 0xf7 &&
    code !== 0x60c &&
    code !== 0x61b &&
    code !== 0x61f);
