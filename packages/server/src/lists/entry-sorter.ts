// Orders any number of entries in bounded memory: they are dealt out to parts by their first byte, and each part is sorted in memory. One that
// is too large for that, as with digests that somebody chose, is dealt out again by the first byte in which its entries differ. What the buffers of
// the parts do not hold goes to one file, piece by piece.
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareRaw, DIGEST_BYTES, rawBytesOf, sortedOrder, type DigestKind } from '@redthread/core/index/exact';
import { fail } from '@redthread/core/errors';
import { diskError } from '../disk/disk-error.js';
import { FILE_MODE, writeAll } from '../disk/whole-file.js';

const PARTS = 256;
const BUFFER_BYTES = 65_536;
/** Sorted at once; the sort itself takes half as much again. */
const MEMORY_BYTES = 64 * 2 ** 20;

/** Takes an entry: its digest lies at `at`. */
export type PushEntry = (bytes: Uint8Array, at: number, tag: number, payload: number) => void;

interface Part {
  readonly buffer: Uint8Array;
  filled: number;
  /** Where its pieces lie in the file, each as long as the buffer. */
  readonly pieces: number[];
}

const lengthOf = ({ buffer, filled, pieces }: Part): number => pieces.length * buffer.length + filled;

export class EntrySorter {
  readonly #digestBytes: number;
  readonly #stride: number;
  readonly #parts: Parts;
  #work = new Uint8Array(0);
  /** Entries that were added. */
  count = 0;

  /** `folder` is for it alone; the caller takes it away. */
  constructor(
    readonly folder: string,
    kind: DigestKind,
    readonly memoryBytes = MEMORY_BYTES,
  ) {
    this.#digestBytes = DIGEST_BYTES[kind];
    this.#stride = rawBytesOf(kind);
    this.#parts = new Parts(join(folder, 'part'), this.#stride);
  }

  /** Errors: DISK_FULL, those of the file system. */
  add(digest: Uint8Array, at: number, tag: number, payload: number): void {
    this.#parts.addEntry(digest, at, tag, payload);
    this.count += 1;
  }

  /** All entries by digest, then list; of several with the same of both, the one that was added last. Once only. */
  drain(push: PushEntry): void {
    this.#drainParts(this.#parts, 1, push);
  }

  /** Closes what is open, where it may not have been drained. */
  abort(): void {
    this.#parts.end();
  }

  #drainParts(parts: Parts, equalBytes: number, push: PushEntry): void {
    for (let number = 0; number < PARTS; number++) {
      const part = parts.take(number);
      if (part === null) continue;
      if (lengthOf(part) <= this.memoryBytes) this.#sortPart(parts, part, equalBytes, push);
      else this.#splitPart(parts, part, `${parts.path}-${number}`, push);
    }
    parts.end();
  }

  #sortPart(parts: Parts, part: Part, equalBytes: number, push: PushEntry): void {
    const length = lengthOf(part);
    // Used again for each part: memory for each anew would pile up until it is collected.
    if (this.#work.length < length) this.#work = new Uint8Array(Math.ceil(length * 1.1));
    const bytes = this.#work.subarray(0, length);
    let at = 0;
    for (const piece of part.pieces) {
      parts.read(piece, bytes.subarray(at, at + part.buffer.length));
      at += part.buffer.length;
    }
    bytes.set(part.buffer.subarray(0, part.filled), at);
    const [stride, digestBytes] = [this.#stride, this.#digestBytes];
    const view = new DataView(bytes.buffer, 0, length);
    const count = bytes.length / stride;
    const order = sortedOrder({ bytes, count, digestBytes }, Math.min(equalBytes, digestBytes));
    for (let i = 0; i < count; i++) {
      const at = order[i]! * stride;
      // Of equal entries the last added comes last.
      if (i + 1 < count && compareRaw(bytes, at, bytes, order[i + 1]! * stride, digestBytes) === 0) continue;
      push(bytes, at, view.getUint32(at + digestBytes, true), view.getUint32(at + digestBytes + 4, true));
    }
  }

  #splitPart(parts: Parts, part: Part, path: string, push: PushEntry): void {
    const first = new Uint8Array(this.#stride);
    const last = new Uint8Array(this.#stride);
    let equalBytes = this.#digestBytes + 2;
    let isFirst = true;
    this.#eachOf(parts, part, (bytes, at) => {
      if (isFirst) first.set(bytes.subarray(at, at + this.#stride));
      isFirst = false;
      for (let i = 0; i < equalBytes; i++)
        if (this.#keyByte(bytes, at, i) !== this.#keyByte(first, 0, i)) equalBytes = i;
      last.set(bytes.subarray(at, at + this.#stride));
    });
    const view = new DataView(last.buffer);
    if (equalBytes === this.#digestBytes + 2) {
      push(last, 0, view.getUint32(this.#digestBytes, true), view.getUint32(this.#digestBytes + 4, true));
      return;
    }
    const finer = new Parts(path, this.#stride);
    this.#eachOf(parts, part, (bytes, at) => finer.add(this.#keyByte(bytes, at, equalBytes), bytes, at));
    this.#drainParts(finer, equalBytes, push);
  }

  /** The digest, then the number of the list. */
  #keyByte(bytes: Uint8Array, at: number, index: number): number {
    if (index < this.#digestBytes) return bytes[at + index]!;
    const tag = bytes[at + this.#digestBytes]! | (bytes[at + this.#digestBytes + 1]! << 8);
    return index === this.#digestBytes ? tag >>> 9 : (tag >>> 1) & 255;
  }

  #eachOf(parts: Parts, { buffer, filled, pieces }: Part, visit: (bytes: Uint8Array, at: number) => void): void {
    const block = new Uint8Array(buffer.length);
    for (const piece of pieces) {
      parts.read(piece, block);
      for (let entry = 0; entry < block.length; entry += this.#stride) visit(block, entry);
    }
    for (let entry = 0; entry < filled; entry += this.#stride) visit(buffer, entry);
  }
}

/** Entries dealt out: each part has a buffer, and all have one file, which is of no worth after a crash: not flushed. */
class Parts {
  readonly #parts: (Part | null)[] = Array<Part | null>(PARTS).fill(null);
  readonly #bufferBytes: number;
  #file: number | null = null;
  #written = 0;

  constructor(
    readonly path: string,
    readonly stride: number,
  ) {
    this.#bufferBytes = Math.floor(BUFFER_BYTES / stride) * stride;
  }

  /** By the first byte of its digest. Errors: DISK_FULL, those of the file system. */
  addEntry(digest: Uint8Array, at: number, tag: number, payload: number): void {
    const part = this.#partOf(digest[at]!);
    const { buffer } = part;
    let to = part.filled;
    for (let from = at, end = at + this.stride - 8; from < end;) buffer[to++] = digest[from++]!;
    buffer[to++] = tag;
    buffer[to++] = tag >>> 8;
    buffer[to++] = 0;
    buffer[to++] = 0;
    buffer[to++] = payload;
    buffer[to++] = payload >>> 8;
    buffer[to++] = payload >>> 16;
    buffer[to++] = payload >>> 24;
    this.#fill(part, to);
  }

  /** One that lies whole at `at`. Errors: as `addEntry`. */
  add(number: number, bytes: Uint8Array, at: number): void {
    const part = this.#partOf(number);
    const { buffer } = part;
    let to = part.filled;
    for (let from = at, end = at + this.stride; from < end;) buffer[to++] = bytes[from++]!;
    this.#fill(part, to);
  }

  #partOf(number: number): Part {
    return (this.#parts[number] ??= { buffer: new Uint8Array(this.#bufferBytes), filled: 0, pieces: [] });
  }

  #fill(part: Part, filled: number): void {
    part.filled = filled;
    if (filled < part.buffer.length) return;
    part.pieces.push(this.#write(part.buffer));
    part.filled = 0;
  }

  /** Null where nothing was dealt out; its memory is no longer held here. */
  take(number: number): Part | null {
    const part = this.#parts[number] ?? null;
    this.#parts[number] = null;
    return part;
  }

  read(at: number, into: Uint8Array): void {
    for (let done = 0; done < into.length;) {
      const read = this.#file === null ? 0 : readSync(this.#file, into, done, into.length - done, at + done);
      if (read === 0) throw fail('INTERNAL', `${this.path}: ends at byte ${at + done}`);
      done += read;
    }
  }

  /** Takes its file away. */
  end(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    rmSync(this.path, { force: true });
  }

  /** Answers where it lies. */
  #write(bytes: Uint8Array): number {
    const at = this.#written;
    try {
      const file = (this.#file ??= openSync(this.path, 'w+', FILE_MODE));
      writeAll(file, bytes, at);
    } catch (error) {
      throw diskError(error, this.path);
    }
    this.#written += bytes.length;
    return at;
  }
}
