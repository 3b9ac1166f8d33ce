// The statements of an SQL script as tokens, for reading and never for running: words, texts, numbers and signs, up to each semicolon.
import { invalidAt } from './invalid.js';

export interface SqlToken {
  readonly kind: 'word' | 'text' | 'number' | 'sign';
  readonly text: string;
}

export interface SqlStatement {
  readonly line: number;
  readonly tokens: readonly SqlToken[];
}

const LONGEST = 16 * 2 ** 20;
const PLAIN = /\s+|([A-Za-z_][A-Za-z0-9_$]*)|(-?\d+(?:\.\d+)?)|(\S)/y;
const CLOSES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['[', ']'],
]);

export class SqlStatements {
  #held = '';
  #line = 1;

  /** Errors: LIST_INVALID with the line. */
  write(text: string): SqlStatement[] {
    this.#held += text;
    const found: SqlStatement[] = [];
    let from = 0;
    for (let end = statementEnd(this.#held, from); end >= 0; end = statementEnd(this.#held, from)) {
      this.#add(found, this.#held.slice(from, end));
      from = end + 1;
    }
    this.#held = this.#held.slice(from);
    if (this.#held.length > LONGEST) throw this.#broken('a statement that does not end');
    return found;
  }

  end(): SqlStatement[] {
    const found: SqlStatement[] = [];
    this.#add(found, this.#held);
    if (found.length > 0) throw this.#broken('the file ends in the middle of a statement');
    return found;
  }

  #add(found: SqlStatement[], source: string): void {
    const tokens: SqlToken[] = [];
    let first = -1;
    for (let at = 0; at < source.length;) {
      const start = at;
      const before = tokens.length;
      at = this.#token(tokens, source, at);
      if (before === 0 && tokens.length > 0) first = start;
    }
    const line = this.#line + newLines(source.slice(0, Math.max(0, first)));
    this.#line += newLines(source);
    if (tokens.length > 0) found.push({ line, tokens });
  }

  /** Where the token ends. Texts and comments are gone through by their signs: a pattern would need a place in memory for each of their characters. */
  #token(tokens: SqlToken[], source: string, at: number): number {
    if (source.startsWith('--', at)) return source.indexOf('\n', at) + 1 || source.length;
    if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      if (end < 0) throw this.#broken('a comment that does not end');
      return end + 2;
    }
    const close = CLOSES.get(source[at]!);
    if (close !== undefined) {
      const end = quoteEnd(source, at + 1, close);
      if (end < 0) throw this.#broken('something that is no SQL');
      const text = source.slice(at + 1, end);
      tokens.push(close === "'" ? { kind: 'text', text: text.replaceAll("''", "'") } : { kind: 'word', text });
      return end + 1;
    }
    PLAIN.lastIndex = at;
    const [, word, number, sign] = PLAIN.exec(source)!;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    return PLAIN.lastIndex;
  }

  #broken(why: string): Error {
    return invalidAt(`line ${this.#line}`, why);
  }
}

/** Where the quote that closes stands, doubled ones passed over; -1 where there is none. */
const quoteEnd = (text: string, from: number, close: string): number => {
  let end = text.indexOf(close, from);
  if (close === "'" || close === '"') while (end >= 0 && text[end + 1] === close) end = text.indexOf(close, end + 2);
  return end;
};

const newLines = (text: string): number => text.split('\n').length - 1;

/** Where the next semicolon outside of texts and comments stands; -1 where there is none yet. */
const statementEnd = (text: string, from: number): number => {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3b) return i;
    const close =
      code === 0x27
        ? "'"
        : code === 0x22
          ? '"'
          : text.startsWith('--', i)
            ? '\n'
            : text.startsWith('/*', i)
              ? '*/'
              : '';
    if (close === '') continue;
    const end = text.indexOf(close, i + (close.length > 1 ? 2 : 1));
    if (end < 0) return -1;
    i = end + close.length - 1;
  }
  return -1;
};
