// A hash thread: reads files, takes their digests and real types, and seals those that turn out to be unknown from the
// bytes it still holds, so that each file is read once and what was hashed is what is stored.
import { closeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { isRedthreadError } from '@redthread/core/errors';
import { identifyFurther, IDENTIFY_BYTES } from '../../../media/identify/index.js';
import { kindKey, Vault, type StagedObject } from '../../../store/index.js';
import { Digester, DIGESTS_BYTES, digestsOf, type DigestSet } from './digests.js';
import type {
  DigestReply,
  HashedFile,
  HashOutcome,
  HashReply,
  HashRequest,
  HashSource,
  HashThreadData,
  LargeReply,
  ReadReply,
  SealOrder,
  WriteOrder,
} from './hash-messages.js';
import { closeUnchanged, openPlain, readError, readInto, readPlain, statKey } from './plain-file.js';

const port = parentPort;
if (port === null) throw new TypeError('hash-thread.js runs as a thread');
const vault = Vault.forThread((workerData as HashThreadData).vaultFolder);

const ARENA_BYTES = 40 * 1024 * 1024;
const LARGE_PIECE_BYTES = 1024 * 1024;

/** Memory that batches are read into, used again by the next one: fresh pages cost more than a digest. */
const freeArenas: Buffer[] = [];

interface HeldBatch {
  readonly arena: Buffer;
  readonly contents: readonly (Uint8Array | null)[];
}
const held = new Map<number, HeldBatch>();

const digestBatch = async (batch: number, sources: readonly HashSource[], set: DigestSet): Promise<DigestReply> => {
  const arena = freeArenas.pop() ?? Buffer.allocUnsafeSlow(ARENA_BYTES);
  const digests = new Uint8Array(sources.length * DIGESTS_BYTES);
  const contents = new Array<Uint8Array | null>(sources.length).fill(null);
  let used = 0;
  const take = (bytes: number): Buffer => {
    if (used + bytes > arena.length) return Buffer.allocUnsafeSlow(bytes);
    used += bytes;
    return arena.subarray(used - bytes, used);
  };
  const outcomes: HashOutcome[] = [];
  for (const [index, source] of sources.entries()) {
    try {
      const read = 'bytes' in source ? { bytes: source.bytes, statKey: null } : readPlain(pathOf(source.path), take);
      digests.set(digestsOf(read.bytes, set), index * DIGESTS_BYTES);
      contents[index] = read.bytes;
      outcomes.push(await described(read.bytes, read.bytes.length, read.statKey));
    } catch (error) {
      contents[index] = null;
      outcomes.push(unread(error, 'path' in source ? pathOf(source.path) : ''));
    }
  }
  held.set(batch, { arena, contents });
  return { digests, outcomes };
};

const described = async (head: Uint8Array, sizeBytes: number, key: string | null): Promise<HashedFile> => {
  const { mime, kind } = await identifyFurther(head.subarray(0, IDENTIFY_BYTES), sizeBytes);
  return { ok: true, sizeBytes, mime, kind, statKey: key };
};

const unread = (error: unknown, path: string | Buffer): HashOutcome => {
  const { code, detail } = readError(error, path);
  return { ok: false, code, detail };
};

const pathOf = (path: string | Uint8Array): string | Buffer => (typeof path === 'string' ? path : Buffer.from(path));

const contentOf = (batch: number, index: number): Uint8Array => {
  const bytes = held.get(batch)?.contents[index];
  if (bytes === undefined || bytes === null) throw new RangeError(`batch ${batch} holds no content ${index}`);
  return bytes;
};

const originalKey = (dataKey: Uint8Array): Buffer => kindKey(Buffer.from(dataKey), 'original');

/** All of them or none: what was staged before the disk was full gives its room back. */
const sealBatch = async (batch: number, orders: readonly SealOrder[]): Promise<StagedObject[]> => {
  const staged: StagedObject[] = [];
  try {
    for (const { index, name, dataKey } of orders)
      staged.push(vault.stageBuffer(name, originalKey(dataKey), contentOf(batch, index)));
    return staged;
  } catch (error) {
    await vault.discard(staged);
    throw error;
  }
};

const writePiece = async (batch: number, { index, uploadId, dataKey, header, ...place }: WriteOrder): Promise<null> => {
  const piece = { key: originalKey(dataKey), header: Buffer.from(header), ...place };
  await vault.uploads.write(uploadId, contentOf(batch, index), piece);
  return null;
};

const readBatch = (batch: number, indexes: readonly number[]): ReadReply => ({
  contents: indexes.map((index) => Uint8Array.from(contentOf(batch, index))),
});

const dropBatch = (batch: number): null => {
  const arena = held.get(batch)?.arena;
  if (arena !== undefined && freeArenas.length < 2) freeArenas.push(arena);
  held.delete(batch);
  return null;
};

/** Streams a file once: digests, type, and (with a key) its sealed form under a temporary name. */
const digestLarge = async (path: string | Buffer, dataKey: Uint8Array | null, set: DigestSet): Promise<LargeReply> => {
  const sealer = dataKey === null ? null : vault.stageStream(originalKey(dataKey));
  try {
    const file = openPlain(path);
    const digester = new Digester(set);
    const piece = Buffer.allocUnsafe(LARGE_PIECE_BYTES);
    let head = new Uint8Array();
    let sizeBytes = 0;
    try {
      for (let count = 1; count > 0; sizeBytes += count) {
        count = readInto(file.fd, piece, sizeBytes);
        const bytes = piece.subarray(0, count);
        if (sizeBytes === 0) head = Uint8Array.prototype.slice.call(bytes, 0, IDENTIFY_BYTES);
        digester.update(bytes);
        await sealer?.write(bytes);
      }
    } catch (error) {
      closeSync(file.fd);
      throw error;
    }
    closeUnchanged(file, path, sizeBytes);
    const staged = (await sealer?.finish('')) ?? null;
    return { digests: digester.finish(), outcomes: [await described(head, sizeBytes, statKey(file.stat))], staged };
  } catch (error) {
    await sealer?.abort();
    if (isRedthreadError(error) && error.code === 'DISK_FULL') throw error;
    return { digests: new Uint8Array(DIGESTS_BYTES), outcomes: [unread(error, path)], staged: null };
  }
};

/** Digests and type of an upload, from its sealed bytes. Errors: VAULT_MISSING, VAULT_CORRUPT. */
const digestUpload = async (uploadId: string, dataKey: Uint8Array): Promise<LargeReply> => {
  const reader = await vault.uploads.read(uploadId, originalKey(dataKey));
  try {
    const digester = new Digester();
    let head = new Uint8Array();
    for await (const piece of reader.range()) {
      if (head.length === 0) head = Uint8Array.prototype.slice.call(piece, 0, IDENTIFY_BYTES);
      digester.update(piece);
    }
    return {
      digests: digester.finish(),
      outcomes: [await described(head, reader.sizeBytes, null)],
      staged: null,
    };
  } finally {
    await reader.close();
  }
};

const answer = async (request: HashRequest): Promise<HashReply> => {
  const { id } = request;
  try {
    switch (request.op) {
      case 'digest':
        return { id, ok: true, value: await digestBatch(request.batch, request.sources, request.set) };
      case 'seal':
        return { id, ok: true, value: { staged: await sealBatch(request.batch, request.orders) } };
      case 'write':
        return { id, ok: true, value: await writePiece(request.batch, request.order) };
      case 'read':
        return { id, ok: true, value: readBatch(request.batch, request.indexes) };
      case 'drop':
        return { id, ok: true, value: dropBatch(request.batch) };
      case 'large':
        return { id, ok: true, value: await digestLarge(pathOf(request.path), request.dataKey, request.set) };
      case 'upload':
        return { id, ok: true, value: await digestUpload(request.uploadId, request.dataKey) };
    }
  } catch (error) {
    const [code, detail] = isRedthreadError(error) ? [error.code, error.detail] : ['INTERNAL', String(error)];
    return { id, ok: false, code, detail };
  }
};

/** Copies of contents are handed over, not copied once more. */
const handedOver = (reply: HashReply): ArrayBuffer[] =>
  reply.ok && reply.value !== null && 'contents' in reply.value ? reply.value.contents.map(({ buffer }) => buffer) : [];

port.on(
  'message',
  (request: HashRequest) => void answer(request).then((reply) => port.postMessage(reply, handedOver(reply))),
);
