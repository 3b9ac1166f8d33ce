// Seals a content that streams by, whatever its size: one chunk in memory, written under a temporary name.
import { open, rm, type FileHandle } from 'node:fs/promises';
import { diskError } from '../../disk/disk-error.js';
import { CHUNK_BYTES, newHeader, sealChunk } from './format.js';
import { unwritten } from './files.js';

/** A finished object under a temporary name; plain data, so that a thread can hand it over. Then `Vault.commit`. */
export interface StagedObject {
  readonly name: string;
  readonly temporaryPath: string;
  /** Size of the content itself. */
  readonly sizeBytes: number;
  /** Its bytes are on the disk already. */
  readonly synced?: true;
}

export class StreamSealer {
  readonly #path: string;
  readonly #key: Buffer;
  readonly #header = newHeader();
  readonly #pending = Buffer.allocUnsafe(CHUNK_BYTES);
  #pendingBytes = 0;
  #index = 0;
  #sizeBytes = 0;
  #file: FileHandle | null = null;

  constructor(path: string, key: Buffer) {
    this.#path = path;
    this.#key = key;
  }

  /** Takes any amount of bytes; they may be reused afterwards. Errors: DISK_FULL. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) {
      // A full chunk is written only when more follows: only then is it known not to be the last.
      if (this.#pendingBytes === CHUNK_BYTES) await this.#flush(false);
      const piece = bytes.subarray(offset, offset + CHUNK_BYTES - this.#pendingBytes);
      this.#pending.set(piece, this.#pendingBytes);
      this.#pendingBytes += piece.length;
      offset += piece.length;
    }
    this.#sizeBytes += bytes.length;
  }

  /** Ends the content; only now does its name have to be known. */
  async finish(name: string): Promise<StagedObject> {
    await this.#flush(true);
    await this.#close();
    return { name, temporaryPath: this.#path, sizeBytes: this.#sizeBytes };
  }

  /** Gives up; safe at any time. */
  async abort(): Promise<void> {
    await this.#close();
    await rm(this.#path, { force: true });
  }

  async #flush(last: boolean): Promise<void> {
    const sealed = sealChunk(this.#key, this.#header, this.#index, last, this.#pending.subarray(0, this.#pendingBytes));
    try {
      this.#file ??= await open(this.#path, 'wx', 0o600);
      let rest: Buffer[] = this.#index === 0 ? [this.#header, ...sealed] : [...sealed];
      while (rest.length > 0) rest = unwritten(rest, (await this.#file.writev(rest)).bytesWritten);
    } catch (error) {
      await this.abort().catch(() => undefined);
      throw diskError(error, this.#path);
    }
    this.#index += 1;
    this.#pendingBytes = 0;
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }
}
