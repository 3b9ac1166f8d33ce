// The catalogue of error codes: every refusal and failure of the program has one entry here, with what to do next.
import { ARCHIVE_ERRORS } from './archive-errors.js';
import { entry, type ErrorEntry } from './entry.js';
import { FEATURE_ERRORS } from './feature-errors.js';
import { FILM_ERRORS } from './film-errors.js';
import { JUDGEMENT_ERRORS } from './judgement-errors.js';
import { LIST_ERRORS } from './list-errors.js';
import { SET_ASIDE_ERRORS } from './work-errors.js';

export type { ErrorEntry } from './entry.js';

/** Codes about one file or one entry of an archive: data on the item, never an aborted run. */
export const ITEM_ERRORS = {
  ...FILM_ERRORS,
  ...ARCHIVE_ERRORS,
  ...SET_ASIDE_ERRORS,
  FILE_EMPTY: entry(422, 'The file is empty', 'Nothing to compare; the occurrence is kept.'),
  FILE_UNREADABLE: entry(422, 'The file could not be read', 'Check permissions and the medium, then ingest again.'),
  FILE_CHANGED: entry(
    409,
    'The source changed while or after it was read',
    'Ingest the exhibit again from the sealed copy.',
  ),
  FILE_MISSING: entry(409, 'The source file is gone', 'Mount the exhibit again, then run the ingest again.'),
  FILE_TOO_LARGE: entry(
    422,
    'The file is larger than the limit for decoding',
    'It is stored and compared by its digests only.',
  ),
  TYPE_MISMATCH: entry(422, 'The extension does not fit the real type', 'The real type was used; no action needed.'),
  IMAGE_TRUNCATED: entry(422, 'The picture ends early', 'What could be decoded is compared; look for a complete copy.'),
  IMAGE_CORRUPT: entry(422, 'The picture cannot be decoded', 'It is compared by its digests only.'),
  IMAGE_TOO_LARGE: entry(
    422,
    'The picture has more pixels than the limit',
    'Raise REDTHREAD_MAX_PIXELS if you trust it.',
  ),
  IMAGE_UNSUPPORTED: entry(422, 'No decoder for this type', 'It is compared by its digests only.'),
  DECODER_TIMEOUT: entry(
    503,
    'The decoder took too long',
    'It is tried again; after two failures the file is quarantined.',
  ),
  DECODER_MEMORY: entry(
    503,
    'The decoder used too much memory',
    'It is tried again; after two failures the file is quarantined.',
  ),
  DECODER_DIED: entry(503, 'The decoder died', 'It is tried again; after two failures the file is quarantined.'),
  DECODER_QUARANTINED: entry(
    422,
    'The file stopped its decoder twice',
    'It is quarantined; retry it by hand after an update.',
  ),
  METADATA_UNREADABLE: entry(422, 'The metadata could not be read', 'The picture itself is not affected.'),
  PATH_HOSTILE: entry(
    422,
    'The name points outside the archive',
    'The content is kept under a safe name; the raw name is on the item.',
  ),
  LINK_SKIPPED: entry(422, 'A link was not followed', 'Ingest its target on its own if it belongs to the exhibit.'),
  SPECIAL_FILE_SKIPPED: entry(422, 'Not a regular file', 'Devices, pipes and sockets hold no content to compare.'),
  VAULT_CORRUPT: entry(
    500,
    'A stored object fails its seal',
    'Restore it from backup; redthread verify names every such object.',
  ),
  VAULT_MISSING: entry(
    500,
    'A stored object is gone',
    'Restore it from backup; redthread verify names every such object.',
  ),
} as const satisfies Record<string, ErrorEntry>;

/** Codes about a command, a request or the installation. */
export const COMMAND_ERRORS = {
  ARGUMENT_INVALID: entry(400, 'An argument is not valid', 'See --help for what the command takes.'),
  REQUEST_INVALID: entry(400, 'The request does not have the required form', 'See /docs for the form of this call.'),
  REQUEST_TOO_LARGE: entry(413, 'The request is too large', 'Send less at once: a body holds 1 MiB at most.'),
  CONFIG_UNKNOWN_KEY: entry(400, 'An unknown setting was given', 'Check its spelling in docs/configuration.md.'),
  CONFIG_INVALID: entry(400, 'A setting has a value that is not valid', 'See docs/configuration.md.'),
  PORT_TAKEN: entry(
    409,
    'Another program listens there already',
    'End it, or choose another port: --port 0 takes a free one.',
  ),
  NOT_SIGNED_IN: entry(401, 'Nobody is signed in', 'Sign in and try again.'),
  SIGN_IN_FAILED: entry(
    401,
    'The name or the password is wrong',
    'Try again, or ask an administrator for a new password.',
  ),
  FORBIDDEN: entry(403, 'This role may not do that', 'Ask somebody with the role that is named.'),
  NOT_FOUND: entry(404, 'There is no such thing, or it is not shared with you', 'Check the reference.'),
  CASE_UNKNOWN: entry(
    404,
    'There is no such case, or it is not shared with you',
    'See redthread case list for the references.',
  ),
  USER_UNKNOWN: entry(404, 'There is no such user', 'Create one: redthread user add.'),
  LAST_ADMINISTRATOR: entry(
    409,
    'An agency keeps at least one administrator',
    'Make somebody else an administrator first: redthread user roles.',
  ),
  LAST_OPERATOR: entry(
    409,
    'An instance keeps at least one operator',
    'Make somebody else an operator first: redthread operator add.',
  ),
  LAST_ON_CASE: entry(
    409,
    'A case for named people keeps at least one of them',
    'Put somebody else on it first, or open it to the agency: redthread case set --access agency.',
  ),
  HANDLING_UNKNOWN: entry(
    422,
    'Your agency has no such handling code',
    'See redthread handling list; redthread handling set makes one.',
  ),
  HANDLING_IN_USE: entry(409, 'The handling code is in use', 'Mark what carries it with another code first.'),
  SETUP_TOKEN_INVALID: entry(
    403,
    'The set-up token is wrong, used or expired',
    'Start the server again: it prints a new one for as long as nobody has an account.',
  ),
  ALREADY_EXISTS: entry(409, 'This already exists', 'Choose another reference, or use the existing one.'),
  EXHIBIT_SOURCE_DIFFERS: entry(
    409,
    'This exhibit was ingested from another source',
    'Choose another exhibit reference for this source.',
  ),
  EXHIBIT_BUSY: entry(
    409,
    'This exhibit is being ingested by another process',
    'Wait for it; it goes on by itself after a crash.',
  ),
  SOURCE_UNREADABLE: entry(422, 'The source cannot be read', 'Check the path and its permissions.'),
  SOURCE_NOT_SUPPORTED: entry(
    422,
    'This kind of source is not read',
    'Give a folder, an archive (.zip, .tar, .tar.gz, .7z) or a disk image.',
  ),
  SOURCE_OUTSIDE_ROOTS: entry(
    403,
    'The source lies outside the configured in-place roots',
    'Add its folder to REDTHREAD_IN_PLACE_ROOTS.',
  ),
  TOO_MANY_FILES: entry(
    422,
    'More files than a browser sends at once',
    'Send 2,000 at a time, put them into one ZIP or TAR, or use redthread ingest --server.',
  ),
  INGEST_ENDED: entry(
    409,
    'This ingest has ended, or another sender goes on with it',
    'Open it again: it goes on where it was.',
  ),
  UPLOAD_UNKNOWN: entry(
    404,
    'No such upload was begun',
    'Begin it: PUT the size of the content to the address of the upload.',
  ),
  UPLOAD_SIZE_DIFFERS: entry(409, 'The content has another size', 'Read the source again and state its size as it is.'),
  UPLOAD_INCOMPLETE: entry(
    409,
    'Chunks of the upload are missing',
    'Ask for its state and send the chunks that are not here.',
  ),
  UPLOAD_DIGEST_WRONG: entry(
    422,
    'The content does not have the SHA-256 it was announced with',
    'Nothing of it was kept. Read the source again, then send it again.',
  ),
  CHUNK_DIGEST_WRONG: entry(422, 'The bytes do not have the digest that came with them', 'Send them again.'),
  CHUNK_SIZE_WRONG: entry(422, 'The chunk has the wrong size or number', 'See the size and the chunks of the upload.'),
  CHUNK_DIFFERS: entry(
    409,
    'Another chunk of this number was accepted before',
    'Its source changed meanwhile: begin the upload again.',
  ),
  QUOTA_EXCEEDED: entry(
    429,
    'This key has as much under way as it may',
    'Store what was sent, or wait until abandoned uploads are cleared away.',
  ),
  INTAKE_UNAVAILABLE: entry(
    503,
    'The process that stores what is sent is not there',
    'Try again in a moment; it is started again.',
  ),
  LEGAL_BASIS_REQUIRED: entry(
    403,
    'The provider has not viewed this file, and no legal basis to open it is recorded',
    'Record the basis with redthread legal-basis add, or on the page of the media or the exhibit.',
  ),
  SERVER_INSECURE: entry(
    400,
    'Plain http goes to this machine only',
    'Give an https address; --certificate names the authority of a private one.',
  ),
  SERVER_UNREACHABLE: entry(
    503,
    'The server did not answer for long',
    'Run the same command again; it goes on where it was.',
  ),
  SERVER_ANSWER_INVALID: entry(
    502,
    'The server answered something else than was agreed',
    'Compare the versions of both sides.',
  ),
  PASSWORD_FILE_INVALID: entry(
    400,
    'The file of passwords cannot be used',
    'Give a file that you alone may read (chmod 600), with one password a line.',
  ),
  KEY_FILE_INVALID: entry(400, 'The file holds no API key', 'It holds one line: rt_ and 43 characters.'),
  KEY_FILE_EXPOSED: entry(400, 'Others may read the file with the key', 'Take their rights away: chmod 600 FILE.'),
  DISK_FULL: entry(
    507,
    'No space left on the disk',
    'Free space and run the same command again; it goes on where it was.',
  ),
  STORE_MISSING: entry(
    503,
    'There is no store in this data folder',
    'Name the right one with --data or REDTHREAD_DATA. A new store is made by redthread serve, by redthread user add NAME --agency AGENCY --country XX, or by redthread demo.',
  ),
  BACKUP_MISSING: entry(404, 'There is no backup in this folder', 'Name the folder of a backup that was finished.'),
  BACKUP_BROKEN: entry(
    422,
    'The backup is not what was written',
    'Take another copy of it: redthread backup verify FOLDER says whether that is whole.',
  ),
  BACKUP_BUSY: entry(409, 'Another backup of this store is being made', 'Wait until it has ended.'),
  RESTORE_NOT_EMPTY: entry(409, 'There is a store already', 'Restore into an empty data folder: --data FOLDER.'),
  RESTORE_UNFINISHED: entry(
    503,
    'A backup is being restored into this data folder',
    'Wait until it has ended; when it was interrupted, run the same command again.',
  ),
  DB_UNREACHABLE: entry(503, 'The database does not answer', 'Check DATABASE_URL or the log in the data folder.'),
  DB_PATH_UNREACHABLE: entry(
    500,
    'The database cannot use this folder',
    'Choose a data folder outside private homes: --data /var/lib/redthread.',
  ),
  DB_START_FAILED: entry(500, 'The embedded database did not start', 'See postgres.log in the data folder.'),
  DB_MIGRATION_FAILED: entry(
    500,
    'The database could not be brought up to date',
    'Restore the backup and report the error.',
  ),
  DB_NEWER: entry(409, 'The data folder was written by a newer version', 'Start the newer version.'),
  KEY_MISSING: entry(503, 'The master key is missing', 'Put the key back; until then the server is read-only.'),
  KEY_DAMAGED: entry(
    503,
    'The master key cannot be read',
    'Put a whole copy of the key back and start again; until then the server is read-only.',
  ),
  KEY_WRONG: entry(
    503,
    'The master key is not the one that sealed this store',
    'Give the key with the id that is named.',
  ),
  KEY_HALF_ROTATED: entry(
    503,
    'The master key was being changed, and one of the two keys is missing',
    'Give both, REDTHREAD_MASTER_KEY_FILE and REDTHREAD_OTHER_MASTER_KEY_FILE, then run redthread key rotate again.',
  ),
  KEY_BUSY: entry(409, 'Another process is changing this key', 'Wait for it, then run the same command again.'),
  KEY_NOT_TAKEN: entry(
    409,
    'A running process has not taken the new master key',
    'End the process that is named, then run the same command again; nothing lies under the new key yet.',
  ),
  CASE_ENDED: entry(409, 'This case was destroyed or handed to another agency', 'Open another case for what is new.'),
  CASE_ON_HOLD: entry(
    409,
    'A legal hold keeps this case as it is',
    'Ask whoever placed it; redthread case release ends it, with a reason.',
  ),
  SECOND_PERSON_SAME: entry(
    403,
    'This takes two persons',
    'Let the other person confirm in a session of their own: on the web, or under their own account of the system.',
  ),
  SECOND_PERSON_INVALID: entry(
    409,
    'This person cannot be the second one',
    'Name somebody else of your agency who may do the same.',
  ),
  PERSON_NEEDED: entry(
    403,
    'A program cannot decide this',
    'Sign in as a person: API keys neither ask for it nor confirm it.',
  ),
  REQUEST_CLOSED: entry(409, 'This request is not open', 'See redthread requests; ask anew where it is still wanted.'),
  REQUEST_IMPOSSIBLE: entry(409, 'This cannot be done as things are', 'See what stands in the way, then ask anew.'),
  EXHIBIT_IN_PLACE: entry(
    409,
    'Sources that lie in place are not ours to destroy',
    'Destroy them with the tools of the storage, or ask with --leave-in-place: the record then says what remains.',
  ),
  READ_ONLY: entry(503, 'The server is read-only', 'Give the master key and start again.'),
  RECORD_BROKEN: entry(
    500,
    'The sealed record does not fit its own head',
    'Run redthread verify; until it is restored from the backup, events of this log wait unsealed.',
  ),
  RECORD_CHANGED: entry(
    500,
    'Something sealed in the record was changed',
    'Compare with the backup and with the anchors.',
  ),
  RECORD_MISSING: entry(500, 'Something sealed in the record is gone', 'Compare with the backup and with the anchors.'),
  RECORD_INSERTED: entry(
    500,
    'Something stands in the record that was not written there by an event',
    'Compare with the backup and with the anchors.',
  ),
  RECORD_ROLLED_BACK: entry(
    500,
    'The record is older than an anchor of it',
    'It was set back or restored: find out by whom, and keep the anchors as evidence.',
  ),
  RECORD_REFERENCE_GONE: entry(500, 'An event of the record names what is not there', 'Compare with the backup.'),
  ANCHOR_UNREACHABLE: entry(
    503,
    'A head of the record could not be anchored',
    'Check the anchor file or the time-stamp authority; it is tried again by itself, and sealing goes on.',
  ),
  ANCHOR_INVALID: entry(
    500,
    'An anchor does not hold the head that it stands for',
    'Keep it, and ask who could change it.',
  ),
  ANCHOR_FOREIGN: entry(
    409,
    'The anchor file belongs to another store',
    'Give each store an anchor file of its own: REDTHREAD_ANCHOR_FILE.',
  ),
  DEMO_ONLY: entry(409, 'This is a demonstration instance', 'Use a new data folder for real work.'),
  TOO_MANY_REQUESTS: entry(429, 'Too many requests', 'Wait a moment and try again.'),
  HASH_INVALID: entry(422, 'The hash has a wrong form', 'See the value that is named.'),
  RADIUS_INVALID: entry(422, 'The radius is beyond the reach of the index', 'Use a radius from 0 to 40.'),
  QUALITY_INVALID: entry(422, 'The quality is out of range', 'It is a whole number from 0 to 100.'),
  INDEX_FILE_INVALID: entry(
    500,
    'A file of an index is truncated, damaged or not ours',
    'Build the index again from the database or its source; the file is not used.',
  ),
  INDEX_VERSION_UNSUPPORTED: entry(
    409,
    'A file of an index has another version',
    'Build the index again, or start the version that wrote it.',
  ),
  INDEX_CHECKSUM_MISMATCH: entry(
    500,
    'A file of an index fails its checksum',
    'Build the index again from the database or its source; the file is not used.',
  ),
  INDEX_BUSY: entry(409, 'Another process writes this index', 'Wait for it, then run the same command again.'),
  INDEX_LOADING: entry(503, 'The index is being loaded', 'Try again in a moment.'),
  VOCABULARY_INVALID: entry(
    500,
    'The vocabulary of visual words is damaged, cut off or not ours',
    'Check the installation: packages/core/vocabulary belongs to it as it is.',
  ),
  VOCABULARY_VERSION_UNSUPPORTED: entry(
    500,
    'The vocabulary of visual words is of another version',
    'Use the one that came with this program, or the program that it came with.',
  ),
  METHOD_UNKNOWN: entry(404, 'There is no such method', 'See redthread signals --help for the methods.'),
  TOOL_MISSING: entry(500, 'A program of the system is missing', 'Run npm run setup.'),
  INTERNAL: entry(500, 'The program failed', 'Report the request id with the log.'),
} as const satisfies Record<string, ErrorEntry>;

export const CATALOGUE = {
  ...ITEM_ERRORS,
  ...COMMAND_ERRORS,
  ...JUDGEMENT_ERRORS,
  ...LIST_ERRORS,
  ...FEATURE_ERRORS,
} as const;

export type ErrorCode = keyof typeof CATALOGUE;
export type ItemErrorCode = keyof typeof ITEM_ERRORS;
