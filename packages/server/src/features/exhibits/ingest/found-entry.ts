// From an entry of the walk to what an occurrence says about where it was found.
import type { SourceTime } from '@redthread/core/contract';
import type { Viewing } from '@redthread/core/sending';
import { isMislabelled } from '../../../media/identify/index.js';
import type { Entry, SourceTime as WalkTime } from '../../../media/walk/index.js';
import type { FoundFile, ReadFile } from './found-file.js';
import type { HashedFile } from './hash-messages.js';
import type { Digests } from './digests.js';

/** `viewing`: what was said of the provider. */
export const foundFile = (entry: Entry, viewing: Viewing): FoundFile => ({
  path: entry.path,
  rawName: entry.rawName ?? null,
  container: entry.container,
  sizeBytes: entry.sizeBytes,
  sourceTimes: entry.sourceTimes.map(sourceTime),
  stateKey: stateKey(entry),
  deletion: entry.deletion,
  isThumbnail: entry.isThumbnail,
  providerViewed: viewing(entry.path),
  note: entry.notes[0] ?? null,
});

/** The same words as `statKey` has for a plain file. */
const stateKey = ({ sizeBytes, sourceTimes }: Entry): string | null => {
  const modified = sourceTimes.find(({ kind }) => kind === 'modified');
  return modified === undefined && sizeBytes === null ? null : `${sizeBytes ?? '?'} ${modified?.text ?? '?'}`;
};

const sourceTime = ({ kind, text, zone, precisionMs, basis }: WalkTime): SourceTime => ({
  kind,
  text,
  offsetMinutes: zone === 'utc' ? 0 : null,
  precisionMs,
  basis,
});

/** The entry with what reading it told. */
export const readFile = (
  found: FoundFile,
  hashed: HashedFile,
  digests: Digests,
  inPlacePath: string | null = null,
): ReadFile => ({
  ...found,
  note: found.note ?? mislabelled(found.path, hashed.mime),
  digests,
  mime: hashed.mime,
  kind: hashed.kind,
  readBytes: hashed.sizeBytes,
  inPlacePath,
});

const mislabelled = (path: string, mime: string): FoundFile['note'] =>
  isMislabelled(mime, path.slice(path.lastIndexOf('/') + 1))
    ? { code: 'TYPE_MISMATCH', detail: `the bytes are ${mime}` }
    : null;
