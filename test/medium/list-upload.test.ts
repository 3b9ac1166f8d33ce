// A list that comes in over the API: in parts, read in a child, shown before it counts, counted when somebody says so; and after a kill.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { List, ListUpload } from '@redthread/core/contract';
import { openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of } from './api-world.js';

let api: ApiFixture;
let officer: Client;
let reviewer: Client;

beforeAll(async () => {
  api = await openFixture({ REDTHREAD_UPLOAD_OPEN_MB: '1' });
  const norte = await api.world.agency('Norte');
  const anna = await api.person(norte, 'anna');
  await api.person(norte, 'rosa', ['reviewer']);
  const caseId = await api.world.case(anna, 'A-1');
  await api.world.exhibit(anna, caseId, '1', [{ content: 'lamp' }, { content: 'chair' }]);
  officer = await api.signIn('anna');
  reviewer = await api.signIn('rosa');
});
afterAll(() => api.close());

const V1 = '/api/v1';
const digestOf = (bytes: Buffer): string => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

const begin = async (plan: object, ...files: readonly (readonly [string, string])[]): Promise<ListUpload> => {
  const answer = await officer.send('POST', `${V1}/list-uploads`, {
    plan: { polarity: 'known-bad', ...plan },
    files: files.map(([name, text]) => ({ name, sizeBytes: Buffer.byteLength(text) })),
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

const part = (id: string, text: string, { file = 0, offset = 0, digest = digestOf(Buffer.from(text)) } = {}) =>
  officer.send('PUT', `${V1}/list-uploads/${id}/files/${file}?offset=${offset}`, Buffer.from(text), {
    'content-type': 'application/octet-stream',
    'content-digest': digest,
  });

const show = async (id: string): Promise<ListUpload> => (await officer.get(`${V1}/list-uploads/${id}`)).json();

const go = async (id: string, step: 'read' | 'count', body: object = {}): Promise<ListUpload> => {
  const answer = await officer.send('POST', `${V1}/list-uploads/${id}/${step}`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  await api.lists.idle();
  return show(id);
};

const sent = async (plan: object, ...files: readonly (readonly [string, string])[]): Promise<ListUpload> => {
  const upload = await begin(plan, ...files);
  for (const [file, [, text]] of files.entries()) expect((await part(upload.id, text, { file })).statusCode).toBe(204);
  return go(upload.id, 'read');
};

const listsNamed = async (name: string): Promise<List[]> =>
  (await officer.get(`${V1}/lists`)).json<{ items: List[] }>().items.filter((list) => list.name === name);

const folders = (): string[] => {
  const lists = join(api.store.config.vaultFolder, 'lists');
  return existsSync(lists) ? readdirSync(lists) : [];
};

it('takes a list in parts, shows it, and counts it once that is said', async () => {
  const text = `${sha256Of('lamp')}\n${sha256Of('nothing here')}\n`;
  const { id } = await begin({ name: 'baseline', owner: 'Somebody', version: '2026-05' }, ['baseline.txt', text]);
  expect((await part(id, text.slice(0, 40))).statusCode).toBe(204);
  expect((await part(id, text.slice(0, 40))).statusCode).toBe(204);
  const gap = await part(id, text.slice(50), { offset: 50 });
  expect(gap.json()).toMatchObject({ code: 'LIST_PART_MISPLACED' });
  const other = await part(id, text.slice(40), { offset: 40, digest: digestOf(Buffer.from('other')) });
  expect(other.json()).toMatchObject({ code: 'CHUNK_DIGEST_WRONG' });
  const early = await officer.send('POST', `${V1}/list-uploads/${id}/read`, {});
  expect(early.json()).toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
  expect((await part(id, text.slice(40), { offset: 40 })).statusCode).toBe(204);

  const shown = await go(id, 'read');
  expect(shown).toMatchObject({
    state: 'read',
    preview: {
      version: '2026-05',
      format: 'hash-list',
      entries: 2,
      digests: { md5: 0, sha1: 0, sha256: 2 },
      notes: [],
    },
    failure: null,
  });
  expect(await listsNamed('baseline')).toEqual([]);

  expect(await go(id, 'count', { purpose: 'of the May edition' })).toMatchObject({ state: 'counted' });
  const [list] = await listsNamed('baseline');
  expect(list).toMatchObject({ id, hits: 1, entryCount: 2, owner: 'Somebody', polarity: 'known-bad' });
  expect(await readdirOf('list-uploads')).toEqual([]);
  // Said twice, it stays as it is.
  expect(await go(id, 'count')).toMatchObject({ state: 'counted' });
  const { rows } = await sql<{
    purpose: string;
  }>`select purpose from audit_events where type = 'list-import' and object_id = ${id}`.execute(api.store.owner);
  expect(rows).toEqual([{ purpose: 'of the May edition' }]);
});

const readdirOf = (name: string): string[] => {
  const folder = join(api.store.config.vaultFolder, name);
  return existsSync(folder) ? readdirSync(folder) : [];
};

it('names the line of what it refuses, and reads again otherwise without the bytes being sent again', async () => {
  const text = `${sha256Of('chair')}\nno hash\n`;
  const refused = await sent({ name: 'lines' }, ['lines.txt', text]);
  expect(refused).toMatchObject({
    state: 'failed',
    preview: null,
    failure: { code: 'LIST_INVALID', pointer: 'line 2', detail: expect.stringContaining('no hash') },
  });
  expect(refused.failure?.next).not.toBe('');
  const read = await go(refused.id, 'read', { skipsBadLines: true });
  expect(read.preview).toMatchObject({
    entries: 1,
    notes: [{ code: 'LINE_SKIPPED', count: 1, places: ['line 2: no hash'], meaning: 'no hash in this line' }],
  });
  expect(folders()).toContain(read.id);
  await officer.send('DELETE', `${V1}/list-uploads/${read.id}`);
  await api.lists.idle();
  expect(folders()).not.toContain(read.id);
  expect(readdirOf('list-uploads')).toEqual([]);
});

it('refuses a polarity that the file contradicts, naming neither path nor folder of the server', async () => {
  const icse =
    'MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline\n';
  const row = `${'ab'.repeat(16)};;;1;y;n;n;;1;y;Image;n\n`;
  const { failure } = await sent({ name: 'icse', polarity: 'known-good' }, ['icse.csv', icse + row]);
  expect(failure).toMatchObject({ code: 'LIST_POLARITY_REFUSED', pointer: 'polarity' });
  const broken = await sent({ name: 'broken' }, ['broken.json', '{"@odata.context":"x","value":[{']);
  expect(broken.failure?.code).toMatch(/^LIST_/);
  expect(JSON.stringify([failure, broken.failure])).not.toContain(api.folder);
});

it('goes on after it was killed, and gives a list up that kills whoever reads it', async () => {
  const text = `${sha256Of('chair')}\n`;
  const { id } = await begin({ name: 'killed' }, ['killed.txt', text]);
  await part(id, text);
  const { owner } = api.store;
  await sql`update list_uploads set state = 'reading', attempts = 1 where id = ${id}::uuid`.execute(owner);
  api.store.lists.folders.build(id);
  await api.lists.tidy();
  await api.lists.idle();
  expect(await show(id)).toMatchObject({ state: 'read' });
  expect(folders().filter((name) => name.endsWith('.building'))).toEqual([]);
  await sql`update list_uploads set state = 'reading', attempts = 2 where id = ${id}::uuid`.execute(owner);
  await api.lists.tidy();
  await api.lists.idle();
  expect(await show(id)).toMatchObject({ state: 'failed', failure: { code: 'LIST_READER_ENDED' } });
  // It was the server that was killed, perhaps: whoever asks again has it read again.
  expect(await go(id, 'read')).toMatchObject({ state: 'read', failure: null });
});

/** Processes that read a list for this one. */
const readers = (): number[] =>
  readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' '))
    .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('reader-child'))
    .map(Number);

it.runIf(existsSync('/proc/self/task'))('stops reading what is given up meanwhile', async () => {
  const text = `${sha256Of('chair')}\n`;
  const { id } = await begin({ name: 'given up' }, ['given-up.txt', text]);
  await part(id, text);
  await officer.send('POST', `${V1}/list-uploads/${id}/read`, {});
  const pid = await vi.waitUntil(() => readers()[0], { interval: 2, timeout: 5_000 });
  // As one that has a hundred million entries before it.
  process.kill(pid, 'SIGSTOP');
  await officer.send('DELETE', `${V1}/list-uploads/${id}`);
  await api.lists.idle();
  expect(readers()).toEqual([]);
  expect([...folders(), ...readdirOf('list-uploads')].filter((name) => name.startsWith(id))).toEqual([]);
});

it('says that the earlier version goes on counting, and ends it where that is said', async () => {
  const page = (hash: string): readonly [string, string] => ['page.txt', `${hash}\n`];
  const first = await sent({ name: 'onto', version: '1' }, page(sha256Of('lamp')));
  await go(first.id, 'count');
  const plan = { name: 'onto', version: '2', onto: '1', skipsBadLines: true };
  const second = await sent(plan, ['page.txt', `${sha256Of('chair')}\nno hash\n`]);
  expect(second.preview).toMatchObject({ ontoCounts: true, entries: 2 });
  const again = await go(second.id, 'read', { endsOnto: true });
  // What is not said again stays as it was said.
  expect(again.plan).toMatchObject({ endsOnto: true, skipsBadLines: true });
  expect(again.preview).toMatchObject({ ontoCounts: false });
  await go(second.id, 'count');
  const versions = await listsNamed('onto');
  expect(versions.map(({ version, expired, hits }) => [version, expired, hits])).toEqual([
    ['1', true, 0],
    ['2', false, 2],
  ]);
});

it('is for those who may import lists, and as much as one person may have under way', async () => {
  expect((await reviewer.get(`${V1}/list-uploads`)).json()).toMatchObject({ code: 'FORBIDDEN' });
  const large = { plan: { name: 'large', polarity: 'other' }, files: [{ name: 'large.txt', sizeBytes: 2_000_000 }] };
  expect((await officer.send('POST', `${V1}/list-uploads`, large)).json()).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  const half = (name: string) =>
    officer.send('POST', `${V1}/list-uploads`, {
      plan: { ...large.plan, name },
      files: [{ name: 'half.txt', sizeBytes: 600_000 }],
    });
  const atOnce = await Promise.all(['a', 'b', 'c'].map(half));
  expect(atOnce.map(({ statusCode }) => statusCode).sort()).toEqual([200, 429, 429]);
  const taken = { ...large, plan: { ...large.plan, name: 'baseline', version: '2026-05' } };
  expect((await officer.send('POST', `${V1}/list-uploads`, taken)).json()).toMatchObject({ code: 'ALREADY_EXISTS' });
  const format = { ...large, plan: { ...large.plan, format: 'csv' } };
  expect((await officer.send('POST', `${V1}/list-uploads`, format)).json()).toMatchObject({ code: 'ARGUMENT_INVALID' });
});
