// The protocol of an ingest over the network, call by call: what is refused and by which code, and that each call may be
// said twice.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePack } from '@redthread/core/contract';
import { createIntake } from '../../packages/server/src/features/exhibits/index.js';
import { openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';
import { clientWith, codeOf, entry, hex, open, pack, sender, sha256, type Client } from './protocol-client.js';

const MEBIBYTE = 1024 * 1024;
const CHUNK = 8 * MEBIBYTE;
let api: ApiFixture;
let anna: Person;
let ben: Person;

beforeAll(async () => {
  api = await openFixture({ REDTHREAD_UPLOAD_OPEN_COUNT: '40', REDTHREAD_UPLOAD_OPEN_MB: '100' });
  const [alpha, beta] = [await api.world.agency('Alpha'), await api.world.agency('Beta', 'PT')];
  anna = await api.person(alpha, 'anna');
  ben = await api.person(beta, 'ben');
  await api.world.case(anna, 'A-1');
  await api.world.case(ben, 'B-1');
});
afterAll(() => api.close());

const uploads = (): string => join(api.store.config.vaultFolder, 'uploads');
describe('small contents', () => {
  it('are asked for, sent in a pack and stored; said twice, it is the same', async () => {
    const client = await clientWith(api, anna);
    const { id, exhibitId } = await open(client);
    const [one, two] = [Buffer.from('first'), randomBytes(3_000)];
    const batch = { entries: [entry('a/one.txt', one), entry('a/two.bin', two), entry('copy.txt', one)] };
    const asked = (await client.call('POST', `/ingests/${id}/batches`, batch)).json();
    expect(asked).toEqual({
      stored: false,
      needed: [batch.entries[0]?.content, batch.entries[1]?.content],
      mediaIds: [],
    });
    for (let time = 0; time < 2; time += 1)
      expect((await client.bytes('POST', `/ingests/${id}/packs`, pack(one, two))).json()).toEqual({ accepted: 2 });
    const stored = (await client.call('POST', `/ingests/${id}/batches`, batch)).json();
    expect(stored).toMatchObject({ stored: true, needed: [] });
    expect(stored.mediaIds[0]).toBe(stored.mediaIds[2]);
    expect((await client.call('POST', `/ingests/${id}/batches`, batch)).json()).toEqual(stored);
    expect((await client.call('GET', `/exhibits/${exhibitId}`)).json()).toMatchObject({
      filesSeen: 3,
      bytesSeen: 3_010,
    });
    expect(readdirSync(uploads())).toEqual([]);
  });

  it('that lie about their hash, or end early, leave nothing', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const [good, bad] = [randomBytes(100), randomBytes(100)];
    const lying = encodePack([
      { sha256: sha256(good), bytes: good },
      { sha256: sha256(good), bytes: bad },
    ]);
    const answer = await client.bytes('POST', `/ingests/${id}/packs`, lying);
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'CHUNK_DIGEST_WRONG']);
    expect(answer.json()).toMatchObject({ pointer: '/1' });
    expect(codeOf(await client.bytes('POST', `/ingests/${id}/packs`, pack(good).subarray(0, 90)))).toBe(
      'REQUEST_INVALID',
    );
    const asked = (await client.call('POST', `/ingests/${id}/batches`, { entries: [entry('x', good)] })).json();
    expect(asked.needed).toHaveLength(1);
  });

  it('of another size than announced are refused with the batch', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const bytes = randomBytes(50);
    await client.bytes('POST', `/ingests/${id}/packs`, pack(bytes));
    const lie = { path: 'x', content: { sha256: hex(bytes), sizeBytes: 51 } };
    const answer = await client.call('POST', `/ingests/${id}/batches`, { entries: [lie] });
    expect(codeOf(answer)).toBe('UPLOAD_SIZE_DIFFERS');
    expect(codeOf(await client.bytes('POST', `/ingests/${id}/packs`, new Uint8Array(CHUNK + 100)))).toBe(
      'REQUEST_TOO_LARGE',
    );
  });
});

describe('a large content', () => {
  const large = Buffer.concat([Buffer.alloc(CHUNK, 1), Buffer.alloc(CHUNK, 2), randomBytes(77)]);
  const chunks = [large.subarray(0, CHUNK), large.subarray(CHUNK, 2 * CHUNK), large.subarray(2 * CHUNK)] as const;

  it('comes in chunks in any order, each with its digest, and is verified as a whole', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const at = `/ingests/${id}/uploads/${hex(large)}`;
    expect(codeOf(await client.bytes('PUT', `${at}/chunks/0`, chunks[0]))).toBe('UPLOAD_UNKNOWN');
    const begun = (await client.call('PUT', at, { sizeBytes: large.length })).json();
    expect(begun).toEqual({ sizeBytes: large.length, chunkBytes: CHUNK, received: [], complete: false });
    for (const number of [2, 0, 0])
      expect((await client.bytes('PUT', `${at}/chunks/${number}`, chunks[number] ?? large)).statusCode).toBe(204);
    expect((await client.call('PUT', at, { sizeBytes: large.length })).json().received).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(codeOf(await client.call('POST', `${at}/complete`))).toBe('UPLOAD_INCOMPLETE');
    await client.bytes('PUT', `${at}/chunks/1`, chunks[1]);
    expect((await client.call('POST', `${at}/complete`)).json()).toMatchObject({ complete: true });
    const batch = { entries: [entry('film.bin', large)] };
    expect((await client.call('POST', `/ingests/${id}/batches`, batch)).json()).toMatchObject({ stored: true });
    const media = await api.store.owner
      .selectFrom('media')
      .select(['md5', 'sha1'])
      .where('sha256', '=', sha256(large))
      .executeTakeFirstOrThrow();
    expect(media.md5).toEqual(createHash('md5').update(large).digest());
    expect(media.sha1).toEqual(createHash('sha1').update(large).digest());
  });

  it('is refused chunk by chunk where something does not fit', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const other = Buffer.concat([large, Buffer.from('x')]);
    const at = `/ingests/${id}/uploads/${hex(other)}`;
    await client.call('PUT', at, { sizeBytes: other.length });
    expect(codeOf(await client.call('PUT', at, { sizeBytes: 9 }))).toBe('UPLOAD_SIZE_DIFFERS');
    const wrong: readonly (readonly [LightMyRequestResponse, string])[] = [
      [await client.bytes('PUT', `${at}/chunks/3`, chunks[2]), 'CHUNK_SIZE_WRONG'],
      [await client.bytes('PUT', `${at}/chunks/0`, chunks[2]), 'CHUNK_SIZE_WRONG'],
      [await client.bytes('PUT', `${at}/chunks/0`, chunks[0], sha256(chunks[1])), 'CHUNK_DIGEST_WRONG'],
      [await client.bytes('PUT', `${at}/chunks/0`, chunks[0], null), 'REQUEST_INVALID'],
    ];
    for (const [answer, code] of wrong) expect(codeOf(answer)).toBe(code);
    await client.bytes('PUT', `${at}/chunks/0`, chunks[0]);
    expect(codeOf(await client.bytes('PUT', `${at}/chunks/0`, chunks[1]))).toBe('CHUNK_DIFFERS');
  });

  it('whose whole is another one is thrown away, and may be begun anew', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const wanted = Buffer.concat([Buffer.alloc(CHUNK, 7), Buffer.from('end')]);
    const before = readdirSync(uploads());
    const at = `/ingests/${id}/uploads/${hex(wanted)}`;
    await client.call('PUT', at, { sizeBytes: wanted.length });
    await client.bytes('PUT', `${at}/chunks/0`, Buffer.alloc(CHUNK, 8));
    await client.bytes('PUT', `${at}/chunks/1`, Buffer.from('end'));
    const answer = await client.call('POST', `${at}/complete`);
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'UPLOAD_DIGEST_WRONG']);
    expect((await client.call('PUT', at, { sizeBytes: wanted.length })).json().received).toEqual([]);
    expect((await client.call('DELETE', at)).statusCode).toBe(204);
    expect(readdirSync(uploads())).toEqual(before);
  });
});

describe('limits of a key', () => {
  it('hold for contents and bytes that are on their way, and free themselves when they are stored', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const small = Array.from({ length: 41 }, () => randomBytes(10));
    expect(codeOf(await client.bytes('POST', `/ingests/${id}/packs`, pack(...small)))).toBe('QUOTA_EXCEEDED');
    const huge = `/ingests/${id}/uploads/${'0'.repeat(64)}`;
    expect(codeOf(await client.call('PUT', huge, { sizeBytes: 101 * MEBIBYTE }))).toBe('QUOTA_EXCEEDED');
    const some = small.slice(0, 40);
    await client.bytes('POST', `/ingests/${id}/packs`, pack(...some));
    const entries = some.map((bytes, i) => entry(`f/${i}`, bytes));
    expect((await client.call('POST', `/ingests/${id}/batches`, { entries })).json()).toMatchObject({ stored: true });
    await expect
      .poll(async () => (await client.bytes('POST', `/ingests/${id}/packs`, pack(randomBytes(9)))).statusCode, {
        timeout: 10_000,
      })
      .toBe(200);
  });

  it('let in no more than one of two that begin at once and do not both fit', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const begin = (digest: string) =>
      client.call('PUT', `/ingests/${id}/uploads/${digest.repeat(64)}`, { sizeBytes: 60 * MEBIBYTE });
    const answers = await Promise.all(['a', 'b', 'c'].map(begin));
    expect(answers.filter(({ statusCode }) => statusCode < 300)).toHaveLength(1);
    expect(answers.map(codeOf).filter((code) => code === 'QUOTA_EXCEEDED')).toHaveLength(2);
    const packs = Array.from({ length: 3 }, () => pack(...Array.from({ length: 20 }, () => randomBytes(10))));
    const sent = await Promise.all(packs.map((bytes) => client.bytes('POST', `/ingests/${id}/packs`, bytes)));
    expect(sent.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    for (const digest of ['a', 'b', 'c']) await client.call('DELETE', `/ingests/${id}/uploads/${digest.repeat(64)}`);
  });

  it('take abandoned uploads away', async () => {
    const client = await clientWith(api, anna);
    const { id, exhibitId } = await open(client);
    await client.bytes('POST', `/ingests/${id}/packs`, pack(randomBytes(20)));
    const ofExhibit = () =>
      api.store.owner.selectFrom('uploads').select('id').where('exhibit_id', '=', exhibitId).execute();
    const [upload] = await ofExhibit();
    await sql`update uploads set touched_at = now() - interval '30 days' where exhibit_id = ${exhibitId}::uuid`.execute(
      api.store.owner,
    );
    const intake = createIntake(api.store);
    await intake.tidy();
    await intake.stop();
    expect(await ofExhibit()).toEqual([]);
    expect(readdirSync(uploads())).not.toContain(upload?.id);
  });
});

const drawnImage = {
  path: 'toy.dd',
  format: 'raw',
  parts: 1,
  sizeBytes: 512,
  verdict: 'unstated',
  stored: {},
  computed: null,
  fileSystems: [],
};

describe('who may', () => {
  it('send: whoever opened it, with the scope, until it ended', async () => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    const [reader, stranger] = [await clientWith(api, anna, ['read', 'write']), await clientWith(api, ben)];
    const colleague = await clientWith(api, await api.person(anna.agencyId, 'colleague'));
    const batch = { entries: [entry('x', randomBytes(3))] };
    expect(codeOf(await reader.call('POST', `/ingests/${id}/batches`, batch))).toBe('FORBIDDEN');
    const nowhere = '00000000-0000-4000-8000-000000000000';
    const calls: readonly ((run: string) => Parameters<Client['call']>)[] = [
      (run) => ['GET', `/ingests/${run}`],
      (run) => ['POST', `/ingests/${run}/seen`, { paths: ['x'] }],
      (run) => ['POST', `/ingests/${run}/batches`, batch],
      (run) => ['PUT', `/ingests/${run}/uploads/${'0'.repeat(64)}`, { sizeBytes: 1 }],
      (run) => ['POST', `/ingests/${run}/uploads/${'0'.repeat(64)}/complete`],
      (run) => ['DELETE', `/ingests/${run}/uploads/${'0'.repeat(64)}`],
      (run) => ['PUT', `/ingests/${run}/container`, { sha256: '0'.repeat(64), sizeBytes: 1 }],
      (run) => ['POST', `/ingests/${run}/images`, drawnImage],
      (run) => ['POST', `/ingests/${run}/damages`, { path: 'x', container: null, code: 'ARCHIVE_CORRUPT', detail: '' }],
      (run) => ['POST', `/ingests/${run}/end`, { interrupted: true, files: 0, bytes: 0, unread: 0 }],
    ];
    const same = (body: string): string => body.replace(/"requestId":"[^"]+"/, '');
    for (const other of [stranger, colleague])
      for (const call of calls) {
        const [hidden, unknown] = [await other.call(...call(id)), await other.call(...call(nowhere))];
        expect(hidden.statusCode, hidden.body).toBe(404);
        expect(same(hidden.body)).toBe(same(unknown.body));
      }
    await client.call('POST', `/ingests/${id}/end`, { interrupted: true, files: 0, bytes: 0, unread: 0 });
    expect(codeOf(await client.call('POST', `/ingests/${id}/batches`, batch))).toBe('INGEST_ENDED');
    expect(
      codeOf(
        await stranger.call('POST', '/ingests', {
          case: 'A-1',
          exhibit: '1',
          source: { kind: 'folder', name: 'x' },
          sender: sender(),
        }),
      ),
    ).toBe('CASE_UNKNOWN');
  });

  it('go on: the same sender at once, another one when the first was silent', async () => {
    const client = await clientWith(api, anna);
    const [mine, other] = [sender(), sender()];
    const exhibit = 'shared';
    const first = await open(client, { exhibit, sender: mine });
    const body = { case: 'A-1', exhibit, source: { kind: 'folder', name: 'laptop-7:/mnt/seized' } };
    expect(codeOf(await client.call('POST', '/ingests', { ...body, sender: other }))).toBe('EXHIBIT_BUSY');
    const second = await open(client, { exhibit, sender: mine });
    expect(codeOf(await client.call('POST', `/ingests/${first.id}/seen`, { paths: [] }))).toBe('INGEST_ENDED');
    await sql`update ingest_runs set seen_at = now() - interval '2 minutes' where id = ${second.id}::uuid`.execute(
      api.store.owner,
    );
    expect((await client.call('POST', '/ingests', { ...body, sender: other })).statusCode).toBe(200);
    expect(
      codeOf(
        await client.call('POST', '/ingests', {
          ...body,
          sender: other,
          source: { kind: 'folder', name: 'elsewhere' },
        }),
      ),
    ).toBe('EXHIBIT_SOURCE_DIFFERS');
  });
});

describe('the form of a request', () => {
  it.each([
    ['a path that leads out', { entries: [{ path: '../x', content: { sha256: '0'.repeat(64), sizeBytes: 1 } }] }],
    ['a path with a control', { entries: [{ path: 'a\u001bb', content: { sha256: '0'.repeat(64), sizeBytes: 1 } }] }],
    ['a digest that is none', { entries: [{ path: 'x', content: { sha256: '0'.repeat(63), sizeBytes: 1 } }] }],
    ['a code that is none', { entries: [{ path: 'x', failure: { code: 'MADE_UP', detail: '' } }] }],
    [
      'a time with a NUL in it',
      {
        entries: [
          {
            path: 'x',
            failure: { code: 'FILE_EMPTY', detail: '' },
            sourceTimes: [
              { kind: 'modified', text: '2024\u0000', offsetMinutes: null, precisionMs: 1000, basis: 'file-system' },
            ],
          },
        ],
      },
    ],
    ['neither content nor failure', { entries: [{ path: 'x' }] }],
    [
      'too many entries',
      {
        entries: Array.from({ length: 257 }, (_, i) => ({ path: `${i}`, failure: { code: 'FILE_EMPTY', detail: '' } })),
      },
    ],
  ])('is refused: %s', async (_what, batch) => {
    const client = await clientWith(api, anna);
    const { id } = await open(client);
    expect(codeOf(await client.call('POST', `/ingests/${id}/batches`, batch))).toBe('REQUEST_INVALID');
  });
});
