// Contents that were taken out of a document in memory, and reading a whole document within a limit.
import { Readable } from 'node:stream';
import { fail } from '@redthread/core/errors';
import type { Content } from '../entry.js';
import type { RandomAccess } from '../random-access.js';

/** Documents are searched in memory; a larger one is stored and not opened. */
const MOST_BYTES = 256 * 2 ** 20;

/** Errors: FILE_TOO_LARGE. */
export const wholeOf = async (access: RandomAccess): Promise<Buffer> => {
  if (access.sizeBytes > MOST_BYTES)
    throw fail('FILE_TOO_LARGE', `${access.sizeBytes} bytes, ${MOST_BYTES} are searched for what it holds`);
  return access.read(0, access.sizeBytes);
};

/** What was taken out of a document, in memory already. */
export const heldContent = (bytes: Buffer): Content => ({
  open: async () => Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }),
  bytes: async () => bytes,
});
