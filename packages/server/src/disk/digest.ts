// SHA-256 of what is too long to hold in memory.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export const sha256Of = async (bytes: AsyncIterable<unknown>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const part of bytes) hash.update(part as Buffer);
  return hash.digest('hex');
};

export const sha256OfFile = (path: string): Promise<string> => sha256Of(createReadStream(path));
