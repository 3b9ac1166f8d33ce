// Orders any number of entries in bounded memory: they are dealt out to files by their first byte, and each file is sorted in memory. One that
// is too large for that, as with digests that somebody chose, is dealt out again by the first byte in which its entries differ.
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { compareRaw, DIGEST_BYTES, rawBytesOf, sortedOrder, type DigestKind } from '@redthread/core/index';
import { FileSource } from '../disk/file-source.js';
import { append } from '../disk/whole-file.js';

const PARTS = 256;
const BUFFER_BYTES = 65_536;
const BLOCK_BYTES = 2 ** 20;
/** Sorted at once; the sort itself takes half as much again. */
const MEMORY_BYTES = 64 * 2 ** 20;

/** Takes an entry: its digest lies at `at`. */
export type PushEntry = (bytes: Uint8Array, at: number, tag: number, payload: number) => void;

interface Part {
  readonly path: string;
  readonly buffer: Uint8Array;
  filled: number;
  /** Bytes in the file; none is made for a part that its buffer holds. */
  written: number;
}

export class EntrySorter {
  readonly #digestBytes: number;
  readonly #stride: number;
  readonly #raw: Uint8Array;
  readonly #view: DataView;
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
    this.#raw = new Uint8Array(this.#stride);
    this.#view = new DataView(this.#raw.buffer);
    this.#parts = new Parts(join(folder, 'part'), this.#stride);
  }

  /** Errors: DISK_FULL, those of the file system. */
  add(digest: Uint8Array, at: number, tag: number, payload: number): void {
    const raw = this.#raw;
    for (let i = 0; i < this.#digestBytes; i++) raw[i] = digest[at + i]!;
    this.#view.setUint32(this.#digestBytes, tag, true);
    this.#view.setUint32(this.#digestBytes + 4, payload, true);
    this.#parts.add(raw[0]!, raw, 0);
    this.count += 1;
  }

  /** All entries by digest, then list; of several with the same of both, the one that was added last. Once only. */
  drain(push: PushEntry): void {
    this.#drainParts(this.#parts, 1, push);
  }

  #drainParts(parts: Parts, equalBytes: number, push: PushEntry): void {
    for (let number = 0; number < PARTS; number++) {
      const part = parts.take(number);
      if (part === null) continue;
      if (part.written + part.filled <= this.memoryBytes) this.#sortPart(part, equalBytes, push);
      else this.#splitPart(part, push);
      rmSync(part.path, { force: true });
    }
  }

  #sortPart(part: Part, equalBytes: number, push: PushEntry): void {
    const length = part.written + part.filled;
    // Used again for each part: memory for each anew would pile up until it is collected.
    if (this.#work.length < length) this.#work = new Uint8Array(Math.ceil(length * 1.1));
    const bytes = this.#work.subarray(0, length);
    if (part.written > 0) {
      const source = new FileSource(part.path);
      try {
        source.read(bytes, 0, part.written, 0);
      } finally {
        source.close();
      }
    }
    bytes.set(part.buffer.subarray(0, part.filled), part.written);
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

  #splitPart(part: Part, push: PushEntry): void {
    append(part.path, part.buffer.subarray(0, part.filled));
    part.written += part.filled;
    part.filled = 0;
    const first = new Uint8Array(this.#stride);
    const last = new Uint8Array(this.#stride);
    let equalBytes = this.#digestBytes + 2;
    let isFirst = true;
    this.#eachOf(part, (bytes, at) => {
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
    const parts = new Parts(part.path, this.#stride);
    this.#eachOf(part, (bytes, at) => parts.add(this.#keyByte(bytes, at, equalBytes), bytes, at));
    rmSync(part.path);
    this.#drainParts(parts, equalBytes, push);
  }

  /** The digest, then the number of the list. */
  #keyByte(bytes: Uint8Array, at: number, index: number): number {
    if (index < this.#digestBytes) return bytes[at + index]!;
    const tag = bytes[at + this.#digestBytes]! | (bytes[at + this.#digestBytes + 1]! << 8);
    return index === this.#digestBytes ? tag >>> 9 : (tag >>> 1) & 255;
  }

  #eachOf(part: Part, visit: (bytes: Uint8Array, at: number) => void): void {
    const source = new FileSource(part.path);
    try {
      const block = new Uint8Array(Math.floor(BLOCK_BYTES / this.#stride) * this.#stride);
      for (let at = 0; at < part.written; at += block.length) {
        const length = Math.min(block.length, part.written - at);
        source.read(block, 0, length, at);
        for (let entry = 0; entry < length; entry += this.#stride) visit(block, entry);
      }
    } finally {
      source.close();
    }
  }
}

/** Entries dealt out: each part has a buffer, and a file once that was full. No file stays open: a machine allows few. */
class Parts {
  readonly #parts: (Part | null)[] = Array<Part | null>(PARTS).fill(null);
  readonly #bufferBytes: number;

  constructor(
    readonly path: string,
    readonly stride: number,
  ) {
    this.#bufferBytes = Math.floor(BUFFER_BYTES / stride) * stride;
  }

  add(number: number, bytes: Uint8Array, at: number): void {
    const part = (this.#parts[number] ??= {
      path: `${this.path}-${number}`,
      buffer: new Uint8Array(this.#bufferBytes),
      filled: 0,
      written: 0,
    });
    const { buffer } = part;
    let to = part.filled;
    for (let from = at, end = at + this.stride; from < end;) buffer[to++] = bytes[from++]!;
    if (to === buffer.length) {
      append(part.path, buffer);
      part.written += to;
      to = 0;
    }
    part.filled = to;
  }

  /** Null where nothing was dealt out; its memory is no longer held here. */
  take(number: number): Part | null {
    const part = this.#parts[number] ?? null;
    this.#parts[number] = null;
    return part;
  }
}
