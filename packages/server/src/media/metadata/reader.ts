// The metadata reader that a worker owns: one Perl child with ExifTool's library, kept running between files, disposable like a decoder.
import { fail } from '@redthread/core/errors';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { ChildFailure, RequestChild } from '../child/request-child.js';
import { EXIFTOOL_PROGRAM } from './exiftool-program.js';
import { normalise, type Tag } from './normalise.js';
import { exiftoolFolder, perlPath } from './perl.js';
import type { Metadata } from './types.js';

export interface MetadataReaderOptions {
  /** Only the beginning of larger files is read. */
  readonly maxBytes: number;
  readonly memoryMb: number;
  readonly idleMemoryMb: number;
  readonly timeoutMs: number;
  readonly timeoutPerMegabyteMs: number;
  readonly filesPerChild: number;
}

export const METADATA_DEFAULTS: MetadataReaderOptions = {
  maxBytes: 128 * 2 ** 20,
  memoryMb: 768,
  idleMemoryMb: 192,
  timeoutMs: 30_000,
  timeoutPerMegabyteMs: 200,
  filesPerChild: 5_000,
};

const field = z.string().max(8192);
const Answer = z.object({
  tags: z.array(
    z.union([z.tuple([field, field, field.nullable()]), z.tuple([field, field, field.nullable(), field.nullable()])]),
  ),
  error: z.boolean(),
});
const ANSWER_LIMITS = { headerBytes: 2 ** 23, payloadBytes: 0 } as const;

export interface MetadataReader {
  /**
   * Reads what a picture, film or sound says about itself. Calls are served in their order. Throws METADATA_UNREADABLE about the file and
   * TOOL_MISSING where there is no Perl.
   */
  read(bytes: Buffer, mime: string): Promise<Metadata>;
  /** Process ids of the children that run now. */
  pids(): number[];
  close(): Promise<void>;
}

/** Makes a reader. No child runs until the first file needs it; a missing Perl shows then, as TOOL_MISSING. */
export const createMetadataReader = (given: Partial<MetadataReaderOptions> = {}): MetadataReader => {
  const options: MetadataReaderOptions = { ...METADATA_DEFAULTS, ...given };
  let child: RequestChild | null = null;
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  const read = async (bytes: Buffer): Promise<Metadata> => {
    if (isClosed) throw fail('METADATA_UNREADABLE', 'the reader is closed');
    if (bytes.length === 0) throw fail('METADATA_UNREADABLE', 'the file is empty');
    child ??= newChild(options);
    const limitMs = options.timeoutMs + (options.timeoutPerMegabyteMs * bytes.length) / 1e6;
    const { header } = await child.request({}, bytes.subarray(0, options.maxBytes), limitMs).catch(refuse);
    const answer = Answer.safeParse(header);
    if (!answer.success) {
      child.stop();
      throw fail('METADATA_UNREADABLE', 'the reader broke the protocol');
    }
    const tags: readonly Tag[] = answer.data.tags;
    if (answer.data.error && tags.every(([group]) => group === 'File' || group === 'Composite'))
      throw fail('METADATA_UNREADABLE', 'the structure of the file is not readable');
    return normalise(tags, EXIFTOOL_VERSION);
  };

  return {
    read: (bytes) => {
      const result = last.then(() => read(bytes));
      last = result.catch(() => {});
      return result;
    },
    pids: () => [child?.pid ?? []].flat(),
    close: async () => {
      isClosed = true;
      child?.stop();
      await last;
      child?.stop(); // one that was only starting
    },
  };
};

const EXIFTOOL_VERSION = (createRequire(import.meta.url)('exiftool-vendored/package.json') as { version: string })
  .version;

const newChild = ({ memoryMb, idleMemoryMb, filesPerChild }: MetadataReaderOptions): RequestChild =>
  new RequestChild({
    // Started in ExifTool's folder and with relative paths, so that nobody can read it even below a private home.
    command: { file: perlPath(), args: ['-e', EXIFTOOL_PROGRAM], memoryMb, cwd: exiftoolFolder(), asNobody: true },
    answerLimits: ANSWER_LIMITS,
    idleMemoryMb,
    requestsPerChild: filesPerChild,
  });

const refuse = (error: unknown): never => {
  if (!(error instanceof ChildFailure)) throw error;
  if (error.reason === 'start') throw fail('TOOL_MISSING', `perl does not run ExifTool: ${error.detail}`);
  throw fail('METADATA_UNREADABLE', error.message);
};
