// Files in batches that the server stores whole or not at all; one that has to go in chunks is a batch of its own.
import { PACK_FRAME_BYTES, type IngestLimits } from '@redthread/core/contract';
import type { NamedFile } from './named-files.js';

/** So that a batch that is hashed and asked for is never long. */
const BATCH_BYTES = 32 * 1024 * 1024;

export const batchesOf = (files: readonly NamedFile[], limits: IngestLimits): NamedFile[][] => {
  const batches: NamedFile[][] = [];
  let batch: NamedFile[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (batch.length > 0) batches.push(batch);
    [batch, bytes] = [[], 0];
  };
  for (const one of files) {
    const { size } = one.file;
    if (size + PACK_FRAME_BYTES > limits.packBytes) batches.push([one]);
    else {
      if (batch.length === limits.batchEntries || bytes + size > BATCH_BYTES) flush();
      batch.push(one);
      bytes += size;
    }
  }
  flush();
  return batches;
};
