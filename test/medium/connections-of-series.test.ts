// What connects a series: by what it matches, its bytes and its cameras, for whoever sees both ends; and what is decided on that.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DecisionState, MatchGrade } from '@redthread/core/domain';
import { connectionsOfSeries, decide } from '../../packages/server/src/features/connections/index.js';
import { addMembers, assertRelation, createEntity } from '../../packages/server/src/features/entities/index.js';
import { neighboursOf } from '../../packages/server/src/features/graph/service.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let ben: Person;
let count = 0;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());
beforeEach(async () => {
  count += 1;
  anna = await api.person(await api.world.agency(`Alpha ${count}`), `anna-${count}`);
  ben = await api.person(await api.world.agency(`Beta ${count}`), `ben-${count}`);
});

const files = (...contents: string[]) => contents.map((content) => ({ content: `${content} ${count}` }));
/** A match of that grade and so many bits between two contents of Anna's agency. */
const match = (first: string, second: string, grade: MatchGrade, bits: number): Promise<void> =>
  api.world.matchContents(anna.agencyId, [`${first} ${count}`, `${second} ${count}`], grade, bits);

/** A series in a case of Anna's, of these contents of her agency. */
const series = async (name: string, caseId: string, ...contents: string[]): Promise<string> => {
  const ctx = contextOfPerson(anna);
  const { id } = await createEntity(api.store, ctx, {
    kind: 'series',
    name: `${name} ${count}`,
    note: '',
    case: caseId,
  });
  const media: string[] = [];
  for (const content of contents) media.push(await api.world.media(anna.agencyId, `${content} ${count}`));
  await addMembers(api.store, ctx, id, { media, reason: 'seen together', confidence: 'probable', stack: false });
  return id;
};
const of = async (person: Person, id: string, kind: 'series' | 'cases', leads = false) => {
  const answer = await connectionsOfSeries(api.store, contextOfPerson(person), { id, with: kind, leads, limit: 50 });
  const names = answer.items.map(
    ({ series: other, case: end, strengthBits, strongest: { grade } }) =>
      `${(other?.name ?? end?.caseReference ?? '').split(/[ -]/)[0]} ${grade} ${strengthBits}`,
  );
  return { names, leads: answer.leads, items: answer.items };
};

it('connect with series and cases by their media, for whoever sees both, what chance might bring apart', async () => {
  const operation = await api.world.operation(`Op ${count}`, [anna.agencyId, ben.agencyId]);
  const [one, two, hidden] = [
    await api.world.case(anna, `One-${count}`, operation, true),
    await api.world.case(anna, `Two-${count}`, operation, true),
    await api.world.case(anna, `Hidden-${count}`, operation, false),
  ];
  await api.world.exhibit(anna, one, '1', files('lamp', 'chair'));
  await api.world.exhibit(anna, two, '1', files('desk', 'lamp', 'x', 'y'));
  await api.world.exhibit(anna, hidden, '1', files('bed', 'z'));
  await match('lamp', 'desk', 'same content', 18);
  await match('chair', 'bed', 'same content', 17);
  await match('chair', 'z', 'same scene', 0.5);
  const yellow = await series('Yellow', one, 'lamp', 'chair');
  await series('Blue', two, 'desk');
  await series('Grey', hidden, 'bed');
  await series('Pale', hidden, 'z');
  // Of one with the other two comparisons, and three series that each was compared with; he sees one.
  expect((await of(anna, yellow, 'series')).names).toEqual(['Blue same content 15.42', 'Grey same content 14.42']);
  expect(await of(anna, yellow, 'series', true)).toMatchObject({ leads: 1, names: ['Pale same scene -2.08'] });
  expect(await of(ben, yellow, 'series')).toMatchObject({ leads: 0, names: ['Blue same content 17'] });
  // The lamp lies in both cases: with the series three ends hold it.
  const weight = Math.round((128 - Math.log2(4) - Math.log2(3 / 2)) * 100) / 100;
  expect((await of(ben, yellow, 'cases')).names).toEqual(['One identical 125', `Two identical ${weight - 2}`].sort());
  expect((await of(anna, yellow, 'cases')).names).toHaveLength(3);
  const [blue] = (await of(anna, yellow, 'series')).items;
  expect(blue?.strongest.mediaA).toBe(await api.world.media(anna.agencyId, `lamp ${count}`));
  const other = await api.person(await api.world.agency(`Gamma ${count}`), `gil-${count}`);
  await expect(of(other, yellow, 'series')).rejects.toThrow(/NOT_FOUND/);
});

/** Metadata that name a camera, as its program writes them. */
const takenBy = async (content: string, serial: string): Promise<void> => {
  const media = await api.world.media(anna.agencyId, `${content} ${count}`);
  const value = { camera: { make: 'Norvik', model: 'N40', serial, lens: null, lensSerial: null }, raw: {} };
  await api.store.owner
    .insertInto('media_metadata')
    .values({
      media_id: media,
      agency_id: anna.agencyId,
      method: 'exiftool',
      version: 1,
      value: JSON.stringify(value),
    })
    .execute();
};

it('connect by the cameras that made their pictures, where nothing else does, as exhibits and cases do', async () => {
  const [one, two] = [await api.world.case(anna, `One-${count}`), await api.world.case(anna, `Two-${count}`)];
  await api.world.exhibit(anna, one, '1', files('lamp', 'chair'));
  await api.world.exhibit(anna, two, '1', files('desk', 'shelf', 'x', 'y'));
  const yellow = await series('Yellow', one, 'lamp');
  const blue = await series('Blue', two, 'desk', 'x');
  expect((await of(anna, yellow, 'series')).names).toEqual([]);
  for (const [content, serial] of [
    ['lamp', 'nv 20813377'],
    ['desk', 'NV  20813377 '],
    ['shelf', 'NV 99813300'],
    ['x', 'NV 55513300'],
    ['y', 'N 20813377'],
  ] as const)
    await takenBy(content, serial);
  // Two devices of the one series, three of the other case besides this one; who holds pictures of it are two and three ends.
  const [series_, cases] = [await of(anna, yellow, 'series'), await of(anna, yellow, 'cases')];
  expect(series_.names).toEqual(['Blue same source 19']);
  expect(series_.items[0]).toMatchObject({
    counts: [{ grade: 'same source', pairs: 1 }],
    causes: [{ cause: 'device' }],
  });
  // Compared with two cases.
  const ofTwo = Math.round((20 - Math.log2(4 * 2) - Math.log2(3 / 2)) * 100) / 100;
  expect(cases.names).toContain(`Two same source ${ofTwo}`);
  expect((await of(anna, blue, 'series')).names).toEqual(['Yellow same source 19']);
});

it('are decided on like exhibits and cases, and what is one with a series is decided on with it', async () => {
  const operation = await api.world.operation(`Op ${count}`, [anna.agencyId, ben.agencyId]);
  const [one, two] = [
    await api.world.case(anna, `One-${count}`, operation, true),
    await api.world.case(anna, `Two-${count}`, operation, true),
  ];
  await api.world.exhibit(anna, one, '1', files('lamp', 'chair'));
  await api.world.exhibit(anna, two, '1', files('desk', 'x'));
  await match('lamp', 'desk', 'same content', 18);
  const yellow = await series('Yellow', one, 'lamp');
  const blue = await series('Blue', two, 'desk');
  const id = ['series', ...[yellow, blue].sort()].join('_');
  const say = (person: Person, which: string, state: DecisionState) =>
    decide(api.store, contextOfPerson(person), which, { state, reason: `because ${state}` });
  const states = async (person: Person, of_: string, kind: 'series' | 'cases' = 'series') =>
    (await of(person, of_, kind)).items.map(({ state }) => state);
  expect(await say(anna, id, 'rejected')).toMatchObject({
    connection: { id, between: 'series', state: 'rejected' },
    decisions: [{ own: true, state: 'rejected', login: anna.login }],
  });
  expect([await states(anna, yellow), await states(anna, blue)]).toEqual([['rejected'], ['rejected']]);
  // Drawn no more for whoever rejected it.
  const drawn = async (person: Person) => {
    const start = { kind: 'entity', id: yellow } as const;
    const ask = () => Promise.reject(new Error('no case is asked for'));
    const { edges } = await neighboursOf(api.store, ask, contextOfPerson(person), start);
    return edges.some(({ kind, a, b }) => kind === 'connection' && [a, b].includes(`entity:${blue}`));
  };
  expect([await drawn(anna), await drawn(ben)]).toEqual([false, true]);
  // What others decided is an opinion.
  expect((await of(ben, yellow, 'series')).items).toMatchObject([
    { state: 'new', decision: null, opinions: [{ own: false, state: 'rejected' }] },
  ]);
  const ofCase = `series-cases_${yellow}_${two}`;
  await say(ben, ofCase, 'confirmed');
  expect((await of(ben, yellow, 'cases')).items.find(({ id: which }) => which === ofCase)?.state).toBe('confirmed');
  // Found again in what is one with it.
  const more = await series('Pale', two, 'x');
  await assertRelation(api.store, contextOfPerson(anna), {
    type: 'continues',
    from: { entity: more },
    to: blue,
    reason: 'the same room',
    confidence: 'certain',
  });
  expect([await states(anna, yellow), await states(anna, more)]).toEqual([['rejected'], ['rejected']]);
  // More evidence opens it, and says what.
  await match('lamp', 'x', 'same scene', 17);
  expect((await of(anna, yellow, 'series')).items).toMatchObject([
    { state: 'new', reopened: 'new since your rejection: 1 pair same scene' },
  ]);
  const asReviewer = {
    ...contextOfPerson(anna),
    actor: { ...contextOfPerson(anna).actor, roles: ['reviewer' as const] },
  };
  expect(() => decide(api.store, asReviewer, id, { state: 'confirmed', reason: 'because' })).toThrow(/FORBIDDEN/);
  await expect(say(anna, `series_${yellow}_${crypto.randomUUID()}`, 'confirmed')).rejects.toThrow(/NOT_FOUND/);
});
