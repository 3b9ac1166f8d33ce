// Where and when the files of a scope say that they were made: areas that hold what they count, times as written with their doubt, and the tiles
// of either; of what nobody may open nothing is told.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  AssertionCreate,
  EntityCreate,
  PlacesQuery,
  StackQuery,
  TimesQuery,
  circleText,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { assertRelation } from '../../packages/server/src/features/entities/assertions.js';
import { createEntity, showEntity } from '../../packages/server/src/features/entities/service.js';
import { listStacks } from '../../packages/server/src/features/stacks/index.js';
import { placesOf, timesOf } from '../../packages/server/src/features/where-and-when/service.js';
import { MIGRATIONS } from '../../packages/server/src/store/migrations/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
let [anna, gil] = [] as unknown as [Context, Context];
let [alpha, caseA] = ['', ''];

interface Told {
  readonly gps?: { readonly latitudeDeg: number; readonly longitudeDeg: number };
  readonly taken?: string;
  readonly offsetMinutes?: number | null;
}

const tell = async (content: string, { gps, taken, offsetMinutes = null }: Told): Promise<void> => {
  const time = { kind: 'taken', text: taken, offsetMinutes, precisionMs: 1000, basis: 'exif' };
  await api.store.owner
    .insertInto('media_metadata')
    .values({
      agency_id: alpha,
      media_id: await api.world.media(alpha, content),
      method: 'exiftool',
      version: 1,
      value: JSON.stringify({ gps: gps ?? null, sourceTimes: taken === undefined ? [] : [time] }),
    })
    .execute();
};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  alpha = await world.agency('Alpha');
  const a = await api.person(alpha, 'anna');
  const g = await api.person(await world.agency('Gamma', 'FR'), 'gil');
  [anna, gil] = [contextOfPerson(a), contextOfPerson(g)];
  caseA = await world.case(a, 'A-1', null, false);
  const contents = ['one', 'two', 'far', 'zoned', 'zero', 'none'];
  await world.exhibit(
    a,
    caseA,
    '1',
    contents.map((content) => ({ content })),
  );
  await tell('one', { gps: { latitudeDeg: 41.385, longitudeDeg: 2.17 }, taken: '2021:05:03 10:00:00' });
  await tell('two', { gps: { latitudeDeg: 41.395, longitudeDeg: 2.17 }, taken: '2021:05:04 23:30:00' });
  await tell('far', { gps: { latitudeDeg: -33, longitudeDeg: 151 }, taken: '2107:12:31 00:00:00' });
  await tell('zoned', { taken: '2021:05:04 12:00:00', offsetMinutes: 120 });
  await tell('zero', { taken: '0000:01:01 00:00:00' });
});
afterAll(() => api.close());

const places = (by: Context, more: object = {}) => placesOf(api.store, by, PlacesQuery.parse({ case: caseA, ...more }));
const recordedIn = async (by: Context, more: object = {}): Promise<string[]> =>
  (await places(by, more)).recorded.map(({ name }) => name);
const times = (by: Context, more: object = {}) => timesOf(api.store, by, TimesQuery.parse({ case: caseA, ...more }));
const tiles = async (more: object): Promise<number> =>
  (await listStacks(api.store, anna, StackQuery.parse({ case: caseA, collapse: 'media', ...more }))).total;

it('counts places together in areas that hold them, and what says nothing', async () => {
  const { areas, ...counts } = await places(anna);
  expect(counts).toEqual({ said: 3, notSaid: 3, closed: 0, truncated: false, recorded: [] });
  expect(areas).toMatchObject([
    { latitudeDeg: 41.39, longitudeDeg: 2.17, media: 2 },
    { latitudeDeg: -33, longitudeDeg: 151, media: 1, radiusM: 100 },
  ]);
  for (const area of areas) expect(await tiles({ near: circleText(area) })).toBe(area.media);
  expect((await places(anna, { cellDeg: 0.001 })).areas).toHaveLength(3);
  await expect(places(gil)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('has places that were recorded where it is said that they are, in a case or shown by a media of it, for whoever sees them', async () => {
  const area = { latitudeDeg: 41.4, longitudeDeg: 2.2, radiusM: 300 };
  const record = (more: object) =>
    createEntity(api.store, anna, EntityCreate.parse({ kind: 'place', name: 'harbour', area, ...more }));
  const { id } = await record({ case: caseA });
  const shown = await record({ name: 'attic' });
  await record({ name: 'elsewhere' });
  expect(await recordedIn(anna)).toEqual(['harbour']);
  const media = await api.world.media(alpha, 'one');
  const said = { type: 'shows', from: { media }, to: shown.id, reason: 'the window' };
  await assertRelation(api.store, anna, AssertionCreate.parse(said));
  expect(await recordedIn(anna)).toEqual(['attic', 'harbour']);
  expect((await places(anna)).recorded).toContainEqual({ ...area, id, name: 'harbour', agency: 'Alpha' });
  expect(await recordedIn(anna, { case: undefined })).toEqual(['attic', 'elsewhere', 'harbour']);
  expect(await recordedIn(gil, { case: undefined })).toEqual([]);
  expect((await showEntity(api.store, anna, id)).entity.area).toEqual(area);
  for (const wrong of [
    { kind: 'person' },
    { area: { ...area, latitudeDeg: 91 } },
    { area: { ...area, radiusM: 0 } },
    { area: { latitudeDeg: 1, longitudeDeg: 1 } },
  ])
    expect(EntityCreate.safeParse({ kind: 'place', area, ...wrong }).success).toBe(false);
});

it('has no area that lacks one of its numbers, whoever writes it; what was let through before is none', async () => {
  const { owner } = api.store;
  const area = { latitudeDeg: 41.4, longitudeDeg: 2.2, radiusM: 300 };
  const { id } = await createEntity(api.store, anna, EntityCreate.parse({ kind: 'place', name: 'pier', area }));
  const write = (value: unknown) =>
    sql`update entities set area = ${JSON.stringify(value)}::jsonb where id = ${id}::uuid`.execute(owner);
  const [half, text] = [
    { ...area, radiusM: 0.5 },
    { ...area, latitudeDeg: '41.4' },
  ];
  for (const wrong of [{}, null, [], 'x', { latitudeDeg: 1, longitudeDeg: 1 }, { ...area, radiusM: null }, half, text])
    await expect(write(wrong), JSON.stringify(wrong)).rejects.toThrow('area_is_a_circle');
  await sql`alter table entities drop constraint area_is_a_circle`.execute(owner);
  const { id: other } = await createEntity(api.store, anna, EntityCreate.parse({ kind: 'place', name: 'mole', area }));
  await write({});
  await MIGRATIONS['0095-areas-are-circles']?.up(owner);
  expect((await showEntity(api.store, anna, id)).entity.area).toBeNull();
  expect((await showEntity(api.store, anna, other)).entity.area).toEqual(area);
  await expect(write({})).rejects.toThrow('area_is_a_circle');
});

it('tells times by source as they were written, and of which no zone is known; year 0 and 2107 are values', async () => {
  const capture = async (more: object = {}) =>
    (await times(anna, more)).lanes.find(({ lane }) => lane === 'capture')?.periods;
  expect(await capture()).toEqual([
    { at: '0000', media: 1, noZone: 1 },
    { at: '2021', media: 3, noZone: 2 },
    { at: '2107', media: 1, noZone: 1 },
  ]);
  expect(await capture({ unit: 'day', within: '2021-05' })).toEqual([
    { at: '2021-05-03', media: 1, noZone: 1 },
    { at: '2021-05-04', media: 2, noZone: 1 },
  ]);
  expect(await tiles({ written: 'capture:2021..2021' })).toBe(3);
  // Without a zone 3 May may be 2 or 4 May; with one it is the day that is written.
  expect(await tiles({ written: 'capture:2021-05-05..2021-05-05' })).toBe(1);
  expect(await tiles({ written: 'capture:2021-05-02..2021-05-02' })).toBe(1);
  expect(await tiles({ written: 'capture:0000..0000' })).toBe(1);
  await expect(times(gil)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('finds nothing by the times of what nobody may open, as it counts nothing of it', async () => {
  const written = [
    { kind: 'modified', text: '1999-07-01 00:00:00', offsetMinutes: 0, precisionMs: 1000, basis: 'archive' },
  ];
  const { owner } = api.store;
  await owner
    .updateTable('occurrences')
    .set({ source_times: JSON.stringify(written) })
    .where('media_id', '=', await api.world.media(alpha, 'none'))
    .execute();
  const query = { written: 'archive:1999..1999' };
  expect(await tiles(query)).toBe(1);
  await sql`update occurrences set provider_viewed = false where media_id = ${await api.world.media(alpha, 'none')}`.execute(
    owner,
  );
  expect(await times(anna)).toMatchObject({ closed: 1 });
  expect(await tiles(query)).toBe(0);
});

it('counts what several agencies hold once, as the funnel and the review do', async () => {
  const { store, world } = api;
  const beta = await world.agency('Beta');
  const [a, b] = [await world.person(alpha, 'w-anna'), await world.person(beta, 'w-ben')];
  const operation = await world.operation('joint', [alpha, beta]);
  for (const person of [a, b]) {
    const caseId = await world.case(person, `W-${person.login}`, operation, true);
    await world.exhibit(person, caseId, '1', [{ content: 'of both' }, { content: `of ${person.login}` }]);
  }
  const value = JSON.stringify({
    gps: { latitudeDeg: 44.49, longitudeDeg: 11.34 },
    sourceTimes: [
      { kind: 'taken', text: '2021:05:03 10:00:00', offsetMinutes: null, precisionMs: 1000, basis: 'exif' },
    ],
  });
  for (const agency_id of [alpha, beta])
    await store.owner
      .insertInto('media_metadata')
      .values({ agency_id, media_id: await world.media(agency_id, 'of both'), method: 'exiftool', version: 1, value })
      .execute();
  const ctx = contextOfPerson(b);
  expect(await placesOf(store, ctx, PlacesQuery.parse({ operation }))).toMatchObject({ said: 1, notSaid: 2 });
  const { lanes } = await timesOf(store, ctx, TimesQuery.parse({ operation, unit: 'year' }));
  expect(lanes.find(({ lane }) => lane === 'capture')?.periods).toMatchObject([{ at: '2021', media: 1 }]);
  const near = circleText({ latitudeDeg: 44.49, longitudeDeg: 11.34, radiusM: 100 });
  const shown = await listStacks(store, ctx, StackQuery.parse({ operation, near, collapse: 'media' }));
  expect(shown.total).toBe(1);
});
