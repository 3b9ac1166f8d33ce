// The statements of an SQL script as tokens, for reading and never for running: words, texts, numbers and signs, up to each semicolon.
import { fail } from '@redthread/core/errors';

export interface SqlToken {
  readonly kind: 'word' | 'text' | 'number' | 'sign';
  readonly text: string;
}

export interface SqlStatement {
  readonly line: number;
  readonly tokens: readonly SqlToken[];
}

const LONGEST = 16 * 2 ** 20;
const TOKEN =
  /\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([A-Za-z_][A-Za-z0-9_$]*)|(-?\d+(?:\.\d+)?)|([^\s'"])/gy;

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
    TOKEN.lastIndex = 0;
    for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(source);
      if (token === null) throw this.#broken('something that is no SQL');
      const [, text, double, tick, square, word, number, sign] = token;
      const before = tokens.length;
      if (text !== undefined) tokens.push({ kind: 'text', text: text.replace(/''/g, "'") });
      else if (word !== undefined || double !== undefined || tick !== undefined || square !== undefined)
        tokens.push({ kind: 'word', text: word ?? double ?? tick ?? square ?? '' });
      else if (number !== undefined) tokens.push({ kind: 'number', text: number });
      else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
      if (before === 0 && tokens.length > 0) first = at;
    }
    const line = this.#line + newLines(source.slice(0, Math.max(0, first)));
    this.#line += newLines(source);
    if (tokens.length > 0) found.push({ line, tokens });
  }

  #broken(why: string): Error {
    return fail('LIST_INVALID', `line ${this.#line}: ${why}`, { pointer: `line ${this.#line}` });
  }
}

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
