// Entries of a ZIP: from its directory through yauzl, and from the entries' own headers where the directory is damaged.
import { type Entry as YauzlEntry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';
import { archiveError } from './archive-error.js';
import { problem, type WalkEntry } from './entry.js';
import { entryMaker, type Place } from './place.js';
import { readAhead, streamRange, type RandomAccess } from './random-access.js';
import { zipTimes } from './source-times.js';
import type { ItemProblem } from './types.js';
import { cipherOf } from './zip-crypt.js';
import { zipContent } from './zip-data.js';
import { zipName, type ExtraField } from './zip-fields.js';
import { salvageZip } from './zip-salvage.js';

/** One entry as a directory or a local header states it. */
export interface ZipRecord {
  readonly headerAt: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly nameBytes: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly dosDate: number;
  readonly dosTime: number;
  /** Unix file mode; 0 where the archive states none. */
  readonly unixMode: number;
  readonly extraFields: readonly ExtraField[];
}

const STORED = 0;
const DEFLATED = 8;
const MADE_ON_UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const REGULAR = [0, 0o100000, 0o040000];

/** What an entry is taken for; null: it is left out. */
export type ZipSelect = (name: string) => 'file' | 'thumbnail' | null;

export const zipEntries = async function* (
  access: RandomAccess,
  place: Place,
  select: ZipSelect = () => 'file',
): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  const seen = new Set<number>();
  const entryOf = (record: ZipRecord): WalkEntry | null => {
    seen.add(record.headerAt);
    const name = zipName(record.nameBytes, record.flags, record.extraFields);
    if (/[/\\]$/.test(name.name) && record.sizeBytes === 0) return null; // a folder
    const taken = select(name.name);
    if (taken === null) return null;
    const cipher = cipherOf(record);
    const failure = failureOf(record, cipher, place);
    if (failure === null) place.budget.expand(record.sizeBytes);
    const file = {
      ...name,
      sizeBytes: record.sizeBytes,
      sourceTimes: zipTimes(record.dosDate, record.dosTime, record.extraFields),
      failure,
      isThumbnail: taken === 'thumbnail',
    };
    const isDeflated = methodOf(record, cipher) === DEFLATED;
    const locked = cipher === null || cipher === 'unknown' ? {} : { cipher, passwords: place.passwords };
    return make(file, zipContent(access, { ...record, isDeflated, ...locked }));
  };

  const directory = new DirectoryReader(access);
  let damage: unknown = null;
  for (;;) {
    let record: ZipRecord | null;
    try {
      record = await directory.next();
    } catch (error) {
      damage = error;
      break;
    }
    if (record === null) return;
    const entry = entryOf(record);
    if (entry !== null) yield entry;
  }
  for await (const record of salvageZip(readAhead(access), seen)) {
    const entry = entryOf(record);
    if (entry !== null) yield entry;
  }
  throw archiveError(damage);
};

/** Of what lies under the cipher, where there is one. */
const methodOf = ({ method }: ZipRecord, cipher: ReturnType<typeof cipherOf>): number =>
  cipher !== null && cipher !== 'unknown' && cipher.kind === 'aes' ? cipher.method : method;

const failureOf = (record: ZipRecord, cipher: ReturnType<typeof cipherOf>, place: Place): ItemProblem | null => {
  const { unixMode, storedBytes, sizeBytes } = record;
  const { budget, passwords } = place;
  if (cipher === 'unknown') return problem('ARCHIVE_ENCRYPTED', 'by a cipher that is not read');
  if (cipher !== null && passwords.length === 0) return problem('ARCHIVE_ENCRYPTED', 'protected by a password');
  const method = methodOf(record, cipher);
  if ((unixMode & FILE_TYPE) === SYMBOLIC_LINK) return problem('LINK_SKIPPED', 'a symbolic link in the archive');
  if (!REGULAR.includes(unixMode & FILE_TYPE)) return problem('SPECIAL_FILE_SKIPPED', 'not a regular file');
  if (method !== STORED && method !== DEFLATED) return problem('ARCHIVE_METHOD_UNSUPPORTED', `method ${method}`);
  if (budget.isBomb(storedBytes, sizeBytes))
    return problem('ARCHIVE_BOMB', `${storedBytes} bytes expand to ${sizeBytes}`);
  return null;
};

/** The directory, one record at a time; nothing of the entries themselves is read. */
class DirectoryReader {
  readonly #access: RandomAccess;
  #zip: ZipFile | null = null;
  #settle: { resolve(entry: YauzlEntry | null): void; reject(error: unknown): void } | null = null;

  constructor(access: RandomAccess) {
    this.#access = readAhead(access);
  }

  async next(): Promise<ZipRecord | null> {
    const zip = this.#zip ?? (this.#zip = await this.#open());
    const entry = await new Promise<YauzlEntry | null>((resolve, reject) => {
      this.#settle = { resolve, reject };
      zip.readEntry();
    });
    return entry === null ? null : recordOf(entry);
  }

  async #open(): Promise<ZipFile> {
    const access = this.#access;
    const zip = await new Promise<ZipFile>((resolve, reject) =>
      fromRandomAccessReader(
        new AccessReader(access),
        access.sizeBytes,
        { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false },
        (error, file) => (error ? reject(error) : resolve(file)),
      ),
    );
    zip.on('entry', (entry: YauzlEntry) => this.#settle?.resolve(entry));
    zip.on('end', () => this.#settle?.resolve(null));
    zip.on('error', (error: unknown) => this.#settle?.reject(error));
    return zip;
  }
}

const recordOf = (entry: YauzlEntry): ZipRecord => ({
  headerAt: entry.relativeOffsetOfLocalHeader,
  storedBytes: entry.compressedSize,
  sizeBytes: entry.uncompressedSize,
  crc32: entry.crc32,
  nameBytes: entry.fileName as unknown as Buffer, // bytes, since decodeStrings is off
  flags: entry.generalPurposeBitFlag,
  method: entry.compressionMethod,
  dosDate: entry.lastModFileDate,
  dosTime: entry.lastModFileTime,
  unixMode: entry.versionMadeBy >> 8 === MADE_ON_UNIX ? entry.externalFileAttributes >>> 16 : 0,
  extraFields: entry.extraFields,
});

class AccessReader extends RandomAccessReader {
  readonly #access: RandomAccess;

  constructor(access: RandomAccess) {
    super();
    this.#access = access;
  }

  override _readStreamForRange(start: number, end: number) {
    return streamRange(this.#access, start, end);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#access.read(position, length).then(
      (piece) => {
        piece.copy(buffer, offset);
        callback(null, piece.length);
      },
      (error: unknown) => callback(error as Error),
    );
  }
}
