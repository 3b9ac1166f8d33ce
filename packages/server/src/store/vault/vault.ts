// The blob vault in a folder: sealed objects under names that tell nothing, never half-written, on disk before a row
// of the database says that they are there.
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { makeFolder } from '../../app/data-folder.js';
import { diskError, isFull } from '../../disk/disk-error.js';
import { CHUNK_BYTES, newHeader, sealChunk } from './format.js';
import {
  clearUnfinished,
  eachOf,
  linkOrCopy,
  SYNC_WIDTH,
  syncFile,
  syncFolder,
  temporaryName,
  writeFileSyncAll,
} from './files.js';
import { ObjectReader, readWhole } from './reader.js';
import { StreamSealer, type StagedObject } from './sealer.js';
import { UploadFolder } from './uploads.js';

const NAME = /^[0-9a-f]{64}$/;

export class Vault {
  readonly folder: string;
  /** Contents on their way from other machines. */
  readonly uploads: UploadFolder;
  readonly #unfinished: string;
  readonly #madeFolders = new Set<string>();

  private constructor(folder: string) {
    this.folder = folder;
    this.#unfinished = join(folder, 'tmp');
    this.uploads = new UploadFolder(join(folder, 'uploads'), this.#unfinished);
  }

  /** Opens the vault, making its folder when missing, and clears away what killed writers have left. */
  static async open(folder: string): Promise<Vault> {
    const vault = Vault.forThread(folder);
    await clearUnfinished(vault.#unfinished);
    return vault;
  }

  /** For a thread of a process that has opened it already. */
  static forThread(folder: string): Vault {
    const vault = new Vault(folder);
    try {
      makeFolder(vault.#unfinished, 0o700);
      makeFolder(vault.uploads.folder, 0o700);
    } catch (error) {
      throw isFull(error)
        ? fail('DISK_FULL', `no room for the vault in ${folder}`, { cause: error })
        : fail('CONFIG_INVALID', `${folder} cannot hold a vault: ${(error as Error).message}`, { cause: error });
    }
    return vault;
  }

  /** Path of an object: two levels of folders (256 × 16), so that no folder grows beyond reason. */
  pathOf(name: string): string {
    if (!NAME.test(name)) throw fail('INTERNAL', `not a name of the vault: ${name}`);
    return join(this.folder, name.slice(0, 2), name.slice(2, 3), name);
  }

  /** Seals a content that is in memory under a temporary name, for `commit`. Blocks: for threads. Errors: DISK_FULL. */
  stageBuffer(name: string, key: Buffer, plain: Uint8Array): StagedObject {
    const header = newHeader();
    const parts: Buffer[] = [header];
    const chunks = Math.max(1, Math.ceil(plain.length / CHUNK_BYTES));
    for (let index = 0; index < chunks; index += 1) {
      const chunk = plain.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
      parts.push(...sealChunk(key, header, index, index === chunks - 1, chunk));
    }
    const temporaryPath = join(this.#unfinished, temporaryName());
    try {
      writeFileSyncAll(temporaryPath, parts);
    } catch (error) {
      void rm(temporaryPath, { force: true }).catch(() => undefined);
      throw diskError(error, temporaryPath);
    }
    return { name, temporaryPath, sizeBytes: plain.length };
  }

  /** Seals a content that streams by; end it with `finish` and `commit`, or with `abort`. */
  stageStream(key: Buffer): StreamSealer {
    return new StreamSealer(join(this.#unfinished, temporaryName()), key);
  }

  /**
   * Makes staged objects durable and gives them their names: bytes, then names, then folders reach the disk, in
   * parallel. Commit rows only after this. An object of the same name is replaced as a whole. Errors: DISK_FULL.
   */
  async commit(staged: readonly StagedObject[]): Promise<void> {
    const folders = new Set<string>();
    try {
      const loose = staged.filter(({ synced }) => synced !== true);
      await eachOf(loose, SYNC_WIDTH, ({ temporaryPath }) => syncFile(temporaryPath));
      for (const { name } of staged) {
        const folder = dirname(this.pathOf(name));
        folders.add(folder);
        if (this.#madeFolders.has(folder)) continue;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // A folder that is new has to be on disk as well, with the one above it.
        for (const above of [dirname(folder), this.folder]) folders.add(above);
        this.#madeFolders.add(folder);
      }
      await eachOf(staged, SYNC_WIDTH, ({ name, temporaryPath }) => rename(temporaryPath, this.pathOf(name)));
      await eachOf(folders, SYNC_WIDTH, syncFolder);
    } catch (error) {
      await this.discard(staged);
      throw diskError(error, this.folder);
    }
  }

  /** Drops staged objects that are not wanted after all. */
  async discard(staged: readonly StagedObject[]): Promise<void> {
    await eachOf(staged, SYNC_WIDTH, ({ temporaryPath }) => rm(temporaryPath, { force: true }).catch(() => undefined));
  }

  /** `stageBuffer` and `commit` of one object. */
  async sealBuffer(name: string, key: Buffer, plain: Uint8Array): Promise<void> {
    await this.commit([this.stageBuffer(name, key, plain)]);
  }

  /** `stageStream` and `commit` of one object. Answers the size of the content. */
  async sealStream(
    name: string,
    key: Buffer,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<number> {
    const sealer = this.stageStream(key);
    try {
      for await (const bytes of source) await sealer.write(bytes);
      const staged = await sealer.finish(name);
      await this.commit([staged]);
      return staged.sizeBytes;
    } catch (error) {
      await sealer.abort();
      throw error;
    }
  }

  /** Opens an object to read ranges of it; close it afterwards. Errors: VAULT_MISSING, VAULT_CORRUPT. */
  openObject(name: string, key: Buffer): Promise<ObjectReader> {
    return ObjectReader.open(this.pathOf(name), name, key);
  }

  /** Bytes `start` to `end` (exclusive) of an object, verified chunk by chunk before release. */
  async *openRange(name: string, key: Buffer, start = 0, end = Infinity): AsyncGenerator<Buffer, void, void> {
    const reader = await this.openObject(name, key);
    try {
      yield* reader.range(start, end);
    } finally {
      await reader.close();
    }
  }

  /**
   * The whole content in memory, in what `allocate` gives; for what is known to be small enough.
   * Errors: VAULT_MISSING, VAULT_CORRUPT.
   */
  readAll(
    name: string,
    key: Buffer,
    allocate: (sizeBytes: number) => Buffer = Buffer.allocUnsafeSlow,
  ): Promise<Buffer> {
    return readWhole(this.pathOf(name), name, key, allocate);
  }

  async exists(name: string): Promise<boolean> {
    return (await this.sealedBytes(name)) !== null;
  }

  /** Size on the disk, seal included, or null when there is no such object. */
  async sealedBytes(name: string): Promise<number | null> {
    const found = await stat(this.pathOf(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return found === null ? null : found.size;
  }

  /**
   * Gives objects other names beside those that they have, in place of whatever has these; their bytes stay. Durable when it
   * returns; done twice, it leaves the same. Errors: VAULT_MISSING, DISK_FULL.
   */
  async alsoAs(pairs: readonly (readonly [name: string, other: string])[]): Promise<void> {
    const folders = new Set<string>();
    await eachOf(pairs, SYNC_WIDTH, async ([name, other]) => {
      const target = this.pathOf(other);
      const unfinished = join(this.#unfinished, temporaryName());
      try {
        await linkOrCopy(this.pathOf(name), unfinished);
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await rename(unfinished, target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw fail('VAULT_MISSING', name, { cause: error });
        throw diskError(error, target);
      } finally {
        // A rename between two names of one file does nothing, and leaves both.
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
      for (const folder of [dirname(target), dirname(dirname(target)), this.folder]) folders.add(folder);
    });
    await eachOf(folders, SYNC_WIDTH, syncFolder);
  }

  /** Removes objects; those that are not there are fine. */
  async removeAll(names: readonly string[]): Promise<void> {
    const folders = new Set<string>();
    await eachOf(names, SYNC_WIDTH, async (name) => {
      await rm(this.pathOf(name), { force: true });
      folders.add(dirname(this.pathOf(name)));
    });
    await eachOf(folders, SYNC_WIDTH, (folder) => syncFolder(folder).catch(() => undefined));
  }

  /** Removes an object; none is fine. */
  async remove(name: string): Promise<void> {
    const path = this.pathOf(name);
    await rm(path, { force: true });
    await syncFolder(dirname(path)).catch(() => undefined);
  }
}
