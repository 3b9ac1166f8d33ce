// The beginning of each part of a report, as the server gathered it.
import type { ReportBlock, ReportColumn, ReportTable } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { count } from '../text/format.js';
import { t } from '../text/index.js';
import { Facts } from './facts.js';
import styles from './report-preview.module.css';

const words = t.reports;

type Part = Exclude<ReportBlock, { is: 'row' }> | (ReportTable & { readonly cells: readonly (readonly string[])[] });

/** Rows with the table that they are of. */
const partsOf = (blocks: readonly ReportBlock[]): Part[] => {
  const parts: Part[] = [];
  let cells: (readonly string[])[] = [];
  for (const block of blocks) {
    if (block.is === 'row') cells.push(block.cells);
    else if (block.is === 'table') parts.push({ ...block, cells: (cells = []) });
    else parts.push(block);
  }
  return parts;
};

const isShown = ({ only }: ReportColumn): boolean => only === undefined;
const faceOf = ({ face }: ReportColumn): string => (face === 'number' ? 'num' : face === 'mono' ? 'mono wrap' : 'wrap');

const Table = ({ table }: { table: ReportTable & { readonly cells: readonly (readonly string[])[] } }): ReactNode => (
  <>
    <h4>
      {table.title} <span className="muted">{words.rows(table.rows)}</span>
    </h4>
    {table.rows === 0 ? (
      <p className="muted">{table.empty}</p>
    ) : (
      <div className={styles['wide']} role="group" aria-label={table.title} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {table.columns.map((column) =>
                isShown(column) ? (
                  <th key={column.key} className={column.face === 'number' ? 'num' : undefined}>
                    {column.title}
                  </th>
                ) : null,
              )}
            </tr>
          </thead>
          <tbody>
            {table.cells.map((cells, i) => (
              <tr key={i}>
                {table.columns.map((column, at) =>
                  isShown(column) ? (
                    <td key={column.key} className={faceOf(column)}>
                      {column.face === 'number' && /^\d+$/.test(cells[at] ?? '') ? count(Number(cells[at])) : cells[at]}
                    </td>
                  ) : null,
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </>
);

const One = ({ part }: { part: Part }): ReactNode => {
  switch (part.is) {
    case 'cover':
      return (
        <header>
          <p className={styles['handling']}>{part.handling.join('  ')}</p>
          <h2>{part.title}</h2>
          <p className="muted">{part.subject}</p>
          <Facts rows={part.facts} />
        </header>
      );
    case 'section':
      return (
        <>
          <h3 className={styles['part']}>{part.title}</h3>
          {part.words.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </>
      );
    case 'facts':
      return <Facts rows={part.rows} />;
    case 'table':
      return 'cells' in part ? <Table table={part} /> : null;
    case 'drawing':
      return <p className="muted">{words.drawing(part.lines.length)}</p>;
    case 'picture':
      return <p className="muted">{words.picture}</p>;
    case 'end':
      return null;
  }
};

export const ReportPreviewBlocks = ({ blocks }: { blocks: readonly ReportBlock[] }): ReactNode => (
  <article className={styles['preview']} aria-label={words.preview} tabIndex={0}>
    <p className="muted">{words.previewMeans}</p>
    {partsOf(blocks).map((part, i) => (
      <One key={i} part={part} />
    ))}
  </article>
);
