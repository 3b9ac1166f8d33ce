// From the bytes of an archive to its entries, whatever its name: the formats that are walked, by their real type.
import { fail } from '@redthread/core/errors';
import { identify, IDENTIFY_BYTES } from '../identify/index.js';
import { diskEntries } from './disk/index.js';
import type { WalkEntry } from './entry.js';
import { gzipEntries } from './gzip.js';
import type { Place } from './place.js';
import { streamRange, type RandomAccess } from './random-access.js';
import { sevenZipEntries } from './seven-zip.js';
import { tarEntries } from './tar.js';
import { zipEntries } from './zip.js';

type Open = (access: RandomAccess, place: Place) => AsyncGenerator<WalkEntry>;

const FORMATS: Readonly<Record<string, Open>> = {
  'application/zip': zipEntries,
  'application/java-archive': zipEntries,
  'application/vnd.android.package-archive': zipEntries,
  'application/x-tar': (access, place) => tarEntries(streamRange(access), place),
  'application/gzip': gzipEntries,
  'application/x-7z-compressed': sevenZipEntries,
  'application/x-raw-disk-image': diskEntries,
  'application/x-ewf': diskEntries,
};

/** True when the walk opens files of this real type (see `identify`). */
export const isWalkable = (mime: string): boolean => Object.hasOwn(FORMATS, mime);

/** The entries of an archive. Throws ARCHIVE_METHOD_UNSUPPORTED where its format is not walked. */
export const archiveEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const { mime } = identify(await access.read(0, IDENTIFY_BYTES), access.sizeBytes);
  const open = FORMATS[mime];
  if (open === undefined) throw fail('ARCHIVE_METHOD_UNSUPPORTED', mime);
  yield* open(access, place);
};
