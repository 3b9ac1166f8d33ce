// One run opened for search: what places a digest lies in memory, the rest is read where it is needed, a few bytes at a time.
import { fail } from '../../errors/index.js';
import type { ByteSource, Checksum } from './bytes.js';
import { CheckedPages } from './checked-pages.js';
import { DIGEST_BYTES } from './digest-kind.js';
import { Directory } from './directory.js';
import {
  checksumOfHeader,
  decodeHeader,
  geometryOf,
  HEADER_BYTES,
  SUFFIX_BYTES,
  type Geometry,
  type RunHeader,
} from './layout.js';
import { decodeLists, type ExactList } from './list-table.js';

/** Entries read at once: the same digest on several lists, or others that begin like it. */
const ENTRIES_PER_READ = 32;
/** Node reads at most 2 GiB at once. */
const LARGEST_READ_BYTES = 2 ** 30;

export class ExactRun {
  readonly #tailBytes: number;
  readonly #window: Uint8Array;
  /** The entries of the digest that `find` was asked for, in order of their lists. */
  readonly tags: number[] = [];
  readonly payloads: number[] = [];

  private constructor(
    readonly name: string,
    readonly header: RunHeader,
    /** Tells this run from another under the same name. */
    readonly identity: number,
    readonly geometry: Geometry,
    readonly lists: readonly ExactList[],
    readonly directory: Directory,
    readonly tails: CheckedPages,
  ) {
    this.#tailBytes = geometry.stride - SUFFIX_BYTES;
    this.#window = new Uint8Array(ENTRIES_PER_READ * geometry.stride);
  }

  /** Errors, naming the file and the value: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
  static open(source: ByteSource, checksum: Checksum): ExactRun {
    const { name } = source;
    if (source.bytes < HEADER_BYTES)
      throw fail('INDEX_FILE_INVALID', `${name}: ${source.bytes} bytes, less than a header of ${HEADER_BYTES}`);
    const head = new Uint8Array(HEADER_BYTES);
    source.read(head, 0, HEADER_BYTES, 0);
    const header = decodeHeader(head, name, checksum);
    const geometry = geometryOf(header);
    if (source.bytes !== geometry.fileBytes)
      throw fail('INDEX_FILE_INVALID', `${name}: ${source.bytes} bytes instead of ${geometry.fileBytes}`);
    const section = (part: keyof RunHeader['checksums'], position: number, length: number): Uint8Array<ArrayBuffer> => {
      const bytes = new Uint8Array(length);
      let sum = 0;
      for (let at = 0; at < length; at += LARGEST_READ_BYTES) {
        const piece = bytes.subarray(at, Math.min(length, at + LARGEST_READ_BYTES));
        source.read(piece, 0, piece.length, position + at);
        sum = checksum(piece, sum);
      }
      if (sum !== header.checksums[part])
        throw fail(
          'INDEX_CHECKSUM_MISMATCH',
          `${name}: the part "${part}" has ${sum} instead of ${header.checksums[part]}`,
        );
      return bytes;
    };
    const fanout = section('fanout', geometry.fanout, geometry.fanoutBytes);
    const fingerprints = section('fingerprints', geometry.fingerprints, header.entries);
    const sums = section('pages', geometry.pages, geometry.pagesBytes);
    const lists = decodeLists(section('lists', geometry.lists, geometry.listsBytes), name);
    const directory = new Directory(header.fanoutBits, new Uint32Array(fanout.buffer), fingerprints);
    directory.check(name);
    const tails = new CheckedPages(source, geometry.tails, geometry.tailsBytes, new Uint32Array(sums.buffer), checksum);
    return new ExactRun(name, header, checksumOfHeader(head), geometry, lists, directory, tails);
  }

  /** What stays in memory for it. */
  get residentBytes(): number {
    return this.header.entries + this.geometry.fanoutBytes + this.geometry.pagesBytes + this.geometry.listsBytes;
  }

  /** Entries of the digest at `at`, left in `tags` and `payloads`. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  find(digest: Uint8Array, at: number): number {
    const { directory } = this;
    this.tags.length = 0;
    this.payloads.length = 0;
    if (!directory.find(digest, at)) return 0;
    let from = directory.from;
    const { to } = directory;
    // A digest of one fingerprint among few others: one read. Among many, as in a list of chosen digests: halve first.
    if (to - from > ENTRIES_PER_READ) from = this.#lowerBound(digest, at, from, to);
    while (from < to) {
      const count = Math.min(ENTRIES_PER_READ, to - from);
      this.#readTails(from, count);
      if (this.#takeEqual(digest, at, count)) break;
      from += count;
    }
    return this.tags.length;
  }

  #readTails(entry: number, count: number): void {
    const { stride } = this.geometry;
    this.tails.read(this.#window, count * stride, entry * stride);
  }

  /** True if the window goes beyond the digest. */
  #takeEqual(digest: Uint8Array, at: number, count: number): boolean {
    const { stride } = this.geometry;
    const window = this.#window;
    for (let entry = 0, base = 0; entry < count; entry++, base += stride) {
      const order = this.#compare(base, digest, at);
      if (order > 0) return true;
      if (order < 0) continue;
      const suffix = base + this.#tailBytes;
      this.tags.push(window[suffix]! | (window[suffix + 1]! << 8));
      this.payloads.push(readUint32(window, suffix + 2));
    }
    return false;
  }

  /** The order of the tail at `base` of the window against the rest of the digest; what was dropped is equal. */
  #compare(base: number, digest: Uint8Array, at: number): number {
    const window = this.#window;
    const rest = at + this.geometry.droppedBytes;
    for (let i = 0; i < this.#tailBytes; i++) {
      const difference = window[base + i]! - digest[rest + i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #lowerBound(digest: Uint8Array, at: number, from: number, to: number): number {
    while (from < to) {
      const middle = from + Math.floor((to - from) / 2);
      this.#readTails(middle, 1);
      if (this.#compare(0, digest, at) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  get digestBytes(): number {
    return DIGEST_BYTES[this.header.kind];
  }
}

export const readUint32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
