// What a review refuses: keys that may only read, more kept ones than a person may have, the id of a decision for another act.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CARE_DEFAULTS, type MediaVerdicts, type Review, type ReviewWindow } from '@redthread/core/contract';
import { codeOf, contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { passTest } from './competence.js';

const SCHEME = 'vic-default@2.0';

let api: ApiFixture;
let asAnna: Client;
let [caseId, exhibit] = ['', ''];

beforeAll(async () => {
  api = await openFixture();
  const agency = await api.world.agency('Alpha');
  const anna = await api.person(agency, 'anna');
  caseId = await api.world.case(anna, 'A-1');
  const files = ['chair', 'table', 'lamp', 'bed'].map((content) => ({ content }));
  exhibit = await api.world.exhibit(anna, caseId, '1', files);
  await passTest(api.store, contextOfPerson(anna), SCHEME);
  asAnna = await api.signIn('anna');
});
afterAll(() => api.close());

const begin = async (client: Client, query: object): Promise<Review> =>
  (await client.send('POST', '/api/v1/reviews', { query })).json<Review>();
const votesOn = async (mediaId: string) =>
  (await asAnna.get(`/api/v1/media/${mediaId}/verdicts`)).json<MediaVerdicts>().votes;

it('is kept twenty times at most, and one that is let go makes room', async () => {
  const ids = [];
  for (let i = 0; i < 20; i += 1) {
    const { id } = await begin(asAnna, { exhibit, kind: 'video' });
    ids.push(id);
    expect((await asAnna.send('PUT', `/api/v1/reviews/${id}`, { name: `kept ${i}` })).statusCode).toBe(200);
  }
  const { id } = await begin(asAnna, { exhibit, kind: 'video' });
  const keep = () => asAnna.send('PUT', `/api/v1/reviews/${id}`, { name: 'one more' });
  expect(codeOf(await keep())).toBe('REVIEWS_TOO_MANY');
  expect((await asAnna.send('PUT', `/api/v1/reviews/${ids[3]}`, { name: 'another name' })).statusCode).toBe(200);
  await asAnna.send('PUT', `/api/v1/reviews/${ids[0]}`, { name: null });
  expect((await keep()).statusCode).toBe(200);
  // Nobody has gone on with the others for half a year.
  await sql`update reviews set used_at = now() - interval '181 days' where name like 'kept %'`.execute(api.store.owner);
  await begin(asAnna, { exhibit, kind: 'video' });
  const { items } = (await asAnna.get('/api/v1/reviews')).json<{ items: Review[] }>();
  expect(items.map(({ name }) => name).sort()).toEqual(['another name', 'one more']);
});

it('is begun and kept, and care, keys and places of a graph chosen, by no key that may only read', async () => {
  const made = await asAnna.send('POST', '/api/v1/api-keys', { name: 'reader', scopes: ['read'], days: 1 });
  const headers = { authorization: `Bearer ${made.json<{ secret: string }>().secret}` };
  const { id } = await begin(asAnna, { exhibit });
  const calls = [
    ['POST', '/api/v1/reviews', { query: { exhibit } }],
    ['PUT', `/api/v1/reviews/${id}`, { place: 1 }],
    ['PUT', '/api/v1/me/care', CARE_DEFAULTS],
    ['PUT', '/api/v1/me/keys', { keys: {} }],
    ['PUT', `/api/v1/cases/${caseId}/graph/layout`, { pins: {} }],
  ] as const;
  for (const [method, url, payload] of calls) {
    const answer = await api.http.inject({ method, url, headers, payload });
    expect([answer.statusCode, answer.json<{ code: string }>().code], url).toEqual([403, 'FORBIDDEN']);
  }
  expect((await api.http.inject({ url: `/api/v1/reviews/${id}`, headers })).statusCode).toBe(200);
});

it('stands for one act: its id with another vote, media or stretch is refused, and nothing is cast', async () => {
  const { id } = await begin(asAnna, { exhibit });
  const [one, other] = (await asAnna.get(`/api/v1/reviews/${id}/tiles?from=0&limit=2`)).json<ReviewWindow>().items;
  const decision = randomUUID();
  const votes = `/api/v1/media/${one?.mediaId}/verdicts`;
  const vote = { code: `${SCHEME}:0`, decision };
  expect((await asAnna.send('POST', votes, vote)).statusCode).toBe(200);
  const stretch = { ...vote, from: 0, to: 1 };
  for (const [url, body] of [
    [votes, { ...vote, code: `${SCHEME}:1` }],
    [votes, { ...vote, note: 'another' }],
    [`/api/v1/media/${other?.mediaId}/verdicts`, vote],
    [`/api/v1/reviews/${id}/verdicts`, stretch],
  ] as const)
    expect(codeOf(await asAnna.send('POST', url, body)), url).toBe('DECISION_TAKEN');
  expect((await asAnna.send('POST', votes, vote)).statusCode).toBe(200);
  expect(await votesOn(other?.mediaId ?? '')).toEqual([]);
  expect((await votesOn(one?.mediaId ?? '')).map(({ code }) => code)).toEqual([vote.code]);
  await asAnna.send('POST', `/api/v1/decisions/${decision}/undo`);
  const act = { ...stretch, decision: randomUUID() };
  expect((await asAnna.send('POST', `/api/v1/reviews/${id}/verdicts`, act)).statusCode).toBe(200);
  expect(codeOf(await asAnna.send('POST', `/api/v1/reviews/${id}/verdicts`, { ...act, to: 2 }))).toBe('DECISION_TAKEN');
  await asAnna.send('POST', `/api/v1/decisions/${act.decision}/undo`);
});
