// Entities, series and assertions over services: who sees and says what, merges that are undone without a trace, another agency's word
// as an opinion, contradictions, members and what is suggested, refusals.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssertionCreate, EntityCreate, type Entity } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import {
  assertionsOfMedia,
  assertRelation,
  retractAssertion,
  splitEntities,
} from '../../packages/server/src/features/entities/assertions.js';
import {
  addMembers,
  listMembers,
  removeMembers,
  suggestMembers,
} from '../../packages/server/src/features/entities/series.js';
import {
  addExternalId,
  createEntity,
  listEntities,
  retractExternalId,
  setSeriesState,
  showEntity,
} from '../../packages/server/src/features/entities/service.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
let anna: Context;
/** Of the agency that the case is shared with; of one that has nothing to do with it. */
let dora: Context;
let gil: Context;
let [alpha, caseA, caseB] = ['', '', ''];

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  alpha = await world.agency('Alpha');
  const [beta, gamma] = [await world.agency('Beta', 'PT'), await world.agency('Gamma', 'FR')];
  const operation = await world.operation('Tantalus', [alpha, beta]);
  const [a, b] = [await api.person(alpha, 'anna'), await api.person(beta, 'dora')];
  [anna, dora, gil] = [contextOfPerson(a), contextOfPerson(b), contextOfPerson(await api.person(gamma, 'gil'))];
  world.traits('lamp small', { stack: 'lamp', width: 320, height: 240 });
  [caseA, caseB] = [await world.case(a, 'A-1', operation, true), await world.case(b, 'B-1', operation, true)];
  await world.exhibit(
    a,
    caseA,
    '1',
    ['lamp', 'lamp small', 'chair', 'table', 'bed'].map((content) => ({ content })),
  );
  await world.exhibit(b, caseB, '1', [{ content: 'lamp' }, { content: 'stool' }]);
  await world.match({ id: await media('lamp'), agencyId: alpha }, { id: await media('chair'), agencyId: alpha });
});
afterAll(() => api.close());

const media = (content: string, agency = alpha): Promise<string> => api.world.media(agency, content);
const reason = 'as the report says';

const add = (kind: Entity['kind'], name: string, more: object = {}, by = anna): Promise<Entity> =>
  createEntity(api.store, by, EntityCreate.parse({ kind, name, case: by === dora ? caseB : caseA, ...more }));
const say = (type: string, from: Entity | { media: string }, to: Entity, more: object = {}, by = anna) =>
  assertRelation(
    api.store,
    by,
    AssertionCreate.parse({ type, from: 'media' in from ? from : { entity: from.id }, to: to.id, reason, ...more }),
  );
const show = (of: Entity, by = anna) => showEntity(api.store, by, of.id);
const groupOf = async (of: Entity, by = anna): Promise<string[]> =>
  (await show(of, by)).group.map(({ id }) => id).sort();
const ids = (...of: Entity[]): string[] => of.map(({ id }) => id).sort();

describe('entities', () => {
  it('are seen by whoever sees their case, those without one by their agency', async () => {
    const [shared, own] = [
      await add('person', 'Nobody yet', { role: 'victim' }),
      await add('place', 'Own', { case: undefined }),
    ];
    expect(await show(shared, dora)).toMatchObject({ entity: { name: 'Nobody yet', role: 'victim' } });
    for (const [of, who] of [
      [shared, gil],
      [own, dora],
    ] as const)
      await expect(show(of, who)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const found = await listEntities(api.store, dora, { limit: 100, q: 'nobody' });
    expect([found.total, found.items[0]?.id]).toEqual([1, shared.id]);
    expect((await listEntities(api.store, gil, { limit: 100 })).items).toEqual([]);
  });

  it('may have no name; a series has one, and only persons have an age', () => {
    expect(EntityCreate.safeParse({ kind: 'person' }).success).toBe(true);
    expect(EntityCreate.safeParse({ kind: 'series' }).success).toBe(false);
    expect(EntityCreate.safeParse({ kind: 'place', role: 'victim' }).success).toBe(false);
  });

  it('keep numbers of others on themselves, in a form that is known or with an issuer that is named', async () => {
    const phone = await add('phone-number', 'his');
    const add1 = (input: { issuer?: string; type: string; value: string }, by = anna) =>
      addExternalId(api.store, by, phone.id, input);
    await expect(add1({ type: 'imei', value: '490154203237519' })).rejects.toMatchObject({
      code: 'EXTERNAL_ID_INVALID',
    });
    await expect(add1({ type: 'file-number', value: '7' })).rejects.toMatchObject({ code: 'EXTERNAL_ID_INVALID' });
    const row = await add1({ type: 'phone-number', value: '+34 600 000 000' });
    expect(row).toMatchObject({ issuer: 'ITU', value: '+34600000000' });
    await expect(add1({ type: 'phone-number', value: '+34600000000' })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    await expect(add1({ issuer: 'Beta', type: 'file-number', value: '7' }, dora)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await listEntities(api.store, anna, { limit: 9, q: '+34600000000' })).items[0]?.id).toBe(phone.id);
    expect(await retractExternalId(api.store, anna, row.id, reason)).toMatchObject({
      retracted: { by: 'anna', reason },
    });
    await expect(retractExternalId(api.store, anna, row.id, reason)).rejects.toMatchObject({
      code: 'ASSERTION_RETRACTED',
    });
  });

  it('have an age at another time', async () => {
    const person = await add('person', '', { age: { minYears: 8, maxYears: 10, at: '2020-06-15' } });
    expect((await showEntity(api.store, anna, person.id, '2025-06-15')).ageThen).toEqual({ min: 12, max: 16 });
  });
});

describe('a merge', () => {
  it('rewrites nothing, and is gone when it is taken back', async () => {
    const [one, two, three] = [await add('account', 'a1'), await add('account', 'a2'), await add('account', 'a3')];
    const before = [await show(one), await show(two)];
    await say('same-as', one, two);
    await say('same-as', two, three);
    expect(await groupOf(one)).toEqual(ids(one, two, three));
    await expect(say('same-as', two, one)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await say('same-as', three, one);
    expect(await splitEntities(api.store, anna, two.id, one.id, reason)).toMatchObject({ stillOne: true });
    for (const [a, b] of [
      [two, three],
      [one, three],
    ] as const)
      await splitEntities(api.store, anna, a.id, b.id, reason);
    expect([await groupOf(one), await groupOf(two)]).toEqual([ids(one), ids(two)]);
    expect((await show(one)).entity).toEqual(before[0]?.entity);
    expect((await show(one)).assertions.every(({ retracted }) => retracted?.by === 'anna')).toBe(true);
    await expect(splitEntities(api.store, anna, one.id, two.id, reason)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of another agency’s record is a proposal until that says so too, and seen as an opinion', async () => {
    const [ours, theirs] = [await add('person', 'ours'), await add('person', 'theirs', {}, dora)];
    expect(await say('same-as', ours, theirs)).toMatchObject({ isOpinion: true, counts: false });
    expect(await groupOf(ours)).toEqual(ids(ours));
    expect((await show(theirs, dora)).assertions).toMatchObject([{ agency: 'Alpha', isOpinion: true, counts: false }]);
    const agreed = await say('same-as', theirs, ours, {}, dora);
    expect(agreed.counts).toBe(true);
    for (const who of [anna, dora]) expect(await groupOf(ours, who)).toEqual(ids(ours, theirs));
    await expect(retractAssertion(api.store, anna, agreed.id, reason)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await retractAssertion(api.store, dora, agreed.id, reason);
    expect(await groupOf(ours)).toEqual(ids(ours));
  });

  it('is undone for whom a part of it is shared no longer, and is as before once it is shared again', async () => {
    const [shared, own, other] = [
      await add('device', 'd1'),
      await add('device', 'd2', { case: undefined }),
      await add('device', 'd3'),
    ];
    await say('same-as', shared, own);
    await say('same-as', own, other);
    expect(await groupOf(shared)).toEqual(ids(shared, own, other));
    // What she does not see joins nothing for her.
    expect(await groupOf(shared, dora)).toEqual(ids(shared));
    const direct = await say('same-as', shared, other);
    expect(await groupOf(shared, dora)).toEqual(ids(shared, other));
    const share = (isShared: boolean) =>
      api.store.owner.updateTable('cases').set({ shared_with_operation: isShared }).where('id', '=', caseA).execute();
    await share(false);
    await expect(show(shared, dora)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await share(true);
    expect(await groupOf(shared, dora)).toEqual(ids(shared, other));
    await retractAssertion(api.store, anna, direct.id, reason);
    expect(await groupOf(shared, dora)).toEqual(ids(shared));
    expect(await groupOf(shared)).toEqual(ids(shared, own, other));
  });
});

describe('an assertion', () => {
  it('is refused between what its type does not relate, and with itself', async () => {
    const [person, place] = [await add('person', ''), await add('place', 'here')];
    for (const [type, from, to] of [
      ['same-as', person, place],
      ['knows', person, person],
      ['member-of', { media: await media('bed') }, person],
    ] as const)
      await expect(say(type, from, to)).rejects.toMatchObject({ code: 'ASSERTION_IMPOSSIBLE' });
    expect(
      AssertionCreate.safeParse({ type: 'knows', from: { entity: person.id }, to: place.id, reason, validFrom: 'once' })
        .success,
    ).toBe(false);
  });

  it('is seen only together with both ends and its evidence', async () => {
    const [person, hidden] = [await add('person', 'p'), await add('place', 'h', { case: undefined })];
    await say('located-at', person, hidden);
    await say('shows', { media: await media('bed') }, person, {
      evidence: { text: 'page 4', region: { x: 0, y: 0, width: 0.5, height: 1 } },
    });
    expect((await show(person)).assertions).toHaveLength(2);
    expect((await show(person, dora)).assertions).toMatchObject([
      { type: 'shows', evidence: { text: 'page 4', mediaGone: false } },
    ]);
    expect(await assertionsOfMedia(api.store, dora, await media('bed'))).toHaveLength(1);
    await expect(assertionsOfMedia(api.store, gil, await media('bed'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that is against another is kept, and both are flagged', async () => {
    const [series, p, q] = [await add('series', 'S'), await add('person', 'p'), await add('person', 'q')];
    const first = await say('identified-as', series, p);
    const second = await say('identified-as', series, q);
    const [here, there] = [await add('place', 'here'), await add('place', 'there')];
    const noon = { validFrom: '2025-07-01T11:00Z', validTo: '2025-07-01T13:00Z' };
    await say('located-at', p, here, noon);
    await say('located-at', p, there, noon);
    expect((await show(series)).contradictions).toEqual([
      { rule: 'two-persons', assertions: [first.id, second.id].sort(), certainty: 'certain' },
    ]);
    expect((await show(p)).contradictions).toMatchObject([{ rule: 'two-places-at-once', certainty: 'certain' }]);
    await say('same-as', p, q);
    expect((await show(series)).contradictions).toEqual([]);
    await say('different-from', q, p);
    expect((await show(p)).contradictions.map(({ rule }) => rule)).toContain('same-and-different');
  });

  it('is said by those whose role may', async () => {
    const auditor: Context = { ...anna, actor: { ...anna.actor, roles: ['auditor'] } };
    await expect(async () => add('place', 'x', {}, auditor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a series', () => {
  const member = { confidence: 'probable', reason, stack: false } as const;
  const membersOf = async (of: Entity, by = anna) =>
    (await listMembers(api.store, by, of.id, { limit: 100 })).items.map(({ mediaId }) => mediaId).sort();

  it('has members by somebody’s word, and suggests what matches them, strongest first', async () => {
    const series = await add('series', 'Yellow room');
    const [lamp, small, chair] = [await media('lamp'), await media('lamp small'), await media('chair')];
    const beta = await api.world.find(dora.actor.agencyId, 'lamp');
    expect(await addMembers(api.store, anna, series.id, { ...member, media: [lamp] })).toEqual({
      added: [lamp],
      already: [],
    });
    expect(await addMembers(api.store, anna, series.id, { ...member, media: [lamp] })).toEqual({
      added: [],
      already: [lamp],
    });
    const { items } = await suggestMembers(api.store, anna, series.id);
    expect(items.map(({ mediaId, grade, to }) => [mediaId, grade, to])).toEqual([
      [beta, 'identical', lamp],
      [chair, 'same content', lamp],
      [small, 'same content', lamp],
    ]);
    expect(items[1]?.words).toContain('pdq v1 measured 8');
    await addMembers(api.store, anna, series.id, { ...member, media: [chair] });
    expect(await removeMembers(api.store, anna, series.id, { media: [chair], reason })).toEqual({ removed: [chair] });
    // Of all of them or of none: nobody says that the small one belongs.
    await expect(removeMembers(api.store, anna, series.id, { media: [lamp, small], reason })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await membersOf(series)).toEqual([lamp]);
    // What was taken out is not suggested again by whoever took it out.
    expect((await suggestMembers(api.store, anna, series.id)).items.map(({ mediaId }) => mediaId)).toEqual([
      beta,
      small,
    ]);
    await addMembers(api.store, anna, series.id, { ...member, media: [lamp], stack: true });
    expect(await membersOf(series)).toEqual([lamp, small].sort());
    await expect(addMembers(api.store, gil, series.id, { ...member, media: [lamp] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(listMembers(api.store, gil, series.id, { limit: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows of two agencies that say the same each its own word, and the other’s once that is taken back', async () => {
    const [series, lamp] = [await add('series', 'Twice said'), await media('lamp')];
    const byWhom = async (by: Context) =>
      (await listMembers(api.store, by, series.id, { limit: 9 })).items.map(({ assertion }) => assertion.by);
    for (const by of [dora, anna]) await addMembers(api.store, by, series.id, { ...member, media: [lamp] });
    expect([await byWhom(anna), await byWhom(dora)]).toEqual([['anna'], ['dora']]);
    await removeMembers(api.store, dora, series.id, { media: [lamp], reason });
    expect([await byWhom(anna), await byWhom(dora)]).toEqual([['anna'], ['anna']]);
  });

  it('that continues another has the members of both, until that is taken back', async () => {
    const [one, two] = [await add('series', 'one'), await add('series', 'two')];
    const [table, bed] = [await media('table'), await media('bed')];
    await addMembers(api.store, anna, one.id, { ...member, media: [table] });
    await addMembers(api.store, anna, two.id, { ...member, media: [bed] });
    const { id } = await say('continues', one, two);
    expect(await membersOf(one)).toEqual([table, bed].sort());
    await retractAssertion(api.store, anna, id, reason);
    expect([await membersOf(one), await membersOf(two)]).toEqual([[table], [bed]]);
  });

  it('is open, being worked, identified or closed, with who said so and when', async () => {
    const series = await add('series', 'states');
    expect(series.state).toBe('open');
    await setSeriesState(api.store, anna, series.id, {
      state: 'being-worked',
      note: '',
      workedBy: 'the unit in Porto',
    });
    expect(
      await setSeriesState(api.store, anna, series.id, { state: 'identified', note: 'found', workedBy: '' }),
    ).toMatchObject({
      state: 'identified',
    });
    expect((await show(series)).steps).toMatchObject([
      { state: 'identified', by: 'anna' },
      { state: 'being-worked', workedBy: 'the unit in Porto' },
    ]);
    expect((await listEntities(api.store, anna, { limit: 9, kind: 'series', state: 'identified' })).items).toHaveLength(
      1,
    );
    await expect(
      setSeriesState(api.store, dora, series.id, { state: 'closed', note: '', workedBy: '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
