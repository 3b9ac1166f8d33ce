// Files as entries of an exhibit: safe and distinct paths, in an order that is the same each time the same files are chosen.
import type { IngestEntryInput } from '@redthread/core/contract';
import { escapeControls, safeSegment, UniquePaths, type Viewing } from '@redthread/core/sending';
import type { ChosenFile } from './chosen-files.js';

/** What the protocol says of a file beside its content. */
export type EntryFacts = Omit<IngestEntryInput, 'content' | 'failure'> & { readonly stateKey: string };

export interface NamedFile {
  readonly file: File;
  readonly facts: EntryFacts;
}

const timeText = (epochMs: number): string => new Date(epochMs).toISOString().replace('T', ' ');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const nameFiles = (chosen: readonly ChosenFile[], viewing: Viewing): NamedFile[] => {
  const unique = new UniquePaths();
  return [...chosen]
    .sort((a, b) => compare(a.path, b.path) || compare(keyOf(a.file), keyOf(b.file)))
    .map(({ path: given, file }) => {
      const parts = given.split('/').filter((part) => part !== '');
      const safe = (parts.length === 0 ? [''] : parts).map(safeSegment);
      const path = unique.take(safe.map((part) => part.path).join('/'));
      const hostility = safe.find((part) => part.hostility !== null)?.hostility ?? null;
      return {
        file,
        facts: {
          path,
          rawName: path === given ? null : escapeControls(given),
          sizeBytes: file.size,
          sourceTimes: [
            {
              kind: 'modified',
              text: timeText(file.lastModified),
              offsetMinutes: 0,
              precisionMs: 1,
              basis: 'file-system',
            },
          ],
          stateKey: keyOf(file),
          providerViewed: viewing(path),
          note: hostility === null ? null : { code: 'PATH_HOSTILE', detail: hostility },
        },
      };
    });
};

/** By which the same file is known again. */
const keyOf = ({ size, lastModified }: File): string => `${size} ${timeText(lastModified)}`;

export const ARCHIVE_KINDS = ['zip', 'tar', 'tar.gz'] as const;
export type ArchiveKind = (typeof ARCHIVE_KINDS)[number];

const NAMES: readonly (readonly [RegExp, ArchiveKind])[] = [
  [/\.zip$/i, 'zip'],
  [/\.tar$/i, 'tar'],
  [/\.(tar\.gz|tgz)$/i, 'tar.gz'],
];
const HEAD_BYTES = 512;
const TAR_MAGIC_AT = 257;

/** Of one file that is an archive by its name and its first bytes; null: it is a file like any other. */
export const archiveKindOf = async (chosen: readonly ChosenFile[]): Promise<ArchiveKind | null> => {
  const [only, ...others] = chosen;
  if (only === undefined || others.length > 0) return null;
  const kind = NAMES.find(([name]) => name.test(only.file.name))?.[1] ?? null;
  const head = new Uint8Array(
    await only.file
      .slice(0, HEAD_BYTES)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  const starts = (at: number, ...bytes: number[]): boolean => bytes.every((byte, i) => head[at + i] === byte);
  if (kind === 'zip') return starts(0, 0x50, 0x4b) ? kind : null;
  if (kind === 'tar.gz') return starts(0, 0x1f, 0x8b) ? kind : null;
  return kind === 'tar' && starts(TAR_MAGIC_AT, 0x75, 0x73, 0x74, 0x61, 0x72) ? kind : null;
};
