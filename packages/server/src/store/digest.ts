// Node's SHA-256 in the form in which the record of core takes it.
import { createHash } from 'node:crypto';
import type { Digest } from '@redthread/core/audit';

export const sha256: Digest = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
