// The model of a report as a file: a block a line. It is what was gathered, in bounded memory; every rendition is made from it, here or
// by whoever repeats it from the file alone.
import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { ReportBlock, type ReportTable } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { OutFile, type WrittenFile } from './out-file.js';

/** Takes blocks in the order in which they are read. */
export interface ReportSink {
  put(block: Exclude<ReportBlock, { is: 'table' | 'row' | 'end' }>): void;
  /** All rows of a table; as many as it says. Errors: REPORT_INCOMPLETE. */
  table(
    table: Omit<ReportTable, 'is'>,
    rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  ): Promise<void>;
}

/** JSON lets them stand in a text, and to some who read line by line (Node 24 among them) they end one: a path may hold them. */
const OTHER_LINE_ENDS = /[\u2028\u2029]/g;
const escape = (end: string): string => (end === '\u2028' ? '\\u2028' : '\\u2029');

/** What a sink does with rows: it counts them, and a table that has fewer or more than it says is no table. */
export const putRows = async (
  { columns, id, rows: promised }: Omit<ReportTable, 'is'>,
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  take: (cells: readonly string[]) => void,
): Promise<void> => {
  let count = 0;
  let last = 'nothing';
  for await (const cells of rows) {
    if (cells.length !== columns.length)
      throw fail('REPORT_INCOMPLETE', `table ${id}, row ${count + 1}: ${cells.length} of ${columns.length} cells`);
    take(cells);
    count += 1;
    last = cells[0] ?? '';
  }
  if (count !== promised)
    throw fail(
      'REPORT_INCOMPLETE',
      `table ${id}: ${count} of ${promised} rows; the last one is "${last.slice(0, 200)}"`,
    );
};

export class ModelFile implements ReportSink {
  readonly #file: OutFile;
  #rows = 0;

  constructor(path: string) {
    this.#file = new OutFile(dirname(path), basename(path));
  }

  #line(block: ReportBlock): void {
    this.#file.write(`${JSON.stringify(block).replace(OTHER_LINE_ENDS, escape)}\n`);
  }

  put(block: Exclude<ReportBlock, { is: 'table' | 'row' | 'end' }>): void {
    this.#line(block);
  }

  async table(
    table: Omit<ReportTable, 'is'>,
    rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  ): Promise<void> {
    this.#line({ is: 'table', ...table });
    await putRows(table, rows, (cells) => this.#line({ is: 'row', cells: [...cells] }));
    this.#rows += table.rows;
  }

  /** Ends the model; answers how many rows its tables have. */
  finish(): { readonly file: WrittenFile; readonly rows: number } {
    this.#line({ is: 'end', rows: this.#rows });
    return { file: this.#file.finish(), rows: this.#rows };
  }

  close(): void {
    this.#file.close();
  }
}

/** Blocks of a model, as often as one asks. Errors: REPORT_MODEL_INVALID, with the line. */
export async function* readModel(path: string): AsyncGenerator<ReportBlock> {
  let number = 0;
  let promised: { id: string; rows: number } | null = null;
  let rows = 0;
  let last: ReportBlock | null = null;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: 0 })) {
    number += 1;
    const block = blockOf(line, number);
    if (number === 1 && block.is !== 'cover')
      throw fail('REPORT_MODEL_INVALID', 'line 1: a model begins with its cover');
    if (last?.is === 'end') throw fail('REPORT_MODEL_INVALID', `line ${number}: after the end`);
    if (block.is === 'row') {
      if (promised === null || promised.rows === 0)
        throw fail('REPORT_MODEL_INVALID', `line ${number}: a row more than its table has`);
      promised.rows -= 1;
      rows += 1;
    } else if (promised !== null && promised.rows > 0)
      throw fail('REPORT_MODEL_INVALID', `line ${number}: ${promised.rows} rows of table ${promised.id} are missing`);
    if (block.is === 'table') promised = { id: block.id, rows: block.rows };
    if (block.is === 'end' && block.rows !== rows)
      throw fail('REPORT_MODEL_INVALID', `line ${number}: ${rows} of ${block.rows} rows`);
    last = block;
    yield block;
  }
  if (last?.is !== 'end') throw fail('REPORT_MODEL_INVALID', `line ${number + 1}: the end is missing`);
}

const blockOf = (line: string, number: number): ReportBlock => {
  try {
    return ReportBlock.parse(JSON.parse(line));
  } catch (error) {
    throw fail('REPORT_MODEL_INVALID', `line ${number}: no block of a report`, { cause: error });
  }
};
