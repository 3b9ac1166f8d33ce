// Rows of cells from CSV, TSV and their kin (RFC 4180, read as leniently as spreadsheets write it): quotes, doubled quotes, line ends of every
// system, a quote in the middle of a cell as it stands.
import { invalidAt } from './invalid.js';
import { lineTooLong, LONGEST_LINE } from './text-input.js';

export interface Row {
  /** Of its first character. */
  readonly line: number;
  readonly cells: readonly string[];
}

const [QUOTE, CR, LF] = [0x22, 0x0d, 0x0a];

/** Cuts chunks of text into rows; what is not yet a whole row is kept for the next chunk. */
export class RowCutter {
  #held = '';
  #line: number;
  readonly #delimiter: number;

  constructor(
    delimiter: string,
    readonly quotes: boolean = true,
    firstLine = 1,
  ) {
    this.#line = firstLine;
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Errors: LIST_INVALID with the line of a row that does not end. */
  write(text: string): Row[] {
    return this.#cut(this.#held + text, false);
  }

  end(): Row[] {
    return this.#held === '' ? [] : this.#cut(this.#held, true);
  }

  #cut(text: string, isLast: boolean): Row[] {
    const rows: Row[] = [];
    const length = text.length;
    let at = 0;
    while (at < length) {
      const cells: string[] = [];
      const line = this.#line;
      let lines = 0;
      let i = at;
      let isWhole = false;
      for (;;) {
        if (this.quotes && text.charCodeAt(i) === QUOTE) {
          const [value, end] = this.#quoted(text, i);
          if (end < 0 || (end >= length && !isLast)) break;
          for (let from = text.indexOf('\n', i); from >= 0 && from < end; from = text.indexOf('\n', from + 1)) lines++;
          cells.push(value);
          i = end;
        } else {
          let j = i;
          while (j < length) {
            const code = text.charCodeAt(j);
            if (code === this.#delimiter || code === LF || code === CR) break;
            j++;
          }
          if (j >= length && !isLast) break;
          cells.push(text.slice(i, j));
          i = j;
        }
        const code = text.charCodeAt(i);
        if (code === this.#delimiter) {
          i += 1;
          if (i < length) continue;
          if (!isLast) break;
          cells.push('');
        } else if (code === CR) {
          if (i + 1 >= length && !isLast) break;
          i += text.charCodeAt(i + 1) === LF ? 2 : 1;
        } else if (code === LF) i += 1;
        isWhole = true;
        break;
      }
      if (!isWhole) {
        // A quote that never ends would take the rest of the file for one cell.
        if (isLast) throw invalidAt(`line ${line}`, 'a quote that never ends');
        if (length - at > LONGEST_LINE) throw lineTooLong(line);
        break;
      }
      this.#line += lines + 1;
      rows.push({ line, cells });
      at = i;
    }
    this.#held = at < length ? text.slice(at) : '';
    return rows;
  }

  /** The value, and where it ends; -1 where its closing quote is not there yet. */
  #quoted(text: string, start: number): [string, number] {
    let value = '';
    let from = start + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return ['', -1];
      const next = text.charCodeAt(quote + 1);
      if (next === QUOTE) {
        value += text.slice(from, quote + 1);
        from = quote + 2;
      } else if (Number.isNaN(next) || next === this.#delimiter || next === CR || next === LF) {
        return [value + text.slice(from, quote), quote + 1];
      } else {
        value += text.slice(from, quote + 1);
        from = quote + 1;
      }
    }
  }
}

/** The delimiter of a line: the one of `; , tab |` that stands in it most often outside quotes; null where none does. */
export const delimiterOf = (line: string): string | null => {
  const bare = line.replace(/"[^"]*"/g, '');
  const counted = ['\t', ';', ',', '|'].map((sign) => ({ sign, count: bare.split(sign).length - 1 }));
  const [best] = counted.sort((a, b) => b.count - a.count);
  return best === undefined || best.count === 0 ? null : best.sign;
};
