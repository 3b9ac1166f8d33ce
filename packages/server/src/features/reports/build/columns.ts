// Columns of the tables of a report, as short as they are said most.
import type { ReportColumn } from '@redthread/core/contract';

type More = Partial<Pick<ReportColumn, 'under' | 'only'>>;

export const text = (key: string, title: string, width = 1, more: More = {}): ReportColumn => ({
  key,
  title,
  face: 'text',
  width,
  ...more,
});
export const mono = (key: string, title: string, width = 1, more: More = {}): ReportColumn => ({
  ...text(key, title, width, more),
  face: 'mono',
});
export const number = (key: string, title: string, width = 0.5, more: More = {}): ReportColumn => ({
  ...text(key, title, width, more),
  face: 'number',
});
