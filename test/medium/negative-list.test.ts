// What is never a hit: the negative list of an agency, digests that are in too many files, and how often the hits of a list were confirmed or rejected.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Funnel, List, Media, NegativeDigest, Notice } from '@redthread/core/contract';
import { importList } from '../../packages/server/src/features/lists/index.js';
import { negativeNamed } from '../../packages/server/src/features/lists/negative.js';
import { contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';

const V1 = '/api/v1';
let api: ApiFixture;
let anna: Person;
let ben: Person;
let officer: Client;
let other: Client;
let logo: string;
let exhibitId: string;

const imported = async (by: Person, name: string, polarity: List['polarity'], contents: readonly string[]) => {
  const path = join(api.folder, `${name}.txt`);
  writeFileSync(path, contents.map((content) => `${sha256Of(content)}\n`).join(''));
  return importList(api.store, contextOfPerson(by), { files: [path], name, polarity });
};

beforeAll(async () => {
  api = await openFixture({ REDTHREAD_FLOOD_FILES: '3' });
  const norte = await api.world.agency('Norte');
  const sur = await api.world.agency('Sur');
  anna = await api.person(norte, 'anna');
  ben = await api.person(sur, 'ben');
  const open = await api.world.case(anna, 'A-1');
  const files = (content: string, n: number) =>
    Array.from({ length: n }, (_, at) => ({ content, path: `${content} ${at}.jpg` }));
  exhibitId = await api.world.exhibit(anna, open, '1', [
    ...files('logo', 3),
    ...files('lamp', 2),
    ...files('chair', 1),
  ]);
  const named = await api.world.case(anna, 'A-2');
  await api.world.exhibit(anna, named, '1', files('chair', 5));
  await api.store.owner.updateTable('cases').set({ access: 'named' }).where('id', '=', named).execute();
  const theirs = await api.world.case(ben, 'B-1');
  await api.world.exhibit(ben, theirs, '1', files('logo', 2));
  officer = await api.signIn('anna');
  other = await api.signIn('ben');
  logo = await api.world.media(norte, 'logo');
});
afterAll(() => api.close());

const listNamed = async (who: Client, name: string): Promise<List> =>
  (await who.get(`${V1}/lists`)).json<{ items: List[] }>().items.find((list) => list.name === name)!;
const negative = async (who: Client, all = false): Promise<NegativeDigest[]> =>
  (await who.get(`${V1}/negative-list${all ? '?ended=true' : ''}`)).json<{ items: NegativeDigest[] }>().items;
const mediaOf = async (id: string): Promise<Media> => (await officer.get(`${V1}/media/${id}`)).json();
const known = async (): Promise<number> => {
  const { steps } = (await officer.get(`${V1}/funnel?exhibit=${exhibitId}`)).json<Funnel>();
  return steps.find(({ step }) => step === 'known')?.files ?? -1;
};

it('sets a digest aside that is in too many files that everybody of the agency sees, until somebody decides', async () => {
  await imported(anna, 'alert', 'known-bad', ['logo', 'lamp', 'chair']);
  expect(await listNamed(officer, 'alert')).toMatchObject({ hits: 2, negative: 1 });
  // Of the five files in a case that is for named people nothing is told.
  const [flood, ...more] = await negative(officer);
  expect([flood, more]).toMatchObject([
    { digest: sha256Of('logo'), state: 'set-aside', files: 3, lists: ['alert 1'], mediaId: logo, counts: true },
    [],
  ]);
  expect(await mediaOf(logo)).toMatchObject({ listHits: [], negative: { state: 'set-aside', files: 3 } });
  expect(await known()).toBe(2);
  const { items } = (await officer.get(`${V1}/notices`)).json<{ items: Notice[] }>();
  expect(items.map(({ kind }) => kind)).toContain('list-flood');

  const kept = await officer.send('POST', `${V1}/negative-list/${flood!.id}/keep`, { reason: 'a logo of a browser' });
  expect(kept.json()).toMatchObject({ state: 'negative', login: 'anna', reason: 'a logo of a browser' });
  const again = await officer.send('POST', `${V1}/negative-list/${flood!.id}/keep`, { reason: 'a logo again' });
  expect(again.json()).toMatchObject({ code: 'NEGATIVE_DECIDED' });
  expect(await listNamed(officer, 'alert')).toMatchObject({
    hits: 2,
    negative: 1,
    precision: { looked: 0, rejected: 1 },
  });

  await officer.send('POST', `${V1}/negative-list/${flood!.id}/end`, { reason: 'it is no logo' });
  expect(await listNamed(officer, 'alert')).toMatchObject({ hits: 3, negative: 0 });
  expect(await known()).toBe(3);
  // What was decided once is not set aside again, by another list or another exhibit.
  await imported(anna, 'alert too', 'known-bad', ['logo']);
  await sql`select set_floods_aside(3, null, ${exhibitId}::uuid)`.execute(api.store.owner);
  expect(await listNamed(officer, 'alert too')).toMatchObject({ hits: 1 });
  expect((await negative(officer, true))[0]).toMatchObject({
    state: 'ended',
    end: { login: 'anna', reason: 'it is no logo' },
  });
});

it('leaves known good as it is, however many files it is in', async () => {
  await imported(anna, 'good', 'known-good', ['logo', 'lamp']);
  expect(await listNamed(officer, 'good')).toMatchObject({ hits: 2, negative: 0 });
});

it('takes a digest for never a hit in the agency that says so, and nowhere else', async () => {
  const [lamp, theirs] = [sha256Of('lamp'), sha256Of('logo')];
  const added = await officer.send('POST', `${V1}/negative-list`, { digest: lamp.toUpperCase(), reason: 'a lamp' });
  expect(added.json()).toMatchObject({ kind: 'sha256', digest: lamp, state: 'negative', origin: 'person' });
  expect((await officer.send('POST', `${V1}/negative-list`, { digest: lamp, reason: 'a lamp' })).json()).toMatchObject({
    code: 'ALREADY_EXISTS',
  });
  expect((await officer.send('POST', `${V1}/negative-list`, { digest: 'ab', reason: 'short' })).statusCode).toBe(400);
  const past = { digest: theirs, reason: 'a logo', expiresAt: '2020-01-01T00:00:00Z' };
  expect((await officer.send('POST', `${V1}/negative-list`, past)).json()).toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect(await listNamed(officer, 'alert')).toMatchObject({ hits: 2, negative: 1 });
  expect(await listNamed(officer, 'good')).toMatchObject({ hits: 2 });
  await officer.send('POST', `${V1}/negative-list`, { digest: theirs, reason: 'a logo' });
  await imported(ben, 'of ben', 'known-bad', ['logo']);
  expect(await listNamed(other, 'of ben')).toMatchObject({ hits: 1, negative: 0 });
  expect(await negative(other)).toEqual([]);
});

it('is asked for by digest or id; what has expired is no hindrance to saying it again', async () => {
  const md5 = createHash('md5').update('chair').digest('hex');
  const body = { digest: md5, reason: 'a chair' };
  await officer.send('POST', `${V1}/negative-list`, { ...body, expiresAt: new Date(Date.now() + 86_400_000) });
  expect(await listNamed(officer, 'alert')).toMatchObject({ precision: { rejected: 3 } });
  const ctx = contextOfPerson(anna);
  const found = await negativeNamed(api.store, ctx, md5.toUpperCase());
  expect(found).toMatchObject({ kind: 'md5', counts: true, mediaId: await api.world.media(anna.agencyId, 'chair') });
  expect(await negativeNamed(api.store, ctx, found.id)).toEqual(found);
  await expect(negativeNamed(api.store, ctx, 'chair')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await api.store.owner
    .updateTable('negative_digests')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('id', '=', found.id)
    .execute();
  expect(await listNamed(officer, 'alert')).toMatchObject({ precision: { rejected: 2 } });
  const again = await officer.send('POST', `${V1}/negative-list`, body);
  expect(again.json()).toMatchObject({ id: found.id, counts: true, expiresAt: null });
  expect((await officer.send('POST', `${V1}/negative-list`, body)).json()).toMatchObject({ code: 'ALREADY_EXISTS' });
  await officer.send('POST', `${V1}/negative-list/${found.id}/end`, { reason: 'it is one' });
});

it('counts how often the hits of a list were looked at, and what was said of them', async () => {
  const chair = await api.world.media(anna.agencyId, 'chair');
  const vote = (media: string, code: string, seen: 'looked' | 'not-looked') =>
    sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, revealed_at)
      values (${anna.agencyId}, ${media}, ${anna.agencyId}, 'Norte', ${anna.id}, 'anna', 'vic-default@2.0', ${code}, ${seen},
        ${seen === 'looked' ? sql`now()` : null})`.execute(api.store.owner);
  await vote(chair, '1', 'looked');
  await vote(logo, '1', 'not-looked');
  expect(await listNamed(officer, 'alert')).toMatchObject({
    // The logo and the lamp are on the negative list.
    precision: { looked: 1, confirmed: 1, rejected: 2, disputed: 0 },
  });
  expect((await listNamed(officer, 'good')).precision).toEqual({ looked: 0, confirmed: 0, rejected: 0, disputed: 0 });
});
