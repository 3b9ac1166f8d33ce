// No agency learns by contacts what it may not see: worlds drawn at random, the rule a second time in plain TypeScript, and
// everything that a person is answered searched for what belongs to others.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openContactWorld, type ContactWorld } from './contact-world.js';

let world: ContactWorld;
beforeAll(async () => {
  world = await openContactWorld();
});
afterAll(() => world.api.close());

const AGENCIES = 3;
const agency = fc.nat(AGENCIES - 1);
const plan = fc.array(
  fc.record({
    owner: agency,
    mode: fc.constantFrom('open', 'open', 'one-way', 'silent'),
    handling: fc.constantFrom('TLP:AMBER', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'),
    hasPurpose: fc.constantFrom(true, true, true, false),
    /** To this agency as a whole. */
    grantedTo: fc.option(agency),
    isClosed: fc.constantFrom(false, false, false, true),
    files: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 2, maxLength: 6 },
);
type Planned = typeof plan extends fc.Arbitrary<infer P> ? P : never;

let worlds = 0;
const seenBy = (one: Planned[number], viewer: number): boolean =>
  one.grantedTo === viewer && one.owner !== viewer && one.handling !== 'TLP:RED';

/** A file is closed to an agency where every file of it is closed. */
const isClosed = (planned: Planned, owner: number, file: number): boolean =>
  planned.filter((one) => one.owner === owner && one.files.includes(file)).every((one) => one.isClosed);

const expected = (planned: Planned, mark: string): string[] => {
  const told = new Set<string>();
  planned.forEach((own, i) => {
    planned.forEach((far) => {
      const open = (one: Planned[number]) => one.files.some((file) => !isClosed(planned, one.owner, file));
      if (own.owner === far.owner || !open(own) || !open(far)) return;
      if (own.mode === 'silent' || far.mode !== 'open' || !own.hasPurpose || !far.hasPurpose) return;
      if (far.handling === 'TLP:RED' || seenBy(far, own.owner)) return;
      told.add(`${mark}-${i} ${mark} agency ${far.owner} ${mark}-${far.owner} same content`);
    });
  });
  return [...told].sort();
};

it('tells what the rule says, in five fields, and nothing that is another agency’s', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (planned) => {
      const mark = `x${(worlds += 1)}`;
      const { owner } = world.api.store;
      const people: Person[] = [];
      for (let i = 0; i < AGENCIES; i += 1) people.push(await world.officer(`${mark} agency ${i}`, `${mark}-${i}`));
      for (const [i, one] of planned.entries()) {
        const person = people[one.owner] as Person;
        const id = await world.caseOf(
          person,
          `${mark}-${i}`,
          one.files.map((file) => `${mark} file ${file}`),
          one.mode,
        );
        await sql`update cases set handling = ${one.handling}, title = ${one.hasPurpose ? `secret title ${i}` : ''} where id = ${id}::uuid`.execute(
          owner,
        );
        if (one.isClosed)
          await sql`update occurrences set provider_viewed = false where case_id = ${id}::uuid`.execute(owner);
        if (one.grantedTo !== null && one.grantedTo !== one.owner)
          await sql`insert into case_access (agency_id, case_id, grantee_agency_id, granted_by)
            values (${person.agencyId}::uuid, ${id}::uuid, ${people[one.grantedTo]?.agencyId}::uuid, ${person.id}::uuid)`.execute(
            owner,
          );
      }
      const ids = people.map(({ agencyId }) => agencyId);
      await sql`insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
        select a.id, b.id, a.agency_id, b.agency_id, 'same content', 'pdq', 1, 1, 31, 'bits', 18, '', '[]'
        from media a join media b on a.id < b.id where a.agency_id = any(${ids}::uuid[]) and b.agency_id = any(${ids}::uuid[])`.execute(
        owner,
      );
      await world.nextDay();
      const told: string[] = [];
      for (const person of people) {
        const { rows } = await withContext(world.api.store.app, contextOfPerson(person), (trx) =>
          sql<{
            line: string;
            contact: object;
          }>`select c.reference || ' ' || x.far_agency || ' ' || x.officer || ' ' || x.grade as line,
            to_jsonb((x.id, x.reference, x.far_agency, x.officer, x.reachable_at, x.grade, x.told_on, x.note)) as contact
            from contacts x join cases c on c.id = x.case_id`.execute(trx),
        );
        told.push(...rows.map(({ line }) => line));
        // Whatever of others stands in what is answered: ids of everything, references, titles, paths.
        const { rows: notices } = await withContext(world.api.store.app, contextOfPerson(person), (trx) =>
          sql<{ notice: object }>`select to_jsonb(n) as notice from notices n where kind = 'contact'`.execute(trx),
        );
        const answered = JSON.stringify([rows.map(({ contact }) => contact), notices]);
        const { rows: hidden } = await sql<{ word: string }>`
          select unnest(array[c.id::text, c.reference || '"', e.id::text, o.id::text, o.media_id::text, o.path, encode(m.sha256, 'hex')]) as word
          from cases c join exhibits e on e.case_id = c.id join occurrences o on o.exhibit_id = e.id join media m on m.id = o.media_id
          where c.agency_id = any(${ids}::uuid[]) and c.agency_id <> ${person.agencyId}::uuid
          union all select x.reference from contacts x where x.agency_id = any(${ids}::uuid[]) and x.agency_id <> ${person.agencyId}::uuid`.execute(
          owner,
        );
        // References and logins are of one form here: that of a case stands in quotes.
        const words = hidden.map(({ word }) => (/^x\d+-\d+"$/.test(word) ? `"case":"${word}` : word));
        expect(words.filter((word) => answered.includes(word))).toEqual([]);
        expect(answered).not.toContain('secret');
      }
      expect(told.sort()).toEqual(expected(planned, mark));
    }),
    { numRuns: 30, seed: 20_261_130 },
  );
});

it('does not let the role of the web write contacts, ask who sees what, or bring a day about', async () => {
  const person = await world.officer('Asker', 'asker');
  for (const statement of [
    `select tell_contacts('2031-01-01')`,
    `select agency_sees_exhibit(app_agency(), app_agency())`,
    `select far_user_id from contacts`,
    `insert into contacts (agency_id) values (app_agency())`,
  ])
    await expect(
      withContext(world.api.store.app, contextOfPerson(person), (trx) => sql.raw(statement).execute(trx)),
    ).rejects.toMatchObject({ code: '42501' });
});
