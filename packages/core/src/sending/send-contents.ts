// Sends contents to a server that asked for them: small ones packed together, large ones in chunks that go on where an
// interruption left them. A few requests at a time, and no more in memory than they hold.
import { fromHex } from '../audit/digest.js';
import {
  encodePack,
  PACK_FRAME_BYTES,
  PackAnswer,
  UploadState,
  type IngestContent,
  type IngestLimits,
  type PackedContent,
} from '../contract/index.js';
import { fail, isRedthreadError, type ErrorCode } from '../errors/index.js';
import { createLimiter } from './limiter.js';
import type { PatientClient } from './patient-client.js';

/** A content that is still there to be read. Errors of `read`: FILE_CHANGED. */
export interface Sendable {
  /** Bytes `start` to `end` (exclusive). */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface SendTarget {
  readonly client: PatientClient;
  readonly runId: string;
  readonly limits: IngestLimits;
  readonly sha256: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

export type Find = (sha256: string) => Sendable;

/** What says that a content is not, or not any more, the one that was announced. */
const IS_OTHER: ReadonlySet<string> = new Set<ErrorCode>([
  'FILE_CHANGED',
  'UPLOAD_DIGEST_WRONG',
  'UPLOAD_SIZE_DIFFERS',
  'CHUNK_DIFFERS',
  'UPLOAD_UNKNOWN',
]);

/** How often a content is begun anew that does not arrive as what it is. */
const BEGINNINGS = 3;

/** Errors: FILE_CHANGED where a content is another one by now; those of the server. */
export const sendContents = async (
  target: SendTarget,
  contents: readonly IngestContent[],
  find: Find,
): Promise<void> => {
  const { limits } = target;
  const fits = ({ sizeBytes }: IngestContent): boolean => sizeBytes + PACK_FRAME_BYTES <= limits.packBytes;
  const requests = createLimiter(limits.atOnce);
  for (const pack of packsOf(contents.filter(fits), limits.packBytes))
    await requests.run(() => sendPack(target, pack, find));
  await requests.idle();
  for (const content of contents.filter((one) => !fits(one))) await sendLarge(target, content, find(content.sha256));
};

const packsOf = (contents: readonly IngestContent[], mostBytes: number): IngestContent[][] => {
  const packs: IngestContent[][] = [];
  let pack: IngestContent[] = [];
  let bytes = 0;
  for (const content of contents) {
    const size = content.sizeBytes + PACK_FRAME_BYTES;
    if (bytes + size > mostBytes) {
      packs.push(pack);
      [pack, bytes] = [[], 0];
    }
    pack.push(content);
    bytes += size;
  }
  return pack.length === 0 ? packs : [...packs, pack];
};

const sendPack = async (
  { client, runId }: SendTarget,
  contents: readonly IngestContent[],
  find: Find,
): Promise<void> => {
  const packed = await Promise.all(
    contents.map(async ({ sha256, sizeBytes }): Promise<PackedContent> => {
      const bytes = await find(sha256).read(0, sizeBytes);
      return { sha256: fromHex(sha256), bytes };
    }),
  );
  await client.call({ method: 'POST', path: `/ingests/${runId}/packs`, bytes: encodePack(packed) }, PackAnswer);
};

const sendLarge = async (target: SendTarget, content: IngestContent, source: Sendable): Promise<void> => {
  for (let beginning = 1; ; beginning += 1) {
    try {
      await sendChunks(target, content, source);
      return;
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      if (!IS_OTHER.has(error.code)) throw error;
      // Nothing that was sealed under its key may be mixed with other bytes.
      await target.client.send({ method: 'DELETE', path: addressOf(target, content) });
      if (error.code === 'FILE_CHANGED') throw error;
      if (beginning === BEGINNINGS) throw fail('FILE_CHANGED', `${error.code}: ${error.detail}`, { cause: error });
    }
  }
};

const addressOf = ({ runId }: SendTarget, { sha256 }: IngestContent): string => `/ingests/${runId}/uploads/${sha256}`;

const sendChunks = async (target: SendTarget, content: IngestContent, source: Sendable): Promise<void> => {
  const { client, limits } = target;
  const address = addressOf(target, content);
  const { sizeBytes } = content;
  let state = await client.call({ method: 'PUT', path: address, json: { sizeBytes } }, UploadState);
  if (state.complete) return;
  const { chunkBytes, received } = state;
  const requests = createLimiter(limits.atOnce);
  for (let number = 0; number * chunkBytes < Math.max(1, sizeBytes); number += 1) {
    if (received.some(([first, end]) => number >= first && number < end)) continue;
    await requests.run(async () => {
      const bytes = await source.read(number * chunkBytes, Math.min(sizeBytes, (number + 1) * chunkBytes));
      const digest = await target.sha256(bytes);
      await client.send({ method: 'PUT', path: `${address}/chunks/${number}`, bytes, digest });
    });
  }
  await requests.idle();
  do state = await client.call({ method: 'POST', path: `${address}/complete` }, UploadState);
  while (!state.complete);
};
