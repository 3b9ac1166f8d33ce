// Outcome feedback: whoever contributed to a series that was identified learns that of their own contribution once its owner releases it, and nothing
// of the series, of a person or of a day; and who else contributed is told to nobody.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Funnel, Notice, Outcome } from '@redthread/core/contract';
import { codeOf, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());

const outcomesOf = async (client: Client): Promise<Outcome[]> =>
  (await client.get('/api/v1/outcomes')).json<{ items: Outcome[] }>().items;
const noticesOf = async (client: Client): Promise<Notice[]> =>
  (await client.get('/api/v1/notices'))
    .json<{ items: Notice[] }>()
    .items.filter(({ kind }) => kind.startsWith('outcome'));

it('tells every contributor of their own media and statements, until it is taken back or the series is open again', async () => {
  const { world } = api;
  const [owning, sharing, giving, bystanding] = [
    await world.agency('Owning'),
    await world.agency('Sharing'),
    await world.agency('Giving'),
    await world.agency('Bystanding'),
  ];
  const operation = await world.operation('joint', [owning, sharing]);
  const person = (agency: string, login: string, roles: string[]): Promise<Person> => api.person(agency, login, roles);
  const anna = await person(owning, 'o-anna', ['officer']);
  const ben = await person(sharing, 'o-ben', ['officer']);
  await person(sharing, 'o-bea', ['coordinator']);
  const cleo = await person(giving, 'o-cleo', ['officer']);
  await person(giving, 'o-carl', ['reviewer']);
  const dora = await person(bystanding, 'o-dora', ['coordinator']);
  const ownCase = await world.case(anna, 'secret reference', operation, true);
  await world.exhibit(anna, ownCase, '1', [{ content: 'room' }, { content: 'given' }, { content: 'by all' }]);
  const benCase = await world.case(ben, 'B-1', operation, true);
  await world.exhibit(ben, benCase, '1', [{ content: 'seen by ben' }, { content: 'kept by ben' }]);
  const cleoCase = await world.case(cleo, 'C-1');
  await world.exhibit(cleo, cleoCase, '1', [{ content: 'given' }, { content: 'not given' }]);
  await world.exhibit(dora, await world.case(dora, 'D-1'), '1', [{ content: 'room' }, { content: 'by all' }]);
  const given = await world.media(giving, 'given');
  await world.contribution(cleo, given, { receiver: 'Owning', receiver_agency_id: owning, format: 'package' });

  const as = (login: string) => api.signIn(login);
  const officer = await as('o-anna');
  const series = (
    await officer.send('POST', '/api/v1/entities', { kind: 'series', name: 'secret name', case: ownCase })
  ).json<{ id: string }>().id;
  const ofBen = await world.media(sharing, 'seen by ben');
  const media = [await world.media(owning, 'room'), await world.media(owning, 'given'), ofBen];
  await officer.send('POST', `/api/v1/series/${series}/members`, { media, reason: 'the same wall' });
  await (
    await as('o-ben')
  ).send('POST', `/api/v1/series/${series}/statements`, {
    kind: 'socket',
    value: 'round',
    reason: 'beside the bed',
  });

  const release = (client: Client) =>
    client.send('POST', `/api/v1/series/${series}/outcome`, { reason: 'the secret child is safe' });
  expect(codeOf(await release(officer))).toBe('SERIES_NOT_IDENTIFIED');
  await officer.send('POST', `/api/v1/series/${series}/steps`, { state: 'identified' });
  expect((await outcomesOf(await as('o-ben'))).length).toBe(0);
  // A partner sees the series, and releases nothing of it.
  expect(codeOf(await release(await as('o-ben')))).toBe('NOT_FOUND');
  expect((await release(officer)).json()).toMatchObject({ release: { by: 'o-anna' } });
  expect(codeOf(await release(officer))).toBe('ALREADY_EXISTS');

  const expected: Readonly<Record<string, readonly [media: string[], statements: number] | null>> = {
    'o-ben': [[ofBen], 1],
    'o-bea': [[ofBen], 1],
    'o-cleo': [[given], 0],
    'o-carl': [[given], 0],
    'o-dora': null,
    'o-anna': null,
  };
  for (const [login, told] of Object.entries(expected)) {
    const client = await as(login);
    const outcomes = await outcomesOf(client);
    expect([login, outcomes.map((one) => [one.agency, one.media, one.count, one.statements])]).toEqual([
      login,
      told === null ? [] : [['Owning', told[0], told[0].length, told[1]]],
    ]);
    const notices = await noticesOf(client);
    // Those who contributed themselves, and coordinators.
    expect([login, notices.map(({ kind }) => kind)]).toEqual([
      login,
      ['o-ben', 'o-bea', 'o-cleo'].includes(login) ? ['outcome'] : [],
    ]);
    expect(JSON.stringify([outcomes, notices.map(({ detail }) => detail)])).not.toMatch(
      /secret|\d{4}-\d\d-\d\d|o-anna/,
    );
  }
  // It counts in the funnel of the contributor, and opens there.
  const funnel = (await (await as('o-cleo')).get(`/api/v1/funnel?case=${cleoCase}`)).json<Funnel>();
  const identified = funnel.steps.find(({ step }) => step === 'identified');
  expect([identified?.files, funnel.steps.find(({ step }) => step === 'contributed')?.files]).toEqual([1, 1]);
  const listed = (await (await as('o-cleo')).get(identified?.query ?? '')).json<{ items: { mediaId: string }[] }>();
  expect(listed.items.map(({ mediaId }) => mediaId)).toEqual([given]);
  // A case for named people hides it from colleagues who are not on it.
  await sql`update cases set access = 'named' where id = ${cleoCase}::uuid`.execute(api.store.owner);
  expect([await outcomesOf(await as('o-carl')), (await outcomesOf(await as('o-cleo'))).length]).toEqual([[], 1]);

  const withdraw = () => officer.send('POST', `/api/v1/series/${series}/outcome/withdraw`, { reason: 'another child' });
  expect((await withdraw()).json()).toEqual({ release: null });
  expect(codeOf(await withdraw())).toBe('NOT_FOUND');
  expect(await outcomesOf(await as('o-ben'))).toEqual([]);
  expect((await noticesOf(await as('o-ben'))).map(({ kind }) => kind)).toEqual(['outcome-withdrawn', 'outcome']);
  // Released anew, and gone with the state.
  await release(officer);
  expect((await outcomesOf(await as('o-ben'))).length).toBe(1);
  await officer.send('POST', `/api/v1/series/${series}/steps`, { state: 'being-worked', workedBy: 'Owning' });
  expect(await outcomesOf(await as('o-ben'))).toEqual([]);
  expect((await officer.get(`/api/v1/series/${series}/outcome`)).json()).toEqual({ release: null });
});
