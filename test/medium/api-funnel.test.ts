// The funnel adds up, for every viewer and scope of worlds drawn at random: each number equals the length of the list
// behind it, and what is hidden from a viewer changes none of their answers.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunnelStep } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { firstGeneration } from '../../packages/server/src/features/first-generation/index.js';
import { readFunnel, type Scope } from '../../packages/server/src/features/funnel/index.js';
import { listOccurrences } from '../../packages/server/src/features/media/index.js';
import { listStacks } from '../../packages/server/src/features/stacks/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());

const numbers = async (ctx: Context, scope: Scope): Promise<Record<FunnelStep, number>> => {
  const { steps } = await readFunnel(api.store, ctx, scope);
  return Object.fromEntries(steps.map(({ step, files }) => [step, files])) as Record<FunnelStep, number>;
};

const FILE_STEPS = ['seized', 'unreadable', 'duplicate'] as const;
const CONTENT_STEPS = [
  'unique',
  'known',
  'same-content',
  'not-compared',
  'new',
  'partial',
  'reviewed',
  'contributed',
  'identified',
] as const;

/** Length of the list behind a step, by paging through it. */
const listLength = async (ctx: Context, scope: Scope, step: FunnelStep, agency?: string): Promise<number> => {
  const ids = new Set<string>();
  const isFileStep = (FILE_STEPS as readonly string[]).includes(step);
  for (let cursor: string | undefined; ;) {
    const page = isFileStep
      ? await listOccurrences(api.store, ctx, {
          [scope.kind]: scope.id,
          agency,
          step: step as 'seized',
          limit: 7,
          cursor,
        })
      : await listStacks(api.store, ctx, {
          [scope.kind]: scope.id,
          agency,
          step,
          limit: 7,
          sort: 'copies',
          collapse: 'media',
          cursor,
        });
    for (const item of page.items) ids.add('id' in item ? item.id : item.mediaId);
    if (page.next === null) return ids.size;
    cursor = page.next;
  }
};

describe('one world by hand', () => {
  it('puts each content on its step', async () => {
    const { world } = api;
    const agency = await world.agency('By hand');
    const person = await world.person(agency, 'hand');
    const ctx = contextOfPerson(person);
    world.traits('room small', { stack: 'room', width: 100, height: 100 });
    world.traits('old room small', { stack: 'old room', width: 100, height: 100 });
    world.traits('listed small', { stack: 'listed', width: 100, height: 100 });
    world.traits('grey', { comparable: false });
    const before = await world.case(person, 'before');
    const now = await world.case(person, 'now');
    await world.exhibit(person, before, '1', [{ content: 'old room' }, { content: 'seen' }]);
    const exhibit = await world.exhibit(person, now, '1', [
      { content: 'room' },
      { content: 'room' },
      { content: 'room small' },
      { content: 'old room small' },
      { content: 'seen' },
      { content: 'listed' },
      { content: 'listed small' },
      { content: 'grey' },
      { content: null },
    ]);
    await world.list(person, 'hand', ['listed']);
    await world.list(person, 'expired', ['room'], null, new Date(0));
    expect(await numbers(ctx, { kind: 'exhibit', id: exhibit })).toEqual({
      seized: 9,
      unreadable: 1,
      duplicate: 1,
      unique: 7,
      known: 2,
      'same-content': 3,
      'not-compared': 1,
      new: 1,
      partial: 0,
      reviewed: 0,
      contributed: 0,
      identified: 0,
    });
    const fresh = await listStacks(api.store, ctx, {
      exhibit,
      step: 'new',
      limit: 10,
      sort: 'copies',
      collapse: 'media',
    });
    expect(fresh.items).toMatchObject([{ mediaId: await world.media(agency, 'room'), occurrences: 2, step: 'new' }]);
  });
});

const CONTENTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const file = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...CONTENTS) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const plan = fc.record({
  exhibits: fc.array(fc.record({ agency: fc.nat(1), shared: fc.boolean(), files: fc.array(file, { maxLength: 9 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  stacks: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 4 }),
  featureless: fc.array(fc.nat(7), { maxLength: 2 }),
  matches: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 6 }),
  listed: fc.array(fc.nat(7), { maxLength: 2 }),
  judged: fc.array(fc.tuple(fc.nat(1), fc.nat(7)), { maxLength: 4 }),
  parts: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 4 }),
  identified: fc.array(fc.tuple(fc.nat(1), fc.nat(7)), { maxLength: 3 }),
  given: fc.array(fc.tuple(fc.nat(1), fc.nat(7)), { maxLength: 4 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

let worlds = 0;

/** Draws the world of a plan under fresh agencies; `hidden: false` leaves out what Beta does not share. */
const draw = async (drawn: Plan, hidden = true) => {
  const { exhibits, stacks, featureless, matches, listed, judged, parts, identified, given } = drawn;
  const { world } = api;
  const mark = `w${(worlds += 1)}`;
  // The order of agencies is part of the definition: both worlds of a pair must have the same one.
  const agencies: [string, string] = [await world.agency(`${mark} Alpha`), await world.agency(`${mark} Beta`)];
  agencies.sort();
  const people = [
    await world.person(agencies[0], `${mark}-anna`),
    await world.person(agencies[1], `${mark}-ben`),
  ] as const;
  const operation = await world.operation(mark, agencies);
  const name = (index: number): string => `drawn ${CONTENTS[index] ?? ''}`;
  for (const [index] of CONTENTS.entries()) world.traits(name(index), { width: 100 + index, height: 100 });
  const heads = new Set(stacks.map(([head]) => head));
  for (const [head, member] of stacks)
    if (!heads.has(member)) world.traits(name(member), { width: 100 + member, height: 100, stack: name(head) });
  for (const index of featureless)
    if (!heads.has(index)) world.traits(name(index), { width: 100 + index, height: 100, comparable: false });
  const scopes: Scope[] = [{ kind: 'operation', id: operation }];
  for (const [i, exhibit] of exhibits.entries()) {
    const person = people[exhibit.agency] as Person;
    if (!hidden && exhibit.agency === 1 && !exhibit.shared) continue;
    const caseId = await world.case(person, `${mark}-${i}`, operation, exhibit.shared);
    const files = exhibit.files.map((content) => ({
      content: content === null ? null : name(CONTENTS.indexOf(content)),
    }));
    scopes.push({ kind: 'case', id: caseId });
    scopes.push({ kind: 'exhibit', id: await world.exhibit(person, caseId, String(i), files) });
  }
  for (const [x, y] of matches) {
    const [a, b] = [await world.find(agencies[0], name(x)), await world.find(agencies[1], name(y))];
    if (a !== null && b !== null) await world.match({ id: a, agencyId: agencies[0] }, { id: b, agencyId: agencies[1] });
  }
  for (const [x, y] of parts) {
    const [a, b] = [await world.find(agencies[0], name(x)), await world.find(agencies[1], name(y))];
    if (a === null || b === null) continue;
    await world.match({ id: a, agencyId: agencies[0] }, { id: b, agencyId: agencies[1] });
    await sql`update matches m set grade = 'partial' where ${a}::uuid in (media_a, media_b) and ${b}::uuid in (media_a, media_b)
      and not exists (select from matches p where p.media_a = m.media_a and p.media_b = m.media_b and p.grade = 'partial')`.execute(
      api.store.owner,
    );
  }
  for (const [agency, index] of identified) {
    const { agencyId, id, login } = people[agency] as Person;
    const mediaId = await world.find(agencyId, name(index));
    if (mediaId === null) continue;
    await sql`
      with series as (
        insert into entities (agency_id, kind, name, created_by, created_login)
          values (${agencyId}::uuid, 'series', ${mark}, ${id}::uuid, ${login}) returning id),
      step as (
        insert into series_steps (agency_id, entity_id, state, user_id, login)
          select ${agencyId}::uuid, id, case when ${index % 2 === 0} then 'identified' else 'open' end, ${id}::uuid, ${login} from series)
      insert into assertions (agency_id, type, from_agency_id, from_kind, from_media_id, to_agency_id, to_entity_id, confidence, reason,
          user_id, login, said_agency)
        select ${agencyId}::uuid, 'member-of', ${agencyId}::uuid, 'media', ${mediaId}::uuid, ${agencyId}::uuid, id, 'certain', 'drawn',
          ${id}::uuid, ${login}, ${mark} from series`.execute(api.store.owner);
  }
  for (const [agency, index] of given) {
    const person = people[agency] as Person;
    const mediaId = await world.find(person.agencyId, name(index));
    if (mediaId !== null) await world.contribution(person, mediaId, {}, index % 3 === 0);
  }
  for (const [agency, index] of judged) {
    const { agencyId, id, login } = people[agency] as Person;
    const mediaId = await world.find(agencyId, name(index));
    if (mediaId === null) continue;
    await sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen)
      values (${agencyId}::uuid, ${mediaId}::uuid, ${agencyId}::uuid, ${mark}, ${id}::uuid, ${login}, 'vic-default@2.0', '0', 'by-stack')
      on conflict do nothing`.execute(api.store.owner);
  }
  await world.list(people[0], mark, listed.map(name));
  return { people, scopes, operation };
};

/** Of files, of all contents, of one of their parts, and of what lies across. */
const LISTED = new Set<FunnelStep>(['seized', 'unique', 'new', 'reviewed']);

/** By agency the numbers add up to the whole, and each is the length of its own list. */
const checkAgencies = async (ctx: Context, scope: Scope, whole: Record<FunnelStep, number>): Promise<void> => {
  const { agencies } = await readFunnel(api.store, ctx, scope);
  for (const step of [...FILE_STEPS, ...CONTENT_STEPS].filter((one) => one !== 'duplicate')) {
    const of = agencies.map(({ agency, steps }) => ({ agency, files: steps.find((one) => one.step === step)?.files }));
    expect([step, of.reduce((sum, { files }) => sum + (files ?? 0), 0)]).toEqual([step, whole[step]]);
    for (const { agency, files } of LISTED.has(step) ? of : [])
      expect([step, await listLength(ctx, scope, step, agency.id)]).toEqual([step, files]);
  }
};

describe('worlds drawn at random', () => {
  it('adds up, and every number is the length of its list', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const { people, scopes } = await draw(drawn);
        for (const person of people) {
          const ctx = contextOfPerson(person);
          for (const scope of scopes) {
            const n = await numbers(ctx, scope).catch((error: Error) => {
              if (error.message.startsWith('NOT_FOUND')) return null;
              throw error;
            });
            if (n === null) continue;
            expect(n.unreadable + n.duplicate + n.unique).toBe(n.seized);
            expect(n.known + n['same-content'] + n['not-compared'] + n.new).toBe(n.unique);
            for (const step of [...FILE_STEPS, ...CONTENT_STEPS])
              expect([step, await listLength(ctx, scope, step)]).toEqual([step, n[step]]);
            if (scope.kind === 'operation') await checkAgencies(ctx, scope, n);
          }
        }
      }),
      { numRuns: 12, seed: 20_260_514 },
    );
  });

  it('counts the same with and without what another agency hides', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const [whole, without] = [await draw(drawn), await draw(drawn, false)];
        const seen = async (world: typeof whole) => {
          const ctx = contextOfPerson(world.people[0]);
          const { steps, agencies } = await readFunnel(api.store, ctx, { kind: 'operation', id: world.operation });
          const place = (id: string) => world.people.findIndex(({ agencyId }) => agencyId === id);
          return {
            steps: steps.map(({ step, files }) => [step, files]),
            agencies: agencies
              .map((one) => [place(one.agency.id), ...one.steps.map(({ files }) => files)])
              .sort(([a = 0], [b = 0]) => a - b),
          };
        };
        expect(await seen(whole)).toEqual(await seen(without));
      }),
      { numRuns: 60, seed: 20_260_515 },
    );
  });
});

it('of what is new the first are those with traces of a camera, for who may open them', async () => {
  const { world } = api;
  const [agency, other] = [await world.agency('Traced'), await world.agency('Trace elsewhere')];
  const person = await world.person(agency, 'tracer');
  const caseId = await world.case(person, 'T-1');
  const exhibit = await world.exhibit(person, caseId, '1', [
    { content: 'straight' },
    { content: 'next' },
    { content: 'edited' },
    { content: 'bare' },
  ]);
  await sql`update exhibits set created_at = now() where id = ${exhibit}::uuid`.execute(api.store.owner);
  const ids = new Map<string, string>();
  for (const name of ['straight', 'next', 'edited', 'bare']) ids.set(name, await world.media(agency, name));
  const taken = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ':');
  const describe = async (name: string, second: string, software: string | null): Promise<void> => {
    const camera = { make: 'Norvik', model: 'N40', serial: '20813377', lens: null, lensSerial: null, imageId: null };
    const time = {
      kind: 'taken',
      text: `${taken} 12:00:${second}`,
      offsetMinutes: null,
      precisionMs: 1000,
      basis: 'exif',
    };
    const value = JSON.stringify({ camera, software, sourceTimes: [time], raw: {} });
    await sql`insert into media_metadata (media_id, agency_id, method, version, value)
      values (${ids.get(name)}::uuid, ${agency}::uuid, 'exiftool', 1, ${value}::jsonb)`.execute(api.store.owner);
  };
  await describe('straight', '01', null);
  await describe('next', '05', null);
  await describe('edited', '40', 'Picture Editor 4');
  const asked = async (who: Person) => {
    const { items, looked } = await firstGeneration(api.store, contextOfPerson(who), { exhibit, limit: 50 });
    const names = new Map([...ids].map(([name, id]) => [id, name]));
    return [
      looked,
      ...items.map(({ mediaId, traces }) => `${names.get(mediaId)} ${traces.map(({ trace }) => trace).join(' ')}`),
    ];
  };
  expect(await asked(person)).toEqual([
    4,
    'next camera number burst recent alone',
    'straight camera number burst recent alone',
    'edited number recent alone',
  ]);
  await sql`update occurrences set provider_viewed = false where media_id = ${ids.get('next')}::uuid`.execute(
    api.store.owner,
  );
  expect((await asked(person)).slice(1)).toEqual(['straight camera number recent alone', 'edited number recent alone']);
  await expect(asked(await world.person(other, 'elsewhere'))).rejects.toThrow(/NOT_FOUND/);
});
