// Names and order of what differs: words for what is known of every file, tags of the file by their group and name.
import type { Comparison } from '@redthread/core/contract';
import { bytes, count } from '../../text/format.js';
import { t } from '../../text/index.js';

export interface DifferenceRow {
  readonly key: string;
  readonly name: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly isDigest: boolean;
}

const RAW = /^exiftool\.raw\./;
const READER = /^exiftool\./;

const fields: Readonly<Record<string, string>> = t.compare.fields;

const nameOf = (field: string): string =>
  fields[field] ?? field.replace(RAW, '').replace(READER, '').replace(/[:.]/g, ' › ');

const number = (show: (n: number) => string, text: string | null): string | null =>
  text === null ? null : show(Number(text));

const shown = (field: string, text: string | null): string | null =>
  field === 'sizeBytes' ? number(bytes, text) : field === 'width' || field === 'height' ? number(count, text) : text;

/** `facts`: of every file, and what the reader of metadata understood; `tags`: as the files write them. */
export const differenceGroups = (
  differences: Comparison['differences'],
): { readonly facts: readonly DifferenceRow[]; readonly tags: readonly DifferenceRow[] } => {
  const rows = differences.map(({ field, a, b }) => ({
    key: field,
    name: nameOf(field),
    a: shown(field, a),
    b: shown(field, b),
    isDigest: field === 'sha256',
  }));
  return { facts: rows.filter(({ key }) => !RAW.test(key)), tags: rows.filter(({ key }) => RAW.test(key)) };
};
