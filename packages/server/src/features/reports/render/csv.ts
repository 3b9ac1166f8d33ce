// A report as tables for programs: one file a table, and one with what stands outside of tables.
import type { ReportBlock, ReportFile } from '@redthread/core/contract';
import { csvCell } from '../../../formats/csv-cell.js';
import { OutFile } from './out-file.js';

const line = (cells: readonly string[]): string => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;

/** RFC 4180 in UTF-8; cells are as they were read, also those that a spreadsheet would take for a formula. */
export const renderCsv = async (blocks: AsyncIterable<ReportBlock>, folder: string): Promise<ReportFile[]> => {
  const facts = new OutFile(folder, 'facts.csv');
  const files: ReportFile[] = [];
  let section = '';
  let table: OutFile | null = null;
  facts.write(line(['section', 'what', 'says']));
  const end = (): void => {
    if (table !== null) files.push(table.finish());
    table = null;
  };
  for await (const block of blocks) {
    if (block.is === 'row') {
      table?.write(line(block.cells));
      continue;
    }
    end();
    if (block.is === 'cover') {
      const { handling, record, subject, title } = block;
      for (const [what, says] of [
        ['title', title],
        ['subject', subject],
        ['handling', handling.join(' ')],
        ['record log', record.log],
        ['record size', String(record.size)],
        ['record root', record.root],
        ['record at', record.at],
        ...block.facts,
      ] as const)
        facts.write(line(['', what, says]));
    }
    if (block.is === 'section') {
      section = block.title;
      for (const words of block.words) facts.write(line([section, '', words]));
    }
    if (block.is === 'facts') for (const [what, says] of block.rows) facts.write(line([section, what, says]));
    if (block.is === 'table') {
      table = new OutFile(folder, `table-${block.id}.csv`);
      table.write(line(block.columns.map(({ key }) => key)));
    }
  }
  end();
  return [facts.finish(), ...files];
};
