import { describe, expect, it } from 'vitest';
import { toHex } from '@redthread/core/audit';
import { decodePack, type IngestEntryInput, type SeenItem } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { Sha256, type Call, type PatientClient } from '@redthread/core/sending';
import type { UploadJob, UploadProgress } from './messages.js';
import { sendFiles } from './send-files.js';

const PACK_BYTES = 4096;
const CHUNK_BYTES = 2048;
const hex = (bytes: Uint8Array): string => toHex(new Sha256().update(bytes).digest());

interface Batch {
  readonly entries: readonly (IngestEntryInput & { content?: { sha256: string }; failure?: { code: string } })[];
  readonly changed: readonly string[];
}

/** What a server keeps of one exhibit, and answers by the protocol. */
const server = () => {
  const contents = new Set<string>();
  const stored = new Map<string, { readonly stateKey: string | null; readonly code: string | null }>();
  const calls: string[] = [];
  const ends: unknown[] = [];
  const chunks = new Map<string, Map<number, Uint8Array>>();
  const state = { onPack: (): void => undefined };
  const answer = (call: Call): unknown => {
    const [, , run, what = '', sha256 = '', part = '', number = ''] = call.path.split('/');
    calls.push(
      `${call.method} ${[what, part].filter((word) => word !== '').join('/') || (run === undefined ? 'open' : 'progress')}`,
    );
    if (run === undefined)
      return {
        id: '00000000-0000-4000-8000-000000000001',
        exhibitId: '00000000-0000-4000-8000-000000000002',
        resumed: stored.size > 0,
        limits: { batchEntries: 3, packBytes: PACK_BYTES, chunkBytes: CHUNK_BYTES, atOnce: 2 },
      };
    if (what === 'seen') {
      const { paths } = call.json as { paths: string[] };
      const items = paths.flatMap((path): SeenItem[] => {
        const seen = stored.get(path);
        if (seen === undefined) return [];
        return [{ path, stateKey: seen.stateKey, state: seen.code === null ? 'stored' : 'unreadable', media: null }];
      });
      return { items };
    }
    if (what === 'batches') {
      const { entries } = call.json as Batch;
      const needed = entries.flatMap((entry) =>
        entry.content === undefined || contents.has(entry.content.sha256) ? [] : [entry.content],
      );
      if (needed.length > 0) return { stored: false, needed, mediaIds: [] };
      for (const entry of entries)
        stored.set(entry.path, { stateKey: entry.stateKey ?? null, code: entry.failure?.code ?? null });
      return { stored: true, needed: [], mediaIds: [] };
    }
    if (what === 'packs') {
      state.onPack();
      const pack = decodePack(call.bytes ?? new Uint8Array()) ?? [];
      for (const { sha256: digest, bytes } of pack) {
        if (hex(bytes) !== Buffer.from(digest).toString('hex')) throw fail('CHUNK_DIGEST_WRONG', 'a lie');
        contents.add(hex(bytes));
      }
      return { accepted: pack.length };
    }
    if (what === 'uploads') {
      const kept = chunks.get(sha256) ?? new Map<number, Uint8Array>();
      if (call.method === 'DELETE') chunks.delete(sha256);
      else chunks.set(sha256, kept);
      if (part === 'chunks') kept.set(Number(number), call.bytes ?? new Uint8Array());
      if (part === 'complete') {
        const whole = Buffer.concat([...kept].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
        if (hex(whole) !== sha256) throw fail('UPLOAD_DIGEST_WRONG', sha256);
        contents.add(sha256);
      }
      const received = [...kept.keys()].map((at) => [at, at + 1]);
      return { sizeBytes: 0, chunkBytes: CHUNK_BYTES, received, complete: contents.has(sha256) };
    }
    if (what === 'end') ends.push(call.json);
    return null;
  };
  const client: PatientClient = {
    call: async (call, schema) => schema.parse(answer(call)) as never,
    send: async (call) => void answer(call),
  };
  return { client, contents, stored, calls, ends, chunks, state };
};

/** A file whose bytes can be other ones by the time they are read again. */
class Changing extends File {
  reads = 0;
  readonly #later: BlobPart | null;
  constructor(name: string, now: string, later: BlobPart | null) {
    super([now], name, { lastModified: 1_000 });
    this.#later = later;
  }
  override slice(start?: number, end?: number): Blob {
    this.reads += 1;
    if (this.reads === 1) return super.slice(start, end);
    if (this.#later === null) throw new DOMException('gone', 'NotReadableError');
    return new Blob([this.#later]).slice(start, end);
  }
}

const fileOf = (path: string, bytes: BlobPart) => ({ path, file: new File([bytes], path, { lastModified: 1_000 }) });
const jobOf = (files: UploadJob['files'], more: Partial<UploadJob> = {}): UploadJob => ({
  case: 'A-1',
  exhibit: '7',
  files,
  archive: null,
  viewing: { kind: 'nothing-said' },
  sender: 's'.repeat(32),
  ...more,
});

const send = async (
  { client }: ReturnType<typeof server>,
  job: UploadJob,
  isStopping = (): boolean => false,
): Promise<{ atEnd: boolean; progress: UploadProgress }> => {
  let progress: UploadProgress | undefined;
  const atEnd = await sendFiles(job, { client, isStopping, report: (now) => (progress = now) });
  if (progress === undefined) throw new Error('nothing was reported');
  return { atEnd, progress };
};

describe('sending files from a browser', () => {
  it('sends what is needed once, and counts exactly', async () => {
    const at = server();
    const files = ['a', 'b', 'a', 'd', ''].map((bytes, i) => fileOf(`${i}.txt`, bytes));
    const { atEnd, progress } = await send(at, jobOf(files));
    expect(atEnd).toBe(true);
    expect([...at.stored.keys()].sort()).toEqual(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt']);
    expect(at.contents.size).toBe(4);
    expect(progress).toMatchObject({
      files: { done: 5, total: 5 },
      bytes: { hashed: 4, there: 4, total: 4 },
      failures: [],
    });
    expect(at.ends).toEqual([{ files: 5, bytes: 4, unread: 0, interrupted: false, failure: null }]);
  });

  it('goes on where it was: nothing that is stored is read or sent again', async () => {
    const at = server();
    const files = ['a', 'b', 'c', 'd'].map((bytes) => fileOf(`${bytes}.txt`, bytes));
    await send(at, jobOf(files.slice(0, 2)));
    at.calls.length = 0;
    const { progress } = await send(at, jobOf(files));
    expect(progress).toMatchObject({ unchanged: 2, files: { done: 4 }, bytes: { hashed: 4, there: 4 } });
    expect(at.calls.filter((call) => call === 'POST packs')).toHaveLength(2);
    expect(at.stored.size).toBe(4);
  });

  it('says of another file of a name that is taken that it was not taken in', async () => {
    const at = server();
    await send(at, jobOf([fileOf('a.txt', 'first')]));
    const { progress } = await send(at, jobOf([fileOf('a.txt', 'another')]));
    expect(progress.failures).toMatchObject([{ path: 'a.txt', code: 'FILE_CHANGED' }]);
    expect(at.contents.size).toBe(1);
  });

  it.each([
    ['became another one', 'later'],
    ['cannot be read any more', null],
  ] as const)('stores a file that %s between hashing and sending as such, and every other', async (_what, later) => {
    const at = server();
    const changing = new Changing('b.txt', 'first', later);
    const { atEnd, progress } = await send(
      at,
      jobOf([fileOf('a.txt', 'a'), { path: 'b.txt', file: changing }, fileOf('c.txt', 'c')]),
    );
    expect(atEnd).toBe(true);
    expect(progress.failures).toMatchObject([{ path: 'b.txt', code: 'FILE_CHANGED' }]);
    expect(at.stored.get('b.txt')?.code).toBe('FILE_CHANGED');
    expect([...at.contents].sort()).toEqual([hex(Buffer.from('a')), hex(Buffer.from('c'))].sort());
  });

  it('sends a large file in chunks, and goes on with those that are missing', async () => {
    const at = server();
    const bytes = Buffer.alloc(3 * CHUNK_BYTES + 10, 7);
    at.chunks.set(hex(bytes), new Map([[1, bytes.subarray(CHUNK_BYTES, 2 * CHUNK_BYTES)]]));
    await send(at, jobOf([fileOf('film.bin', bytes)]));
    expect(at.calls.filter((call) => call === 'PUT uploads/chunks')).toHaveLength(3);
    expect(at.contents).toContain(hex(bytes));
  });

  it('states the digest of an archive before the archive is stored', async () => {
    const at = server();
    await send(at, jobOf([fileOf('all.zip', 'PK')], { archive: 'zip' }));
    const order = at.calls.filter((call) => ['PUT container', 'POST batches', 'POST end'].includes(call));
    expect(order).toEqual(['PUT container', 'POST batches', 'POST batches', 'POST end']);
  });

  it('stops between two steps, and tells the server so', async () => {
    const at = server();
    let stopping = false;
    at.state.onPack = () => (stopping = true);
    const files = Array.from({ length: 12 }, (_, i) => fileOf(`${i}.txt`, `content ${i}`));
    const { atEnd, progress } = await send(at, jobOf(files), () => stopping);
    expect(atEnd).toBe(false);
    expect(progress.files.done).toBeLessThan(12);
    expect(at.ends).toMatchObject([{ interrupted: true, failure: null }]);
    expect((await send(at, jobOf(files))).progress.files.done).toBe(12);
    expect(at.stored.size).toBe(12);
  });

  it.each([
    ['NOT_SIGNED_IN', 0],
    ['INGEST_ENDED', 0],
    ['DISK_FULL', 1],
  ] as const)('is ended by %s, which it tells', async (code, told) => {
    const at = server();
    at.state.onPack = () => {
      throw fail(code, 'in the middle');
    };
    await expect(send(at, jobOf([fileOf('a.txt', 'a')]))).rejects.toMatchObject({ code });
    expect(at.ends).toHaveLength(told);
  });
});
