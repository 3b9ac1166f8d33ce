// What people state of a series of whatever agency, and the graph that a case and a series stand in: for whoever sees them, and nobody else.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AssertionCreate, EntityCreate, SeriesStatementCreate, type Entity } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { listConnections } from '../../packages/server/src/features/connections/index.js';
import { assertRelation } from '../../packages/server/src/features/entities/assertions.js';
import { addMembers } from '../../packages/server/src/features/entities/series.js';
import { createEntity } from '../../packages/server/src/features/entities/service.js';
import {
  addStatement,
  listStatements,
  retractStatement,
} from '../../packages/server/src/features/entities/statements.js';
import {
  keepLayout,
  neighboursOf,
  readLayout,
  recordExport,
} from '../../packages/server/src/features/graph/service.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
/** Of the agency whose series it is, with a colleague; of one that the case is shared with; of one that has nothing to do with it. */
let [anna, olga, dora, gil] = [] as unknown as [Context, Context, Context, Context];
let [alpha, caseA, caseB] = ['', '', ''];

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  alpha = await world.agency('Alpha');
  const [beta, gamma] = [await world.agency('Beta', 'PT'), await world.agency('Gamma', 'FR')];
  const operation = await world.operation('Tantalus', [alpha, beta]);
  const [a, b] = [await api.person(alpha, 'anna'), await api.person(beta, 'dora')];
  [anna, dora, gil] = [contextOfPerson(a), contextOfPerson(b), contextOfPerson(await api.person(gamma, 'gil'))];
  olga = contextOfPerson(await api.person(alpha, 'olga'));
  [caseA, caseB] = [await world.case(a, 'A-1', operation, true), await world.case(b, 'B-1', operation, true)];
  await world.exhibit(a, caseA, '1', [{ content: 'lamp' }]);
  await world.exhibit(b, caseB, '1', [{ content: 'lamp' }]);
});
afterAll(() => api.close());

const reason = 'as the report says';
const add = (kind: Entity['kind'], name: string): Promise<Entity> =>
  createEntity(api.store, anna, EntityCreate.parse({ kind, name, case: caseA }));
const say = (type: string, from: Entity, to: Entity) =>
  assertRelation(api.store, anna, AssertionCreate.parse({ type, from: { entity: from.id }, to: to.id, reason }));

it('keeps clues, claims and votes for a country, of whoever sees it, with reasons, taken back by whoever stated them', async () => {
  const series = await add('series', 'stated');
  const state = (by: Context, given: object) =>
    addStatement(api.store, by, series.id, SeriesStatementCreate.parse({ reason, ...given }));
  const socket = await state(anna, { kind: 'socket', value: 'two round holes' });
  const vote = await state(anna, { kind: 'country', value: 'ES' });
  await expect(retractStatement(api.store, olga, vote.id, reason)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await state(dora, { kind: 'country', value: 'ES' });
  await state(dora, { kind: 'country', value: 'PT' });
  await state(dora, { kind: 'claim' });
  await expect(state(dora, { kind: 'claim' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  await expect(state(gil, { kind: 'claim' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(listStatements(api.store, gil, series.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(retractStatement(api.store, dora, socket.id, reason)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const { items, countries } = await listStatements(api.store, anna, series.id);
  expect(countries).toEqual([
    { country: 'ES', votes: 1, agencies: 1 },
    { country: 'PT', votes: 1, agencies: 1 },
  ]);
  expect(items.filter(({ kind, retracted }) => kind === 'country' && retracted !== null)).toMatchObject([
    { value: 'ES', by: 'dora', own: false },
  ]);
  expect(await retractStatement(api.store, anna, socket.id, 'a lamp')).toMatchObject({
    retracted: { by: 'anna', reason: 'a lamp' },
  });
  await expect(retractStatement(api.store, anna, socket.id, reason)).rejects.toMatchObject({
    code: 'ASSERTION_RETRACTED',
  });
  for (const given of [{ kind: 'country', value: 'es' }, { kind: 'socket' }, { kind: 'fur', value: 'x' }])
    expect(SeriesStatementCreate.safeParse({ reason, ...given }).success).toBe(false);
});

it('stands in a graph with its case, what is said of it and what its neighbours are, for whoever sees them', async () => {
  const [series, ana, chat] = [
    await add('series', 'drawn'),
    await add('person', 'Ana'),
    await add('chat-group', 'talk'),
  ];
  await addMembers(api.store, anna, series.id, {
    reason,
    confidence: 'probable',
    stack: false,
    media: [await api.world.media(alpha, 'lamp')],
  });
  await say('identified-as', series, ana);
  await say('is-in', ana, chat);
  const around = (kind: 'case' | 'entity', id: string, by = anna) =>
    neighboursOf(api.store, (input) => listConnections(api.store, by, input), by, { kind, id });
  const [drawn, here] = [await around('entity', series.id), `entity:${series.id}`];
  expect(drawn.node).toMatchObject({ key: here, kind: 'series', name: 'drawn' });
  expect(drawn.edges.map(({ kind, a, b }) => [kind, a, b])).toEqual(
    expect.arrayContaining([
      ['recorded', `case:${caseA}`, here],
      ['shown', `case:${caseA}`, here],
      ['assertion', here, `entity:${ana.id}`],
    ]),
  );
  const ofCase = await around('case', caseA, dora);
  expect(
    ofCase.edges.some(
      ({ kind, bits, b, a }) => kind === 'connection' && (bits ?? 0) > 0 && [a, b].includes(`case:${caseB}`),
    ),
  ).toBe(true);
  // What two neighbours are to one another is there too, though neither was asked for.
  expect(
    ofCase.edges.some(({ type, a, b }) => type === 'is-in' && a === `entity:${ana.id}` && b === `entity:${chat.id}`),
  ).toBe(true);
  for (const [kind, id] of [
    ['case', caseA],
    ['entity', series.id],
  ] as const)
    await expect(around(kind, id, gil)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const start = { kind: 'entity', id: series.id } as const;
  const layout = { pins: { [here]: { x: 3, y: -4 } } };
  await keepLayout(api.store, anna, start, layout);
  expect([await readLayout(api.store, anna, start), await readLayout(api.store, dora, start)]).toEqual([
    layout,
    { pins: {} },
  ]);
  await recordExport(api.store, anna, start, { nodes: 2, edges: 1 });
  const events = await api.store.owner
    .selectFrom('audit_events')
    .select(['object_id', 'detail'])
    .where('type', '=', 'export')
    .execute();
  expect(events).toMatchObject([{ object_id: series.id, detail: { format: 'graph as PNG', items: 2 } }]);
});
