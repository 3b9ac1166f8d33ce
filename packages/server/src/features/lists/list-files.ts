// The files of an import, read one after the other: each by its format, with the digest of all bytes and how far the reading is.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, saying } from '@redthread/core/errors';
import { HEAD_BYTES, readList, readProducts, type ListFormat, type ListReading } from '../../formats/lists/index.js';

/** One file of an import. */
export interface ListFile {
  readonly path: string;
  /** As whoever brings it knows it: what is said of the file names this and never a path of the server. */
  readonly name: string;
  /** Bytes that lie in no file of their own: `path` is where they are held, and is not read. */
  readonly within?: Bytes;
}

export interface Bytes {
  readonly sizeBytes: number;
  range(start?: number, end?: number): AsyncIterable<Buffer>;
}

export const fileAt = (path: string): ListFile => ({ path, name: path });

export interface OpenedList {
  readonly reading: ListReading;
  readonly bytes: number;
  /** Of it that were read so far; of a database file all of them, from the start. */
  readonly bytesRead: () => number;
  /** Once its entries are read. */
  readonly sha256: () => Buffer;
}

const unreadable = ({ name, path }: ListFile, error: unknown): Error => {
  const said = error instanceof Error ? error.message.replaceAll(path, name) : String(error);
  return fail('SOURCE_UNREADABLE', saying`${name}: ${said}`, { cause: error });
};

/** Errors: SOURCE_UNREADABLE, LIST_INVALID, LIST_FORMAT_UNKNOWN. */
export const openListFile = async (file: ListFile, format: ListFormat | undefined): Promise<OpenedList> => {
  const { head, bytes } = await headOf(file);
  const hash = createHash('sha256');
  let bytesRead = 0;
  let isFirst = true;
  async function* chunks(): AsyncGenerator<Buffer> {
    const counts = isFirst;
    isFirst = false;
    try {
      for await (const chunk of bytesOf(file)) {
        if (counts) {
          hash.update(chunk);
          bytesRead += chunk.length;
        }
        yield chunk;
      }
    } catch (error) {
      throw unreadable(file, error);
    }
  }
  const products = join(dirname(file.path), 'NSRLProd.txt');
  const reading = await readList(
    {
      head,
      open: chunks,
      path: file.within === undefined ? file.path : null,
      ...(/^"?SHA-1/.test(head.toString('latin1', 0, 8)) && existsSync(products)
        ? { products: await readProducts(createReadStream(products)) }
        : {}),
    },
    format,
  );
  if (reading.header.format === 'nsrl-rds3') for await (const _ of chunks());
  return { reading, bytes, bytesRead: () => bytesRead, sha256: () => hash.digest() };
};

const bytesOf = (file: ListFile): AsyncIterable<Buffer> =>
  file.within?.range() ?? (createReadStream(file.path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>);

const headOf = async (file: ListFile): Promise<{ head: Buffer; bytes: number }> => {
  try {
    if (file.within !== undefined) {
      const parts: Buffer[] = [];
      for await (const part of file.within.range(0, HEAD_BYTES)) parts.push(part);
      return { head: Buffer.concat(parts), bytes: file.within.sizeBytes };
    }
    const handle = await open(file.path);
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
      return { head: head.subarray(0, bytesRead), bytes: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
};
