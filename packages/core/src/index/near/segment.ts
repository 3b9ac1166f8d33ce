// An immutable run of hashes in one memory, searched by multi-index hashing (Norouzi, Punjani, Fleet: "Fast search in Hamming space
// with multi-index hashing", CVPR 2012). Only the mark of removal changes. docs/near-index.md explains the parts.
import { createMemory, growMemory, type KernelVariant, type WasmMemory } from '../../wasm/index.js';
import { nearKernels, type NearKernels } from './kernels.js';
import { CHUNK, HEADER, plannedWords, planSegment, REACH, SCRATCH, SEGMENT, TABLE } from './layout.js';
import { NEAR_HASH_BYTES, type NearHit } from './near-index.js';
import type { ScopeSet } from './scope-set.js';

/** What a segment is made of: `hash` is spread already (see the kernel `spread`) when it comes out of another segment. */
export interface NearPosting {
  readonly id: number;
  readonly scope: number;
  readonly hash: Uint8Array;
}

/** What of a segment changes: which postings are removed, at one moment. */
export interface SegmentMarks {
  readonly removed: number;
  /** A bit a posting. */
  readonly dead: Uint8Array<ArrayBuffer>;
}

/** Threads that one shared memory has room for. */
export const THREADS = 8;

export class NearSegment {
  readonly memory: WasmMemory;
  /** Bytes that are kept: what a file holds. */
  readonly bytes: number;
  /** Hits that this segment cannot have beyond: its postings, removed ones included. */
  readonly postings: number;
  readonly slots: number;
  readonly #kernels: NearKernels;
  readonly #scratch: number;
  readonly #header: Uint32Array;
  readonly #hashes: Uint8Array;
  readonly #ids: Float64Array;
  readonly #scopes: Uint32Array;
  readonly #byId: Uint32Array;
  readonly #dead: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #query: Uint8Array;
  readonly #hits: Uint32Array;
  readonly #hitCount: Uint32Array;

  private constructor(memory: WasmMemory, thread: number) {
    this.memory = memory;
    this.#header = new Uint32Array(memory.buffer, SEGMENT, TABLE.at);
    const field = (name: keyof typeof HEADER): number => this.#header[HEADER[name]]!;
    this.postings = field('postings');
    this.slots = field('slots');
    this.bytes = field('bytes');
    const scratchAt = Math.ceil(this.bytes / 64) * 64;
    growMemory(memory, scratchAt + (thread + 1) * SCRATCH.bytes);
    const { buffer } = memory;
    this.#header = new Uint32Array(buffer, SEGMENT, TABLE.at);
    this.#scratch = scratchAt + thread * SCRATCH.bytes;
    this.#hashes = new Uint8Array(buffer, field('hashes'), this.slots * NEAR_HASH_BYTES);
    this.#ids = new Float64Array(buffer, field('ids'), this.postings);
    this.#scopes = new Uint32Array(buffer, field('scopes'), this.postings);
    this.#byId = new Uint32Array(buffer, field('byId'), this.postings);
    this.#dead = new Uint32Array(buffer, field('dead'), Math.ceil(this.postings / 32));
    this.#starts = new Uint32Array(buffer, field('postingStart'), this.slots + 1);
    this.#query = new Uint8Array(buffer, this.#scratch, NEAR_HASH_BYTES);
    this.#hits = new Uint32Array(buffer, this.#scratch + SCRATCH.hits, (SCRATCH.bytes - SCRATCH.hits) / 4);
    this.#hitCount = new Uint32Array(buffer, this.#scratch + SCRATCH.hitCount, 1);
    this.#kernels = nearKernels(memory);
  }

  /**
   * Builds a segment of exactly `count` postings, 1 or more. `isSpread` says that the hashes come out of other segments. `chunks` is for
   * measuring only. Throws RangeError where memory runs out: 152 bytes a posting, at most 2 GiB a segment.
   */
  static build(
    postings: Iterable<NearPosting>,
    count: number,
    options: { variant: KernelVariant; isSpread?: boolean; chunks?: number },
  ): NearSegment {
    const plan = planSegment(count, options.chunks);
    const threads = options.variant === 'shared' ? THREADS : 1;
    const memory = createMemory(Math.max(plan.buildBytes, plan.bytes + threads * SCRATCH.bytes + 64), options.variant);
    const kernels = nearKernels(memory);
    const words = new Uint32Array(memory.buffer);
    const header = words.subarray(SEGMENT / 4);
    for (const [word, value] of plannedWords(plan)) header[word] = value;

    const bytes = new Uint8Array(memory.buffer);
    const ids = new Float64Array(memory.buffer, plan.ids, count);
    let at = 0;
    for (const { id, scope, hash } of postings) {
      if (at === count) throw new RangeError(`more than ${count} postings`);
      bytes.set(hash, plan.hashes + at * NEAR_HASH_BYTES);
      ids[at] = id;
      words[plan.scopes / 4 + at] = scope;
      at++;
    }
    if (at !== count) throw new RangeError(`${at} postings instead of ${count}`);
    if (options.isSpread !== true) kernels.spread(plan.hashes, count);
    kernels.arrange(SEGMENT, plan.spare);
    kernels.orderIds(SEGMENT, plan.spare);
    kernels.fillChunks(SEGMENT);
    const flips = new Map(plan.chunks.map(({ flips: place, width }) => [place, width]));
    for (const [place, width] of flips) kernels.writeFlips(place, width, REACH);
    return new NearSegment(memory, 0);
  }

  /** The same segment for another thread, over the memory that it shares. `thread` is 0..7, one for each that searches. */
  static attach(memory: WasmMemory, thread: number): NearSegment {
    return new NearSegment(memory, thread);
  }

  /** Postings that are not removed. */
  get live(): number {
    return this.postings - this.#header[HEADER.removed]!;
  }

  has(id: number): boolean {
    return this.#livePostings(id).length > 0;
  }

  /** Marks every posting of the id. Answers how many there were. */
  remove(id: number): number {
    const found = this.#livePostings(id);
    for (const posting of found) this.#dead[posting >>> 5]! |= 1 << (posting & 31);
    this.#header[HEADER.removed]! += found.length;
    return found.length;
  }

  /** Adds what lies within the radius to `hits`, each id once, in no order. */
  search(hash: Uint8Array, radiusBits: number, hits: NearHit[], visible?: ScopeSet): void {
    this.#query.set(hash);
    this.#kernels.spread(this.#scratch, 1);
    this.#eachHit(radiusBits, (slot, distanceBits) => {
      for (const id of this.idsOf(slot, visible)) hits.push({ id, distanceBits });
    });
  }

  /** The hash of a slot as it is stored: spread. A view. */
  storedHash(slot: number): Uint8Array {
    return this.#hashes.subarray(slot * NEAR_HASH_BYTES, (slot + 1) * NEAR_HASH_BYTES);
  }

  /** Slots within the radius of a stored hash, of this or of another segment. */
  searchStored(hash: Uint8Array, radiusBits: number, found: (slot: number, distanceBits: number) => void): void {
    this.#query.set(hash);
    this.#eachHit(radiusBits, found);
  }

  /** Live ids of a slot that the asker may see, each once. */
  idsOf(slot: number, visible?: ScopeSet): Iterable<number> {
    const [from, to] = [this.#starts[slot]!, this.#starts[slot + 1]!];
    const isSeen = (posting: number): boolean =>
      !this.#isDead(posting) && (visible === undefined || visible.has(this.#scopes[posting]!));
    if (to - from === 1) return isSeen(from) ? [this.#ids[from]!] : [];
    const ids = new Set<number>();
    for (let posting = from; posting < to; posting++) if (isSeen(posting)) ids.add(this.#ids[posting]!);
    return ids;
  }

  /** Live postings, for a segment that takes this one's place: hashes as stored, each valid until the next is asked for. */
  *livePostings(): Iterable<NearPosting> {
    for (let slot = 0; slot < this.slots; slot++) {
      const hash = this.storedHash(slot);
      for (let posting = this.#starts[slot]!; posting < this.#starts[slot + 1]!; posting++) {
        if (!this.#isDead(posting)) yield { id: this.#ids[posting]!, scope: this.#scopes[posting]!, hash };
      }
    }
  }

  /** Of every chunk: entries of its fullest bucket. */
  fullestBuckets(): number[] {
    const words = new Uint32Array(this.memory.buffer);
    return Array.from({ length: this.#header[HEADER.chunks]! }, (_, i) => {
      const entry = SEGMENT / 4 + TABLE.at + i * TABLE.words;
      const directory = words[entry + CHUNK.directory]! / 4;
      let fullest = 0;
      for (let bucket = 0; bucket < 2 ** words[entry + CHUNK.width]!; bucket++) {
        fullest = Math.max(fullest, words[directory + bucket + 1]! - words[directory + bucket]!);
      }
      return fullest;
    });
  }

  /** A copy of the marks as they are now. */
  marks(): SegmentMarks {
    const { byteOffset, byteLength } = this.#dead;
    const dead = new Uint8Array(byteLength);
    dead.set(new Uint8Array(this.memory.buffer, byteOffset, byteLength));
    return { removed: this.#header[HEADER.removed]!, dead };
  }

  /** Puts marks over a copy of the segment's memory from the address `from` on. */
  lay({ removed, dead }: SegmentMarks, copy: Uint8Array, from: number): void {
    const count = new Uint8Array(Uint32Array.of(removed).buffer);
    overlay(copy, from, count, SEGMENT + 4 * HEADER.removed);
    overlay(copy, from, dead, this.#dead.byteOffset);
  }

  /** The query in scratch: by the buckets, or, where they do not pay or hits do not fit, by looking at every slot in turn. */
  #eachHit(radiusBits: number, take: (slot: number, distanceBits: number) => void): void {
    const takeAll = (count: number): void => {
      for (let i = 0; i < count; i++) take(this.#hits[2 * i]!, this.#hits[2 * i + 1]!);
    };
    const count = this.#kernels.search(SEGMENT, this.#scratch, radiusBits);
    if (count >= 0) return takeAll(count);
    for (let from = 0; from < this.slots;) {
      from = this.#kernels.scanSegment(SEGMENT, this.#scratch, from, radiusBits);
      takeAll(this.#hitCount[0]!);
    }
  }

  #isDead(posting: number): boolean {
    return ((this.#dead[posting >>> 5]! >>> (posting & 31)) & 1) === 1;
  }

  /** By halving: the first posting of the id in the order of ids, and those after it. */
  #livePostings(id: number): number[] {
    let low = 0;
    for (let high = this.postings; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.#ids[this.#byId[middle]!]! < id) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (; low < this.postings && this.#ids[this.#byId[low]!] === id; low++) {
      if (!this.#isDead(this.#byId[low]!)) found.push(this.#byId[low]!);
    }
    return found;
  }
}

/** Of `part`, which belongs at the address `at`, whatever lies in the copy. */
const overlay = (copy: Uint8Array, from: number, part: Uint8Array, at: number): void => {
  const [first, end] = [Math.max(from, at), Math.min(from + copy.length, at + part.length)];
  if (first < end) copy.set(part.subarray(first - at, end - at), first - from);
};
