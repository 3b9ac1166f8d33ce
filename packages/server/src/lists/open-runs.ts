// Opens the runs that a manifest names, each with the lists that count no longer in it.
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail } from '@redthread/core/errors';
import { ExactRun, type ExactList, type MergeInput } from '@redthread/core/index/exact';
import { FileSource } from '../disk/file-source.js';
import type { Manifest, RunRecord } from './manifest.js';

export interface OpenRun {
  readonly record: RunRecord;
  readonly run: ExactRun;
  readonly source: FileSource;
}

/** Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const openRun = (folder: string, record: RunRecord): OpenRun => {
  const source = new FileSource(join(folder, record.file));
  try {
    const run = ExactRun.open(source, crc32);
    if (run.identity !== record.identity || run.header.kind !== record.kind)
      throw fail(
        'INDEX_FILE_INVALID',
        `${source.name}: the run ${run.identity} of ${run.header.kind} instead of ${record.identity} of ${record.kind}`,
      );
    return { record, run, source };
  } catch (error) {
    source.close();
    throw error;
  }
};

/** The run with what the manifest says of it. */
export const inputOf = ({ run, record }: OpenRun, { dropped }: Manifest): MergeInput => {
  const gone = new Set(dropped.filter(({ before }) => record.sequence < before).map(({ id }) => id));
  return { run, isDropped: ({ id }: ExactList) => gone.has(id) };
};
