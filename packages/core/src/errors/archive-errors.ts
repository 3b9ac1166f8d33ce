// Codes about archives, disk images, and what was deleted in them: data on the item.
import { entry, type ErrorEntry } from './entry.js';

export const ARCHIVE_ERRORS = {
  ARCHIVE_CORRUPT: entry(
    422,
    'The archive is damaged',
    'Entries before the damage are kept; look for a complete copy.',
  ),
  ARCHIVE_ENCRYPTED: entry(
    422,
    'The archive entry is protected by a password',
    'Ingest it again with its password: --password-file FILE or --ask-password.',
  ),
  ARCHIVE_BOMB: entry(
    422,
    'The archive expands beyond its limits',
    'It is not opened further; raise the limit only if you trust it.',
  ),
  ARCHIVE_TOO_DEEP: entry(422, 'Archives are nested too deeply', 'It is stored but not opened.'),
  ARCHIVE_METHOD_UNSUPPORTED: entry(
    422,
    'The archive uses an unknown compression method',
    'Repack it and ingest the result.',
  ),
  ARCHIVE_PROGRAM_MISSING: entry(
    503,
    'The program that opens this kind of archive is not on this machine',
    'Install 7-Zip (`npm run setup` names the package), then run the same ingest again; until then nothing in the archive was read.',
  ),
  DISK_PROGRAM_MISSING: entry(
    503,
    'The programs that read disk images are not on this machine',
    'Install sleuthkit (`npm run setup` names the package), then run the same ingest again; until then nothing in the image was read.',
  ),
  DISK_IMAGE_INCOMPLETE: entry(
    422,
    'Parts of a split disk image are missing',
    'Put all its parts (.E01, .E02 … or .001, .002 …) into one folder, then ingest it again.',
  ),
  DISK_IMAGE_CORRUPT: entry(
    422,
    'The disk image cannot be read',
    'What was read of it before is kept; look for another copy of the image.',
  ),
  DISK_IMAGE_HASH_DIFFERS: entry(
    422,
    'The disk image is not what its own stored hash says',
    'Compare it with the copy of whoever made it before you rely on it; what it holds was taken in as it is.',
  ),
  FILE_SYSTEM_UNKNOWN: entry(
    422,
    'No file system that can be read was found there',
    'It may be empty, encrypted or of a kind that sleuthkit does not read: open it with another tool and ingest the files.',
  ),
  DELETED_CONTENT_GONE: entry(
    422,
    'The content of a deleted file is gone',
    'Its name and times are kept; look for a copy of it elsewhere.',
  ),
} as const satisfies Record<string, ErrorEntry>;
