// Opens a sealed object: any range of it, each chunk verified before a byte of it is released.
import { open, type FileHandle } from 'node:fs/promises';
import { fail } from '@redthread/core/errors';
import { CHUNK_BYTES, chunkOffset, HEADER_BYTES, isHeader, layoutOf, openChunk, sealedChunkBytes } from './format.js';

interface Frame {
  readonly header: Buffer;
  readonly chunks: number;
  readonly last: Buffer;
  readonly start: number;
}

export class ObjectReader {
  readonly name: string;
  /** Size of the content; authenticated, because the last chunk has been verified to be the last. */
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;
  readonly #chunks: number;
  readonly #last: Buffer;
  readonly #start: number;

  private constructor(name: string, file: FileHandle, key: Buffer, { chunks, header, last, start }: Frame) {
    this.name = name;
    this.#file = file;
    this.#key = key;
    this.#header = header;
    this.#chunks = chunks;
    this.#last = last;
    this.#start = start;
    this.sizeBytes = (chunks - 1) * CHUNK_BYTES + last.length;
  }

  /** `start`: where in the file the object begins. Errors: VAULT_MISSING, VAULT_CORRUPT. */
  static async open(path: string, name: string, key: Buffer, start = 0): Promise<ObjectReader> {
    const file = await openSealed(path, name);
    try {
      const sealedBytes = (await file.stat()).size - start;
      const layout = layoutOf(sealedBytes);
      const header = Buffer.alloc(HEADER_BYTES);
      if (layout === null || !(await readFully(file, header, start)) || !isHeader(header))
        throw corrupt(name, 'its frame');
      const sealed = Buffer.allocUnsafe(sealedBytes - chunkOffset(layout.chunks - 1));
      const whole = await readFully(file, sealed, start + chunkOffset(layout.chunks - 1));
      const last = whole ? openChunk(key, header, layout.chunks - 1, true, sealed) : null;
      if (last === null) throw corrupt(name, `chunk ${layout.chunks - 1}`);
      return new ObjectReader(name, file, key, { header, chunks: layout.chunks, last, start });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Bytes `start` to `end` (exclusive), chunk by chunk; the range is cut to the content. */
  async *range(start = 0, end = this.sizeBytes): AsyncGenerator<Buffer, void, void> {
    const stop = Math.min(end, this.sizeBytes);
    for (let index = Math.floor(Math.max(0, start) / CHUNK_BYTES); index * CHUNK_BYTES < stop; index += 1) {
      const base = index * CHUNK_BYTES;
      const plain = await this.#chunk(index);
      yield plain.subarray(Math.max(0, start - base), Math.min(plain.length, stop - base));
    }
  }

  async #chunk(index: number): Promise<Buffer> {
    if (index === this.#chunks - 1) return this.#last;
    const sealed = Buffer.allocUnsafe(sealedChunkBytes);
    const whole = await readFully(this.#file, sealed, this.#start + chunkOffset(index));
    const plain = whole ? openChunk(this.#key, this.#header, index, false, sealed) : null;
    if (plain === null) throw corrupt(this.name, `chunk ${index}`);
    return plain;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Buffers that sealed chunks are read into, used again: fresh megabytes for each file keep the collector busy. */
const freeScratch: Buffer[] = [];
const MOST_SCRATCH = 4;

/** A whole object, chunk by chunk into one buffer from `allocate`. Errors: VAULT_MISSING, VAULT_CORRUPT. */
export const readWhole = async (
  path: string,
  name: string,
  key: Buffer,
  allocate: (sizeBytes: number) => Buffer,
): Promise<Buffer> => {
  const file = await openSealed(path, name);
  const scratch = freeScratch.pop() ?? Buffer.allocUnsafeSlow(sealedChunkBytes);
  try {
    const sealedBytes = (await file.stat()).size;
    const layout = layoutOf(sealedBytes);
    const header = Buffer.alloc(HEADER_BYTES);
    if (layout === null || !(await readFully(file, header, 0)) || !isHeader(header)) throw corrupt(name, 'its frame');
    const plain = allocate(layout.plainBytes);
    for (let index = 0; index < layout.chunks; index += 1) {
      const offset = chunkOffset(index);
      const sealed = scratch.subarray(0, Math.min(sealedChunkBytes, sealedBytes - offset));
      const whole = await readFully(file, sealed, offset);
      const opened = whole ? openChunk(key, header, index, index === layout.chunks - 1, sealed) : null;
      if (opened === null) throw corrupt(name, `chunk ${index}`);
      opened.copy(plain, index * CHUNK_BYTES);
    }
    return plain;
  } finally {
    if (freeScratch.length < MOST_SCRATCH) freeScratch.push(scratch);
    await file.close();
  }
};

const openSealed = (path: string, name: string): Promise<FileHandle> =>
  open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? fail('VAULT_MISSING', name, { cause: error }) : error;
  });

const corrupt = (name: string, what: string) => fail('VAULT_CORRUPT', `${name}: ${what} does not hold`);

const readFully = async (file: FileHandle, into: Buffer, position: number): Promise<boolean> => {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
};
