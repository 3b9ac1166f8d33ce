// Writes a run from entries in order, in one pass: tails go out by blocks, the part that is kept in memory when searching is kept here too.
import { fail } from '../../errors/index.js';
import type { ByteSink, Checksum } from './bytes.js';
import { DIGEST_BYTES, type DigestKind } from './digest-kind.js';
import {
  checksumOfHeader,
  encodeHeader,
  fanoutBitsFor,
  geometryOf,
  HEADER_BYTES,
  MOST_ENTRIES,
  PAGE_BYTES,
  SUFFIX_BYTES,
  type RunHeader,
} from './layout.js';
import { encodeLists, type ExactList } from './list-table.js';

const BLOCK_BYTES = 256 * PAGE_BYTES;
const FINGERPRINTS_PER_PIECE = 2 ** 20;
const LONGEST_TAIL_BYTES = 64;

/** The tag of an entry: which list of the run's table, and whether it is there or taken away. */
export const tagOf = (list: number, isTombstone: boolean): number => list * 2 + (isTombstone ? 1 : 0);
export const listOfTag = (tag: number): number => tag >>> 1;
export const isTombstone = (tag: number): boolean => (tag & 1) === 1;

export interface RunPlan {
  readonly kind: DigestKind;
  readonly lists: readonly ExactList[];
  /** At most so many entries will come; decides the fan-out. */
  readonly mostEntries: number;
}

export class RunWriter {
  readonly #table: Uint8Array;
  readonly #fanoutBits: number;
  readonly #fanout: Uint32Array<ArrayBuffer>;
  readonly #droppedBytes: number;
  readonly #tailBytes: number;
  readonly #block = new Uint8Array(BLOCK_BYTES + LONGEST_TAIL_BYTES);
  readonly #pieces: Uint8Array[] = [];
  #piece = new Uint8Array(0);
  #sums = new Uint32Array(1024);
  #pages = 0;
  #filled = 0;
  #written = 0;
  #entries = 0;
  #tombstones = 0;
  #lastWord = 0;

  /** Errors: ARGUMENT_INVALID for lists that a run cannot hold, or too many entries. */
  constructor(
    readonly sink: ByteSink,
    readonly plan: RunPlan,
    readonly checksum: Checksum,
  ) {
    if (plan.mostEntries > MOST_ENTRIES)
      throw fail('ARGUMENT_INVALID', `${plan.mostEntries} entries in one run: at most ${MOST_ENTRIES}`);
    this.#table = encodeLists(plan.lists);
    this.#fanoutBits = fanoutBitsFor(plan.mostEntries);
    this.#fanout = new Uint32Array(2 ** this.#fanoutBits + 1);
    const { droppedBytes, stride } = geometryOf({
      kind: plan.kind,
      fanoutBits: this.#fanoutBits,
      entries: 0,
      lists: 0,
    });
    this.#droppedBytes = droppedBytes;
    this.#tailBytes = stride - SUFFIX_BYTES;
  }

  get entries(): number {
    return this.#entries;
  }

  /** The next entry: after all before by digest, then by list, each pair once. */
  push(digest: Uint8Array, at: number, tag: number, payload: number): void {
    const word = ((digest[at]! << 24) | (digest[at + 1]! << 16) | (digest[at + 2]! << 8) | digest[at + 3]!) >>> 0;
    if (word < this.#lastWord) throw fail('INTERNAL', `${this.sink.name}: entry ${this.#entries} is out of order`);
    this.#lastWord = word;
    const bucket = this.#fanoutBits === 0 ? 0 : word >>> (32 - this.#fanoutBits);
    this.#fanout[bucket + 1]! += 1;
    const place = this.#entries % FINGERPRINTS_PER_PIECE;
    if (place === 0) {
      this.#piece = new Uint8Array(FINGERPRINTS_PER_PIECE);
      this.#pieces.push(this.#piece);
    }
    this.#piece[place] = (word >>> (24 - this.#fanoutBits)) & 255;
    const block = this.#block;
    let to = this.#filled;
    for (let from = at + this.#droppedBytes, end = from + this.#tailBytes; from < end;) block[to++] = digest[from++]!;
    block[to++] = tag;
    block[to++] = tag >>> 8;
    block[to++] = payload;
    block[to++] = payload >>> 8;
    block[to++] = payload >>> 16;
    block[to++] = payload >>> 24;
    this.#filled = to;
    this.#entries += 1;
    this.#tombstones += tag & 1;
    if (to >= BLOCK_BYTES) this.#flush(BLOCK_BYTES);
  }

  /** Writes what is left; the header last, so that a file without its end is none. */
  finish(): { readonly header: RunHeader; readonly identity: number; readonly bytes: number } {
    this.#flush(this.#filled);
    const fanout = this.#fanout;
    for (let bucket = 1; bucket < fanout.length; bucket++) fanout[bucket]! += fanout[bucket - 1]!;
    const shape = {
      kind: this.plan.kind,
      fanoutBits: this.#fanoutBits,
      entries: this.#entries,
      lists: this.plan.lists.length,
    };
    const geometry = geometryOf(shape);
    let fingerprintsSum = 0;
    this.#pieces.forEach((piece, index) => {
      const at = index * FINGERPRINTS_PER_PIECE;
      const used = piece.subarray(0, Math.min(piece.length, this.#entries - at));
      fingerprintsSum = this.checksum(used, fingerprintsSum);
      this.sink.write(used, geometry.fingerprints + at);
    });
    const put = (bytes: Uint8Array, position: number): number => {
      if (bytes.length > 0) this.sink.write(bytes, position);
      return this.checksum(bytes, 0);
    };
    const header: RunHeader = {
      ...shape,
      tombstones: this.#tombstones,
      checksums: {
        fingerprints: fingerprintsSum,
        fanout: put(new Uint8Array(fanout.buffer), geometry.fanout),
        pages: put(new Uint8Array(this.#sums.buffer, 0, 4 * this.#pages), geometry.pages),
        lists: put(this.#table, geometry.lists),
      },
    };
    const head = encodeHeader(header, this.checksum);
    this.sink.write(head, 0);
    return { header, identity: checksumOfHeader(head), bytes: geometry.fileBytes };
  }

  /** Writes the first `length` bytes of the block: whole pages, but for the last of all. */
  #flush(length: number): void {
    if (length === 0) return;
    for (let at = 0; at < length; at += PAGE_BYTES) {
      if (this.#pages === this.#sums.length) {
        const larger = new Uint32Array(2 * this.#pages);
        larger.set(this.#sums);
        this.#sums = larger;
      }
      this.#sums[this.#pages++] = this.checksum(this.#block.subarray(at, Math.min(length, at + PAGE_BYTES)), 0);
    }
    this.sink.write(this.#block.subarray(0, length), HEADER_BYTES + this.#written);
    this.#written += length;
    this.#block.copyWithin(0, length, this.#filled);
    this.#filled -= length;
  }
}

/** Bytes of an entry before it is in a run: the digest, the tag and the payload, each whole. */
export const rawBytesOf = (kind: DigestKind): number => DIGEST_BYTES[kind] + 8;
