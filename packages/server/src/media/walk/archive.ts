// From the bytes of an archive to its entries, whatever its name: the formats that are walked, by their real type.
import { fail } from '@redthread/core/errors';
import { identify, IDENTIFY_BYTES } from '../identify/index.js';
import { diskEntries } from './disk/index.js';
import { mailboxEntries, mailEntries } from './documents/mail.js';
import { officeEntries } from './documents/office.js';
import { pdfEntries } from './documents/pdf.js';
import { compoundEntries, thumbnailCacheEntries } from './documents/thumbnails.js';
import type { WalkEntry } from './entry.js';
import { gzipEntries } from './gzip.js';
import type { Place } from './place.js';
import { streamRange, type RandomAccess } from './random-access.js';
import { sevenZipEntries } from './seven-zip.js';
import { tarEntries } from './tar.js';
import { zipEntries } from './zip.js';

type Open = (access: RandomAccess, place: Place) => AsyncGenerator<WalkEntry>;

const wholeZip: Open = (access, place) => zipEntries(access, place);

const FORMATS: Readonly<Record<string, Open>> = {
  'application/zip': wholeZip,
  'application/java-archive': wholeZip,
  'application/vnd.android.package-archive': wholeZip,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': officeEntries,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': officeEntries,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': officeEntries,
  'application/vnd.oasis.opendocument.text': officeEntries,
  'application/vnd.oasis.opendocument.presentation': officeEntries,
  'application/vnd.oasis.opendocument.spreadsheet': officeEntries,
  'application/vnd.oasis.opendocument.graphics': officeEntries,
  'application/epub+zip': officeEntries,
  'application/pdf': pdfEntries,
  'message/rfc822': mailEntries,
  'application/mbox': mailboxEntries,
  'application/x-cfb': compoundEntries,
  'application/x-windows-thumbnail-cache': thumbnailCacheEntries,
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
