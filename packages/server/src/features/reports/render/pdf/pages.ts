// The pages of a report: their size, what stands on each of them, and where the next line goes.
import type { ReportCover } from '@redthread/core/contract';
import { TEXT } from '../../text/en.js';
import type { Face } from './face-files.js';
import type { StableDocument } from './stable-document.js';
import type { Tagged, Tags } from './tags.js';
import { Typesetter, type Line } from './typesetter.js';

export const INK = '#16191d';
export const QUIET = '#5b636d';
export const RULE = '#d5d9de';
export const MARK = '#a3252b';

const MARGIN = { left: 46, right: 46, top: 66, bottom: 52 };

export interface Style {
  readonly face: Face;
  readonly size: number;
  readonly leading: number;
  readonly colour: string;
}

export class Pages {
  readonly doc: StableDocument;
  readonly tags: Tags;
  readonly type: Typesetter;
  readonly #cover: ReportCover;
  /** Whether all pages are kept until the last one is known. */
  readonly #buffered: boolean;
  #count = 0;
  y = 0;

  constructor(doc: StableDocument, tags: Tags, cover: ReportCover, buffered: boolean) {
    this.doc = doc;
    this.tags = tags;
    this.type = new Typesetter(doc);
    this.#cover = cover;
    this.#buffered = buffered;
  }

  get left(): number {
    return MARGIN.left;
  }
  get width(): number {
    return this.doc.page.width - MARGIN.left - MARGIN.right;
  }
  get bottom(): number {
    return this.doc.page.height - MARGIN.bottom;
  }
  get room(): number {
    return this.bottom - this.y;
  }
  get count(): number {
    return this.#count;
  }
  get isAtTop(): boolean {
    return this.y <= MARGIN.top;
  }

  add(): void {
    this.doc.addPage();
    this.#count += 1;
    this.y = MARGIN.top;
    this.tags.artifact(() => {
      this.#head();
      if (!this.#buffered) this.#foot(this.#count, null);
    });
  }

  /** Begins a page where fewer points than these are left. */
  need(points: number): void {
    if (this.y + points > this.bottom) this.add();
  }

  rule(y: number, colour: string, width: number): void {
    this.doc
      .save()
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .lineWidth(width)
      .strokeColor(colour)
      .stroke()
      .restore();
  }

  /** Text from the left edge down, over as many pages as it takes. */
  text(into: Tagged, { colour, face, leading, size }: Style, text: string, x = this.left, width = this.width): void {
    for (const line of this.type.lines(face, size, width, text)) {
      this.need(leading);
      into.draw(() => this.line(line, size, colour, x, this.y));
      this.y += leading;
    }
  }

  line(line: Line, size: number, colour: string, x: number, y: number): void {
    this.doc.fillColor(colour);
    this.type.draw(line, size, x, y);
  }

  #one(face: Face, size: number, colour: string, text: string, y: number, alignRight: boolean, width: number): void {
    const [line] = this.type.lines(face, size, width, text);
    if (line !== undefined)
      this.line(line, size, colour, alignRight ? this.left + this.width - line.width : this.left, y);
  }

  #head(): void {
    const { handling, subject } = this.#cover;
    const half = this.width / 2 - 10;
    this.#one('bold', 8.5, MARK, handling.join('   '), 34, false, half);
    this.#one('sans', 8, QUIET, subject, 34, true, half);
    this.rule(50, RULE, 0.5);
  }

  #foot(number: number, of: number | null): void {
    const { record, title } = this.#cover;
    const y = this.doc.page.height - 36;
    this.rule(y - 8, RULE, 0.5);
    const what = `${title}. ${TEXT.state}: ${TEXT.record(record)}`;
    this.#one('sans', 7.5, QUIET, what, y, false, this.width - 90);
    this.#one('sans', 7.5, QUIET, TEXT.page(number, of), y, true, 90);
  }

  /** What can be said of a page only when the last one is known. */
  finish(): void {
    if (!this.#buffered) return;
    for (let page = 0; page < this.#count; page += 1) {
      this.doc.switchToPage(page);
      this.tags.artifact(() => this.#foot(page + 1, this.#count));
    }
  }
}

/** The day that a PDF says it was made: that of the record. */
export const dayOf = (cover: ReportCover): Date => new Date(cover.record.at);
