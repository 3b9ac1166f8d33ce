// Runs the self-test: draws planted pictures and their edits, reads them through the decoder children that an ingest uses, counts.
// Nothing stays on disk, whether it ends well, fails or is interrupted.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { SelfTest } from '@redthread/core/contract';
import { drawPlanted, type PlantedSet } from '@redthread/synth';
import { PROGRAM_VERSION } from '../../app/version.js';
import { comparableFile, createFileReader, type ReadFile } from '../compare/index.js';
import { measure, measuredMethods, type PlantedMedia } from './measure.js';

export interface SelfTestInput {
  readonly seed: number;
  readonly pictures: number;
  /** Ends the run: it rejects with the reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: 'draw' | 'decode' | 'compare', done: number, total: number) => void;
}

export const SELF_TEST_DEFAULTS = { seed: 1, pictures: 24 } as const;

/** Throws what decoding throws, or the reason of `signal`. */
export const runSelfTest = async (input: SelfTestInput): Promise<SelfTest> => {
  const { seed, pictures, signal } = input;
  const folder = await mkdtemp(join(tmpdir(), 'redthread-selftest-'));
  try {
    const startedAt = Date.now();
    const set = await drawPlanted({
      seed,
      pictures,
      out: folder,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) => input.onProgress?.('draw', done, total),
    });
    const drawnAt = Date.now();
    const { media, decoders } = await readSet(set, input);
    const decodedAt = Date.now();
    input.onProgress?.('compare', 0, 1);
    const measured = await measure(media, signal);
    return {
      form: 1,
      at: new Date().toISOString(),
      seed,
      pictures: set.pictures.length,
      copies: set.copies.length,
      durationMs: { draw: drawnAt - startedAt, decode: decodedAt - drawnAt, compare: Date.now() - decodedAt },
      ...measured,
      program: PROGRAM_VERSION,
      methods: measuredMethods().map(({ name, threshold, unit, version }) => ({ name, version, threshold, unit })),
      decoders,
      machine: thisMachine(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};

const readSet = async (
  { copies, pictures }: PlantedSet,
  { onProgress, signal }: SelfTestInput,
): Promise<{ media: PlantedMedia[]; decoders: string[] }> => {
  const groups = new Map(pictures.map(({ group, id }) => [id, group]));
  const planted = [
    ...pictures.map(({ file, id }) => ({ file, picture: id, edit: null, promised: false })),
    ...copies,
  ].map((one) => ({ ...one, group: groups.get(one.picture) ?? '' }));
  const byFile = new Map(planted.map((one) => [one.file, one]));
  const media: PlantedMedia[] = [];
  const decoders = new Set<string>();
  const reader = createFileReader();
  const onUnread = ({ detail, file }: { file: string; detail: string }): never => {
    throw new Error(`${file} of the self-test cannot be read: ${detail}`);
  };
  try {
    for await (const file of reader.read(byFile.keys(), onUnread)) {
      signal?.throwIfAborted();
      const known = byFile.get(file.file);
      if (known !== undefined) media.push({ ...known, ...comparableFile(file) });
      if (file.image !== null) decoders.add(decoderWords(file.image.decoder));
      onProgress?.('decode', media.length, planted.length);
    }
  } finally {
    await reader.close();
  }
  return { media, decoders: [...decoders] };
};

const decoderWords = ({ libvipsVersion, name, options, version }: NonNullable<ReadFile['image']>['decoder']): string =>
  `${name} ${version} (libvips ${libvipsVersion}; ${options})`;

const thisMachine = (): SelfTest['machine'] => ({
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  node: process.version,
});
