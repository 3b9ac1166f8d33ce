// The content of one ZIP entry, read straight from where the archive lies; nothing is read before it is asked for.
import { fail } from '@redthread/core/errors';
import type { Readable, Transform } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import { archiveError } from './archive-error.js';
import type { Content } from './entry.js';
import { streamRange, type RandomAccess } from './random-access.js';
import { Checked, join } from './streams.js';
import { cipherBytes, openCipher, type ZipCipher } from './zip-crypt.js';

/** What the directory states about an entry. */
export interface ZipLocation {
  readonly headerAt: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly isDeflated: boolean;
  /** Of an entry under a password. */
  readonly cipher?: ZipCipher;
  readonly passwords?: readonly string[];
}

export const LOCAL_HEADER_BYTES = 30;
export const LOCAL_SIGNATURE = 0x04034b50;

// In the event loop an inflate of a small file costs less than the way to the thread pool and back.
const SYNC_BYTES = 64 * 1024;
const inflateInPool = promisify(inflateRaw) as (bytes: Buffer, options: object) => Promise<Buffer>;

export const zipContent = (access: RandomAccess, location: ZipLocation): Content => ({
  open: () => openData(access, location),
  // What is under a password streams, however small: it is rare.
  ...(location.cipher === undefined && { bytes: (maxBytes: number) => readData(access, location, maxBytes) }),
});

/** Offset of the data: the local header has name and extra fields of its own length. */
const dataStart = async (access: RandomAccess, { headerAt, storedBytes }: ZipLocation): Promise<number> => {
  const header = await access.read(headerAt, LOCAL_HEADER_BYTES);
  if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw fail('ARCHIVE_CORRUPT', 'the entry is not where the directory says');
  const start = headerAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + storedBytes > access.sizeBytes) throw fail('ARCHIVE_CORRUPT', 'the entry ends beyond the archive');
  return start;
};

const openData = async (access: RandomAccess, location: ZipLocation): Promise<Readable> => {
  const start = await dataStart(access, location);
  if (location.cipher !== undefined) return openProtected(access, location, start, location.cipher);
  const stored = streamRange(access, start, start + location.storedBytes);
  return join(stored, ...readers(location));
};

const readers = ({ sizeBytes, crc32: expected, isDeflated, cipher }: ZipLocation): Transform[] => [
  ...(isDeflated ? [createInflateRaw()] : []),
  // AE-2 leaves the checksum out: its seal says more.
  new Checked(sizeBytes, cipher?.kind === 'aes' && !cipher.hasCrc ? null : expected),
];

/** By the first password that may fit, and where several may, by the one with which the entry is whole. */
const openProtected = async (
  access: RandomAccess,
  location: ZipLocation,
  start: number,
  cipher: ZipCipher,
): Promise<Readable> => {
  const { before, behind } = cipherBytes(cipher);
  const { storedBytes, passwords = [] } = location;
  if (storedBytes < before + behind) throw fail('ARCHIVE_CORRUPT', 'the entry is too small to be under a password');
  const head = await access.read(start, before);
  const fitting: (() => Transform)[] = [];
  for (const password of passwords) {
    const opened = await openCipher(cipher, head, password);
    if (opened !== null) fitting.push(opened);
  }
  const read = (opened: () => Transform): Readable =>
    join(streamRange(access, start + before, start + storedBytes), opened(), ...readers(location));
  for (const opened of fitting.slice(0, -1)) if (await isWhole(read(opened))) return read(opened);
  const last = fitting.at(-1);
  if (last === undefined)
    throw fail('ARCHIVE_ENCRYPTED', `none of the ${passwords.length} passwords that were given fits`);
  return read(last);
};

const isWhole = async (content: Readable): Promise<boolean> => {
  try {
    for await (const piece of content) void piece;
    return true;
  } catch {
    return false;
  }
};

const readData = async (access: RandomAccess, location: ZipLocation, maxBytes: number): Promise<Buffer> => {
  const { storedBytes, sizeBytes, isDeflated } = location;
  if (sizeBytes > maxBytes || storedBytes > maxBytes + SYNC_BYTES) throw fail('FILE_TOO_LARGE', `${sizeBytes} bytes`);
  const stored = await access.read(await dataStart(access, location), storedBytes);
  const options = { maxOutputLength: Math.max(1, sizeBytes) };
  try {
    let bytes = stored;
    if (isDeflated)
      bytes = sizeBytes <= SYNC_BYTES ? inflateRawSync(stored, options) : await inflateInPool(stored, options);
    if (bytes.length !== sizeBytes) throw fail('ARCHIVE_CORRUPT', 'the entry has another size than stated');
    if (crc32(bytes) !== location.crc32) throw fail('ARCHIVE_CORRUPT', 'the entry fails its checksum');
    return bytes;
  } catch (error) {
    throw archiveError(error);
  }
};
