// Reviews over services and API: an order that stays, windows read as whoever asks, claims of colleagues, votes on a stretch, what comes
// twice, what is undone; and the care that is taken of those who look.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CARE_DEFAULTS,
  CARE_LAXEST,
  ratioOfByte,
  type AgencyExposure,
  type CareState,
  type Claimed,
  type Exposure,
  type MediaVerdicts,
  type Review,
  type ReviewFacets,
  type ReviewShape,
  type ReviewWindow,
  type StretchCast,
  type VotesCast,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext } from '../../packages/server/src/store/index.js';
import { codeOf, contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { passTest } from './competence.js';

const SCHEME = 'vic-default@2.0';
/** More than a page of the server holds. */
const FILES = 210;

let api: ApiFixture;
let anna: Context;
let asAnna: Client;
let asBen: Client;
let asDora: Client;
let alpha = '';
let caseId = '';
let exhibit = '';

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  alpha = await world.agency('Alpha');
  const beta = await world.agency('Beta', 'PT');
  const operation = await world.operation('Tantalus', [alpha, beta]);
  const person = await api.person(alpha, 'anna');
  anna = contextOfPerson(person);
  const ben = contextOfPerson(await api.person(alpha, 'ben'));
  await api.person(beta, 'dora');
  caseId = await world.case(person, 'A-1', operation, true);
  world.traits('wide', { width: 900, height: 300 });
  world.traits('wide small', { stack: 'wide', width: 300, height: 100 });
  world.traits('tall', { width: 100, height: 200 });
  exhibit = await world.exhibit(person, caseId, '1', [
    { content: 'wide', path: 'a.jpg' },
    { content: 'wide', path: 'b.jpg' },
    { content: 'wide', path: 'c.jpg' },
    { content: 'wide small' },
    { content: 'tall', path: 'd.jpg' },
    { content: 'tall', path: 'e.jpg' },
    ...Array.from({ length: FILES }, (_, i) => ({ content: `chair ${i}` })),
  ]);
  for (const ctx of [anna, ben]) await passTest(api.store, ctx, SCHEME);
  [asAnna, asBen, asDora] = [await api.signIn('anna'), await api.signIn('ben'), await api.signIn('dora')];
});
afterAll(() => api.close());

const begin = async (client: Client, query: object, at?: string): Promise<Review> =>
  (await client.send('POST', '/api/v1/reviews', { query, at })).json<Review>();
const windowOf = async (client: Client, id: string, from: number, limit = 100): Promise<ReviewWindow> =>
  (await client.get(`/api/v1/reviews/${id}/tiles?from=${from}&limit=${limit}`)).json<ReviewWindow>();
const reveal = (ctx: Context, mediaId: string): Promise<void> =>
  withContext(api.store.app, ctx, (trx) =>
    audit(trx, ctx, { type: 'reveal', object: { kind: 'media', id: mediaId }, detail: { kind: 'clear' } }),
  );
const votesOn = async (mediaId: string) =>
  (await asAnna.get(`/api/v1/media/${mediaId}/verdicts`)).json<MediaVerdicts>().votes.filter((vote) => vote.own);

describe('a review', () => {
  it('holds every tile of its query once, in an order that stays, and its shape', async () => {
    const review = await begin(asAnna, { case: caseId });
    expect(review).toMatchObject({ total: FILES + 2, place: 0, name: null });
    const windows = [];
    for (let from = 0; from < review.total; from += 100)
      windows.push(...(await windowOf(asAnna, review.id, from)).items);
    expect(windows.map(({ place }) => place)).toEqual(Array.from({ length: review.total }, (_, i) => i));
    expect(new Set(windows.map(({ mediaId }) => mediaId)).size).toBe(review.total);
    expect(windows.slice(0, 2)).toMatchObject([
      { mediaId: await api.world.media(alpha, 'wide'), members: 2, occurrences: 4 },
      { mediaId: await api.world.media(alpha, 'tall'), members: 1, occurrences: 2 },
    ]);
    const shape = (await asAnna.get(`/api/v1/reviews/${review.id}/shape`)).json<ReviewShape>();
    const ratios = [...Buffer.from(shape.ratios, 'base64')].map(ratioOfByte);
    expect(ratios).toHaveLength(review.total);
    // Wider than any tile is drawn, and exactly as tall.
    expect(ratios[0]).toBeCloseTo(2.4, 1);
    expect(ratios[1]).toBeCloseTo(0.5, 2);
    const order = async () => (await windowOf(asAnna, review.id, 0, 2)).items.map(({ mediaId }) => mediaId);
    const before = await order();
    await api.world.exhibit({ id: anna.actor.userId, agencyId: alpha, login: 'anna' }, caseId, '2', [
      { content: 'tall', path: 'more 1.jpg' },
      { content: 'tall', path: 'more 2.jpg' },
    ]);
    expect(await order()).toEqual(before);
    expect((await windowOf(asAnna, review.id, 1, 1)).items[0]).toMatchObject({ occurrences: 4 });
  });

  it('begins where an address points, is kept under a name of its own, and is gone on with', async () => {
    const tall = await api.world.media(alpha, 'tall');
    const small = await api.world.media(alpha, 'wide small');
    const review = await begin(asAnna, { exhibit }, tall);
    expect(review.place).toBe(1);
    expect((await begin(asAnna, { exhibit }, small)).place).toBe(0);
    const kept = await asAnna.send('PUT', `/api/v1/reviews/${review.id}`, { name: 'Chairs', place: 200 });
    expect(kept.json()).toMatchObject({ name: 'Chairs', place: 200 });
    const other = await begin(asAnna, { case: caseId });
    expect(codeOf(await asAnna.send('PUT', `/api/v1/reviews/${other.id}`, { name: 'Chairs' }))).toBe(
      'REVIEW_NAME_TAKEN',
    );
    expect((await asAnna.get('/api/v1/reviews')).json()).toMatchObject({ items: [{ id: review.id, place: 200 }] });
    for (let i = 0; i < 10; i += 1) await begin(asAnna, { exhibit, sort: 'size' });
    expect((await asAnna.get(`/api/v1/reviews/${review.id}`)).statusCode).toBe(200);
    expect((await asAnna.get(`/api/v1/reviews/${other.id}`)).statusCode).toBe(404);
  });

  it('is of one person, and shows what is no longer shared as a gap', async () => {
    const review = await begin(asDora, { case: caseId });
    expect(review.total).toBe(FILES + 2);
    expect((await asAnna.get(`/api/v1/reviews/${review.id}/tiles?from=0`)).statusCode).toBe(404);
    await api.store.owner.updateTable('cases').set({ shared_with_operation: false }).where('id', '=', caseId).execute();
    expect((await windowOf(asDora, review.id, 0)).items).toEqual([]);
    await api.store.owner.updateTable('cases').set({ shared_with_operation: true }).where('id', '=', caseId).execute();
    expect((await windowOf(asDora, review.id, 0, 3)).items).toHaveLength(3);
  });

  it('refuses a step of files, and is empty where nothing fits', async () => {
    expect(codeOf(await asAnna.send('POST', '/api/v1/reviews', { query: { step: 'seized' } }))).toBe('REQUEST_INVALID');
    const none = await begin(asAnna, { exhibit, kind: 'video' });
    expect(none.total).toBe(0);
    expect((await windowOf(asAnna, none.id, 0)).items).toEqual([]);
  });
});

describe('facets', () => {
  it('choose by what a file says of itself, by size and by votes, and are counted', async () => {
    const value = (camera: string, text: string, gps: object | null) =>
      JSON.stringify({
        camera: { make: camera, model: 'One' },
        gps,
        sourceTimes: [{ kind: 'taken', text, offsetMinutes: null, precisionMs: 1000, basis: 'exif' }],
      });
    const structure = '0123456789abcdef';
    for (const [content, method, said] of [
      ['wide', 'exiftool', value('Acme', '2019:05:01 10:00:00', { latitudeDeg: 1, longitudeDeg: 2 })],
      ['tall', 'exiftool', value('Bolt', '2021:05:01 10:00:00', null)],
      ['wide', 'platform', JSON.stringify({ class: 'whatsapp', traces: [] })],
      ['wide', 'jpeg-structure', JSON.stringify({ class: structure })],
    ] as const)
      await api.store.owner
        .insertInto('media_metadata')
        .values({
          agency_id: alpha,
          media_id: await api.world.media(alpha, content),
          method,
          version: 1,
          value: said,
        })
        .execute();
    const totalOf = async (query: object) => (await begin(asAnna, { exhibit, ...query })).total;
    expect(await totalOf({ camera: 'Acme One' })).toBe(1);
    expect(await totalOf({ year: '2021' })).toBe(1);
    expect(await totalOf({ place: 'said' })).toBe(1);
    expect(await totalOf({ bytes: 'larger' })).toBe(0);
    expect(await totalOf({ platform: 'whatsapp' })).toBe(1);
    expect(await totalOf({ platform: 'telegram' })).toBe(0);
    expect(await totalOf({ structure })).toBe(1);
    expect(await totalOf({ reviewed: 'no' })).toBe(FILES + 2);
    expect(await totalOf({ reviewed: 'by-me' })).toBe(0);
    const { id } = await begin(asAnna, { exhibit });
    const { facets } = (await asAnna.get(`/api/v1/reviews/${id}/facets`)).json<ReviewFacets>();
    expect(facets.camera).toEqual([
      { value: 'Acme One', count: 1 },
      { value: 'Bolt One', count: 1 },
    ]);
    expect(facets.place).toEqual([
      { value: 'not-said', count: FILES + 1 },
      { value: 'said', count: 1 },
    ]);
    expect(facets.platform).toEqual([{ value: 'whatsapp', count: 1 }]);
    expect(facets.structure).toEqual([{ value: structure, count: 1 }]);
    expect(facets.reviewed).toEqual([{ value: 'no', count: FILES + 2 }]);
  });
});

describe('claims', () => {
  it('keep a colleague from what somebody is at, until they end', async () => {
    const [own, theirs] = [await begin(asAnna, { exhibit }), await begin(asBen, { exhibit })];
    const claim = async (client: Client, id: string, from: number, to: number) =>
      (await client.send('POST', `/api/v1/reviews/${id}/claims`, { from, to })).json<Claimed>();
    expect(await claim(asAnna, own.id, 10, 19)).toMatchObject({ own: 10, others: 0 });
    expect(await claim(asBen, theirs.id, 15, 24)).toMatchObject({ own: 5, others: 5 });
    const [tile] = (await windowOf(asBen, theirs.id, 15, 1)).items;
    expect(tile?.claim).toMatchObject({ login: 'anna', own: false });
    const vote = { code: `${SCHEME}:0` };
    expect(codeOf(await asBen.send('POST', `/api/v1/media/${tile?.mediaId}/verdicts`, vote))).toBe('CLAIMED');
    const stretch = await asBen.send('POST', `/api/v1/reviews/${theirs.id}/verdicts`, { ...vote, from: 18, to: 21 });
    expect(stretch.json<StretchCast>()).toMatchObject({ votes: 2, claimed: 2 });
    // A claim that has run out is whoever's asks next.
    await sql`update review_claims set until = now() - interval '1 second' where login = 'anna'`.execute(
      api.store.owner,
    );
    expect(await claim(asBen, theirs.id, 10, 14)).toMatchObject({ own: 5, others: 0 });
    expect(
      codeOf(
        await asAnna.send(
          'POST',
          `/api/v1/media/${(await windowOf(asAnna, own.id, 12, 1)).items[0]?.mediaId}/verdicts`,
          vote,
        ),
      ),
    ).toBe('CLAIMED');
    expect((await asBen.send('DELETE', '/api/v1/claims')).json()).toMatchObject({ released: 8 });
    expect((await windowOf(asAnna, own.id, 10, 10)).items.filter(({ claim: held }) => held !== null)).toEqual([]);
  });
});

describe('claims at once', () => {
  it('are told alike to both, whoever came first', async () => {
    const [own, theirs] = [await begin(asAnna, { exhibit }), await begin(asBen, { exhibit, sort: 'size' })];
    const to = FILES - 1;
    for (let i = 0; i < 10; i += 1) {
      const answers = await Promise.all(
        (
          [
            [asAnna, own.id],
            [asBen, theirs.id],
          ] as const
        ).map(([client, id]) => client.send('POST', `/api/v1/reviews/${id}/claims`, { from: 0, to })),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
      for (const answer of answers) {
        const { own: mine, others } = answer.json<Claimed>();
        expect(mine + others).toBe(FILES);
      }
      await sql`update review_claims set until = now() - interval '1 second'`.execute(api.store.owner);
    }
    await sql`delete from review_claims`.execute(api.store.owner);
  });
});

describe('a vote on a stack', () => {
  it('leaves out the members that a colleague is at', async () => {
    const [wide, small] = [await api.world.media(alpha, 'wide'), await api.world.media(alpha, 'wide small')];
    const { id, place } = await begin(asBen, { exhibit, collapse: 'media' }, small);
    await asBen.send('POST', `/api/v1/reviews/${id}/claims`, { from: place, to: place });
    const decision = randomUUID();
    const vote = { code: `${SCHEME}:0`, stack: true, decision };
    const cast = (await asAnna.send('POST', `/api/v1/media/${wide}/verdicts`, vote)).json<VotesCast>();
    expect(cast.votes.map(({ mediaId }) => mediaId)).toEqual([wide]);
    await asAnna.send('POST', `/api/v1/decisions/${decision}/undo`);
    await asBen.send('DELETE', '/api/v1/claims');
  });
});

describe('a decision', () => {
  it('that is sent again is cast once, and is undone with all its votes', async () => {
    const wide = await api.world.media(alpha, 'wide');
    const decision = randomUUID();
    const send = () =>
      asAnna.send('POST', `/api/v1/media/${wide}/verdicts`, { code: `${SCHEME}:0`, stack: true, decision });
    const first = (await send()).json<{ votes: { id: string }[] }>();
    expect(first.votes).toHaveLength(2);
    expect(
      (await send())
        .json<{ votes: { id: string }[] }>()
        .votes.map(({ id }) => id)
        .sort(),
    ).toEqual(first.votes.map(({ id }) => id).sort());
    const undo = await asAnna.send('POST', `/api/v1/decisions/${decision}/undo`);
    expect(undo.json()).toEqual({ retracted: 2, restored: 0, given: [] });
    expect(codeOf(await asAnna.send('POST', `/api/v1/decisions/${decision}/undo`))).toBe('VOTE_RETRACTED');
    // It comes a third time, late: it was taken back, and stays so.
    await send();
    expect((await votesOn(wide)).filter(({ retracted }) => retracted === null)).toEqual([]);
    expect((await asBen.send('POST', `/api/v1/decisions/${decision}/undo`)).statusCode).toBe(404);
  });

  it('that was given to others since names them when it is undone, and not those who were given it before', async () => {
    const tall = await api.world.media(alpha, 'tall');
    const { agencyId, userId: id, login } = anna.actor;
    const give = (receiver: string): Promise<string> =>
      api.world.contribution({ agencyId, id, login }, tall, { receiver });
    const decision = randomUUID();
    await give('before');
    await asAnna.send('POST', `/api/v1/media/${tall}/verdicts`, { code: `${SCHEME}:0`, decision });
    const since = await give('Europol');
    const undo = await asAnna.send('POST', `/api/v1/decisions/${decision}/undo`);
    expect(undo.json()).toMatchObject({
      retracted: 1,
      given: [{ contribution: since, receiver: 'Europol', media: 1 }],
    });
  });

  it('is undone after the one that came later, and what both replaced holds again', async () => {
    const { id } = await begin(asAnna, { exhibit });
    const [tile] = (await windowOf(asAnna, id, 60, 1)).items;
    const acts = ['0', '1', '2'].map((code) => ({ code: `${SCHEME}:${code}`, decision: randomUUID() }));
    for (const act of acts) await asAnna.send('POST', `/api/v1/media/${tile?.mediaId}/verdicts`, act);
    const undo = async () => {
      const answer = await asAnna.send('POST', `/api/v1/decisions/${acts.pop()?.decision}/undo`);
      expect(answer.statusCode).toBe(200);
      const votes = await votesOn(tile?.mediaId ?? '');
      return votes.filter(({ retracted }) => retracted === null).map(({ code }) => code);
    };
    expect(await undo()).toEqual([`${SCHEME}:1`]);
    expect(await undo()).toEqual([`${SCHEME}:0`]);
    expect(await undo()).toEqual([]);
  });

  it('on a stretch leaves what was judged alone, says so, and gives back what it replaced', async () => {
    const review = await begin(asAnna, { exhibit });
    const [alone, before] = (await windowOf(asAnna, review.id, 30, 2)).items.map(({ mediaId }) => mediaId);
    await reveal(anna, alone ?? '');
    await asAnna.send('POST', `/api/v1/media/${alone}/verdicts`, { code: `${SCHEME}:2` });
    const on = (decision: string, code: string, from: number, to: number) =>
      asAnna.send('POST', `/api/v1/reviews/${review.id}/verdicts`, {
        code: `${SCHEME}:${code}`,
        decision,
        stack: true,
        from,
        to,
      });
    const [first, second] = [randomUUID(), randomUUID()];
    expect((await on(first, '0', 31, 31)).json()).toMatchObject({ votes: 1, notLooked: 1, kept: 0 });
    expect((await on(second, '1', 30, 33)).json()).toMatchObject({ votes: 3, notLooked: 3, kept: 1 });
    expect((await votesOn(alone ?? '')).map(({ code }) => code)).toEqual([`${SCHEME}:2`]);
    expect((await asAnna.send('POST', `/api/v1/decisions/${second}/undo`)).json()).toEqual({
      retracted: 3,
      restored: 1,
      given: [],
    });
    const inForce = (await votesOn(before ?? '')).filter(({ retracted }) => retracted === null);
    expect(inForce).toMatchObject([{ code: `${SCHEME}:0`, ofStack: true, seen: 'not-looked' }]);
    const [tile] = (await windowOf(asAnna, review.id, 30, 1)).items;
    expect(tile).toMatchObject({ looked: true, own: `${SCHEME}:2`, verdict: { state: 'waiting' } });
  });
});

describe('care', () => {
  it('is what a person chose, within the floor of their agency, which few may set and the record tells of', async () => {
    expect((await asAnna.get('/api/v1/me/care')).json<CareState>()).toMatchObject({ care: CARE_DEFAULTS, floor: null });
    await asAnna.send('PUT', '/api/v1/me/care', { ...CARE_LAXEST, breakMinutes: 20 });
    expect((await asAnna.send('PUT', '/api/v1/care-floor', CARE_DEFAULTS)).statusCode).toBe(403);
    await api.person(alpha, 'wim', ['welfare-officer']);
    const asWim = await api.signIn('wim');
    await asWim.send('PUT', '/api/v1/care-floor', { ...CARE_LAXEST, reveal: 'hold', tilePx: 128 });
    expect((await asAnna.get('/api/v1/me/care')).json<CareState>()).toMatchObject({
      care: { ...CARE_LAXEST, breakMinutes: 20, reveal: 'hold', tilePx: 128 },
      own: { reveal: 'hold-or-keep' },
      floorSetBy: 'wim',
    });
    expect((await asDora.get('/api/v1/me/care')).json<CareState>()).toMatchObject({ floor: null });
    expect((await asDora.send('PUT', '/api/v1/me/care', { ...CARE_DEFAULTS, tilePx: 5 })).statusCode).toBe(400);
    const { rows } = await sql<{ login: string }>`select login from audit_events where type = 'care-floor'`.execute(
      api.store.owner,
    );
    expect(rows).toEqual([{ login: 'wim' }]);
  });

  it('tells somebody alone what they looked at, and a welfare officer of five people and more', async () => {
    const tile = await api.world.media(alpha, 'tall');
    for (let i = 0; i < 3; i += 1) await reveal(anna, tile);
    const { days } = (await asAnna.get('/api/v1/me/exposure')).json<Exposure>();
    expect(days).toMatchObject([{ reveals: 4, media: 2, knownBad: 0 }]);
    expect((await asBen.get('/api/v1/me/exposure')).json()).toEqual({ days: [] });
    expect((await asAnna.get('/api/v1/exposure')).statusCode).toBe(403);
    const asWim = await api.signIn('wim');
    const weeks = async () => (await asWim.get('/api/v1/exposure')).json<AgencyExposure>().weeks;
    const looks = async (login: string) => reveal(contextOfPerson(await api.person(alpha, login)), tile);
    for (const login of ['one', 'two', 'three']) await looks(login);
    expect(await weeks(), 'of four people nothing is told').toEqual([]);
    await looks('four');
    expect(await weeks(), 'nor of a week that has not ended').toEqual([]);
    await sql`update audit_events set at = at - interval '7 days' where type = 'reveal'`.execute(api.store.owner);
    expect(await weeks()).toMatchObject([{ people: 5, revealsEach: 8 / 5 }]);
    // Not by the database either, whoever asks it directly.
    const { rows } = await withContext(api.store.app, anna, (trx) =>
      sql`select * from exposure_of_agency()`.execute(trx),
    );
    expect(rows).toEqual([]);
  });
});
