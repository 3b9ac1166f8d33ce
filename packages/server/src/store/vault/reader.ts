// Opens a sealed object: any range of it, each chunk verified before a byte of it is released.
import { open, type FileHandle } from 'node:fs/promises';
import { fail } from '@redthread/core/errors';
import { CHUNK_BYTES, chunkOffset, HEADER_BYTES, isHeader, layoutOf, openChunk, sealedChunkBytes } from './format.js';

export class ObjectReader {
  readonly name: string;
  /** Size of the content; authenticated, because the last chunk has been verified to be the last. */
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;
  readonly #chunks: number;
  readonly #last: Buffer;

  private constructor(name: string, file: FileHandle, key: Buffer, header: Buffer, chunks: number, last: Buffer) {
    this.name = name;
    this.#file = file;
    this.#key = key;
    this.#header = header;
    this.#chunks = chunks;
    this.#last = last;
    this.sizeBytes = (chunks - 1) * CHUNK_BYTES + last.length;
  }

  /** Errors: VAULT_MISSING, VAULT_CORRUPT. */
  static async open(path: string, name: string, key: Buffer): Promise<ObjectReader> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? fail('VAULT_MISSING', name, { cause: error }) : error;
    });
    try {
      const sealedBytes = (await file.stat()).size;
      const layout = layoutOf(sealedBytes);
      const header = Buffer.alloc(HEADER_BYTES);
      if (layout === null || !(await readFully(file, header, 0)) || !isHeader(header)) throw corrupt(name, 'its frame');
      const sealed = Buffer.allocUnsafe(sealedBytes - chunkOffset(layout.chunks - 1));
      const whole = await readFully(file, sealed, chunkOffset(layout.chunks - 1));
      const last = whole ? openChunk(key, header, layout.chunks - 1, true, sealed) : null;
      if (last === null) throw corrupt(name, `chunk ${layout.chunks - 1}`);
      return new ObjectReader(name, file, key, header, layout.chunks, last);
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
    const whole = await readFully(this.#file, sealed, chunkOffset(index));
    const plain = whole ? openChunk(this.#key, this.#header, index, false, sealed) : null;
    if (plain === null) throw corrupt(this.name, `chunk ${index}`);
    return plain;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

const corrupt = (name: string, what: string) => fail('VAULT_CORRUPT', `${name}: ${what} does not hold`);

const readFully = async (file: FileHandle, into: Buffer, position: number): Promise<boolean> => {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
};
