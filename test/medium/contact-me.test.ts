// Contact-me: who is told of whom, when, and what becomes of it as cases are shared, changed, moved and ended.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Contact, Notice } from '@redthread/core/contract';
import { tellContacts } from '../../packages/server/src/matcher/contacts.js';
import type { Client } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openContactWorld, type ContactWorld } from './contact-world.js';

let world: ContactWorld;
beforeAll(async () => {
  world = await openContactWorld();
});
afterAll(() => world.api.close());

let agencies = 0;
/** Two officers of agencies of their own, each with a case that holds the same picture. */
const pair = async (modes: readonly [string, string] = ['open', 'open']) => {
  const n = (agencies += 2);
  const [one, two] = [await world.officer(`One ${n}`, `one-${n}`), await world.officer(`Two ${n}`, `two-${n}`)];
  const caseOne = await world.caseOf(one, `O-${n}`, [`room ${n}`, `street ${n}`], modes[0]);
  const caseTwo = await world.caseOf(two, `T-${n}`, [`room ${n}`], modes[1]);
  await world.match(one, `room ${n}`, two);
  return { n, one, two, caseOne, caseTwo };
};
const list = async (person: Person, all = true): Promise<Contact[]> => {
  const client = await world.api.signIn(person.login);
  return (await client.get(`/api/v1/contacts?all=${all}`)).json<{ items: Contact[] }>().items;
};
const noticesOf = async (client: Client): Promise<Notice[]> =>
  (await client.get('/api/v1/notices')).json<{ items: Notice[] }>().items.filter(({ kind }) => kind === 'contact');
const change = (statement: string): Promise<unknown> => sql.raw(statement).execute(world.api.store.owner);

it('tells both ends agency, officer, reference and grade, at the latest on the third day, and nothing on the first', async () => {
  const { n, one, two, caseOne } = await pair();
  await change(`update users set reachable_at = 'desk 7' where id = '${two.id}'`);
  const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  expect(await tellContacts(world.api.store.matcher, dayFrom(0))).toBe(0);
  const told = [];
  for (const days of [1, 2, 3]) told.push(await tellContacts(world.api.store.matcher, dayFrom(days)));
  // Both ends on the same day.
  expect(told.filter((count) => count > 0)).toEqual([2]);
  const [mine] = await list(one);
  expect(mine).toEqual({
    id: mine?.id,
    reference: expect.stringMatching(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/) as string,
    case: { id: caseOne, reference: `O-${n}` },
    agency: `Two ${n}`,
    officer: `two-${n}`,
    reachableAt: 'desk 7',
    grade: 'same content',
    toldOn: dayFrom(1 + told.indexOf(2)),
    urgent: false,
    status: 'new',
    answer: null,
    settled: null,
  });
  const [theirs] = await list(two);
  expect(theirs).toMatchObject({ agency: `One ${n}`, officer: `one-${n}`, case: { reference: `T-${n}` } });
  expect(theirs?.reference).not.toBe(mine?.reference);
  const [notice] = await noticesOf(await world.api.signIn(one.login));
  expect(notice).toMatchObject({ object: { kind: 'case', id: caseOne } });
  expect(Object.keys(notice?.detail ?? {}).sort()).toEqual(['agency', 'case', 'grade', 'officer', 'reference']);
  // A day is written once.
  expect(await tellContacts(world.api.store.matcher, dayFrom(3))).toBe(0);
});

it.each([
  [
    ['open', 'open'],
    [1, 1],
  ],
  [
    ['one-way', 'open'],
    [1, 0],
  ],
  [
    ['open', 'one-way'],
    [0, 1],
  ],
  [
    ['one-way', 'one-way'],
    [0, 0],
  ],
  [
    ['silent', 'open'],
    [0, 0],
  ],
  [
    ['open', 'silent'],
    [0, 0],
  ],
  [
    ['silent', 'one-way'],
    [0, 0],
  ],
] as const)('between cases that are %j tells %j', async (modes, counts) => {
  const { one, two } = await pair(modes);
  await world.nextDay();
  expect([(await list(one)).length, (await list(two)).length]).toEqual(counts);
});

it('tells one line an agency and officer, however many files and cases there are', async () => {
  const { n, one, two } = await pair();
  for (const more of [1, 2, 3]) await world.caseOf(two, `T-${n}-${more}`, [`room ${n}`, `street ${n}`]);
  await world.match(one, `street ${n}`, two);
  await world.nextDay();
  expect(await list(one)).toHaveLength(1);
});

it('raises the grade, and tells nobody again', async () => {
  const { n, one, two } = await pair();
  await world.nextDay();
  await world.match(one, `street ${n}`, two, `room ${n}`);
  await change(`update matches set grade = 'identical' where agency_a in ('${one.agencyId}', '${two.agencyId}')
    and media_a in (select id from media where sha256 = sha256('street ${n}')) or media_b in (select id from media where sha256 = sha256('street ${n}'))`);
  expect(await world.nextDay()).toBe(0);
  expect((await list(one)).map(({ grade }) => grade)).toEqual(['identical']);
});

it('takes no part for a case without a purpose, handling for named people, or a file that nobody may open', async () => {
  const changes: readonly ((made: Awaited<ReturnType<typeof pair>>) => string)[] = [
    ({ caseTwo }) => `update cases set title = ' ' where id = '${caseTwo}'`,
    ({ caseTwo }) => `update cases set handling = 'TLP:RED' where id = '${caseTwo}'`,
    ({ caseTwo }) => `update exhibits set handling = 'TLP:RED' where case_id = '${caseTwo}'`,
    ({ caseTwo }) => `update occurrences set provider_viewed = false where case_id = '${caseTwo}'`,
    ({ caseTwo }) => `update cases set state = 'destroyed', ended_at = now() where id = '${caseTwo}'`,
  ];
  for (const one of changes) {
    const made = await pair();
    await change(one(made));
    await world.nextDay();
    expect([one.toString(), await list(made.one)]).toEqual([one.toString(), []]);
  }
});

it('is told once a legal basis is recorded', async () => {
  const { one, two, caseTwo } = await pair();
  await change(`update occurrences set provider_viewed = false where case_id = '${caseTwo}'`);
  await world.nextDay();
  expect(await list(two)).toEqual([]);
  await change(`insert into legal_bases (agency_id, exhibit_id, kind, reference, words, recorded_by, login)
    select agency_id, id, 'warrant', 'W', '', '${two.id}', 'two' from exhibits where case_id = '${caseTwo}'`);
  await world.nextDay();
  expect([(await list(one)).length, (await list(two)).length]).toEqual([1, 1]);
});

it('is settled where the other case is shared, with its notice, and open again where that ends', async () => {
  const { one, two, caseTwo } = await pair();
  await world.nextDay();
  const access = `insert into case_access (agency_id, case_id, grantee_agency_id, granted_by)
    values ('${two.agencyId}', '${caseTwo}', '${one.agencyId}', '${two.id}')`;
  await change(access);
  await world.nextDay();
  const client = await world.api.signIn(one.login);
  const settled = async () => (await list(one)).map((contact) => contact.settled?.as ?? null);
  expect(await settled()).toEqual(['shared']);
  expect(await list(one, false)).toEqual([]);
  expect((await noticesOf(client)).every(({ readAt }) => readAt !== null)).toBe(true);
  // The other end may still not see this one.
  expect((await list(two)).map((contact) => contact.settled)).toEqual([null]);
  await change(
    `update case_access set ended_at = now() where case_id = '${caseTwo}' and grantee_agency_id = '${one.agencyId}'`,
  );
  await world.nextDay();
  expect(await settled()).toEqual([null]);
});

it('is never told of what is shared from the beginning', async () => {
  const { one, two, caseTwo } = await pair();
  await change(`insert into case_access (agency_id, case_id, grantee_agency_id, granted_by)
    values ('${two.agencyId}', '${caseTwo}', '${one.agencyId}', '${two.id}')`);
  await world.nextDay();
  expect([(await list(one)).length, (await list(two)).length]).toEqual([0, 1]);
});

it('ends with the own files, and does not show when the other end withdraws, moves, destroys or falls silent', async () => {
  const { one, two, caseOne, caseTwo, n } = await pair();
  await world.nextDay();
  const before = await list(one);
  const rest = [
    `update cases set contact_mode = 'silent' where id = '${caseTwo}'`,
    `delete from matches where '${two.agencyId}' in (agency_a, agency_b)`,
    `delete from occurrences where case_id = '${caseTwo}'`,
    `update cases set state = 'destroyed', ended_at = now() where id = '${caseTwo}'`,
  ];
  for (const statement of rest) {
    await change(statement);
    await world.nextDay();
    expect(await list(one)).toEqual(before);
  }
  // Of a case that was destroyed nothing stays on its own side.
  expect(await list(two)).toEqual([]);
  // Moved to another case of the same agency.
  const other = await world.caseOf(one, `O-${n}-2`, []);
  await change(`update occurrences set case_id = '${other}' where case_id = '${caseOne}'`);
  await world.nextDay();
  expect((await list(one)).map((contact) => contact.settled?.as)).toEqual(['ended']);
});

it('of a case that changes its mode tells what was hushed from the next day on, and takes back nothing', async () => {
  const { one, two, caseTwo } = await pair(['open', 'silent']);
  await world.nextDay();
  const client = await world.api.signIn(two.login);
  const put = (mode: string, reason = 'the undercover part is over') =>
    client.send('PUT', `/api/v1/cases/${caseTwo}/contact-mode`, { mode, reason });
  expect((await put('silent')).statusCode).toBe(400);
  const answer = await put('open');
  expect([answer.statusCode, answer.json<{ own: object }>().own]).toEqual([
    200,
    expect.objectContaining({ contactMode: 'open' }),
  ]);
  expect(await list(one)).toEqual([]);
  await world.nextDay();
  expect((await list(one)).length).toBe(1);
  await put('silent');
  await world.nextDay();
  expect([(await list(one)).length, (await list(two)).length]).toEqual([1, 1]);
  const { rows } = await sql<{
    detail: object;
  }>`select detail from audit_events where type = 'contact-mode' and object_id = ${caseTwo} order by id`.execute(
    world.api.store.owner,
  );
  expect(rows[0]?.detail).toEqual({ from: 'silent', to: 'open', reason: 'the undercover part is over' });
  expect(rows).toHaveLength(2);
});

it('is answered by a person, forward only, with a note, on record', async () => {
  const { one, caseOne } = await pair();
  await world.nextDay();
  const [contact] = await list(one);
  const client = await world.api.signIn(one.login);
  const answer = (status: string, note = 'spoke to the desk') =>
    client.send('POST', `/api/v1/contacts/${contact?.id}/answer`, { status, note });
  expect((await answer('acknowledged', 'I see to it')).statusCode).toBe(200);
  expect((await answer('contacted')).json<Contact>()).toMatchObject({
    status: 'contacted',
    answer: { note: 'spoke to the desk', by: one.login },
  });
  expect((await answer('acknowledged')).json<{ code: string }>().code).toBe('CONTACT_ANSWERED');
  expect((await answer('closed')).statusCode).toBe(200);
  expect((await answer('closed')).json<{ code: string }>().code).toBe('CONTACT_ANSWERED');
  expect(await list(one, false)).toEqual([]);
  expect(
    (await client.get(`/api/v1/contacts?case=${caseOne}&all=true`)).json<{ items: unknown[] }>().items,
  ).toHaveLength(1);
  const { rows } =
    await sql`select from audit_events where type = 'contact-answer' and object_id = ${contact?.id}`.execute(
      world.api.store.owner,
    );
  expect(rows).toHaveLength(3);
});

it('tells one agency of another at most twenty times a day, the rest later', async () => {
  const { n, one, two } = await pair();
  for (let i = 0; i < 24; i += 1) await world.caseOf(one, `O-${n}-${i}`, [`room ${n}`]);
  await world.nextDay();
  expect([(await list(one)).length, (await list(two)).length]).toEqual([20, 1]);
  await world.nextDay();
  expect(await list(one)).toHaveLength(25);
});
