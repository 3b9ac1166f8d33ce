// The form of a run: one file of sorted digests of one kind, with all that is kept in memory to search it. Numbers are little-endian.
//
//   header | tails | fingerprints | fan-out | checksums of the tails' pages | lists
//
// The digests are sorted. The first `fanoutBits` of one choose a bucket, whose bounds the fan-out holds; the next eight are its
// fingerprint; both lie in memory, and so place a digest without a read. What they say is left out on disk: a tail is the digest from
// byte `droppedBytes` on, a tag (list and tombstone) and the payload.
import { fail } from '../../errors/index.js';
import type { Checksum } from './bytes.js';
import { DIGEST_BYTES, kindOfBytes, type DigestKind } from './digest-kind.js';
import { LIST_BYTES, MOST_LISTS } from './list-table.js';

export const RUN_VERSION = 1;
/** "RTLIST", and a line end that a transfer as text would damage. */
const MAGIC = Uint8Array.of(0x52, 0x54, 0x4c, 0x49, 0x53, 0x54, 0x0d, 0x0a);
/** One page of the disk, so that the pages of the tails are pages of the disk too. */
export const HEADER_BYTES = 4096;
/** What one checksum covers of the tails. */
export const PAGE_BYTES = 4096;
/** Tag (two bytes) and payload (four). */
export const SUFFIX_BYTES = 6;
export const MOST_ENTRIES = 0xffff_ffff;
/** With the fingerprint 32 bits: a search needs one word of a digest. */
const MOST_FANOUT_BITS = 24;
const ENTRIES_PER_BUCKET = 8;

export interface RunShape {
  readonly kind: DigestKind;
  readonly fanoutBits: number;
  readonly entries: number;
  readonly lists: number;
}

export interface RunHeader extends RunShape {
  /** Entries that only take away one of an older run. */
  readonly tombstones: number;
  readonly checksums: { fingerprints: number; fanout: number; pages: number; lists: number };
}

/** For at most `entries`: so many that a bucket holds four to eight. */
export const fanoutBitsFor = (entries: number): number =>
  Math.min(MOST_FANOUT_BITS, Math.max(0, Math.ceil(Math.log2(Math.max(1, entries) / ENTRIES_PER_BUCKET))));

export const droppedBytesOf = (fanoutBits: number): number => (fanoutBits + 8) >>> 3;

export interface Geometry {
  readonly droppedBytes: number;
  /** Bytes of a tail. */
  readonly stride: number;
  readonly tails: number;
  readonly tailsBytes: number;
  readonly fingerprints: number;
  readonly fanout: number;
  readonly fanoutBytes: number;
  readonly pages: number;
  readonly pagesBytes: number;
  readonly lists: number;
  readonly listsBytes: number;
  readonly fileBytes: number;
}

/** Where each part of a run begins, in bytes from its start. */
export const geometryOf = ({ kind, fanoutBits, entries, lists }: RunShape): Geometry => {
  const droppedBytes = droppedBytesOf(fanoutBits);
  const stride = DIGEST_BYTES[kind] - droppedBytes + SUFFIX_BYTES;
  const tailsBytes = entries * stride;
  const fanoutBytes = 4 * (2 ** fanoutBits + 1);
  const pagesBytes = 4 * Math.ceil(tailsBytes / PAGE_BYTES);
  const fingerprints = HEADER_BYTES + tailsBytes;
  const fanout = fingerprints + entries;
  const pages = fanout + fanoutBytes;
  const listsAt = pages + pagesBytes;
  const listsBytes = lists * LIST_BYTES;
  return {
    droppedBytes,
    stride,
    tails: HEADER_BYTES,
    tailsBytes,
    fingerprints,
    fanout,
    fanoutBytes,
    pages,
    pagesBytes,
    lists: listsAt,
    listsBytes,
    fileBytes: listsAt + listsBytes,
  };
};

const FIELDS_AT = MAGIC.length;
const CHECKSUM_AT = HEADER_BYTES - 4;

export const encodeHeader = (header: RunHeader, checksum: Checksum): Uint8Array => {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  const { checksums } = header;
  [
    RUN_VERSION,
    DIGEST_BYTES[header.kind],
    header.fanoutBits,
    header.entries,
    header.tombstones,
    header.lists,
    checksums.fingerprints,
    checksums.fanout,
    checksums.pages,
    checksums.lists,
  ].forEach((value, index) => view.setUint32(FIELDS_AT + 4 * index, value, true));
  view.setUint32(CHECKSUM_AT, checksum(bytes.subarray(0, CHECKSUM_AT)), true);
  return bytes;
};

/** What a header says of itself; distinguishes a run from another of the same name. */
export const checksumOfHeader = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(CHECKSUM_AT, true);

/** Errors, naming the file and the value: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const decodeHeader = (bytes: Uint8Array, name: string, checksum: Checksum): RunHeader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (index: number): number => view.getUint32(FIELDS_AT + 4 * index, true);
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) {
    const found = Array.from(bytes.subarray(0, MAGIC.length), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw fail('INDEX_FILE_INVALID', `${name}: begins with ${found}, which is no run of a list`);
  }
  if (field(0) !== RUN_VERSION)
    throw fail('INDEX_VERSION_UNSUPPORTED', `${name}: version ${field(0)}, this program reads ${RUN_VERSION}`);
  const sum = checksum(bytes.subarray(0, CHECKSUM_AT));
  if (checksumOfHeader(bytes) !== sum)
    throw fail('INDEX_CHECKSUM_MISMATCH', `${name}: the header says ${checksumOfHeader(bytes)} and has ${sum}`);
  const kind = kindOfBytes(field(1));
  if (kind === null) throw fail('INDEX_FILE_INVALID', `${name}: digests of ${field(1)} bytes`);
  const [fanoutBits, entries, tombstones, lists] = [field(2), field(3), field(4), field(5)];
  if (fanoutBits > MOST_FANOUT_BITS) throw fail('INDEX_FILE_INVALID', `${name}: a fan-out of ${fanoutBits} bits`);
  if (lists > MOST_LISTS) throw fail('INDEX_FILE_INVALID', `${name}: ${lists} lists`);
  if (tombstones > entries)
    throw fail('INDEX_FILE_INVALID', `${name}: ${tombstones} tombstones among ${entries} entries`);
  const checksums = { fingerprints: field(6), fanout: field(7), pages: field(8), lists: field(9) };
  return { kind, fanoutBits, entries, tombstones, lists, checksums };
};
