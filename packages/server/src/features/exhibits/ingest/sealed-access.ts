// Reads a stored archive from the vault, so that what is walked are the bytes that were hashed.
import type { RandomAccess } from '../../../media/walk/index.js';
import { CHUNK_BYTES, dataKeysToRead, kindKey, type ObjectReader } from '../../../store/index.js';
import { fail, saying } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import type { IngestStore } from './target.js';

/** Errors: VAULT_MISSING, VAULT_CORRUPT. */
export const sealedAccess = async (
  { db, keys, vault, nameObject }: IngestStore,
  { mediaId, sha256 }: { readonly mediaId: string; readonly sha256: Buffer },
): Promise<RandomAccess> => {
  const key = await throughRestarts(async () =>
    (await db.transaction().execute((trx) => dataKeysToRead(trx, keys, [mediaId]))).get(mediaId),
  );
  if (key === undefined) throw fail('VAULT_MISSING', saying`no key opens media ${mediaId}`);
  const reader = await vault.openObject(nameObject(sha256, 'original'), kindKey(key, 'original'));
  return chunkAccess(reader);
};

/** Archives are read in small pieces, the vault opens whole chunks: the last one is kept. */
export const chunkAccess = (reader: ObjectReader): RandomAccess => {
  let kept = { index: -1, bytes: Buffer.alloc(0) };
  const chunk = async (index: number): Promise<Buffer> => {
    if (kept.index !== index) {
      const pieces: Buffer[] = [];
      for await (const piece of reader.range(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)) pieces.push(piece);
      kept = { index, bytes: Buffer.concat(pieces) };
    }
    return kept.bytes;
  };
  return {
    sizeBytes: reader.sizeBytes,
    read: async (offset, length) => {
      const end = Math.min(offset + length, reader.sizeBytes);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end;) {
        const index = Math.floor(at / CHUNK_BYTES);
        const base = index * CHUNK_BYTES;
        const piece = (await chunk(index)).subarray(at - base, end - base);
        pieces.push(piece);
        at += piece.length;
      }
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    },
    close: () => reader.close(),
  };
};
