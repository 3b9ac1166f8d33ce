// Entries of a disk image: the files of each file system in it, deleted ones too, read by sleuthkit in children. One item at the end says what
// the image is, and whether it has the hash that it stores.
import { statSync } from 'node:fs';
import { setImmediate as soon } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { fail } from '@redthread/core/errors';
import { problem, WalkEntry, type Content } from '../entry.js';
import { entryMaker, type Place } from '../place.js';
import type { RandomAccess } from '../random-access.js';
import type { ImageNews, ItemProblem } from '../types.js';
import { archiveError } from '../archive-error.js';
import type { ListedFile } from './lines.js';
import { imageParts, type ImageParts } from './parts.js';
import { diskError, Sleuthkit, type DiskDigests, type FileSystem } from './sleuthkit.js';

type Make = ReturnType<typeof entryMaker>;

export const diskEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const parts = await imageParts(access, place.filePath);
  const disk = await Sleuthkit.open(parts);
  // The whole disk is gone through once for its hash, beside the walk; a raw image of one file has its digest as a file.
  const isRead = parts.format === 'ewf' || parts.sources.length > 1;
  const storedBytes = Math.max(place.budget.outermostBytes, bytesOf(parts));
  const digests = isRead ? disk.digests((sizeBytes) => place.budget.isBomb(storedBytes, sizeBytes)) : null;
  digests?.catch(() => undefined);
  try {
    const make = entryMaker(place);
    const fileSystems: ImageNews['fileSystems'][number][] = [];
    for await (const found of fileSystemsOf(disk)) {
      if ('failure' in found) {
        const facts = { name: found.name, sizeBytes: found.sizeBytes, sourceTimes: [], failure: found.failure };
        yield make(facts, { open: () => Promise.reject(new Error('nothing to read')) });
        continue;
      }
      fileSystems.push({ place: found.name, type: found.fileSystem.type });
      yield* filesOf(disk, found.fileSystem, found.name === '' ? '' : `${found.name}/`, make, place);
    }
    const { read, refused } = await hashed(digests);
    const image = newsOf(parts, fileSystems, access, read);
    const failure =
      refused !== null ? { failure: refused } : image.verdict === 'differs' ? { failure: differs(image) } : {};
    yield new WalkEntry({ path: place.path, container: place.parent, image, ...failure }, null, 'container');
  } finally {
    disk.close();
  }
};

/** Of all its parts. */
const bytesOf = ({ sources }: ImageParts): number =>
  sources.reduce(
    (sum, source) =>
      sum +
      (typeof source === 'string' || Buffer.isBuffer(source)
        ? (statSync(source, { throwIfNoEntry: false })?.size ?? 0)
        : source.sizeBytes),
    0,
  );

interface Hashed {
  readonly read: DiskDigests | null;
  /** Why it was not gone through to its end. */
  readonly refused: ItemProblem | null;
}

const hashed = async (digests: Promise<DiskDigests> | null): Promise<Hashed> => {
  try {
    return { read: await digests, refused: null };
  } catch (error) {
    const { code, detail } = archiveError(error);
    if (code !== 'ARCHIVE_BOMB') throw error;
    return { read: null, refused: problem(code, `its hash was not verified: ${detail}`) };
  }
};

type Found =
  | { readonly name: string; readonly fileSystem: FileSystem }
  | { readonly name: string; readonly sizeBytes: number; readonly failure: ItemProblem };

const SECTOR_BYTES = 512;

/** A file system that fills the disk, or those of the partitions. */
const fileSystemsOf = async function* (disk: Sleuthkit): AsyncGenerator<Found> {
  const whole = await disk.fileSystem(0, SECTOR_BYTES);
  if (whole !== null) {
    yield { name: '', fileSystem: whole };
    return;
  }
  const { sectorBytes, partitions } = await disk.partitions();
  if (partitions.length === 0) throw fail('FILE_SYSTEM_UNKNOWN', 'it has neither partitions nor a file system');
  for (const { number, startSector, sectors, description } of partitions) {
    const name = `partition ${number}`;
    const unread = (failure: ItemProblem): Found => ({ name, sizeBytes: sectors * sectorBytes, failure });
    try {
      const fileSystem = await disk.fileSystem(startSector, sectorBytes);
      yield fileSystem === null ? unread(problem('FILE_SYSTEM_UNKNOWN', description)) : { name, fileSystem };
    } catch (error) {
      const { code, detail } = archiveError(error);
      if (code !== 'ARCHIVE_ENCRYPTED') throw error;
      yield unread(problem(code, `${description}: ${detail}`));
    }
  }
};

const AHEAD = 4;
const AHEAD_BYTES = 2 * 2 ** 20;

/** The files that come next are read while this one is taken in, as long as they are read at all. */
const filesOf = async function* (
  disk: Sleuthkit,
  fileSystem: FileSystem,
  prefix: string,
  make: Make,
  place: Place,
): AsyncGenerator<WalkEntry> {
  const waiting: { readonly entry: WalkEntry; readonly content: DiskContent }[] = [];
  const hand = { isReading: true };
  for await (const file of disk.files(fileSystem)) {
    const content = new DiskContent(disk, fileSystem, file);
    const failure = failureOf(file, place);
    if (failure === null) place.budget.expand(file.sizeBytes);
    const { name, rawName, sizeBytes, sourceTimes, deletion } = file;
    const raw = rawName === undefined ? {} : { rawName: prefix + rawName };
    const entry = make({ name: prefix + name, ...raw, sizeBytes, sourceTimes, deletion, failure }, content);
    if (failure === null && hand.isReading && sizeBytes <= AHEAD_BYTES) content.begin();
    waiting.push({ entry, content });
    if (waiting.length > AHEAD) yield* next(waiting, hand);
  }
  while (waiting.length > 0) yield* next(waiting, hand);
};

const next = async function* (
  waiting: { readonly entry: WalkEntry; readonly content: DiskContent }[],
  hand: { isReading: boolean },
): AsyncGenerator<WalkEntry> {
  const { entry, content } = waiting.shift()!;
  yield entry;
  if (entry.failure === undefined) hand.isReading = content.wasRead;
  content.leave();
  await soon();
};

const failureOf = ({ kind, address, deletion, sizeBytes }: ListedFile, { budget }: Place): ItemProblem | null => {
  if (kind === 'link') return problem('LINK_SKIPPED', 'a symbolic link in the image');
  if (kind === 'special') return problem('SPECIAL_FILE_SKIPPED', 'not a regular file');
  if (address === null) return problem('DELETED_CONTENT_GONE', 'its record is gone, or tells of another file by now');
  if (deletion !== null && sizeBytes === 0)
    return problem('DELETED_CONTENT_GONE', 'its record does not say any more where it lay');
  if (budget.isBomb(budget.outermostBytes, sizeBytes))
    return problem('ARCHIVE_BOMB', `an image of ${budget.outermostBytes} bytes is said to hold a file of ${sizeBytes}`);
  return null;
};

class DiskContent implements Content {
  readonly #disk: Sleuthkit;
  readonly #fileSystem: FileSystem;
  readonly #file: ListedFile;
  #begun: Promise<Buffer> | null = null;
  wasRead = false;

  constructor(disk: Sleuthkit, fileSystem: FileSystem, file: ListedFile) {
    this.#disk = disk;
    this.#fileSystem = fileSystem;
    this.#file = file;
  }

  begin(): void {
    this.#begun = this.#bytes();
    this.#begun.catch(() => undefined);
  }

  leave(): void {
    this.#begun = null;
  }

  async open(): Promise<Readable> {
    this.wasRead = true;
    return Readable.from(this.#pieces(), { objectMode: false });
  }

  async bytes(): Promise<Buffer> {
    this.wasRead = true;
    return this.#begun ?? this.#bytes();
  }

  async #bytes(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.#pieces()) pieces.push(piece);
    return Buffer.concat(pieces, this.#file.sizeBytes);
  }

  /** Exactly as many bytes as the record says: what is cut off, or overwritten, is no content of this file. */
  async *#pieces(): AsyncGenerator<Buffer> {
    const { address, deletion, sizeBytes } = this.#file;
    const code = deletion === null ? 'DISK_IMAGE_CORRUPT' : 'DELETED_CONTENT_GONE';
    let leftBytes = sizeBytes;
    try {
      if (deletion !== null && (await this.#disk.isTaken(this.#fileSystem, address ?? '')))
        throw fail(code, 'another file lies where it lay');
      const read = this.#disk.content(this.#fileSystem, address ?? '', deletion !== null);
      for await (const piece of read as AsyncIterable<Buffer>) {
        const wanted = piece.subarray(0, leftBytes);
        leftBytes -= wanted.length;
        if (wanted.length > 0) yield wanted;
      }
    } catch (error) {
      throw diskError(error, code);
    }
    if (leftBytes > 0) throw fail(code, `the last ${leftBytes} of ${sizeBytes} bytes are not there`);
  }
}

const differs = ({ stored, computed }: ImageNews): ItemProblem =>
  problem(
    'DISK_IMAGE_HASH_DIFFERS',
    `stored: ${stored.sha1 ?? stored.md5}; the disk has: ${stored.sha1 === undefined ? computed?.md5 : computed?.sha1}`,
  );

const newsOf = (
  { format, sources, stored }: ImageParts,
  fileSystems: ImageNews['fileSystems'],
  access: RandomAccess,
  read: DiskDigests | null,
): ImageNews => {
  const computed = read === null ? null : { md5: read.md5, sha1: read.sha1, sha256: read.sha256 };
  const pairs = (['md5', 'sha1'] as const).filter((name) => stored[name] !== undefined);
  const differs = pairs.some((name) => computed?.[name] !== stored[name]);
  const isUnstated = pairs.length === 0 || read === null;
  return {
    format,
    parts: sources.length,
    sizeBytes: read?.sizeBytes ?? access.sizeBytes,
    verdict: isUnstated ? 'unstated' : differs ? 'differs' : 'verified',
    stored,
    computed,
    fileSystems,
  };
};
