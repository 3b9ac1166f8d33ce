// What a list holds before it counts, as the person reads it who is to say that it does.
import type { ListPreview } from '@redthread/core/contract';
import { checkedReference } from '../../app/reference.js';
import { NOTE_CODES, type ListHeader, type Note } from '../../formats/lists/index.js';
import type { VersionCounts } from '../../lists/index.js';

/** What was read of an import. */
export interface ReadList {
  readonly header: Pick<ListHeader, 'format' | 'formatVersion' | 'edition'>;
  readonly notes: readonly Note[];
  readonly opaque: Readonly<Record<string, number>>;
  readonly counts: Pick<VersionCounts, 'byKind' | 'entries'>;
}

/** What was said, what the file names, or 1. Errors: ARGUMENT_INVALID for an edition that is no name of a version. */
export const versionName = (
  { version }: { readonly version?: string | undefined },
  { edition }: Pick<ListHeader, 'edition'>,
): string => version ?? checkedReference('list-version', edition ?? '1');

export const meaningOf = (code: string): string =>
  Object.hasOwn(NOTE_CODES, code) ? NOTE_CODES[code as Note['code']] : '';

export const previewOf = (
  plan: { readonly version?: string | undefined; readonly endsOnto?: boolean | undefined },
  { counts, header, notes, opaque }: ReadList,
  ontoCounts: boolean,
): ListPreview => ({
  version: versionName(plan, header),
  format: header.format,
  formatVersion: header.formatVersion,
  edition: header.edition,
  entries: counts.entries,
  digests: { ...counts.byKind },
  opaque: { ...opaque },
  notes: notes.map(({ code, count, places }) => ({ code, meaning: meaningOf(code), count, places: [...places] })),
  ontoCounts: ontoCounts && plan.endsOnto !== true,
});
