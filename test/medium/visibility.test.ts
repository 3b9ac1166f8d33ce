// Who sees what, held against the rule as it is written down: worlds drawn at random, the rule a second time in plain
// TypeScript, and every table that hangs on a case asked as every person.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withContext, withNobody, type HandlingReach, type Trx } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());

const AGENCIES = 3;
const PEOPLE = 2;
const CODES = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'AGENCY', 'LISTED'] as const;
type Code = (typeof CODES)[number];
const REACH: Readonly<Record<Code, HandlingReach>> = {
  'TLP:RED': 'named',
  'TLP:AMBER+STRICT': 'granted',
  'TLP:AMBER': 'shared',
  AGENCY: 'agency',
  LISTED: 'listed',
};

const agency = fc.nat(AGENCIES - 1);
const grant = fc.record({
  agency,
  /** Null: the whole agency. */
  person: fc.option(fc.nat(PEOPLE - 1)),
  force: fc.constantFrom('in force', 'in force', 'expired', 'ended'),
});
const plannedCase = fc.record({
  owner: agency,
  access: fc.constantFrom('agency' as const, 'agency' as const, 'named' as const),
  handling: fc.constantFrom<Code>('TLP:AMBER', 'TLP:AMBER', ...CODES),
  shared: fc.boolean(),
  grants: fc.array(grant, { maxLength: 3 }),
  glass: fc.option(
    fc.record({ agency, person: fc.nat(PEOPLE - 1), force: fc.constantFrom('in force', 'expired', 'ended') }),
    {
      freq: 4,
    },
  ),
  exhibits: fc.array(
    fc.record({
      handling: fc.option(fc.constantFrom<Code>(...CODES), { nil: null, freq: 3 }),
      files: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const plan = fc.record({
  members: fc.subarray(Array.from({ length: AGENCIES }, (_, i) => i)),
  /** What the code LISTED of each agency reaches. */
  listed: fc.tuple(...Array.from({ length: AGENCIES }, () => fc.subarray([0, 1, 2]))),
  cases: fc.array(plannedCase, { minLength: 1, maxLength: 5 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;
type PlannedCase = Plan['cases'][number];

type Channel = 'named' | 'agency' | 'granted' | 'operation';

/** The rule, as docs/access.md tells it. */
const channelsOf = (
  one: PlannedCase,
  who: { agency: number; person: number },
  members: readonly number[],
): Channel[] => {
  const channels: Channel[] = [];
  if (one.owner === who.agency && one.access === 'agency') channels.push('agency');
  // Whoever opens a case is on it: the first person of its agency.
  if (one.owner === who.agency && who.person === 0) channels.push('named');
  for (const { agency: to, person, force } of one.grants) {
    if (force !== 'in force' || to !== who.agency || (to === one.owner && person === null)) continue;
    if (person === null) channels.push('granted');
    else if (person === who.person) channels.push('named');
  }
  if (
    one.glass !== null &&
    one.glass.force === 'in force' &&
    one.glass.agency === who.agency &&
    one.glass.person === who.person
  )
    channels.push('named');
  if (one.shared && one.owner !== who.agency && members.includes(one.owner) && members.includes(who.agency))
    channels.push('operation');
  return channels;
};

const passes = (
  code: Code,
  channel: Channel,
  one: PlannedCase,
  who: { agency: number },
  listed: Plan['listed'],
): boolean => {
  const isOwn = one.owner === who.agency;
  switch (REACH[code]) {
    case 'named':
      return channel === 'named';
    case 'agency':
      return isOwn;
    case 'granted':
      return isOwn || channel !== 'operation';
    case 'shared':
      return true;
    case 'listed':
      return isOwn || (listed[one.owner]?.includes(who.agency) ?? false);
  }
};

interface Drawn {
  readonly people: readonly (readonly Person[])[];
  readonly cases: readonly string[];
  /** Exhibits, and the media in them, by case. */
  readonly exhibits: readonly (readonly { readonly id: string; readonly media: readonly string[] }[])[];
}

let worlds = 0;
const HOUR = 3_600_000;

const draw = async ({ members, listed, cases }: Plan): Promise<Drawn> => {
  const { world } = api;
  const { owner } = api.store;
  const mark = `v${(worlds += 1)}`;
  const agencies: string[] = [];
  const people: Person[][] = [];
  for (let i = 0; i < AGENCIES; i += 1) {
    const id = await world.agency(`${mark} ${i}`);
    agencies.push(id);
    people.push([await world.person(id, `${mark}-${i}-0`), await world.person(id, `${mark}-${i}-1`)]);
    for (const code of ['AGENCY', 'LISTED'] as const)
      await owner.insertInto('handling_codes').values({ agency_id: id, code, reach: REACH[code] }).execute();
  }
  for (const [i, recipients] of listed.entries())
    for (const j of recipients)
      await owner
        .insertInto('handling_recipients')
        .values({ agency_id: agencies[i] ?? '', code: 'LISTED', recipient_id: agencies[j] ?? '' })
        .execute();
  const operation = await world.operation(
    mark,
    members.map((i) => agencies[i] ?? ''),
  );
  const drawn: { cases: string[]; exhibits: { id: string; media: string[] }[][] } = { cases: [], exhibits: [] };
  for (const [n, one] of cases.entries()) {
    const opener = people[one.owner]?.[0] as Person;
    const caseId = await world.case(opener, `${mark}-${n}`, operation, one.shared);
    await owner
      .updateTable('cases')
      .set({ access: one.access, handling: one.handling })
      .where('id', '=', caseId)
      .execute();
    for (const { agency: to, person, force } of one.grants) {
      if (to === one.owner && person === null) continue;
      const grantee = person === null ? null : (people[to]?.[person] ?? null);
      await owner
        .insertInto('case_access')
        .values({
          agency_id: opener.agencyId,
          case_id: caseId,
          grantee_agency_id: agencies[to] ?? '',
          grantee_user_id: grantee?.id ?? null,
          grantee_login: grantee?.login ?? null,
          granted_by: opener.id,
          expires_at: force === 'expired' ? new Date(Date.now() - HOUR) : null,
          ended_at: force === 'ended' ? new Date() : null,
          ended_by: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (one.glass !== null) {
      const breaker = people[one.glass.agency]?.[one.glass.person] as Person;
      const from = one.glass.force === 'expired' ? Date.now() - 2 * HOUR : Date.now();
      await owner
        .insertInto('break_glass')
        .values({
          agency_id: breaker.agencyId,
          user_id: breaker.id,
          login: breaker.login,
          display_name: breaker.login,
          case_id: caseId,
          case_reference: `${mark}-${n}`,
          case_agency_id: opener.agencyId,
          reason: 'drawn',
          created_at: new Date(from),
          expires_at: new Date(from + HOUR),
          ended_at: one.glass.force === 'ended' ? new Date() : null,
          ended_by: null,
        })
        .execute();
    }
    const exhibits: { id: string; media: string[] }[] = [];
    for (const [e, exhibit] of one.exhibits.entries()) {
      const names = exhibit.files.map((file) => `${mark} ${file}`);
      const id = await world.exhibit(
        opener,
        caseId,
        String(e),
        names.map((content) => ({ content })),
      );
      await owner.updateTable('exhibits').set({ handling: exhibit.handling }).where('id', '=', id).execute();
      const media: string[] = [];
      for (const name of names) media.push(await world.media(opener.agencyId, name));
      exhibits.push({ id, media });
    }
    drawn.cases.push(caseId);
    drawn.exhibits.push(exhibits);
  }
  // Everything matches everything, so that the rule of both ends is asked.
  await sql`insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
    select a.id, b.id, a.agency_id, b.agency_id, 'same content', 'pdq', 1, 1, 31, 'bits', 18, '', '[]'
    from media a join media b on a.id < b.id where a.agency_id = any(${agencies}::uuid[]) and b.agency_id = any(${agencies}::uuid[])`.execute(
    owner,
  );
  return { people, ...drawn };
};

const idsOf = async (trx: Trx, query: string): Promise<string[]> =>
  (await sql.raw<{ id: string }>(query).execute(trx)).rows.map(({ id }) => id).sort();

const SEEN = {
  cases: 'select id from cases',
  exhibits: 'select id from exhibits',
  media: 'select id from media',
  throughFiles: 'select distinct media_id as id from occurrences',
  searched: `select distinct media_id as id from occurrences where id in (select search_paths('FILES/', 1000))`,
  pairs: `select media_a || ' ' || media_b as id from matches`,
} as const;
type Seen = Record<keyof typeof SEEN, string[]>;

const ask = async (person: Person): Promise<Seen> =>
  withContext(api.store.app, contextOfPerson(person), async (trx) => {
    const seen: Partial<Seen> = {};
    for (const [name, query] of Object.entries(SEEN)) seen[name as keyof Seen] = await idsOf(trx, query);
    return seen as Seen;
  });

const expected = ({ members, listed, cases }: Plan, drawn: Drawn, who: { agency: number; person: number }): Seen => {
  const seenCases: string[] = [];
  const seenExhibits: string[] = [];
  const media = new Set<string>();
  for (const [n, one] of cases.entries()) {
    const channels = channelsOf(one, who, members);
    if (!channels.some((channel) => passes(one.handling, channel, one, who, listed))) continue;
    seenCases.push(drawn.cases[n] ?? '');
    for (const [e, { handling }] of one.exhibits.entries()) {
      if (handling !== null && !channels.some((channel) => passes(handling, channel, one, who, listed))) continue;
      const exhibit = drawn.exhibits[n]?.[e];
      seenExhibits.push(exhibit?.id ?? '');
      for (const id of exhibit?.media ?? []) media.add(id);
    }
  }
  const seenMedia = [...media].sort();
  const pairs = seenMedia.flatMap((a) => seenMedia.filter((b) => a < b).map((b) => `${a} ${b}`));
  return {
    cases: seenCases.sort(),
    exhibits: seenExhibits.sort(),
    media: seenMedia,
    throughFiles: seenMedia,
    searched: seenMedia,
    pairs: pairs.sort(),
  };
};

it('every table shows each person what the rule says, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (planned) => {
      const drawn = await draw(planned);
      for (const [a, people] of drawn.people.entries())
        for (const [p, person] of people.entries())
          expect([a, p, await ask(person)]).toEqual([a, p, expected(planned, drawn, { agency: a, person: p })]);
    }),
    { numRuns: 40, seed: 20_260_611 },
  );
});

it('shows nothing to whoever has not signed in, whose account has ended, or who only cares for others', async () => {
  const [person] = (await api.store.owner.selectFrom('users').selectAll().limit(1).execute()).map((row) => ({
    id: row.id,
    agencyId: row.agency_id,
    login: row.login,
  }));
  if (person === undefined) throw new Error('no world was drawn');
  const nothing = Object.fromEntries(Object.keys(SEEN).map((name) => [name, []]));
  expect((await ask(person)).cases).not.toEqual([]);
  const setUser = (change: string) =>
    sql`update users set ${sql.raw(change)} where id = ${person.id}::uuid`.execute(api.store.owner);
  await setUser(`disabled_at = now()`);
  expect(await ask(person)).toEqual(nothing);
  await setUser(`disabled_at = null, roles = '{welfare-officer}'`);
  expect(await ask(person)).toEqual(nothing);
  await withNobody(api.store.app, async (trx) => {
    for (const query of Object.values(SEEN)) expect(await idsOf(trx, query)).toEqual([]);
  });
});
