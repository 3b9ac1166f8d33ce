// What connects exhibits and cases: scored, leads apart, from what the viewer sees and nothing else.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionState, MatchGrade } from '@redthread/core/domain';
import { decide, expandConnections, listConnections } from '../../packages/server/src/features/connections/index.js';
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
const many = (name: string, n: number) => files(...Array.from({ length: n }, (_, i) => `${name} ${i}`));

/** A match of that grade and so many bits between two contents of Anna's agency. */
const match = (first: string, second: string, grade: MatchGrade, bits: number): Promise<void> =>
  api.world.matchContents(anna.agencyId, [`${first} ${count}`, `${second} ${count}`], grade, bits);

const asked = (person: Person, input: Partial<Parameters<typeof listConnections>[2]> = {}) =>
  listConnections(api.store, contextOfPerson(person), { limit: 50, ...input });

describe('strength', () => {
  it('pays for what was compared and for whoever else holds it', async () => {
    const caseId = await api.world.case(anna, `A-${count}`);
    await api.world.exhibit(anna, caseId, '1', files('lamp', 'a', 'b', 'c'));
    await api.world.exhibit(anna, caseId, '2', files('lamp', 'd', 'e', 'f'));
    const [two] = (await asked(anna)).items;
    expect(two).toMatchObject({
      strengthBits: 128 - 4,
      isLead: false,
      strongest: { comparisons: 16, holders: 2, bits: 128, cause: 'content' },
    });
    await api.world.exhibit(anna, caseId, '3', files('lamp'));
    await api.world.exhibit(anna, caseId, '4', files('lamp'));
    const { items } = await asked(anna);
    expect(items).toHaveLength(6);
    expect(items.map(({ strengthBits }) => strengthBits)).toEqual([127, 125, 125, 125, 125, 123]);
  });

  it('keeps what chance might bring apart, until another cause carries it', async () => {
    const caseId = await api.world.case(anna, `A-${count}`);
    await api.world.exhibit(anna, caseId, '1', [...files('room', 'lamp'), ...many('x', 30)]);
    await api.world.exhibit(anna, caseId, '2', [...files('hall', 'desk'), ...many('y', 30)]);
    await match('room', 'hall', 'same scene', 9);
    expect(await asked(anna)).toMatchObject({ items: [], total: 0, leads: 1 });
    const { items } = await asked(anna, { leads: true });
    expect(items).toMatchObject([{ isLead: true, strongest: { grade: 'same scene', strengthBits: 9 - 10 } }]);
    await match('lamp', 'desk', 'same content', 18);
    const after = await asked(anna);
    expect(after).toMatchObject({
      leads: 0,
      items: [
        {
          strengthBits: 8,
          causes: [
            { cause: 'content', strengthBits: 8 },
            { cause: 'place', strengthBits: -1 },
          ],
          strongest: { grade: 'same content' },
          further: [{ grade: 'same scene' }],
        },
      ],
    });
  });

  it('takes no place and no camera from two copies of one picture', async () => {
    api.world.traits(`copy ${count}`, { stack: `room ${count}` });
    const caseId = await api.world.case(anna, `A-${count}`);
    await api.world.exhibit(anna, caseId, '1', files('room'));
    await api.world.exhibit(anna, caseId, '2', files('copy'));
    await match('room', 'copy', 'same scene', 40);
    expect(await asked(anna)).toMatchObject({ items: [], leads: 0 });
  });
});

describe('cases', () => {
  it('connects them by the files of all their exhibits, not with themselves', async () => {
    const [one, two] = [await api.world.case(anna, `A-${count}`), await api.world.case(anna, `B-${count}`)];
    await api.world.exhibit(anna, one, '1', files('lamp'));
    await api.world.exhibit(anna, one, '2', files('lamp', 'room'));
    await api.world.exhibit(anna, two, '1', files('hall'));
    expect((await asked(anna, { between: 'cases' })).items).toEqual([]);
    await match('room', 'hall', 'same content', 18);
    const { items } = await asked(anna, { between: 'cases', case: two });
    expect(items).toMatchObject([{ between: 'cases', strengthBits: 17, a: { exhibit: null }, b: { exhibit: null } }]);
    expect(items.flatMap(({ a, b }) => [a.caseReference, b.caseReference]).sort()).toEqual([
      `A-${count}`,
      `B-${count}`,
    ]);
    const exhibit = await api.store.owner
      .selectFrom('exhibits')
      .select('id')
      .where('case_id', '=', two)
      .executeTakeFirstOrThrow();
    await expect(asked(anna, { between: 'cases', exhibit: exhibit.id })).rejects.toThrow(/REQUEST_INVALID/);
  });
});

describe('of a media', () => {
  it('are those in which one pair of files has it, by the rule of the others', async () => {
    api.world.traits(`mate ${count}`, { stack: `room ${count}` });
    const caseId = await api.world.case(anna, `A-${count}`);
    await api.world.exhibit(anna, caseId, '1', files('lamp', 'room'));
    await api.world.exhibit(anna, caseId, '2', files('lamp', 'desk'));
    await api.world.exhibit(anna, caseId, '3', files('hall', 'desk'));
    await api.world.exhibit(anna, caseId, '4', files('mate'));
    await match('room', 'hall', 'same content', 18);
    // Of one stack: no place follows from it.
    await match('room', 'mate', 'same scene', 40);
    const of = async (name: string) => {
      const media = await api.world.media(anna.agencyId, `${name} ${count}`);
      const { items } = await asked(anna, { media });
      return items.map(({ a, b }) => [a.exhibit, b.exhibit].sort().join('-')).sort();
    };
    expect([await of('lamp'), await of('room'), await of('hall'), await of('desk'), await of('mate')]).toEqual([
      ['1-2'],
      ['1-3'],
      ['1-3'],
      ['2-3'],
      [],
    ]);
    expect((await asked(anna)).total).toBe(3);
    const lamp = await api.world.media(anna.agencyId, `lamp ${count}`);
    await expect(asked(ben, { media: lamp })).rejects.toThrow(/NOT_FOUND/);
  });
});

describe('what is hidden', () => {
  it('changes no score, no order, no count and no rarity', async () => {
    const operation = await api.world.operation(`Op ${count}`, [anna.agencyId, ben.agencyId]);
    const caseId = await api.world.case(anna, `A-${count}`, operation, true);
    await api.world.exhibit(anna, caseId, '1', files('lamp', 'room'));
    await api.world.exhibit(anna, caseId, '2', files('lamp', 'hall'));
    await match('room', 'hall', 'same scene', 12);
    const views = () =>
      Promise.all(
        (['exhibits', 'cases'] as const).flatMap((between) =>
          [true, false].map((leads) => asked(ben, { between, leads, operation })),
        ),
      );
    const before = JSON.stringify(await views());
    expect(before).toContain('"pairs":1');
    const hidden = await api.world.case(anna, `H-${count}`);
    await api.world.exhibit(anna, hidden, '1', files('lamp', 'cellar'));
    await match('room', 'cellar', 'same content', 18);
    expect(JSON.stringify(await views())).toBe(before);
    expect((await asked(anna)).items).toHaveLength(3);
  });

  it('and a known-good list links nothing', async () => {
    const caseId = await api.world.case(anna, `A-${count}`);
    await api.world.exhibit(anna, caseId, '1', files('icon'));
    await api.world.exhibit(anna, caseId, '2', files('icon'));
    expect((await asked(anna)).total).toBe(1);
    const list = await api.world.list(anna, `Good ${count}`, [`icon ${count}`]);
    await api.store.owner.updateTable('lists').set({ polarity: 'known-good' }).where('id', '=', list).execute();
    expect(await asked(anna)).toMatchObject({ total: 0, leads: 0 });
  });
});

it('pages in one order, losing and doubling nothing', async () => {
  const caseId = await api.world.case(anna, `A-${count}`);
  for (const reference of ['1', '2', '3', '4'])
    await api.world.exhibit(anna, caseId, reference, files('lamp', `only ${reference}`));
  const whole = (await asked(anna)).items.map(({ id }) => id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await asked(anna, { limit: 1, cursor });
    expect(page.total).toBe(6);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(whole);
});

describe('two hops', () => {
  it('lead from a case over what it connects with, for those who see the way, and not over what their agency rejected', async () => {
    const operation = await api.world.operation(`Op ${count}`, [anna.agencyId, ben.agencyId]);
    const ids: string[] = [];
    for (const [name, isShared, ...contents] of [
      ['A', true, 'lamp'],
      ['B', true, 'lamp', 'room'],
      ['C', true, 'room', 'hall'],
      ['D', false, 'lamp', 'hall'],
      ['E', true, 'hall'],
    ] as const) {
      const caseId = await api.world.case(anna, `${name}-${count}`, operation, isShared);
      await api.world.exhibit(anna, caseId, '1', files(...contents));
      ids.push(caseId);
    }
    const from = async (person: Person, at = ids[0] ?? '', more = {}) => {
      const { items } = await expandConnections(api.store, contextOfPerson(person), { case: at, limit: 50, ...more });
      return items.map(({ end, hops, ways }) => `${hops} ${end.caseReference.slice(0, 1)} ${ways}`);
    };
    expect(await from(anna)).toEqual(expect.arrayContaining(['1 B 1', '1 D 1', '2 C 2', '2 E 1']));
    // D is hidden from Ben, and with it every way over it.
    expect(await from(ben)).toEqual(['1 B 1', '2 C 1']);
    await expect(from(ben, ids[3])).rejects.toThrow(/NOT_FOUND/);
    await expect(from(ben, '00000000-0000-4000-8000-000000000000')).rejects.toThrow(/NOT_FOUND/);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await expandConnections(api.store, contextOfPerson(anna), { case: ids[0], limit: 1, cursor });
      expect([page.total, page.start.caseReference]).toEqual([4, `A-${count}`]);
      pages.push(...page.items.map(({ end, hops, ways }) => `${hops} ${end.caseReference.slice(0, 1)} ${ways}`));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(pages).toEqual(await from(anna));
    const [a = '', b = ''] = [ids[0] ?? '', ids[1] ?? ''].sort();
    await decide(api.store, contextOfPerson(anna), `cases_${a}_${b}`, { state: 'rejected', reason: 'a wallpaper' });
    // B is reached over D now, with which it shares the lamp.
    expect(await from(anna)).toEqual(['1 D 1', ...(await from(anna)).slice(1)]);
    expect(await from(anna)).toEqual(expect.arrayContaining(['2 B 1', '2 C 1', '2 E 1']));
    expect(await from(ben)).toEqual(['1 B 1', '2 C 1']);
  });
});

describe('decisions', () => {
  const linked = async () => {
    const operation = await api.world.operation(`Op ${count}`, [anna.agencyId, ben.agencyId]);
    const caseId = await api.world.case(anna, `A-${count}`, operation, true);
    await api.world.exhibit(anna, caseId, '1', files('lamp', 'room'));
    await api.world.exhibit(anna, caseId, '2', files('lamp', 'hall'));
    const [connection] = (await asked(anna)).items;
    return { caseId, id: connection?.id ?? '' };
  };
  const said = (person: Person, id: string, state: DecisionState, until?: string) =>
    decide(api.store, contextOfPerson(person), id, { state, reason: `because ${state}`, until });
  const stateFor = async (person: Person) => (await asked(person)).items.map(({ state }) => state);

  it('are of the agency, and opinions to others, and are on record', async () => {
    const { id } = await linked();
    const file = await said(anna, id, 'confirmed');
    expect(file).toMatchObject({
      connection: { state: 'confirmed', opinions: [] },
      decisions: [{ own: true, state: 'confirmed', login: anna.login }],
    });
    expect((await asked(ben)).items).toMatchObject([
      { state: 'new', decision: null, opinions: [{ own: false, state: 'confirmed', agency: `Alpha ${count}` }] },
    ]);
    await said(ben, id, 'rejected');
    expect([await stateFor(anna), await stateFor(ben)]).toEqual([['confirmed'], ['rejected']]);
    expect((await asked(anna, { state: 'new' })).total).toBe(0);
    const waiting = await api.store.owner
      .selectFrom('audit_events')
      .select(['login', 'object_id'])
      .where('type', '=', 'connection-decision')
      .where('object_id', '=', id)
      .execute();
    expect(waiting.map(({ login }) => login).sort()).toEqual([anna.login, ben.login]);
  });

  it('of rejection survive a new computation, and more evidence opens them with its reason', async () => {
    const { id, caseId } = await linked();
    await said(anna, id, 'rejected');
    await api.world.exhibit(anna, caseId, '3', files('lamp'));
    expect((await asked(anna, { state: 'rejected' })).items).toMatchObject([{ id, reopened: null }]);
    await match('room', 'hall', 'same content', 18);
    expect((await asked(anna, { state: 'new' })).items.find((one) => one.id === id)).toMatchObject({
      reopened: 'new since your rejection: 1 pair same content',
      decision: { state: 'rejected' },
    });
  });

  it('snooze until a time to come, and are opened again by a reason', async () => {
    const { id } = await linked();
    const past = new Date(Date.now() - 1000).toISOString();
    const future = new Date(Date.now() + 3_600_000).toISOString();
    await expect(said(anna, id, 'reopened')).rejects.toThrow(/REQUEST_INVALID/);
    await expect(said(anna, id, 'snoozed')).rejects.toThrow(/REQUEST_INVALID/);
    await expect(said(anna, id, 'snoozed', past)).rejects.toThrow(/REQUEST_INVALID/);
    await expect(said(anna, id, 'confirmed', future)).rejects.toThrow(/REQUEST_INVALID/);
    await said(anna, id, 'snoozed', future);
    expect(await stateFor(anna)).toEqual(['snoozed']);
    const file = await said(anna, id, 'reopened');
    expect(file.connection).toMatchObject({ state: 'new', reopened: 'because reopened' });
    expect(file.decisions.map(({ state }) => state)).toEqual(['reopened', 'snoozed']);
  });

  it('are made by those who may, on what they see connected', async () => {
    const { id } = await linked();
    const ctx = contextOfPerson(anna);
    const reviewer = { ...ctx, actor: { ...ctx.actor, roles: ['reviewer' as const] } };
    expect(() => decide(api.store, reviewer, id, { state: 'confirmed', reason: 'because' })).toThrow(/FORBIDDEN/);
    const stranger = await api.person(await api.world.agency(`Gamma ${count}`), `gil-${count}`);
    await expect(said(stranger, id, 'confirmed')).rejects.toThrow(/NOT_FOUND/);
  });
});
