// Reads files for the commands that need no database: digests, real type, one decode in a disposable child for each.
import { createReadStream, statSync } from 'node:fs';
import { opendir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Note } from '@redthread/core/contract';
import { isRedthreadError } from '@redthread/core/errors';
import { loadConfig } from '../../app/config.js';
import {
  createDecoder,
  decoderOptionsOf,
  identifyFurther,
  isDecodable,
  type Decoder,
  type MeasuredImage,
} from '../../media/index.js';

export interface ReadFile {
  readonly file: string;
  readonly sha256: string;
  readonly type: string;
  /** Null where the type has no decoder or the bytes could not be decoded; `notes` says which. */
  readonly image: MeasuredImage | null;
  readonly notes: readonly Note[];
}

export interface Unread {
  readonly file: string;
  readonly detail: string;
}

export interface FileReader {
  /** Reads in the order given, several at once; what cannot be read at all goes to `onUnread`, and the rest goes on. */
  read(files: AsyncIterable<string> | Iterable<string>, onUnread: (unread: Unread) => void): AsyncGenerator<ReadFile>;
  close(): Promise<void>;
}

export interface ReadOptions {
  /** Reads pictures in full resolution, as the reference program of PDQ does. */
  readonly isExact?: boolean;
}

/** Opens one decoder a core; children start when the first picture needs them. */
export const createFileReader = ({ isExact = false }: ReadOptions = {}): FileReader => {
  const config = loadConfig();
  const decoders = Array.from({ length: availableParallelism() }, () => createDecoder(decoderOptionsOf(config)));
  return {
    read: (files, onUnread) => readInOrder(decoders, isExact, files, onUnread),
    close: async () => {
      await Promise.all(decoders.map((decoder) => decoder.close()));
    },
  };
};

/** Regular files below a folder, by name; links are not followed. A file stands for itself, also one that is not there. */
export async function* filesBelow(path: string): AsyncGenerator<string> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    yield path;
    return;
  }
  const entries = [];
  try {
    for await (const entry of await opendir(path)) entries.push(entry);
  } catch {
    // Named as unread by whoever reads it; the folders beside it go on.
    yield path;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}

async function* readInOrder(
  decoders: readonly Decoder[],
  isExact: boolean,
  files: AsyncIterable<string> | Iterable<string>,
  onUnread: (unread: Unread) => void,
): AsyncGenerator<ReadFile> {
  const underWay: Promise<ReadFile | Unread>[] = [];
  let next = 0;
  const settle = async (): Promise<ReadFile | null> => {
    const result = await underWay.shift();
    if (result === undefined) return null;
    if ('sha256' in result) return result;
    onUnread(result);
    return null;
  };
  for await (const file of files) {
    const decoder = decoders[next++ % decoders.length];
    if (decoder === undefined) return;
    underWay.push(readOne(decoder, isExact, file));
    // Twice as many as decoders, so that a child never waits for a read.
    if (underWay.length < decoders.length * 2) continue;
    const done = await settle();
    if (done !== null) yield done;
  }
  while (underWay.length > 0) {
    const done = await settle();
    if (done !== null) yield done;
  }
}

const readOne = async (decoder: Decoder, isExact: boolean, file: string): Promise<ReadFile | Unread> => {
  try {
    const stat = statSync(file);
    // A pipe or a device never ends, or never begins.
    if (!stat.isFile()) return { file, detail: stat.isDirectory() ? 'is a folder' : 'is not a regular file' };
    const { size } = stat;
    // What is too large for a decoder is digested as a stream and never held in memory.
    if (size > loadConfig().maxDecodeBytes)
      return {
        file,
        sha256: await digestStream(file),
        type: 'application/octet-stream',
        image: null,
        notes: [tooLarge(size)],
      };
    const bytes = await readFile(file);
    const { mime } = await identifyFurther(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { file, sha256, type: mime, ...(await measure(decoder, isExact, bytes, mime)) };
  } catch (error) {
    return { file, detail: (error as Error).message };
  }
};

const tooLarge = (size: number): Note => ({ code: 'FILE_TOO_LARGE', detail: `${size} bytes` });

const measure = async (
  decoder: Decoder,
  isExact: boolean,
  bytes: Buffer,
  mime: string,
): Promise<Pick<ReadFile, 'image' | 'notes'>> => {
  if (bytes.length === 0) return { image: null, notes: [{ code: 'FILE_EMPTY', detail: '0 bytes' }] };
  if (!isDecodable(mime)) return { image: null, notes: [{ code: 'IMAGE_UNSUPPORTED', detail: mime }] };
  try {
    const image = await decoder.measure(bytes, { mime, isExact });
    return { image, notes: image.notes.map((code) => ({ code, detail: 'only a part could be decoded' })) };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { image: null, notes: [{ code: error.code, detail: error.detail }] };
  }
};

const digestStream = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};
