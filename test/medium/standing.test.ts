// Kept searches: they find what comes in later, tell their owner, keep what found nothing, and tell of nothing that their owner does not see.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { List, Notice, StandingDetail, StandingSearch } from '@redthread/core/contract';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importList } from '../../packages/server/src/features/lists/index.js';
import { registerSearchCommands } from '../../packages/server/src/features/search/commands.js';
import { lookAround } from '../../packages/server/src/features/search/index.js';
import { registerStandingCommands } from '../../packages/server/src/features/search/standing/commands.js';
import { contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';
import { commandLine, jsonOf } from './command-line.js';
import { picture } from './ingest-world.js';

const V1 = '/api/v1';
const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString();
const KEPT = { purpose: 'to know of it', expiresAt: IN_A_MONTH };
let api: ApiFixture;
let anna: Person;
let ben: Person;
let officer: Client;
let other: Client;
let colleague: Client;
let caseId: string;

beforeAll(async () => {
  api = await openFixture();
  const norte = await api.world.agency('Norte');
  anna = await api.person(norte, 'anna');
  await api.person(norte, 'carol');
  ben = await api.person(await api.world.agency('Sur'), 'ben');
  caseId = await api.world.case(anna, 'A-1');
  await api.world.exhibit(anna, caseId, '1', [{ content: 'lamp' }, { content: 'chair', path: 'rooms/chair.jpg' }]);
  officer = await api.signIn('anna');
  other = await api.signIn('ben');
  colleague = await api.signIn('carol');
});
afterAll(() => api.close());

const keep = async (who: Client, body: object) => {
  const answer = await who.send('POST', `${V1}/standing-searches`, { ...KEPT, ...body });
  return { status: answer.statusCode, ...answer.json<StandingSearch & { readonly code?: string }>() };
};
const show = async (who: Client, id: string): Promise<StandingDetail> =>
  (await who.get(`${V1}/standing-searches/${id}`)).json<StandingDetail>();
const round = () => lookAround(api.store, new AbortController().signal);
const told = async (who: Client): Promise<Notice[]> =>
  (await who.get(`${V1}/notices`))
    .json<{ items: Notice[] }>()
    .items.filter(({ kind }) => kind === 'standing-hits' || kind === 'standing-ended');
const imported = (
  by: Person,
  name: string,
  polarity: List['polarity'],
  version: string,
  contents: readonly string[],
) => {
  const path = join(api.folder, `${name} ${version}.txt`);
  writeFileSync(path, contents.map((content) => `${sha256Of(content)}\n`).join(''));
  return importList(api.store, contextOfPerson(by), { files: [path], name, polarity, version });
};

it('keeps that nothing was found, finds what comes in later once, and tells of it', async () => {
  const vase = await keep(officer, { name: 'the vase', q: sha256Of('vase') });
  expect(vase).toMatchObject({ status: 200, state: 'open', hits: 0, lastLook: { found: 0, media: 2, lists: 0 } });
  expect(await round()).toBe(0);
  // Nothing has changed, so nothing was looked through.
  expect((await show(officer, vase.id)).looks).toHaveLength(1);
  await api.world.exhibit(anna, caseId, '2', [{ content: 'vase', path: 'vase.jpg' }]);
  expect(await round()).toBe(1);
  expect(await round()).toBe(0);
  const { found, looks } = await show(officer, vase.id);
  expect(found).toMatchObject([{ isAdded: true, exhibit: { caseReference: 'A-1', reference: '2' }, agency: 'Norte' }]);
  expect(looks.map(({ added, media }) => [added, media])).toEqual([
    [1, 3],
    [0, 2],
  ]);
  expect(await told(officer)).toMatchObject([
    { kind: 'standing-hits', object: { id: vase.id }, detail: { search: 'the vase', added: '1' } },
  ]);
  // The same bytes in another exhibit are found anew.
  await api.world.exhibit(anna, caseId, '3', [{ content: 'vase', path: 'again.jpg' }]);
  expect(await round()).toBe(1);
  const looksOnRecord = await sql<{ n: number }>`select count(*)::integer as n from audit_events
    where type = 'standing-look' and object_id = ${vase.id}`.execute(api.store.owner);
  expect(looksOnRecord.rows[0]?.n).toBe(3);
});

it('finds a list that comes to name the digest, and by a list what every version of it names', async () => {
  const bell = await keep(officer, { name: 'the bell', q: sha256Of('bell') });
  const first = await imported(anna, 'alert', 'known-bad', '1', ['lamp']);
  const named = await keep(officer, { name: 'on the alert', filter: { list: first.id } });
  expect(named).toMatchObject({ status: 200, kind: 'filter', hits: 1 });
  await imported(anna, 'alert', 'known-bad', '2', ['bell', 'chair']);
  expect(await round()).toBe(2);
  expect(await show(officer, bell.id)).toMatchObject({
    found: [{ list: { name: 'alert', version: '2' } }],
    looks: [{ lists: 2 }, { lists: 0 }],
  });
  expect((await show(officer, named.id)).hits).toBe(2);
});

it('finds by a picture that is stored nowhere: the same bytes, and what looks like it', async () => {
  const room = await picture('kept room', 320, 240);
  const query = new URLSearchParams({ name: 'the room', ...KEPT }).toString();
  const answer = await officer.send('POST', `${V1}/standing-searches/picture?${query}`, room, {
    'content-type': 'application/octet-stream',
  });
  const kept = answer.json<StandingSearch>();
  expect(kept).toMatchObject({ kind: 'picture', hits: 0, outdated: [], picture: { region: null } });
  await api.world.exhibit(anna, caseId, '4', [{ content: 'a smaller copy', path: 'copy.jpg' }]);
  // What a worker would have measured of the copy.
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    select m.content_id, s.method, s.version, 'made up', s.quality, s.value from media m, standing_signals s
    where m.sha256 = decode(${sha256Of('a smaller copy')}, 'hex') and s.search_id = ${kept.id}::uuid and s.method in ('pdq', 'edge-hash', 'luma-grid')`.execute(
    api.store.owner,
  );
  await sql`update media set comparable = true where sha256 = decode(${sha256Of('a smaller copy')}, 'hex')`.execute(
    api.store.owner,
  );
  await round();
  expect((await show(officer, kept.id)).found).toMatchObject([{ grade: 'same content', exhibit: { reference: '4' } }]);
  // The signals are nobody's to read, and the picture is not there.
  await expect(sql`select from standing_signals`.execute(api.store.worker)).rejects.toThrow(/permission denied/);
});

it('is byte for byte the same with and without what its owner does not see', async () => {
  const before = (await officer.get(`${V1}/standing-searches`)).body;
  const theirs = await api.world.case(ben, 'B-1');
  await api.world.exhibit(ben, theirs, '1', [{ content: 'vase', path: 'theirs.jpg' }, { content: 'bell' }]);
  await imported(ben, 'of ben', 'known-bad', '1', ['vase', 'lamp']);
  const closed = await api.world.case(ben, 'B-2');
  await api.world.exhibit(ben, closed, '1', [{ content: 'vase' }]);
  await round();
  expect((await officer.get(`${V1}/standing-searches`)).body).toBe(before);
  const [mine] = JSON.parse(before).items as StandingSearch[];
  for (const path of [`/standing-searches/${mine!.id}`, `/standing-searches/${crypto.randomUUID()}`])
    expect((await other.get(`${V1}${path}`)).json()).toMatchObject({ code: 'NOT_FOUND' });
});

it('forgets what its owner does not see any more, and looks no more when it has ended or its time is over', async () => {
  const chair = await keep(colleague, { name: 'chairs', q: 'rooms/' });
  // A part of a path asks no list.
  expect(chair).toMatchObject({ hits: 1, lastLook: { lists: 0 } });
  await sql`update cases set access = 'named' where id = ${caseId}::uuid`.execute(api.store.owner);
  expect((await show(colleague, chair.id)).found).toEqual([]);
  await sql`update cases set access = 'agency' where id = ${caseId}::uuid`.execute(api.store.owner);
  const ended = await colleague.send('POST', `${V1}/standing-searches/${chair.id}/end`, { reason: 'it was found' });
  expect(ended.json()).toMatchObject({ state: 'ended', end: { reason: 'it was found' }, hits: 1 });
  const look = await colleague.send('POST', `${V1}/standing-searches/${chair.id}/look`);
  expect(look.json()).toMatchObject({ code: 'STANDING_ENDED' });
  const lamps = await keep(officer, { name: 'lamps', q: sha256Of('lamp') });
  await sql`update standing_searches set expires_at = now() - interval '1 minute' where id = ${lamps.id}::uuid`.execute(
    api.store.owner,
  );
  await api.world.exhibit(anna, caseId, '5', [{ content: 'lamp' }]);
  await round();
  expect(await show(officer, lamps.id)).toMatchObject({ state: 'expired', hits: 2, looks: [{ found: 2 }] });
  const ends = (await told(officer)).filter(({ kind }) => kind === 'standing-ended');
  expect(ends).toMatchObject([{ object: { id: lamps.id }, detail: { search: 'lamps' } }]);
  // Its name is free again.
  expect(await keep(officer, { name: 'lamps', q: sha256Of('lamp') })).toMatchObject({ status: 200 });
  // Of a picture nothing stays that could be compared.
  const { items } = (await officer.get(`${V1}/standing-searches`)).json<{ items: StandingSearch[] }>();
  const signalsLeft = async () => (await sql`select from standing_signals`.execute(api.store.owner)).rows.length;
  expect(await signalsLeft()).toBeGreaterThan(0);
  const room = items.find(({ name }) => name === 'the room');
  await officer.send('POST', `${V1}/standing-searches/${room?.id}/end`, { reason: 'it was found' });
  expect(await signalsLeft()).toBe(0);
});

it('is kept, looked through, shown and ended by the command line', async () => {
  const run = commandLine(join(api.folder, 'data'), [registerSearchCommands, registerStandingCommands]);
  const redthread = (...words: string[]) => run(...words, '--as', 'carol');
  const kept = ['--purpose', 'A-1', '--expires', IN_A_MONTH.slice(0, 10)];
  await redthread('search', 'rooms/', '--keep', 'rooms', ...kept);
  await redthread('standing', 'keep', 'pictures', '--filter', 'kind=image', '--filter', `case=${caseId}`, ...kept);
  const { out } = await redthread('standing', '--json');
  expect(jsonOf<StandingSearch>(out)).toMatchObject([
    { name: 'pictures', filter: { kind: 'image', case: caseId } },
    { name: 'rooms', q: 'rooms/', hits: 1 },
  ]);
  await api.world.exhibit(anna, caseId, '6', [{ content: 'stool', path: 'rooms/stool.jpg' }]);
  await redthread('standing', 'look', 'rooms');
  const shown = (await redthread('standing', 'show', 'rooms')).out.join('\n');
  expect(shown).toMatch(/new +Norte +A-1\/6/);
  expect(shown).toMatch(/2 found, 1 of them new, in 5 unique files/);
  await redthread('standing', 'end', 'rooms', '--reason', 'it was found');
  expect(jsonOf<StandingSearch>((await redthread('standing', '--json')).out).map(({ name }) => name)).toEqual([
    'pictures',
  ]);
  for (const [words, code] of [
    [['search', 'lamp', '--keep', 'x', '--purpose', 'A-1'], /ARGUMENT_INVALID.*--expires/],
    [['standing', 'keep', 'x', '--filter', 'colour=red', ...kept], /ARGUMENT_INVALID: colour is nothing to filter by/],
    [['standing', 'keep', 'x', '--filter', 'year=then', ...kept], /ARGUMENT_INVALID: year/],
    [['standing', 'show', 'nothing'], /NOT_FOUND: nothing/],
  ] as const)
    await expect(redthread(...words)).rejects.toThrow(code);
});

it('says what it cannot keep', async () => {
  expect(await keep(officer, { name: 'lamps', q: 'lamp' })).toMatchObject({ code: 'ALREADY_EXISTS' });
  const past = { name: 'x', q: 'lamp', expiresAt: '2020-01-01T00:00:00Z' };
  expect(await keep(officer, past)).toMatchObject({ code: 'ARGUMENT_INVALID' });
  const late = { name: 'x', q: 'lamp', expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString() };
  expect(await keep(officer, late)).toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect(await keep(officer, { name: 'x', filter: { case: crypto.randomUUID() } })).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await keep(officer, { name: 'x', q: 'lamp', filter: { kind: 'video' } })).toMatchObject({ status: 400 });
  await sql`insert into standing_searches (agency_id, user_id, name, kind, query, purpose, expires_at)
    select ${anna.agencyId}, ${anna.id}, 'many ' || n, 'words', '{"q":"x"}', 'to fill it', now() + interval '1 day'
    from generate_series(1, 50) n`.execute(api.store.owner);
  expect(await keep(officer, { name: 'one more', q: 'lamp' })).toMatchObject({ code: 'STANDING_LIMIT' });
});
