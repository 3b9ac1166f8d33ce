// A file of a report, with its size and digest as they come to be.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ReportFile } from '@redthread/core/contract';
import { FILE_MODE, writeAll } from '../../../disk/whole-file.js';

const FLUSH_BYTES = 1 << 20;

/** With its checksum for a ZIP, which is not signed. */
export interface WrittenFile extends ReportFile {
  readonly crc32: number;
}

/** As they are signed. */
export const signedFile = ({ bytes, name, sha256 }: WrittenFile): ReportFile => ({ name, bytes, sha256 });

export class OutFile {
  readonly #name: string;
  readonly #fd: number;
  readonly #hash = createHash('sha256');
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #bytes = 0;
  #crc32 = 0;
  #isOpen = true;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#fd = openSync(join(folder, name), 'wx', FILE_MODE);
  }

  write(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= FLUSH_BYTES) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    writeAll(this.#fd, bytes, null);
    this.#hash.update(bytes);
    this.#crc32 = crc32(bytes, this.#crc32);
    this.#bytes += bytes.length;
    [this.#pending, this.#pendingBytes] = [[], 0];
  }

  finish(): WrittenFile {
    this.#flush();
    fsyncSync(this.#fd);
    this.close();
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), crc32: this.#crc32 };
  }

  /** Also of one that is closed already. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#fd);
  }
}
