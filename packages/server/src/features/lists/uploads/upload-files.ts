// The bytes of lists on their way in: a folder for each upload, a file for each of its files, written in order. Like the files of lists they are not
// sealed, and nobody else on the machine reads them.
import { constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import { FILE_MODE, FOLDER_MODE } from '../../../disk/whole-file.js';
import type { ListFile } from '../list-files.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Beside the list of files of NSRL version 2, and read with it under this name. */
const PRODUCTS = 'NSRLProd.txt';

export class ListUploadFiles {
  readonly #folder: string;

  constructor(vaultFolder: string) {
    this.#folder = join(vaultFolder, 'list-uploads');
  }

  /** Its bytes from `offset` on, flushed when it is through. Errors: DISK_FULL. */
  async write(id: string, place: { readonly index: number; readonly name: string }, offset: number, bytes: Buffer) {
    const path = this.#pathOf(id, place.index, place.name);
    try {
      await mkdir(this.#folderOf(id), { recursive: true, mode: FOLDER_MODE });
      const file = await open(path, constants.O_CREAT | constants.O_WRONLY, FILE_MODE);
      try {
        for (let written = 0; written < bytes.length;)
          written += (await file.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw diskError(error, 'the vault of the server');
    }
  }

  /** What is to take the place of its one file, flushed when it is through. Errors: DISK_FULL. */
  async writeBeside(id: string, content: AsyncIterable<Buffer>): Promise<void> {
    try {
      const file = await open(this.#besideOf(id), 'w', FILE_MODE);
      try {
        for await (const bytes of content) await file.writeFile(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw diskError(error, 'the vault of the server');
    }
  }

  async putBeside(id: string, name: string): Promise<void> {
    await rename(this.#besideOf(id), this.#pathOf(id, 0, name));
  }

  /** In the order in which they are read. */
  filesOf(id: string, names: readonly string[]): ListFile[] {
    return names.flatMap((name, index) =>
      name === PRODUCTS && names.length > 1 ? [] : [{ path: this.#pathOf(id, index, name), name }],
    );
  }

  /** Whether so many bytes of each are there: a store that was restored has the rows alone. */
  async areWhole(
    id: string,
    files: readonly { readonly name: string; readonly sizeBytes: number }[],
  ): Promise<boolean> {
    const sizes = await Promise.all(
      files.map(({ name }, index) =>
        stat(this.#pathOf(id, index, name)).then(
          ({ size }) => size,
          () => -1,
        ),
      ),
    );
    return files.every(({ sizeBytes }, index) => (sizes[index] ?? -1) >= sizeBytes);
  }

  async remove(id: string): Promise<void> {
    await rm(this.#folderOf(id), { recursive: true, force: true });
  }

  /** Of every upload that has bytes here. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => ID.test(name));
  }

  #folderOf(id: string): string {
    if (!ID.test(id)) throw fail('INTERNAL', `not an upload: ${id}`);
    return join(this.#folder, id);
  }

  #besideOf(id: string): string {
    return join(this.#folderOf(id), 'opened');
  }

  #pathOf(id: string, index: number, name: string): string {
    return join(this.#folderOf(id), name === PRODUCTS ? PRODUCTS : String(index));
  }
}
