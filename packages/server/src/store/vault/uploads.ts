// Contents on their way from other machines: sealed like every object of the vault from their first byte on, written in
// pieces in any order, and joined to the vault by a second name, so that a batch that is stored twice finds them again.
import { copyFile, constants, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { CHUNK_BYTES, chunkOffset, sealChunk } from './format.js';
import { diskError } from '../../disk/disk-error.js';
import { eachOf, SYNC_WIDTH, syncFile, syncFolder, temporaryName, unwritten } from './files.js';
import { ObjectReader } from './reader.js';
import type { StagedObject } from './sealer.js';

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Part of a content: whole chunks of the vault, the last one excepted. */
export interface SealedPiece {
  readonly key: Buffer;
  readonly header: Buffer;
  /** Number of its first chunk in the sealed object. */
  readonly firstChunk: number;
  /** Whether the content ends with it. */
  readonly last: boolean;
}

export class UploadFolder {
  readonly folder: string;
  readonly #unfinished: string;

  constructor(folder: string, unfinished: string) {
    this.folder = folder;
    this.#unfinished = unfinished;
  }

  pathOf(id: string): string {
    if (!NAME.test(id)) throw fail('INTERNAL', `not an upload: ${id}`);
    return join(this.folder, id);
  }

  /** Takes objects that were staged whole, each under the id that is its name. Errors: DISK_FULL. */
  async keep(staged: readonly StagedObject[]): Promise<void> {
    try {
      await eachOf(staged, SYNC_WIDTH, ({ temporaryPath }) => syncFile(temporaryPath));
      await eachOf(staged, SYNC_WIDTH, ({ name, temporaryPath }) => rename(temporaryPath, this.pathOf(name)));
      if (staged.length > 0) await syncFolder(this.folder);
    } catch (error) {
      await eachOf(staged, SYNC_WIDTH, ({ temporaryPath }) => rm(temporaryPath, { force: true }));
      await this.remove(staged.map(({ name }) => name));
      throw diskError(error, this.folder);
    }
  }

  /** Makes the file of an upload that comes in pieces; one that is there stays. Errors: DISK_FULL. */
  async begin(id: string, header: Buffer): Promise<void> {
    const isNew = !(await this.exists(id));
    try {
      const file = await open(this.pathOf(id), constants.O_CREAT | constants.O_WRONLY, 0o600);
      try {
        await file.write(header, 0, header.length, 0);
      } finally {
        await file.close();
      }
      await syncFolder(this.folder);
    } catch (error) {
      // Its row is taken back too, and nobody would ask for this id again.
      if (isNew) await this.remove([id]);
      throw diskError(error, this.folder);
    }
  }

  /**
   * Seals a piece into its place. The same piece may be written again; another one under the same numbers must not be:
   * its nonces are used up. Errors: DISK_FULL, UPLOAD_UNKNOWN.
   */
  async write(id: string, bytes: Uint8Array, { key, header, firstChunk, last }: SealedPiece): Promise<void> {
    const chunks = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES));
    const parts: Buffer[] = [];
    for (let i = 0; i < chunks; i += 1) {
      const chunk = bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
      parts.push(...sealChunk(key, header, firstChunk + i, last && i === chunks - 1, chunk));
    }
    try {
      const file = await open(this.pathOf(id), constants.O_WRONLY);
      try {
        let at = chunkOffset(firstChunk);
        for (let rest = parts; rest.length > 0;) {
          const { bytesWritten } = await file.writev(rest, at);
          at += bytesWritten;
          rest = unwritten(rest, bytesWritten);
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw fail('UPLOAD_UNKNOWN', 'its bytes are gone');
      throw diskError(error, this.folder);
    }
  }

  exists(id: string): Promise<boolean> {
    return stat(this.pathOf(id)).then(
      () => true,
      () => false,
    );
  }

  sync(id: string): Promise<void> {
    return syncFile(this.pathOf(id)).catch((error: unknown) => {
      throw diskError(error, this.folder);
    });
  }

  /** Errors: VAULT_MISSING, VAULT_CORRUPT. */
  read(id: string, key: Buffer): Promise<ObjectReader> {
    return ObjectReader.open(this.pathOf(id), `upload ${id}`, key);
  }

  /** The upload as an object for `Vault.commit`; the upload itself stays until it is removed. Errors: UPLOAD_UNKNOWN, DISK_FULL. */
  async stage(id: string, name: string, sizeBytes: number): Promise<StagedObject> {
    const temporaryPath = join(this.#unfinished, temporaryName());
    try {
      await link(this.pathOf(id), temporaryPath);
      return { name, temporaryPath, sizeBytes, synced: true };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw fail('UPLOAD_UNKNOWN', `the bytes of upload ${id} are gone`);
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw diskError(error, this.folder);
    }
    // A file system without second names.
    await copyFile(this.pathOf(id), temporaryPath).catch((error: unknown) => {
      throw diskError(error, this.folder);
    });
    return { name, temporaryPath, sizeBytes };
  }

  async remove(ids: readonly string[]): Promise<void> {
    await eachOf(ids, SYNC_WIDTH, (id) => rm(this.pathOf(id), { force: true }));
  }

  /** Ids of files that nobody has written to for so long. */
  async untouchedFor(ms: number): Promise<string[]> {
    const before = Date.now() - ms;
    const old: string[] = [];
    for (const name of await readdir(this.folder)) {
      const found = await stat(join(this.folder, name)).catch(() => null);
      if (found !== null && found.mtimeMs < before && NAME.test(name)) old.push(name);
    }
    return old;
  }
}
