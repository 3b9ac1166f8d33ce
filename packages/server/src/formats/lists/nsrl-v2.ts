// NSRL RDS version 2: NSRLFile.txt, with the names of products from NSRLProd.txt where it lies beside it. Files of software: known good, but for
// those that NIST itself marks.
import { entryOf, newHeader, type Batches, type ListHeader } from './entry.js';
import type { Row } from './delimited.js';
import { digestOf } from './hashes.js';
import { invalidAt } from './invalid.js';
import { Notes } from './notes.js';
import { countOf } from './stated.js';
import { entriesOfRows, openTable, plainName } from './table-input.js';
import type { ByteInput } from './text-input.js';

export type Products = ReadonlyMap<string, string>;

export const isNsrlFile = (columns: readonly string[]): boolean => {
  const plain = new Set(columns.map(plainName));
  return plain.has('sha1') && plain.has('filename') && plain.has('productcode') && plain.has('specialcode');
};

/** Errors: LIST_INVALID with the line. */
export async function* readNsrlV2(
  columns: readonly string[],
  rows: AsyncIterable<readonly Row[]>,
  products: Products,
  { header, notes }: { readonly header: ListHeader; readonly notes: Notes },
): Batches {
  header.polarity = 'known-good';
  header.formatVersion = '2';
  const plain = columns.map(plainName);
  const [sha1At, md5At, nameAt] = [plain.indexOf('sha1'), plain.indexOf('md5'), plain.indexOf('filename')];
  const [sizeAt, productAt, specialAt] = [
    plain.indexOf('filesize'),
    plain.indexOf('productcode'),
    plain.indexOf('specialcode'),
  ];
  yield* entriesOfRows(rows, ({ line, cells }) => {
    if (cells.length === 1 && cells[0] === '') return null;
    const place = `line ${line}`;
    if (cells.length < columns.length) notes.add('COLUMNS_FEWER', place, `${cells.length} of ${columns.length}`);
    const special = cells[specialAt]?.trim() ?? '';
    if (special !== '') {
      notes.add('SPECIAL_CODE', place, special);
      return null;
    }
    const sha1 = digestOf('sha1', cells[sha1At], place, notes);
    const md5 = digestOf('md5', cells[md5At], place, notes);
    if (sha1 === null && md5 === null) {
      if (cells.every((cell) => cell.length < 32)) notes.add('LINE_SKIPPED', place, cells.join(' '));
      return null;
    }
    const product = cells[productAt]?.trim() ?? '';
    return entryOf({
      place,
      md5,
      sha1,
      size: countOf(cells[sizeAt], place, notes),
      properties: { name: cells[nameAt] ?? null, product: products.get(product) ?? null },
    });
  });
}

/** The names of products by their codes. Errors: LIST_INVALID. */
export const readProducts = async (input: ByteInput): Promise<Products> => {
  const { columns, rows } = await openTable(input, newHeader('nsrl-v2'), new Notes());
  const products = new Map<string, string>();
  // Its header names no hash, so it comes as the first row.
  let plain = columns?.map(plainName) ?? null;
  for await (const batch of rows)
    for (const { cells } of batch) {
      const bare = cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      if (plain === null) {
        plain = bare.map(plainName);
        if (!plain.includes('productcode')) throw invalidAt('line 1', 'no ProductCode');
        continue;
      }
      const code = bare[plain.indexOf('productcode')];
      const name = bare[plain.indexOf('productname')];
      if (code !== undefined && name !== undefined && !products.has(code)) products.set(code, name);
    }
  return products;
};
