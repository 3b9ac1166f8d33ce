// Columns as people see them: which stand in the cell of another, and how a number is shown.
import type { ReportColumn } from '@redthread/core/contract';
import { thousands } from '../../../app/cli/table.js';

export interface Shown {
  readonly column: ReportColumn;
  readonly at: number;
  readonly under: readonly { readonly column: ReportColumn; readonly at: number }[];
}

/** The columns that people see, each with those that stand under it. */
export const shownColumns = (columns: readonly ReportColumn[]): Shown[] => {
  const placed = columns.map((column, at) => ({ column, at }));
  return placed
    .filter(({ column }) => column.only === undefined && column.under === undefined)
    .map((one) => ({ ...one, under: placed.filter(({ column }) => column.under === one.column.key) }));
};

/** Numbers stand in the model as digits, and have their thousands apart where people read them. */
export const shownText = ({ face: named }: ReportColumn, text: string): string =>
  named === 'number' && /^\d{4,}$/.test(text) ? thousands(Number(text)) : text;
