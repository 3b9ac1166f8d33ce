// Reads files for the commands that need no database: digests, real type, one decode in a disposable child for each.
import { statSync } from 'node:fs';
import { opendir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Note } from '@redthread/core/contract';
import { ITEM_ERRORS, isRedthreadError } from '@redthread/core/errors';
import { loadConfig } from '../../app/config.js';
import { sha256OfFile } from '../../disk/digest.js';
import {
  createDecoder,
  createFilmReader,
  decoderOptionsOf,
  identifyFurther,
  fileAccess,
  IDENTIFY_BYTES,
  isDecodable,
  isFilmOrSound,
  type Decoder,
  type FileType,
  type FilmReader,
  type MeasuredFilm,
  type MeasuredImage,
} from '../../media/index.js';
import { traceLines, type TraceLine } from './traces.js';

export interface ReadFile {
  readonly file: string;
  readonly sha256: string;
  readonly type: string;
  /** Null where the type has no decoder or the bytes could not be decoded; `notes` says which. */
  readonly image: MeasuredImage | null;
  /** What was measured along its length; null where it has none. */
  readonly film: MeasuredFilm | null;
  readonly notes: readonly Note[];
  /** What the file says of its way, apart from what it shows. */
  readonly traces: readonly TraceLine[];
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

interface Readers {
  readonly decoder: Decoder;
  readonly films: FilmReader;
}

/** Opens one decoder a core; children start when the first picture needs them. */
export const createFileReader = ({ isExact = false }: ReadOptions = {}): FileReader => {
  const config = loadConfig();
  const options = decoderOptionsOf(config);
  const films = createFilmReader(options);
  const readers = Array.from({ length: availableParallelism() }, () => ({ decoder: createDecoder(options), films }));
  return {
    read: (files, onUnread) => readInOrder(readers, isExact, files, onUnread),
    close: async () => {
      await Promise.all(readers.map(({ decoder }) => decoder.close()));
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
  readers: readonly Readers[],
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
    const own = readers[next++ % readers.length];
    if (own === undefined) return;
    underWay.push(readOne(own, isExact, file));
    // Twice as many as decoders, so that a child never waits for a read.
    if (underWay.length < readers.length * 2) continue;
    const done = await settle();
    if (done !== null) yield done;
  }
  while (underWay.length > 0) {
    const done = await settle();
    if (done !== null) yield done;
  }
}

const readOne = async ({ decoder, films }: Readers, isExact: boolean, file: string): Promise<ReadFile | Unread> => {
  try {
    const stat = statSync(file);
    // A pipe or a device never ends, or never begins.
    if (!stat.isFile()) return { file, detail: stat.isDirectory() ? 'is a folder' : 'is not a regular file' };
    const { size } = stat;
    const { mime } = await typeOf(file, size);
    // A film may be of any size: one that no decoder would take is never held in memory.
    if (isFilmOrSound(mime)) {
      const measured = await measureFilm(films, isExact, file, mime);
      const traces = traceLines(
        file,
        size > loadConfig().maxDecodeBytes ? null : await decoder.traces(await readFile(file)),
        NO_SIZE,
      );
      return { file, sha256: await sha256OfFile(file), type: mime, image: null, ...measured, traces };
    }
    // What is too large for a decoder is digested as a stream and never held in memory.
    if (size > loadConfig().maxDecodeBytes)
      return {
        file,
        sha256: await sha256OfFile(file),
        type: mime,
        ...NOTHING,
        notes: [tooLarge(size)],
        traces: traceLines(file, null, NO_SIZE),
      };
    const bytes = await readFile(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const picture = await measure(decoder, isExact, bytes, mime);
    const [width, height] = [picture.image?.widthPx ?? null, picture.image?.heightPx ?? null];
    return {
      file,
      sha256,
      type: mime,
      film: null,
      ...picture,
      traces: traceLines(file, await decoder.traces(bytes), { width, height }),
    };
  } catch (error) {
    return { file, detail: (error as Error).message };
  }
};

const NO_SIZE = { width: null, height: null } as const;
const NOTHING = { image: null, film: null } as const;

const typeOf = async (file: string, size: number): Promise<FileType> => {
  const access = await fileAccess(file);
  try {
    return await identifyFurther(await access.read(0, IDENTIFY_BYTES), size);
  } finally {
    await access.close?.();
  }
};

const measureFilm = async (
  films: FilmReader,
  isExact: boolean,
  file: string,
  mime: string,
): Promise<Pick<ReadFile, 'film' | 'notes'>> => {
  const access = await fileAccess(file);
  try {
    const film = await films.measure(access, { mime, isExact });
    return { film, notes: film.notes.map((code) => ({ code, detail: ITEM_ERRORS[code].title })) };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { film: null, notes: [{ code: error.code, detail: error.detail }] };
  } finally {
    await access.close?.();
  }
};

const tooLarge = (size: number): Note => ({ code: 'FILE_TOO_LARGE', detail: `${size} bytes` });

const measure = async (
  decoder: Decoder,
  isExact: boolean,
  bytes: Buffer,
  mime: string,
): Promise<Pick<ReadFile, 'image' | 'notes'>> => {
  const unread = (code: Note['code'], detail: string) => ({ image: null, notes: [{ code, detail }] });
  if (bytes.length === 0) return unread('FILE_EMPTY', '0 bytes');
  if (!isDecodable(mime)) return unread('IMAGE_UNSUPPORTED', mime);
  try {
    const image = await decoder.measure(bytes, { mime, isExact });
    const notes = image.notes.map((code) => ({ code, detail: 'only a part could be decoded' }));
    return { image, notes };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return unread(error.code, error.detail);
  }
};
