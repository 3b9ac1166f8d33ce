// A report as tables for programs: one file a table, and one with what stands outside of tables.
import type { ReportBlock, ReportCover } from '@redthread/core/contract';
import { csvCell } from '../../../formats/csv-cell.js';
import { OutFile, type WrittenFile } from './out-file.js';
import type { Outline, Rendition } from './rendition.js';

const line = (cells: readonly string[]): string => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;

/** RFC 4180 in UTF-8; cells are as they were read, also those that a spreadsheet would take for a formula. */
export class CsvRendition implements Rendition {
  readonly #folder: string;
  readonly #facts: OutFile;
  readonly #tables: WrittenFile[] = [];
  #section = '';
  #table: OutFile | null = null;

  constructor(_outline: Outline, folder: string) {
    this.#folder = folder;
    this.#facts = new OutFile(folder, 'facts.csv');
    this.#facts.write(line(['section', 'what', 'says']));
  }

  #end(): void {
    if (this.#table !== null) this.#tables.push(this.#table.finish());
    this.#table = null;
  }

  take(block: ReportBlock): void {
    if (block.is === 'row') return this.#table?.write(line(block.cells));
    this.#end();
    switch (block.is) {
      case 'cover':
        for (const [what, says] of coverRows(block)) this.#facts.write(line(['', what, says]));
        break;
      case 'section':
        this.#section = block.title;
        for (const words of block.words) this.#facts.write(line([block.title, '', words]));
        break;
      case 'facts':
        for (const [what, says] of block.rows) this.#facts.write(line([this.#section, what, says]));
        break;
      case 'table':
        this.#table = new OutFile(this.#folder, `table-${block.id}.csv`);
        this.#table.write(line(block.columns.map(({ key }) => key)));
        break;
      case 'drawing':
      case 'picture':
      case 'end':
    }
  }

  finish(): Promise<WrittenFile[]> {
    this.#end();
    return Promise.resolve([this.#facts.finish(), ...this.#tables]);
  }

  giveUp(): void {
    this.#table?.close();
    this.#facts.close();
  }
}

const coverRows = ({
  facts,
  handling,
  record,
  subject,
  title,
}: ReportCover): readonly (readonly [string, string])[] => [
  ['title', title],
  ['subject', subject],
  ['handling', handling.join(' ')],
  ['record log', record.log],
  ['record size', String(record.size)],
  ['record root', record.root],
  ['record at', record.at],
  ...facts,
];
