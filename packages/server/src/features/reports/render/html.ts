// A report as one page of HTML that fetches nothing, runs nothing and prints well; written as it is read, so that it may be long.
import type { ReportBlock, ReportColumn, ReportCover, ReportTable } from '@redthread/core/contract';
import { visible } from '../../../app/cli/io.js';
import { TEXT } from '../text/en.js';
import { shownColumns, shownText, type Shown } from './columns.js';
import { drawingSvg } from './drawing-svg.js';
import { OutFile, type WrittenFile } from './out-file.js';
import type { Outline, Rendition } from './rendition.js';
import { styleOf } from './style.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What could turn the writing direction or hide itself is spelled out, as on a terminal. */
export const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const facts = (rows: readonly (readonly [string, string])[]): string =>
  `<dl>${rows.map(([what, says]) => `<dt>${escaped(what)}</dt><dd>${escaped(says)}</dd>`).join('')}</dl>`;

const cover = (
  { facts: rows, handling, record, subject, title }: ReportCover,
  contents: Outline['sections'],
): string => `
<header class="cover"><div class="handling">${escaped(handling.join('  '))}</div>
<h1>${escaped(title)}</h1><p class="subject">${escaped(subject)}</p>
${facts([...rows, [TEXT.state, TEXT.record(record)], [TEXT.root, record.root], [TEXT.log, record.log]])}</header>
<nav aria-label="${TEXT.contents}"><ol>${contents.map(({ id, title: name }) => `<li><a href="#${id}">${escaped(name)}</a></li>`).join('')}</ol></nav>
<main>`;

const face = ({ face: named }: ReportColumn): string => (named === 'text' ? '' : ` class="${named}"`);

const tableHead = ({ columns, empty, rows, title }: Omit<ReportTable, 'is'>): string => {
  const shown = shownColumns(columns);
  const head = shown.map(
    ({ column, under }) =>
      `<th scope="col"${column.face === 'number' ? ' class="number"' : ''}>${escaped([column, ...under.map((one) => one.column)].map((one) => one.title).join(', '))}</th>`,
  );
  const none = rows === 0 ? `<tr><td colspan="${shown.length}">${escaped(empty)}</td></tr>` : '';
  return `<div class="wide"><table><caption>${escaped(title)}<small>${TEXT.rows(rows)}</small></caption><thead><tr>${head.join('')}</tr></thead><tbody>${none}\n`;
};

const rowOf = (shown: readonly Shown[], cells: readonly string[]): string => {
  const cell = ({ at, column, under }: Shown): string => {
    const below = under
      .filter((one) => (cells[one.at] ?? '') !== '')
      .map(
        (one) =>
          `<span class="under${one.column.face === 'mono' ? ' mono' : ''}">${escaped(shownText(one.column, cells[one.at] ?? ''))}</span>`,
      );
    return `<td${face(column)}>${escaped(shownText(column, cells[at] ?? ''))}${below.join('')}</td>`;
  };
  return `<tr>${shown.map(cell).join('')}</tr>\n`;
};

export class HtmlRendition implements Rendition {
  readonly #outline: Outline;
  readonly #file: OutFile;
  #shown: Shown[] | null = null;
  #isOpen = false;

  constructor(outline: Outline, folder: string) {
    this.#outline = outline;
    this.#file = new OutFile(folder, 'report.html');
  }

  #closeTable(): void {
    if (this.#shown !== null) this.#file.write('</tbody></table></div>\n');
    this.#shown = null;
  }

  #closeSection(): void {
    this.#closeTable();
    if (this.#isOpen) this.#file.write('</section>\n');
    this.#isOpen = false;
  }

  take(block: ReportBlock): void {
    const file = this.#file;
    if (block.is === 'row') return file.write(rowOf(this.#shown ?? [], block.cells));
    this.#closeTable();
    switch (block.is) {
      case 'cover': {
        const style = styleOf(block.handling.join('  '), block.subject);
        file.write(
          `<!doctype html>\n<html lang="${TEXT.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"><title>${escaped(`${block.title}: ${block.subject}`)}</title><style>${style}</style></head><body>`,
        );
        file.write(cover(block, this.#outline.sections));
        break;
      }
      case 'section':
        this.#closeSection();
        this.#isOpen = true;
        file.write(`<section aria-labelledby="${block.id}"><h2 id="${block.id}">${escaped(block.title)}</h2>\n`);
        for (const words of block.words) file.write(`<p>${escaped(words)}</p>\n`);
        break;
      case 'facts':
        file.write(`${facts(block.rows)}\n`);
        break;
      case 'table':
        this.#shown = shownColumns(block.columns);
        file.write(tableHead(block));
        break;
      case 'drawing':
        file.write(
          `<figure><figcaption>${escaped(block.title)}. ${TEXT.overlay}</figcaption>${drawingSvg(block, escaped)}</figure>\n`,
        );
        break;
      case 'picture':
        file.write(
          `<figure><figcaption>${escaped(block.title)}</figcaption><img alt="${escaped(block.title)}" src="data:image/jpeg;base64,${block.jpeg}"></figure>\n`,
        );
        break;
      case 'end':
        this.#closeSection();
        file.write(`</main><footer class="end">${TEXT.end(block.rows)}</footer></body></html>\n`);
    }
  }

  finish(): Promise<WrittenFile[]> {
    return Promise.resolve([this.#file.finish()]);
  }

  giveUp(): void {
    this.#file.close();
  }
}
