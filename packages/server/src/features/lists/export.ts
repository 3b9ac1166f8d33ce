// Gives a version of an own list out, as its source said it, in a form that others read. That it leaves is on record before it does.
import type { Context } from '@redthread/core/domain';
import { writeHashes, writeTable, writeVics, type ListEntry } from '../../formats/lists/index.js';
import type { EntriesFile } from '../../lists/index.js';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { countingList } from './own-list.js';

const WRITERS = {
  vics: (entries: () => Iterable<ListEntry>) => writeVics(entries),
  csv: (entries: () => Iterable<ListEntry>) => writeTable(entries()),
  hashes: (entries: () => Iterable<ListEntry>) => writeHashes(entries()),
} as const;

export type ExportFormat = keyof typeof WRITERS;
export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[];

export interface ListExport {
  readonly name: string;
  /** The one that counts. */
  readonly version?: string | undefined;
  readonly format: ExportFormat;
}

export interface ExportedList {
  readonly name: string;
  readonly version: string;
  readonly entries: number;
}

/** Calls `take` with the text, piece by piece. Errors: FORBIDDEN, NOT_FOUND, ARGUMENT_INVALID, LIST_NOT_WRITABLE, INDEX_FILE_INVALID, INDEX_CHECKSUM_MISMATCH. */
export const exportList = async (
  store: Store,
  ctx: Context,
  { format, name, version }: ListExport,
  take: (text: string) => void,
): Promise<ExportedList> => {
  requireRight(ctx, 'export lists');
  const list = await withContext(store.app, ctx, async (trx) => {
    const id = await countingList(trx, name, version);
    const row = await trx
      .selectFrom('lists')
      .select(['version', 'item_count as entries'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await audit(trx, ctx, {
      type: 'list-export',
      object: { kind: 'list', id },
      detail: { name, version: row.version, format, entries: row.entries },
    });
    return { id, name, ...row };
  });
  const file = store.lists.folders.of(list.id).openEntries();
  try {
    for (const text of WRITERS[format](() => entriesOf(file))) take(text);
  } finally {
    file.close();
  }
  return { name, version: list.version, entries: list.entries };
};

function* entriesOf(file: EntriesFile): Generator<ListEntry, void, void> {
  for (const { entries } of file.batches()) yield* entries;
}
