// Votes of named people over services and API: who may vote, who looked, what a stack decision does, what votes come to, who sees
// them; the queue, the test before a vote, schemes that an operator loads.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planExercise } from '@redthread/synth';
import {
  CANNOT_SAY,
  type CompetenceTest,
  type MediaVerdicts,
  type StackTile,
  type VerdictVote,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { SHIPPED_SCHEMES } from '@redthread/core/schemes';
import { readFunnel } from '../../packages/server/src/features/funnel/index.js';
import { loadSchemes } from '../../packages/server/src/features/schemes/service.js';
import { answerTest, beginTest, testPicture } from '../../packages/server/src/features/verdicts/competence/tests.js';
import { listQueue } from '../../packages/server/src/features/verdicts/queue.js';
import { readRule, setRule } from '../../packages/server/src/features/verdicts/rule.js';
import { castVotes, readVerdicts, retract } from '../../packages/server/src/features/verdicts/vote.js';
import { audit, withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';

const SCHEME = 'vic-default@2.0';
const leads = ['administrator', 'coordinator', 'officer'];

let api: ApiFixture;
let anna: Context;
let ben: Context;
let cleo: Context;
/** Of another agency, which the case is shared with; of one that it is not. */
let dora: Context;
let gil: Context;
let asAnna: Client;
let exhibit = '';
let alpha = '';
let lamps: string[] = [];

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  alpha = await world.agency('Alpha');
  const [beta, gamma] = [await world.agency('Beta', 'PT'), await world.agency('Gamma', 'FR')];
  const operation = await world.operation('Tantalus', [alpha, beta]);
  const person = await api.person(alpha, 'anna', leads);
  [anna, ben, cleo, dora, gil] = [
    contextOfPerson(person, leads),
    contextOfPerson(await api.person(alpha, 'ben'), ['reviewer']),
    contextOfPerson(await api.person(alpha, 'cleo')),
    contextOfPerson(await api.person(beta, 'dora')),
    contextOfPerson(await api.person(gamma, 'gil')),
  ];
  world.traits('lamp small', { stack: 'lamp', width: 320, height: 240 });
  world.traits('lamp tiny', { stack: 'lamp', width: 160, height: 120 });
  const caseId = await world.case(person, 'A-1', operation, true);
  exhibit = await world.exhibit(
    person,
    caseId,
    '1',
    ['lamp', 'lamp small', 'lamp tiny', 'chair', 'table', 'bed', 'sofa', 'desk', 'shelf'].map((content) => ({
      content,
    })),
  );
  lamps = [await media('lamp'), await media('lamp small'), await media('lamp tiny')];
  asAnna = await api.signIn('anna');
});
afterAll(() => api.close());

const media = (content: string): Promise<string> => api.world.media(alpha, content);

/** As the reveal of a picture leaves it on record. */
const reveal = (ctx: Context, mediaId: string): Promise<void> =>
  withContext(api.store.app, ctx, (trx) =>
    audit(trx, ctx, { type: 'reveal', object: { kind: 'media', id: mediaId }, detail: { kind: 'clear' } }),
  );

const rightAnswers = async ({ id }: CompetenceTest): Promise<string[]> => {
  const { seed } = await api.store.owner
    .selectFrom('competence_tests')
    .select('seed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const codes = SHIPPED_SCHEMES.find((scheme) => `${scheme.id}@${scheme.version}` === SCHEME)?.codes ?? [];
  return planExercise(
    seed,
    codes.map(({ code }) => code),
  ).questions.map(({ answer }) => answer ?? CANNOT_SAY);
};

const pass = async (ctx: Context): Promise<CompetenceTest> => {
  const test = await beginTest(api.store, ctx, SCHEME);
  return answerTest(api.store, ctx, test.id, await rightAnswers(test));
};

const vote = (ctx: Context, mediaId: string, code: string, more: Partial<VerdictVote> = {}) =>
  castVotes(api.store, ctx, mediaId, { code: `${SCHEME}:${code}`, note: '', stack: false, ...more });

/** What is refused before anything is awaited is thrown at once. */
const refused = async (work: () => Promise<unknown>): Promise<unknown> => work();

const stateOf = async (mediaId: string, ctx = anna) => (await readVerdicts(api.store, ctx, mediaId)).states[0];

describe('the test before a vote', () => {
  it('is asked of everybody, in the version that they vote in', async () => {
    await expect(vote(anna, lamps[0] ?? '', '0')).rejects.toMatchObject({ code: 'COMPETENCE_REQUIRED' });
  });

  it('shows drawn pictures, and is failed with two wrong answers of twelve', async () => {
    const test = await beginTest(api.store, anna, SCHEME);
    expect(test.standIns.map(({ code }) => code)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect((await testPicture(api.store, anna, test.id, 1)).subarray(0, 2).toString('hex')).toBe('ffd8');
    await expect(testPicture(api.store, ben, test.id, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const wrong = (await rightAnswers(test)).map((code, at) => (at < 2 ? 'x' : code));
    await expect(answerTest(api.store, anna, test.id, wrong.slice(1))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(await answerTest(api.store, anna, test.id, wrong)).toMatchObject({
      passed: false,
      right: 10,
      expiresAt: null,
    });
    await expect(answerTest(api.store, anna, test.id, wrong)).rejects.toMatchObject({ code: 'TEST_ANSWERED' });
    await expect(vote(anna, lamps[0] ?? '', '0')).rejects.toMatchObject({ code: 'COMPETENCE_REQUIRED' });
  });

  it('holds for a year once it is passed, and is kept', async () => {
    for (const ctx of [anna, ben, cleo, dora]) expect(await pass(ctx)).toMatchObject({ passed: true, right: 12 });
    const { items } = (await asAnna.get('/api/v1/competence-tests')).json<{ items: CompetenceTest[] }>();
    expect(items.map(({ by }) => by).sort()).toEqual(['anna', 'anna', 'ben', 'cleo']);
    const shelf = await media('desk');
    await sql`update competence_tests set expires_at = now() where login = 'cleo'`.execute(api.store.owner);
    await expect(vote(cleo, shelf, '0')).rejects.toMatchObject({ code: 'COMPETENCE_REQUIRED' });
    await pass(cleo);
  });
});

describe('a vote', () => {
  it('says whether they looked, which the record knows and nobody else', async () => {
    const chair = await media('chair');
    const { votes } = await vote(anna, chair, '0');
    expect(votes).toMatchObject([
      { code: `${SCHEME}:0`, seen: 'not-looked', revealedAt: null, by: 'anna', counts: true },
    ]);
    expect(await stateOf(chair)).toMatchObject({ state: 'waiting', code: null });
    await reveal(anna, chair);
    expect((await vote(anna, chair, '0')).votes).toMatchObject([{ seen: 'looked', revealedAt: expect.any(String) }]);
    // Somebody else's look is not theirs.
    expect((await vote(ben, chair, '0')).votes[0]?.seen).toBe('not-looked');
    // Not even the program may say so.
    const claim = withContext(api.store.app, cleo, (trx) =>
      sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen)
        values (${alpha}::uuid, ${chair}::uuid, ${alpha}::uuid, 'Alpha', ${cleo.actor.userId}::uuid, 'cleo', ${SCHEME}, '0', 'looked')
        returning seen`.execute(trx),
    );
    expect((await claim).rows).toEqual([{ seen: 'not-looked' }]);
  });

  it('takes the place of the same person’s last one, which stays on record', async () => {
    const table = await media('table');
    await reveal(anna, table);
    await vote(anna, table, '1', { note: 'at first sight' });
    await vote(anna, table, '0');
    const { votes } = await readVerdicts(api.store, anna, table);
    expect(votes.map(({ code, retracted }) => [code, retracted?.reason])).toEqual([
      [`${SCHEME}:0`, undefined],
      [`${SCHEME}:1`, 'replaced by a later vote'],
    ]);
    expect(votes[1]?.retracted?.replacedBy).toBe(votes[0]?.id);
  });

  it.each([
    ['1', 'CODE_BARE'],
    ['vic-default@2.0:9', 'CODE_UNKNOWN'],
    ['vic-default@9:1', 'SCHEME_UNKNOWN'],
    ['vic-us@1.3:1', 'SCHEME_RETIRED'],
    ['vic-us@2.0:1', 'COMPETENCE_REQUIRED'],
  ])('in %s is refused with %s', async (code, error) => {
    await expect(
      castVotes(api.store, anna, await media('table'), { code, note: '', stack: false }),
    ).rejects.toMatchObject({ code: error });
  });

  it('is given by those whose role may, on what they see', async () => {
    const auditor: Context = { ...anna, actor: { ...anna.actor, roles: ['auditor'] } };
    await expect(refused(async () => vote(auditor, await media('table'), '0'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await pass(gil);
    await expect(vote(gil, await media('table'), '0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('votes of several people', () => {
  it('decide by the rule of the agency; dissent is kept, and "cannot say" counts for nothing', async () => {
    const bed = await media('bed');
    for (const ctx of [anna, ben, cleo]) await reveal(ctx, bed);
    await vote(anna, bed, '0');
    expect(await stateOf(bed)).toMatchObject({ state: 'waiting', code: '0', missing: 1, quorum: 2 });
    await vote(ben, bed, CANNOT_SAY);
    expect(await stateOf(bed)).toMatchObject({ state: 'waiting', cannotSay: 1 });
    await vote(ben, bed, '2');
    expect(await stateOf(bed)).toMatchObject({ state: 'disputed', code: null, dissent: 2 });
    await vote(cleo, bed, '0');
    expect(await stateOf(bed)).toMatchObject({ state: 'disputed', code: '0', dissent: 1, missing: 1 });
    await setRule(api.store, anna, { quorum: 1 });
    expect(await stateOf(bed)).toMatchObject({ state: 'decided', code: '0', dissent: 1 });
    await setRule(api.store, anna, { quorum: 2 });
    expect(await readRule(api.store, ben)).toMatchObject({ scheme: SCHEME, quorum: 2, setBy: 'anna' });
    await expect(refused(() => setRule(api.store, ben, { quorum: 1 }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of another agency that sees the media are opinions, and count for nothing', async () => {
    const sofa = await media('sofa');
    await reveal(dora, sofa);
    await vote(dora, sofa, '4', { note: 'the same cushion as ours' });
    const { votes, states } = await readVerdicts(api.store, anna, sofa);
    expect(votes).toMatchObject([{ by: 'dora', agency: 'Beta', counts: false, seen: 'looked', own: false }]);
    expect(states).toEqual([]);
    await expect(readVerdicts(api.store, gil, sofa)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('wait in the queue of disagreement, and for a second look by somebody else', async () => {
    const queue = async (ctx: Context, kind: 'disagreement' | 'second-look') =>
      (await listQueue(api.store, ctx, { kind, limit: 100, exhibit })).items.map(({ mediaId }) => mediaId);
    const [bed, desk] = [await media('bed'), await media('desk')];
    expect(await queue(ben, 'disagreement')).toEqual([bed]);
    await reveal(anna, desk);
    await vote(anna, desk, '0');
    expect(await queue(anna, 'second-look')).not.toContain(desk);
    expect(await queue(ben, 'second-look')).toContain(desk);
    await reveal(ben, desk);
    await vote(ben, desk, '0');
    expect(await queue(cleo, 'second-look')).not.toContain(desk);
    expect(await queue(dora, 'disagreement')).toEqual([]);
    const page = await asAnna.get(`/api/v1/verdict-queue?exhibit=${exhibit}&limit=1`);
    expect(page.json()).toMatchObject({
      total: 1,
      next: null,
      items: [{ mediaId: bed, verdict: { state: 'disputed' } }],
    });
  });

  it('come to the same in SQL and in the rule of the domain', async () => {
    const { rows } = await sql<{ id: string }>`select distinct media_id as id from verdicts`.execute(api.store.owner);
    // Whoever has voted on nothing is asked about everything that waits.
    const fresh = contextOfPerson(await api.person(alpha, 'fresh'));
    const found = new Map<string, string>();
    for (const kind of ['disagreement', 'second-look'] as const)
      for (const item of (await listQueue(api.store, fresh, { kind, limit: 100 })).items)
        found.set(item.mediaId, item.verdict.state);
    for (const { id } of rows) {
      const state = (await stateOf(id))?.state;
      expect(found.get(id) ?? 'decided').toBe(state ?? 'decided');
    }
  });
});

describe('a decision of a stack', () => {
  it('is `looked` on what was shown and `by-stack` on the rest, and leaves what was said of one media', async () => {
    const [lamp = '', small = '', tiny = ''] = lamps;
    await reveal(ben, lamp);
    await vote(ben, small, '4', { note: 'judged alone' });
    const { votes, kept } = await vote(ben, lamp, '0', { stack: true });
    expect(kept).toEqual([small]);
    expect(Object.fromEntries(votes.map(({ mediaId, seen }) => [mediaId, seen]))).toEqual({
      [lamp]: 'looked',
      [tiny]: 'by-stack',
    });
    expect(votes.every(({ ofStack }) => ofStack)).toBe(true);
    expect(votes[0]?.mediaId).toBe(lamp);
    expect((await readVerdicts(api.store, ben, small)).votes).toMatchObject([
      { code: `${SCHEME}:4`, note: 'judged alone' },
    ]);
    // Later the whole stack is something else: what was said of the whole is replaced, what was said of one still is not.
    const again = await vote(ben, lamp, '3', { stack: true });
    expect([again.votes.length, again.kept]).toEqual([2, [small]]);
    expect(await stateOf(tiny)).toMatchObject({ tallies: [{ code: '3', looked: 0, byStack: 1, notLooked: 0 }] });
  });

  it('is `by-stack` where another of it was looked at than the one that is shown', async () => {
    const [lamp = '', , tiny = ''] = lamps;
    await reveal(anna, tiny);
    const { votes } = await vote(anna, lamp, '0', { stack: true });
    expect(Object.fromEntries(votes.map(({ mediaId, seen }) => [mediaId, seen]))).toMatchObject({
      [lamp]: 'by-stack',
      [tiny]: 'looked',
    });
    const tiles = (await asAnna.get(`/api/v1/stacks?exhibit=${exhibit}&sort=size`)).json<{ items: StackTile[] }>();
    const tile = tiles.items.find(({ mediaId }) => mediaId === lamp);
    expect(tile?.verdict).toEqual({ scheme: SCHEME, code: null, state: 'disputed' });
  });

  it('of somebody who looked at none of it counts for nothing', async () => {
    const { votes } = await vote(cleo, lamps[0] ?? '', '0', { stack: true });
    expect(new Set(votes.map(({ seen }) => seen))).toEqual(new Set(['not-looked']));
  });
});

describe('taking back', () => {
  it('keeps the vote with its reason, and is for whoever gave it', async () => {
    const desk = await media('desk');
    const mine = (await readVerdicts(api.store, ben, desk)).votes.find(({ own }) => own);
    await expect(retract(api.store, anna, mine?.id ?? '', 'not hers')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await retract(api.store, ben, mine?.id ?? '', 'wrong key')).toMatchObject({
      retracted: { reason: 'wrong key' },
    });
    await expect(retract(api.store, ben, mine?.id ?? '', 'again')).rejects.toMatchObject({ code: 'VOTE_RETRACTED' });
    expect(await stateOf(desk)).toMatchObject({ state: 'waiting' });
  });
});

describe('over the API', () => {
  it('a hit on a list stands apart from votes, and every vote is on record at its media', async () => {
    const chair = await media('chair');
    await api.world.list(await personOf(anna), 'Lamps', ['chair']);
    await reveal(anna, chair);
    const cast = await asAnna.send('POST', `/api/v1/media/${chair}/verdicts`, { code: `${SCHEME}:0` });
    expect(cast.statusCode).toBe(200);
    const verdicts = (await asAnna.get(`/api/v1/media/${chair}/verdicts`)).json<MediaVerdicts>();
    expect(verdicts).toMatchObject({
      listHits: [{ name: 'Lamps' }],
      states: [{ tallies: [{ code: '0', looked: 1 }] }],
    });
    const history = await asAnna.get(`/api/v1/media/${chair}/history?type=verdict-vote`);
    expect(history.json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ type: 'verdict-vote' })]),
    });
    expect((await asAnna.send('POST', `/api/v1/media/${chair}/verdicts`, { code: '0' })).json()).toMatchObject({
      code: 'CODE_BARE',
      pointer: '/code',
    });
  });

  it('what was reviewed is a step of the funnel, as long as its list', async () => {
    await vote(cleo, await media('shelf'), '0');
    const { steps } = await readFunnel(api.store, anna, { kind: 'exhibit', id: exhibit });
    const reviewed = steps.find(({ step }) => step === 'reviewed');
    // Everything but the one that was voted on by somebody who had not looked.
    expect(reviewed?.files).toBe(8);
    const list = (await asAnna.get(reviewed?.query ?? '')).json<{ total: number; items: { mediaId: string }[] }>();
    expect(list.total).toBe(8);
    expect(list.items.map(({ mediaId }) => mediaId)).not.toContain(await media('shelf'));
  });

  it('schemes are listed and mapped, and loaded by an operator alone', async () => {
    const file = JSON.stringify({
      format: 'redthread-schemes/1',
      retire: [{ scheme: 'ncmec@1', why: { en: 'we vote in another', es: 'votamos en otro' }, by: SCHEME }],
    });
    await expect(refused(() => loadSchemes(api.store, anna, file))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await sql`update users set is_operator = true where login = 'anna'`.execute(api.store.owner);
    await loadSchemes(api.store, { ...anna, actor: { ...anna.actor, isOperator: true } }, file);
    const { items } = (await asAnna.get('/api/v1/schemes')).json<{ items: { name: string; retired: unknown }[] }>();
    expect(items.find(({ name }) => name === 'ncmec@1')?.retired).toMatchObject({ by: SCHEME });
    await expect(beginTest(api.store, anna, 'ncmec@1')).rejects.toMatchObject({ code: 'SCHEME_RETIRED' });
    expect((await asAnna.get('/api/v1/schemes/map?from=vic-us@2.0:1&to=vic-uk@2.0')).json()).toMatchObject({
      to: null,
    });
  });
});

const personOf = (ctx: Context) => ({ id: ctx.actor.userId, agencyId: ctx.actor.agencyId, login: ctx.actor.login });
