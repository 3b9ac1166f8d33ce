// A table over as many pages as it takes: its head stands on each, a row that is longer than a page goes on on the next.
import type { ReportColumn, ReportTable } from '@redthread/core/contract';
import { TEXT } from '../../text/en.js';
import { shownColumns, shownText, type Shown } from '../columns.js';
import type { Face } from './face-files.js';
import { INK, QUIET, RULE, type Pages } from './pages.js';
import type { Tagged } from './tags.js';
import type { Line } from './typesetter.js';

const SIZE = 7.6;
const MONO = 6.5;
const LEADING = 9.8;
const PAD = 3.2;
const BETWEEN = 8;
/** A row of at most so many lines is not torn. */
const WHOLE_LINES = 20;

interface Placed extends Shown {
  readonly x: number;
  readonly width: number;
}

interface SetLine {
  readonly line: Line;
  readonly size: number;
  readonly colour: string;
}

const faceOf = ({ face }: ReportColumn): readonly [Face, number] => (face === 'mono' ? ['mono', MONO] : ['sans', SIZE]);

export class PdfTable {
  readonly #pages: Pages;
  readonly #columns: readonly Placed[];
  readonly #tag: Tagged;
  readonly #title: string;
  readonly #empty: string;
  readonly #isEmpty: boolean;

  constructor(pages: Pages, into: Tagged, { columns, empty, rows, title }: Omit<ReportTable, 'is'>) {
    this.#pages = pages;
    this.#title = title;
    this.#empty = empty;
    this.#isEmpty = rows === 0;
    const shown = shownColumns(columns);
    const whole = shown.reduce((sum, { column }) => sum + column.width, 0);
    const usable = pages.width - BETWEEN * (shown.length - 1);
    let x = pages.left;
    this.#columns = shown.map((one) => {
      const width = (usable * one.column.width) / whole;
      const placed = { ...one, x, width };
      x += width + BETWEEN;
      return placed;
    });
    pages.need(96);
    const { type } = pages;
    const caption = into.open('P');
    const [name] = type.lines('bold', 9.5, pages.width - 80, title);
    const [count] = type.lines('sans', 8, 80, TEXT.rows(rows));
    pages.y += 5;
    caption.draw(() => {
      if (name === undefined || count === undefined) return;
      pages.line(name, 9.5, INK, pages.left, pages.y);
      pages.line(count, 8, QUIET, pages.left + name.width + 8, pages.y + 1.2);
    });
    caption.close();
    pages.y += 15;
    this.#tag = into.open('Table');
    this.#head();
  }

  #head(): void {
    const pages = this.#pages;
    const heads = this.#columns.map(({ column, under, width }) =>
      pages.type.lines(
        'bold',
        7,
        width,
        [column, ...under.map((one) => one.column)].map((one) => one.title).join(', '),
      ),
    );
    const height = Math.max(...heads.map((lines) => lines.length)) * 8.8 + 2;
    const row = this.#tag.open('TR');
    for (const [i, { column, width, x }] of this.#columns.entries()) {
      const cell = row.open('TH', { scope: 'Column' });
      const lines = heads[i] ?? [];
      cell.draw(() => {
        for (const [n, line] of lines.entries())
          pages.line(
            line,
            7,
            QUIET,
            column.face === 'number' ? x + width - line.width : x,
            pages.y + height - 2 - (lines.length - n) * 8.8,
          );
      });
      cell.close();
    }
    row.close();
    pages.y += height;
    pages.tags.artifact(() => pages.rule(pages.y, INK, 0.6));
    pages.y += PAD;
  }

  #again(): void {
    const pages = this.#pages;
    pages.add();
    const [line] = pages.type.lines('sans', 8, pages.width, `${this.#title}, ${TEXT.continued}`);
    if (line !== undefined) pages.tags.artifact(() => pages.line(line, 8, QUIET, pages.left, pages.y));
    pages.y += 13;
    this.#head();
  }

  #set({ at, column, under, width }: Placed, cells: readonly string[]): SetLine[] {
    const { type } = this.#pages;
    const lines = (of: ReportColumn, text: string, colour: string): SetLine[] => {
      const [face, size] = faceOf(of);
      return type.lines(face, size, width, text).map((line) => ({ line, size, colour }));
    };
    const below = under.flatMap((one) => {
      const text = shownText(one.column, cells[one.at] ?? '');
      return text === '' ? [] : lines(one.column, text, QUIET);
    });
    const own = shownText(column, cells[at] ?? '');
    return own === '' && below.length > 0 ? below : [...lines(column, own, INK), ...below];
  }

  row(cells: readonly string[]): void {
    const pages = this.#pages;
    const set = this.#columns.map((column) => this.#set(column, cells));
    const longest = Math.max(...set.map((lines) => lines.length));
    const isShort = longest <= WHOLE_LINES;
    if (isShort && longest * LEADING + 2 * PAD > pages.room) this.#again();
    const row = this.#tag.open('TR');
    const tags = this.#columns.map(() => row.open('TD'));
    for (let done = 0; done < longest;) {
      let fits = Math.floor((pages.room - 2 * PAD) / LEADING);
      if (fits < Math.min(longest - done, 4)) {
        this.#again();
        fits = Math.floor((pages.room - 2 * PAD) / LEADING);
      }
      const part = Math.min(fits, longest - done);
      for (const [i, { column, width, x }] of this.#columns.entries()) {
        const lines = (set[i] ?? []).slice(done, done + part);
        if (lines.length === 0) continue;
        tags[i]?.draw(() => {
          for (const [n, { colour, line, size }] of lines.entries())
            pages.line(
              line,
              size,
              colour,
              column.face === 'number' ? x + width - line.width : x,
              pages.y + n * LEADING + (SIZE - size) * 0.6,
            );
        });
      }
      done += part;
      pages.y += part * LEADING + PAD;
      pages.tags.artifact(() => pages.rule(pages.y - PAD / 2, RULE, 0.4));
      pages.y += PAD / 2;
    }
    for (const tag of tags) tag.close();
    row.close();
  }

  close(): void {
    if (this.#isEmpty) {
      const pages = this.#pages;
      const row = this.#tag.open('TR');
      const cell = row.open('TD');
      pages.text(cell, { face: 'sans', size: SIZE, leading: LEADING, colour: QUIET }, this.#empty);
      cell.close();
      row.close();
    }
    this.#tag.close();
    this.#pages.y += 8;
  }
}
