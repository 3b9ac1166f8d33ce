// A child at risk now: who marks and is told, what comes first while it stands, who is told at once whom to ask, and that nothing of it is left
// when it has run out.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AtRiskMark, Contact, Notice, StackTile } from '@redthread/core/contract';
import { leaseWork } from '../../packages/server/src/features/work/index.js';
import { tellOfEndedRisk } from '../../packages/server/src/matcher/at-risk.js';
import { tellContacts } from '../../packages/server/src/matcher/contacts.js';
import { codeOf, type Client } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openContactWorld, type ContactWorld } from './contact-world.js';

let world: ContactWorld;
beforeAll(async () => {
  world = await openContactWorld();
});
afterAll(() => world.api.close());

const REASON = 'named in a message of last night';
const change = (statement: string): Promise<unknown> => sql.raw(statement).execute(world.api.store.owner);
const marksOf = async (client: Client, query = ''): Promise<AtRiskMark[]> =>
  (await client.get(`/api/v1/at-risk${query}`)).json<{ items: AtRiskMark[] }>().items;
const noticesOf = async (client: Client, kind: Notice['kind']): Promise<Notice[]> =>
  (await client.get('/api/v1/notices?limit=200')).json<{ items: Notice[] }>().items.filter((one) => one.kind === kind);
const runOut = (id: string): Promise<unknown> =>
  change(
    `update at_risk_marks set marked_at = now() - interval '2 hours', until = now() - interval '1 hour' where id = '${id}'`,
  );

it('is marked by whoever may, told to coordinators who see it, marked anew, and taken back once', async () => {
  const { api } = world;
  const [agency, partner] = [await api.world.agency('Marking'), await api.world.agency('Marking partner')];
  const anna = await api.person(agency, 'm-anna', ['officer']);
  for (const [of, login, roles] of [
    [agency, 'm-cora', ['coordinator']],
    [agency, 'm-carl', ['coordinator']],
    [agency, 'm-audi', ['auditor']],
    [partner, 'm-paul', ['coordinator']],
    [await api.world.agency('Marking elsewhere'), 'm-else', ['coordinator', 'officer']],
  ] as const)
    await api.person(of, login, [...roles]);
  const operation = await api.world.operation('marking', [agency, partner]);
  const caseId = await api.world.case(anna, 'M-1', operation, true);
  // One of the two coordinators is not on it.
  await change(`update cases set access = 'named' where id = '${caseId}'`);
  await change(`insert into case_access (agency_id, case_id, grantee_agency_id, grantee_user_id, grantee_login, granted_by)
    select agency_id, '${caseId}', agency_id, id, login, '${anna.id}' from users where login in ('m-anna', 'm-cora') on conflict do nothing`);
  const as = (login: string) => api.signIn(login);
  const officer = await as('m-anna');

  for (const [body, code] of [
    [{ reason: REASON }, 'REQUEST_INVALID'],
    [{ case: caseId, series: caseId, reason: REASON }, 'REQUEST_INVALID'],
    [{ case: caseId, reason: 'x' }, 'REQUEST_INVALID'],
    [{ case: caseId, reason: REASON, hours: 169 }, 'REQUEST_INVALID'],
    [{ case: caseId, reason: REASON, hours: 0 }, 'REQUEST_INVALID'],
    [{ series: caseId, reason: REASON }, 'NOT_FOUND'],
  ] as const)
    expect([body, codeOf(await officer.send('POST', '/api/v1/at-risk', body))]).toEqual([body, code]);
  const mark = (client: Client, reason = REASON) => client.send('POST', '/api/v1/at-risk', { case: caseId, reason });
  expect(codeOf(await mark(await as('m-audi')))).toBe('FORBIDDEN');
  // A partner looks, and does not mark; who does not see the case learns nothing of it.
  for (const login of ['m-paul', 'm-carl', 'm-else'])
    expect([login, codeOf(await mark(await as(login)))]).toEqual([login, 'NOT_FOUND']);

  const made = (await mark(officer)).json<AtRiskMark>();
  expect(made).toMatchObject({
    on: { kind: 'case', id: caseId, name: 'M-1' },
    reason: REASON,
    by: 'm-anna',
    own: true,
    inForce: true,
    ended: null,
  });
  expect(Date.parse(made.until) - Date.parse(made.at)).toBe(24 * 3_600_000);
  const told: string[] = [];
  for (const login of ['m-anna', 'm-cora', 'm-carl', 'm-audi', 'm-paul', 'm-else'])
    if ((await noticesOf(await as(login), 'at-risk')).length > 0) told.push(login);
  expect(told).toEqual(['m-cora', 'm-paul']);
  expect((await marksOf(await as('m-paul'))).map(({ id, own }) => [id, own])).toEqual([[made.id, false]]);
  expect(await marksOf(await as('m-else'))).toEqual([]);

  const again = (await mark(officer, 'and seen again today')).json<AtRiskMark>();
  expect((await marksOf(officer, `?case=${caseId}`)).map(({ id }) => id)).toEqual([again.id]);
  expect((await marksOf(officer, '?all=true')).map(({ id, ended }) => [id, ended?.reason ?? null])).toEqual([
    [again.id, null],
    [made.id, 'marked anew'],
  ]);
  const end = async (login: string) =>
    (await as(login)).send('POST', `/api/v1/at-risk/${again.id}/end`, { reason: 'the child is safe' });
  expect(codeOf(await end('m-paul'))).toBe('NOT_FOUND');
  expect((await end('m-cora')).json()).toMatchObject({
    inForce: false,
    ended: { by: 'm-cora', reason: 'the child is safe' },
  });
  expect(codeOf(await end('m-cora'))).toBe('ASSERTION_RETRACTED');
  const { rows } = await sql<{
    type: string;
  }>`select type from audit_events where object_id = ${caseId} and type like 'at-risk%'
    order by id`.execute(api.store.owner);
  expect(rows.map(({ type }) => type)).toEqual(['at-risk-mark', 'at-risk-mark', 'at-risk-end']);
});

it('comes first in the work, the tiles, the queue and the connections while it is in force, and no longer', async () => {
  const { api } = world;
  const officer = await world.officer('First', 'f-anna');
  const client = await api.signIn(officer.login);
  const names = ['before', 'risk', 'later'] as const;
  const cases: string[] = [];
  for (const [i, name] of names.entries())
    cases.push(
      await world.caseOf(officer, `F-${i}`, [
        `f ${name}`,
        `f ${name} more`,
        `f ${name} most`,
        ...(i === 0 ? [] : ['f both']),
      ]),
    );
  // What is not at risk connects more strongly.
  await api.world.matchContents(officer.agencyId, ['f before', 'f later'], 'same content', 40);
  await api.world.matchContents(officer.agencyId, ['f before', 'f risk'], 'same content', 30);
  await change(`insert into work (agency_id, media_id, exhibit_id, stage, version)
    select distinct on (m.id) m.agency_id, m.id, o.exhibit_id, 'decode', 1 from media m join occurrences o on o.media_id = m.id
    where m.agency_id = '${officer.agencyId}' order by m.id, o.created_at`);
  const works = async (limit: number): Promise<string[]> => {
    const leased = await leaseWork(api.store.worker, { stage: 'decode', processId: randomUUID(), limit });
    await change(`update work set state = 'queued', attempts = 0, leased_by = null, lease_until = null`);
    const { rows } = await sql<{
      id: string;
      reference: string;
    }>`select x.id, c.reference from unnest(${leased.map(({ exhibitId }) => exhibitId)}::uuid[])
      with ordinality x (id, n) join exhibits e on e.id = x.id join cases c on c.id = e.case_id order by x.n`.execute(
      api.store.owner,
    );
    return rows.map(({ reference }) => reference);
  };
  const tiles = async (): Promise<StackTile[]> =>
    (await client.get('/api/v1/stacks?sort=size&collapse=media&limit=50')).json<{ items: StackTile[] }>().items;
  interface Line {
    readonly a: { readonly caseReference: string };
    readonly b: { readonly caseReference: string };
  }
  const connected = async (cursor: string | null = null): Promise<string[]> => {
    const address = `/api/v1/connections?between=cases&limit=1${cursor === null ? '' : `&cursor=${cursor}`}`;
    const { items, next } = (await client.get(address)).json<{ items: Line[]; next: string | null }>();
    const lines = items.map(({ a, b }) => [a.caseReference, b.caseReference].sort().join(' '));
    return next === null ? lines : [...lines, ...(await connected(next))];
  };
  const waiting = async (): Promise<string[]> =>
    (await client.get('/api/v1/verdict-queue?kind=disagreement'))
      .json<{ items: { mediaId: string }[] }>()
      .items.map(({ mediaId }) => mediaId);
  await api.person(officer.agencyId, 'f-otto');
  for (const content of ['f before', 'f risk more', 'f later'])
    await sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, revealed_at)
      select m.agency_id, m.id, m.agency_id, 'First', u.id, u.login, 'vic-default@2.0', case u.login when 'f-anna' then '0' else '1' end, 'looked', now()
      from media m, users u where m.id = ${await api.world.media(officer.agencyId, content)}::uuid and u.agency_id = m.agency_id`.execute(
      api.store.owner,
    );
  const before = {
    tiles: (await tiles()).map(({ mediaId }) => mediaId),
    connected: await connected(),
    waiting: await waiting(),
  };
  expect((await tiles()).every(({ atRisk }) => !atRisk)).toBe(true);
  const mark = (
    await client.send('POST', '/api/v1/at-risk', { case: cases[1], reason: REASON, hours: 2 })
  ).json<AtRiskMark>();
  expect(await works(3)).toEqual(['F-1', 'F-1', 'F-1']);
  // Of what is left the oldest, and nothing twice.
  const all = await works(50);
  expect([all.length, all.slice(0, 3)]).toEqual([10, ['F-1', 'F-1', 'F-1']]);
  const marked = await tiles();
  expect(marked.map(({ atRisk }) => atRisk)).toEqual(marked.map((_, i) => i < 4));
  const pages = (await client.get('/api/v1/stacks?sort=size&collapse=media&limit=3')).json<{ next: string }>();
  const rest = await client.get(`/api/v1/stacks?sort=size&collapse=media&limit=3&cursor=${pages.next}`);
  expect(rest.json<{ items: StackTile[] }>().items.map(({ mediaId }) => mediaId)).toEqual(
    marked.slice(3, 6).map(({ mediaId }) => mediaId),
  );
  expect(new Set(marked.map(({ mediaId }) => mediaId))).toEqual(new Set(before.tiles));
  const first = await connected();
  expect([first.length, [...first].sort()]).toEqual([before.connected.length, [...before.connected].sort()]);
  const isFirst = (line: string): boolean => line.includes('F-1');
  expect(first.map(isFirst)).toEqual([...first.map(isFirst)].sort((a, b) => Number(b) - Number(a)));
  const risk = await api.world.media(officer.agencyId, 'f risk more');
  expect([before.waiting[1], await waiting()]).toEqual([risk, [risk, before.waiting[0], before.waiting[2]]]);
  await runOut(mark.id);
  expect([(await tiles()).map(({ mediaId }) => mediaId), await connected()]).toEqual([before.tiles, before.connected]);
  expect(await marksOf(client)).toEqual([]);
  expect((await marksOf(client, '?all=true'))[0]).toMatchObject({ inForce: false, ended: null });
  // Whoever marked it is told once.
  expect([await tellOfEndedRisk(api.store.matcher), await tellOfEndedRisk(api.store.matcher)]).toEqual([1, 0]);
  expect((await noticesOf(client, 'at-risk-ended'))[0]).toMatchObject({ object: { kind: 'case', id: cases[1] } });
});

it('of a series puts its files first, shows on what is one with it, and not after it was taken back', async () => {
  const { api } = world;
  const officer = await world.officer('Series at risk', 's-anna');
  const client = await api.signIn(officer.login);
  await world.caseOf(officer, 'S-1', ['s one', 's two', 's three']);
  const series: string[] = [];
  for (const name of ['Yellow', 'Yellow too'])
    series.push((await client.send('POST', '/api/v1/entities', { kind: 'series', name })).json<{ id: string }>().id);
  const media = await api.world.media(officer.agencyId, 's three');
  await client.send('POST', `/api/v1/series/${series[0]}/members`, { media: [media], reason: 'the same wall' });
  await client.send('POST', '/api/v1/assertions', {
    type: 'continues',
    from: { entity: series[1] },
    to: series[0],
    reason: 'the same child',
  });
  const mark = (await client.send('POST', '/api/v1/at-risk', { series: series[0], reason: REASON })).json<AtRiskMark>();
  expect(mark.on).toEqual({ kind: 'series', id: series[0], name: 'Yellow' });
  const tiles = async (): Promise<StackTile[]> =>
    (await client.get('/api/v1/stacks?collapse=media')).json<{ items: StackTile[] }>().items;
  const firstTile = async (): Promise<StackTile | undefined> => (await tiles())[0];
  expect(await firstTile()).toMatchObject({ mediaId: media, atRisk: true });
  // What is of others is in the series, and is not put first by it.
  const partner = await world.officer('Beside the series', 's-paul');
  const operation = await api.world.operation('series at risk', [officer.agencyId, partner.agencyId]);
  const theirCase = await api.world.case(partner, 'S-2', operation, true);
  await api.world.exhibit(partner, theirCase, '1', [{ content: 's theirs' }]);
  const theirs = await api.world.media(partner.agencyId, 's theirs');
  await client.send('POST', `/api/v1/series/${series[0]}/members`, { media: [theirs], reason: 'the same wall' });
  const members = (await client.get(`/api/v1/series/${series[0]}/members`)).json<{ items: { mediaId: string }[] }>();
  expect(members.items.map(({ mediaId }) => mediaId).sort()).toEqual([media, theirs].sort());
  expect((await tiles()).filter(({ atRisk }) => atRisk).map(({ mediaId }) => mediaId)).toEqual([media]);
  expect((await marksOf(client, `?series=${series[1]}`)).map(({ id }) => id)).toEqual([mark.id]);
  await client.send('POST', `/api/v1/at-risk/${mark.id}/end`, { reason: 'another child' });
  expect((await firstTile())?.atRisk).toBe(false);
});

let agencies = 0;
const pair = async (): Promise<{ one: Person; two: Person; caseOne: string; caseTwo: string }> => {
  const n = (agencies += 2);
  const [one, two] = [
    await world.officer(`Urgent ${n}`, `u-one-${n}`),
    await world.officer(`Urgent too ${n}`, `u-two-${n}`),
  ];
  const caseOne = await world.caseOf(one, `U-${n}`, [`u room ${n}`]);
  const caseTwo = await world.caseOf(two, `V-${n}`, [`u room ${n}`]);
  await world.match(one, `u room ${n}`, two);
  return { one, two, caseOne, caseTwo };
};
const contactsOf = async ({ login }: Person): Promise<Contact[]> =>
  (await (await world.api.signIn(login)).get('/api/v1/contacts?all=true')).json<{ items: Contact[] }>().items;
const markAs = async ({ login }: Person, caseId: string): Promise<AtRiskMark> =>
  (
    await (await world.api.signIn(login)).send('POST', '/api/v1/at-risk', { case: caseId, reason: REASON })
  ).json<AtRiskMark>();
const now = (): Promise<number> => tellContacts(world.api.store.matcher);

it('tells both ends at once whom to ask, and only what a contact tells', async () => {
  const { one, two, caseOne } = await pair();
  await now();
  expect([await contactsOf(one), await contactsOf(two)]).toEqual([[], []]);
  const mark = await markAs(one, caseOne);
  expect(await now()).toBe(2);
  expect(await now()).toBe(0);
  const [[mine], [theirs]] = [await contactsOf(one), await contactsOf(two)];
  expect([mine?.urgent, theirs?.urgent, mine?.officer]).toEqual([true, true, two.login]);
  const [notice] = await noticesOf(await world.api.signIn(two.login), 'contact');
  expect(notice?.detail).toMatchObject({ urgent: 'true', officer: one.login });
  expect(JSON.stringify([theirs, notice])).not.toContain(REASON);
  // The mark itself is of those who see the case.
  expect(await marksOf(await world.api.signIn(two.login))).toEqual([]);
  await runOut(mark.id);
  await now();
  expect([...(await contactsOf(one)), ...(await contactsOf(two))].map(({ urgent }) => urgent)).toEqual([false, false]);
});

it('tells again what was told before, and nothing of cases that are silent', async () => {
  const [known, hushed] = [await pair(), await pair()];
  await world.nextDay();
  expect((await contactsOf(known.two)).map(({ urgent }) => urgent)).toEqual([false]);
  await change(`update cases set contact_mode = 'silent' where id = '${hushed.caseTwo}'`);
  await change(`delete from contacts where case_id in ('${hushed.caseOne}', '${hushed.caseTwo}')`);
  await markAs(known.one, known.caseOne);
  await markAs(hushed.one, hushed.caseOne);
  expect(await now()).toBe(0);
  expect((await contactsOf(known.two)).map(({ urgent }) => urgent)).toEqual([true]);
  expect(await noticesOf(await world.api.signIn(known.two.login), 'contact')).toHaveLength(2);
  expect([await contactsOf(hushed.one), await contactsOf(hushed.two)]).toEqual([[], []]);
});
