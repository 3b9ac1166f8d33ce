// The sealed form of a content: chunks of AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár:
// Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, CRYPTO 2015). Each chunk's nonce holds its number
// and whether it is the last, so that chunks cannot be cut off, swapped or repeated; each is verified before release.
//
//   header  'RTV1' | log2 of the chunk size (1 byte) | 4 zero bytes | nonce prefix (7 random bytes)      16 bytes
//   chunk   ciphertext (1 MiB, the last one shorter or empty) | tag (16 bytes)
//   nonce   prefix (7) | number of the chunk (4, big-endian) | 1 when it is the last, else 0 (1)
//   The header is associated data of every chunk.
import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from 'node:crypto';
import type { VaultKind } from '../tables.js';

export const CHUNK_BYTES = 1024 * 1024;
export const HEADER_BYTES = 16;
export const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const MAGIC = Buffer.from('RTV1', 'latin1');
const CHUNK_LOG2 = Math.log2(CHUNK_BYTES);
const PREFIX_OFFSET = 9;
const PREFIX_BYTES = 7;
/** The chunk number has 32 bits: 4 PiB a content. */
const MAX_CHUNKS = 2 ** 32;

/** Random bytes in blocks: one system call for many small objects. */
const pool = Buffer.alloc(PREFIX_BYTES * 1024);
let poolUsed = pool.length;
const takePrefix = (): Buffer => {
  if (poolUsed === pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  poolUsed += PREFIX_BYTES;
  return pool.subarray(poolUsed - PREFIX_BYTES, poolUsed);
};

/** The key that seals one rendition, from the data key of its media: HKDF-SHA256 (RFC 5869). */
export const kindKey = (dataKey: Buffer, kind: VaultKind): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `redthread vault v1 ${kind}`, 32));

export const newHeader = (): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header[MAGIC.length] = CHUNK_LOG2;
  takePrefix().copy(header, PREFIX_OFFSET);
  return header;
};

export const isHeader = (header: Buffer): boolean =>
  header.length === HEADER_BYTES && header.subarray(0, 4).equals(MAGIC) && header[4] === CHUNK_LOG2;

const nonceOf = (header: Buffer, index: number, last: boolean): Buffer => {
  if (index >= MAX_CHUNKS) throw new RangeError('content beyond 4 PiB');
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, PREFIX_OFFSET, PREFIX_OFFSET + PREFIX_BYTES);
  nonce.writeUInt32BE(index, PREFIX_BYTES);
  nonce[11] = last ? 1 : 0;
  return nonce;
};

/** Ciphertext and tag, to be written one after the other. */
export const sealChunk = (
  key: Buffer,
  header: Buffer,
  index: number,
  last: boolean,
  plain: Uint8Array,
): [ciphertext: Buffer, tag: Buffer] => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(header, index, last)).setAAD(header);
  const ciphertext = cipher.update(plain);
  cipher.final();
  return [ciphertext, cipher.getAuthTag()];
};

/** The plain bytes, or null when the seal does not hold. */
export const openChunk = (key: Buffer, header: Buffer, index: number, last: boolean, sealed: Buffer): Buffer | null => {
  if (sealed.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(header, index, last), { authTagLength: TAG_BYTES })
      .setAAD(header)
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
};

export interface SealedLayout {
  readonly chunks: number;
  readonly plainBytes: number;
}

/** What a sealed file of this size holds; null when no content has that sealed size. */
export const layoutOf = (sealedBytes: number): SealedLayout | null => {
  const body = sealedBytes - HEADER_BYTES;
  const chunks = Math.ceil(body / SEALED_CHUNK_BYTES);
  const lastBytes = body - (chunks - 1) * SEALED_CHUNK_BYTES;
  return chunks < 1 || lastBytes < TAG_BYTES ? null : { chunks, plainBytes: body - chunks * TAG_BYTES };
};

/** Where chunk `index` lies in the sealed file. */
export const chunkOffset = (index: number): number => HEADER_BYTES + index * SEALED_CHUNK_BYTES;
export const sealedChunkBytes = SEALED_CHUNK_BYTES;
