// The end of an ingest on a server: batches are asked for over the API, and what the server lacks is sent to it. Nothing
// is kept on this machine but what streams by.
import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { IngestBatchAnswer, SeenAnswer, type IngestEntryInput, type IngestLimits } from '@redthread/core/contract';
import { fail, isRedthreadError, type ItemErrorCode, saying } from '@redthread/core/errors';
import { printable, sendContents, type Sendable } from '@redthread/core/sending';
import { bufferAccess, fileAccess, isWalkable, type Entry, type RandomAccess } from '../../../media/walk/index.js';
import type { EndBatch, IngestEnd } from '../ingest/end.js';
import { foundOf, type FoundFile, type UnreadEntry } from '../ingest/found-file.js';
import type { HashedBatch } from '../ingest/hash-pool.js';
import { sealStream } from '../ingest/large-content.js';
import { LARGE_BYTES } from '../ingest/pipeline.js';
import { openPlain, readInto, statKey } from '../ingest/plain-file.js';
import type { ApiClient } from './api-client.js';
import type { Kept, Scratch } from './scratch.js';

/** Contents of a batch, by their place in it. */
export interface Sending {
  at(index: number): Sendable;
  /** What streamed by, and has to be taken away. */
  readonly kept: Kept | null;
}

export interface RemoteRun {
  readonly client: ApiClient;
  readonly runId: string;
  readonly limits: IngestLimits;
  readonly scratch: Scratch;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** How often a server may name contents that were sent already before we stop believing it. */
const ROUNDS = 5;
const LONGEST_DETAIL = 2000;

export const remoteEnd = (run: RemoteRun): IngestEnd<Sending> => {
  const { client, runId, scratch } = run;
  const changed = new Set<string>();
  const archives = new Map<string, Kept>();

  const post = <T extends Parameters<ApiClient['call']>[1]>(path: string, json: unknown, schema: T) =>
    client.call({ method: 'POST', path: `/ingests/${runId}/${path}`, json }, schema);

  const ask = async ({ files, unread }: EndBatch<Sending>): Promise<IngestBatchAnswer> => {
    const other = [...changed].slice(0, run.limits.batchEntries);
    const entries = [
      ...files.map((file) => ({
        ...entryOf(file),
        content: { sha256: file.digests.sha256.toString('hex'), sizeBytes: file.readBytes },
      })),
      ...unread.map((entry) => ({ ...entryOf(entry), failure: remark(entry) })),
    ];
    const answer = await post('batches', { entries, changed: other }, IngestBatchAnswer);
    if (answer.stored) for (const path of other) changed.delete(path);
    return answer;
  };

  return {
    inPlacePath: () => null,
    findSeen: async (paths) => {
      const { items } = await post('seen', { paths }, SeenAnswer);
      return new Map(
        items.map(({ media, ...item }) => [
          item.path,
          {
            ...item,
            occurrenceId: '',
            media: media === null ? null : { ...media, sha256: Buffer.from(media.sha256, 'hex') },
          },
        ]),
      );
    },
    markChanged: async (seen) => {
      for (const { path } of seen) changed.add(path);
      if (changed.size >= run.limits.batchEntries) await ask({ files: [], unread: [], held: null });
    },
    holdBatch: (hashed, places) => ({ at: (index) => inThread(hashed, places[index] ?? -1), kept: null }),
    takeFile: async (pool, path, sizeBytes) => {
      const { outcome, digests } = await pool.digestLarge(path, null, sizeBytes, 'sha256');
      const key = outcome.ok ? outcome.statKey : null;
      return { outcome, digests, held: { at: () => inFile(path, key), kept: null } };
    },
    takeStream: async (stream) => {
      const { hashed, digests, staged, sealedWith } = await sealStream(scratch.vault, stream);
      const kept = await scratch.keep(staged, sealedWith);
      return { hashed, digests, held: { at: () => inScratch(scratch, kept), kept } };
    },
    discard: async ({ kept }) => {
      if (kept !== null) await scratch.remove(kept);
    },
    store: async (batch) => {
      const { files, held } = batch;
      const placeOf = new Map(files.map(({ digests }, index) => [digests.sha256.toString('hex'), index]));
      const find = (sha256: string): Sendable => {
        const place = placeOf.get(sha256);
        if (place === undefined || held === null)
          throw fail('SERVER_ANSWER_INVALID', saying`asks for ${sha256}, which no entry of the batch names`);
        return held.at(place);
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        const { stored, needed, mediaIds } = await ask(batch);
        if (stored) {
          await letGo(archives, scratch, batch);
          return { mediaIds };
        }
        await sendContents({ ...run, sha256 }, needed, find);
      }
      throw fail('SERVER_ANSWER_INVALID', 'asks again and again for contents that were sent');
    },
    noteContainer: async ({ path, container, code, detail }) =>
      client.send({
        method: 'POST',
        path: `/ingests/${runId}/damages`,
        json: { path, container, ...remark({ code, detail }) },
      }),
    noteImage: (image) => client.send({ method: 'POST', path: `/ingests/${runId}/images`, json: image }),
    openArchive: (_archive, entry) => openHere(archives, scratch, entry),
    after: () => undefined,
    idle: async () => {
      while (changed.size > 0) await ask({ files: [], unread: [], held: null });
    },
  };
};

/** An archive that streamed by stays until it was walked; anything else has arrived. */
const letGo = async (
  archives: Map<string, Kept>,
  scratch: Scratch,
  { files, held }: EndBatch<Sending>,
): Promise<void> => {
  const [file] = files;
  if (held === null || held.kept === null || file === undefined) return;
  if (isWalkable(file.mime)) archives.set(file.path, held.kept);
  else await scratch.remove(held.kept);
};

/** From where its bytes lie on this machine; what an earlier run stored is read out of its own archive again. */
const openHere = async (archives: Map<string, Kept>, scratch: Scratch, entry: Entry): Promise<RandomAccess> => {
  const kept = archives.get(entry.path);
  archives.delete(entry.path);
  if (kept !== undefined) return scratch.access(kept);
  if (entry.filePath !== undefined) return fileAccess(entry.filePath);
  if (entry.sizeBytes !== null && entry.sizeBytes <= LARGE_BYTES) return bufferAccess(await entry.bytes(LARGE_BYTES));
  const { staged, sealedWith } = await sealStream(scratch.vault, await entry.open());
  return scratch.access(await scratch.keep(staged, sealedWith));
};

const entryOf = (found: FoundFile) =>
  ({
    ...foundOf(found),
    sourceTimes: [...found.sourceTimes],
    note: found.note === null ? null : remark(found.note),
  }) satisfies Omit<IngestEntryInput, 'content' | 'failure'>;

const remark = ({ code, detail }: Pick<UnreadEntry, 'code' | 'detail'>) => ({
  code: code as ItemErrorCode,
  detail: printable(detail).slice(0, LONGEST_DETAIL),
});

const inThread = (hashed: HashedBatch, place: number): Sendable => ({
  read: async (start, end) => {
    const [bytes] = await hashed.read([place]);
    if (bytes === undefined) throw fail('INTERNAL', 'a hash thread gave no bytes');
    return bytes.subarray(start, end);
  },
});

const inScratch = (scratch: Scratch, kept: Kept): Sendable => ({
  read: async (start, end) => {
    const parts: Uint8Array[] = [];
    for await (const part of scratch.read(kept, start, end)) parts.push(Uint8Array.from(part));
    return Buffer.concat(parts);
  },
});

/** `key`: the state of the file that was hashed. */
const inFile = (path: string | Buffer, key: string | null): Sendable => ({
  read: async (start, end) => {
    try {
      return readAgain(path, key, start, end);
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      throw fail('FILE_CHANGED', saying`${String(path)} is not what was hashed (${error.code})`, { cause: error });
    }
  },
});

const readAgain = (path: string | Buffer, key: string | null, start: number, end: number): Buffer => {
  const file = openPlain(path);
  try {
    const bytes = Buffer.allocUnsafe(end - start);
    const read = readInto(file.fd, bytes, start);
    if (read < bytes.length || (key !== null && statKey(file.stat) !== key)) throw fail('FILE_CHANGED', String(path));
    return bytes;
  } finally {
    closeSync(file.fd);
  }
};
