// A report as PDF/A-2b: typefaces embedded, tagged, written page by page.
import type { ReportBlock, ReportCover } from '@redthread/core/contract';
import { TEXT } from '../../text/en.js';
import { OutFile, type WrittenFile } from '../out-file.js';
import type { Outline, Rendition } from '../rendition.js';
import { drawDrawing } from './drawing.js';
import { dayOf, INK, MARK, Pages, QUIET } from './pages.js';
import { StableDocument } from './stable-document.js';
import { PdfTable } from './table.js';
import { tagsOf, type Tagged } from './tags.js';

/** Of longer reports the pages leave as they are made, without tags and without the number of the last one. */
const TAGGED_ROWS = 3_000;

const BODY = { face: 'sans', size: 9, leading: 13, colour: INK } as const;

/** XMP takes no signs of markup from this library. */
const plain = (text: string): string => text.replace(/[&<>]/g, ' ');

const newDocument = (cover: ReportCover, isTagged: boolean): StableDocument =>
  new StableDocument({
    size: 'A4',
    layout: cover.kind === 'comparison' ? 'portrait' : 'landscape',
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    autoFirstPage: false,
    bufferPages: isTagged,
    compress: false,
    fontLayoutCache: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    tagged: isTagged,
    lang: TEXT.lang,
    displayTitle: true,
    info: {
      Title: plain(`${cover.title}: ${cover.subject}`),
      Creator: 'Redthread',
      Producer: 'Redthread',
      CreationDate: dayOf(cover),
      ModDate: dayOf(cover),
    },
  });

const drawFacts = (pages: Pages, into: Tagged, rows: readonly (readonly [string, string])[]): void => {
  const names = 150;
  for (const [what, says] of rows) {
    const label = pages.type.lines('sans', 8.5, names - 12, what);
    const value = pages.type.lines('sans', 8.5, pages.width - names, says);
    pages.need(Math.max(label.length, Math.min(value.length, 6)) * 12.5);
    const part = into.open('P');
    const [top, page] = [pages.y, pages.count];
    part.draw(() => label.forEach((line, i) => pages.line(line, 8.5, QUIET, pages.left, top + i * 12.5)));
    for (const line of value) {
      pages.need(12.5);
      part.draw(() => pages.line(line, 8.5, INK, pages.left + names, pages.y));
      pages.y += 12.5;
    }
    part.close();
    if (pages.count === page) pages.y = Math.max(pages.y, top + label.length * 12.5);
    pages.y += 1.5;
  }
};

const drawCover = (pages: Pages, into: Tagged, { facts, handling, record, subject, title }: ReportCover): void => {
  pages.add();
  pages.y += 26;
  pages.tags.artifact(() => pages.rule(pages.y - 14, INK, 1.6));
  const one = (type: string, style: Parameters<Pages['text']>[1], text: string): void => {
    const part = into.open(type);
    pages.text(part, style, text);
    part.close();
  };
  one('P', { face: 'bold', size: 10, leading: 16, colour: MARK }, handling.join('   '));
  one('H1', { face: 'bold', size: 22, leading: 29, colour: INK }, title);
  one('P', { face: 'sans', size: 12, leading: 18, colour: QUIET }, subject);
  pages.y += 14;
  drawFacts(pages, into, [
    ...facts,
    [TEXT.state, TEXT.record(record)],
    [TEXT.root, record.root],
    [TEXT.log, record.log],
  ]);
};

class Body {
  readonly #pages: Pages;
  readonly #root: Tagged;
  #section: Tagged;
  #table: PdfTable | null = null;

  constructor(pages: Pages) {
    this.#pages = pages;
    this.#root = pages.tags.root;
    this.#section = this.#root;
  }

  #end(): void {
    this.#table?.close();
    this.#table = null;
  }

  #begin(id: string, title: string, words: readonly string[]): void {
    const pages = this.#pages;
    if (this.#section !== this.#root) this.#section.close();
    this.#section = this.#root.open('Sect');
    pages.y += 16;
    // What follows stands with its heading: a picture, or the head and the first rows of a table.
    pages.need(id === 'pictures' ? 290 : 140);
    pages.doc.outline.addItem(plain(title));
    const heading = this.#section.open('H2');
    pages.text(heading, { face: 'bold', size: 13.5, leading: 20, colour: INK }, title);
    heading.close();
    for (const text of words) {
      const part = this.#section.open('P');
      pages.text(part, BODY, text, pages.left, Math.min(pages.width, 560));
      part.close();
      pages.y += 3;
    }
  }

  take(block: ReportBlock): void {
    const pages = this.#pages;
    if (block.is === 'row') return this.#table?.row(block.cells);
    this.#end();
    switch (block.is) {
      case 'cover':
        return drawCover(pages, this.#root, block);
      case 'section':
        return this.#begin(block.id, block.title, block.words);
      case 'facts':
        return drawFacts(pages, this.#section, block.rows);
      case 'table':
        this.#table = new PdfTable(pages, this.#section, block);
        return;
      case 'drawing':
        return drawDrawing(pages, this.#section, block);
      case 'picture':
        return this.#picture(block.title, block.jpeg);
      case 'end':
        return this.#last(block.rows);
    }
  }

  #picture(title: string, jpeg: string): void {
    const pages = this.#pages;
    const [wide, high] = [180, 150];
    pages.need(high + 34);
    const caption = this.#section.open('P');
    pages.text(caption, { face: 'sans', size: 8, leading: 12, colour: QUIET }, title);
    caption.close();
    const figure = this.#section.open('Figure', { alt: title });
    figure.draw(() => {
      pages.doc.image(Buffer.from(jpeg, 'base64'), pages.left, pages.y + 2, { fit: [wide, high] });
    });
    figure.close();
    pages.y += high + 12;
  }

  #last(rows: number): void {
    const pages = this.#pages;
    if (this.#section !== this.#root) this.#section.close();
    pages.y += 16;
    pages.need(30);
    pages.tags.artifact(() => pages.rule(pages.y, INK, 0.8));
    pages.y += 8;
    const part = this.#root.open('P');
    pages.text(part, { ...BODY, colour: QUIET }, TEXT.endPages(rows, pages.count));
    part.close();
    this.#root.close();
  }
}

export class PdfRendition implements Rendition {
  readonly #doc: StableDocument;
  readonly #file: OutFile;
  readonly #pages: Pages;
  readonly #body: Body;
  readonly #written: Promise<void>;

  constructor({ cover, rows }: Outline, folder: string) {
    const isTagged = rows <= TAGGED_ROWS;
    const doc = newDocument(cover, isTagged);
    const file = new OutFile(folder, 'report.pdf');
    this.#written = new Promise<void>((resolve, reject) => {
      doc.on('data', (bytes: Uint8Array) => file.write(bytes));
      doc.on('end', () => resolve());
      doc.on('error', reject);
    });
    // Told to whoever finishes it, and to nobody where it is given up.
    this.#written.catch(() => undefined);
    [this.#doc, this.#file] = [doc, file];
    this.#pages = new Pages(doc, tagsOf(doc, isTagged), cover, isTagged);
    this.#body = new Body(this.#pages);
  }

  take(block: ReportBlock): void {
    this.#body.take(block);
  }

  async finish(): Promise<WrittenFile[]> {
    this.#pages.finish();
    this.#doc.end();
    await this.#written;
    return [this.#file.finish()];
  }

  giveUp(): void {
    this.#doc.removeAllListeners('data');
    this.#file.close();
  }
}
