// What two persons do to exhibits and cases, from asking to the end, over the rows, the vault and the record: moving,
// withdrawing, bringing back, purging, destroying; who may be the second; holds.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { listCustody } from '../../packages/server/src/features/custody/index.js';
import {
  askToDestroy,
  askToMove,
  askToPurge,
  askToUndo,
  askToWithdraw,
} from '../../packages/server/src/features/requests/asking.js';
import { listDestructions } from '../../packages/server/src/features/requests/destructions.js';
import { placeHold, releaseHold } from '../../packages/server/src/features/requests/holds.js';
import { addNote, answerNote } from '../../packages/server/src/features/notes/index.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import { FOLLOWERS, REFERRERS, REMAINERS } from '../../packages/server/src/features/requests/run/take-away.js';
import {
  cancelRequest,
  confirmRequest,
  refuseRequest,
  requestId,
  showRequest,
} from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { dataKeysToRead, kindKey } from '../../packages/server/src/store/index.js';
import { openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';

let world: IngestWorld;
let anna: Context;
let ben: Context;
let agencyId = '';
const reason = 'seized at the other address';
const files = (name: string) => join(world.folder, name);

const contextOf = (id: string, login: string, roles = ['administrator', 'coordinator', 'officer']): Context => ({
  actor: { userId: id, agencyId, login, roles },
  purpose: null,
  requestId: 'test',
});

beforeAll(async () => {
  world = await openIngestWorld();
  agencyId = await world.world.agency('North');
  const all = ['administrator', 'coordinator', 'officer'];
  const [a, b] = [await world.world.person(agencyId, 'anna', all), await world.world.person(agencyId, 'ben', all)];
  [anna, ben] = [contextOf(a.id, 'anna'), contextOf(b.id, 'ben')];
  for (const reference of ['N-1', 'N-2', 'N-3']) await world.world.case(a, reference);
  // Two exhibits of one case that share a picture, and one of another case that shares another.
  for (const [folder, seeds] of Object.entries({ one: [1, 2, 3, 4], two: [4, 5, 6], three: [1, 7] }))
    for (const seed of seeds) writeAt(join(files(folder), `${seed}.jpg`), await picture(seed));
  for (const [folder, caseReference, exhibitReference] of [
    ['one', 'N-1', '1'],
    ['two', 'N-1', '2'],
    ['three', 'N-2', '1'],
  ] as const)
    await ingestExhibit(
      world.store,
      anna,
      { caseReference, exhibitReference, source: files(folder), inPlace: false },
      { wait: false },
    );
}, 120_000);
afterAll(() => world.close());

/** Confirmed by the other person, and carried out. */
const carryOut = async (number: string, by: Context = ben): Promise<string> => {
  await confirmRequest(world.store, by, { number, origin: SESSION });
  return runRequest(world.store, await requestId(world.store, by, number));
};
const count = async (table: string, where = 'true'): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.raw(table)} where ${sql.raw(where)}`.execute(world.store.owner);
  return rows[0]?.n ?? -1;
};
const exhibitId = async (caseReference: string, reference: string): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`select e.id from exhibits e join cases c on c.id = e.case_id
    where c.reference = ${caseReference} and e.reference = ${reference}`.execute(world.store.owner);
  return rows[0]?.id ?? null;
};
/** Files that open, as `case/exhibit path sha256` of what was read. */
const opened = async (): Promise<string[]> => {
  const { rows } = await sql<{ place: string; media: string; name: string; sha256: Buffer }>`
    select c.reference || '/' || e.reference || ' ' || o.path as place, o.media_id as media, v.name, m.sha256
    from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id join media m on m.id = o.media_id
      join vault_objects v on v.media_id = m.id and v.kind = 'original' order by 1`.execute(world.store.owner);
  const keys = await world.store.worker
    .transaction()
    .execute((trx) => dataKeysToRead(trx, world.store.keys, [...new Set(rows.map(({ media }) => media))]));
  const read: string[] = [];
  for (const { place, media, name, sha256 } of rows) {
    const key = keys.get(media);
    if (key === undefined) throw new Error(`no key for ${place}`);
    const digest = createHash('sha256');
    for await (const part of world.store.vault.openRange(name, kindKey(key, 'original'))) digest.update(part as Buffer);
    expect(digest.digest('hex')).toBe(sha256.toString('hex'));
    read.push(place);
  }
  return read;
};
const objectsOnDisk = async (): Promise<number> => {
  const { rows } = await sql<{ name: string }>`select name from vault_objects
    union select object_name from set_aside where source = 'vault_objects'`.execute(world.store.owner);
  let there = 0;
  for (const { name } of rows) if (await world.store.vault.exists(name)) there += 1;
  expect(there).toBe(rows.length);
  return there;
};

/** Of each media a vote that was taken back, and one in force. */
const voteOnAll = async (): Promise<void> => {
  await sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, retracted_at, retract_reason)
    select m.agency_id, m.id, m.agency_id, 'North', ${anna.actor.userId}::uuid, 'anna', 'vic-default@2.0', c.code, 'not-looked', c.at, c.why
    from media m cross join (values ('1', now(), 'a mistake'), ('0', null::timestamptz, null)) as c (code, at, why)`.execute(
    world.store.owner,
  );
};
const allVotes = async (): Promise<unknown[]> =>
  (await sql`select to_jsonb(v) as vote from verdicts v order by v.id`.execute(world.store.owner)).rows;

/** A note on a media of exhibit 1 alone, with an answer. */
const writeThread = async (): Promise<void> => {
  const { rows } = await sql<{ id: string }>`select media_id as id from occurrences where path = '2.jpg'`.execute(
    world.store.owner,
  );
  const about = { kind: 'media', id: rows[0]?.id ?? '' } as const;
  const { id } = await addNote(world.store, anna, { about, text: 'whose is it?', handling: 'TLP:AMBER' });
  await answerNote(world.store, ben, id, { text: 'ours', handling: 'TLP:AMBER' });
};
const allNotes = async (): Promise<unknown[]> =>
  (await sql`select to_jsonb(n) as note from notes n order by n.at`.execute(world.store.owner)).rows;

/** An outcome that names every media. */
const tellOutcome = async (): Promise<void> => {
  const self = sql`${agencyId}::uuid`;
  const by = sql`${anna.actor.userId}::uuid, 'anna'`;
  await sql`with s as (insert into entities (agency_id, kind, name, created_by, created_login) values (${self}, 'series', 'Room', ${by}) returning id),
    r as (insert into outcome_releases (agency_id, series_id, reason, released_by, released_login) select ${self}, id, 'agreed', ${by} from s returning id),
    o as (insert into outcomes (agency_id, release_agency_id, release_id, from_agency, statements) select ${self}, ${self}, id, 'North', 0 from r returning id)
    insert into outcome_media (outcome_id, agency_id, media_id) select o.id, m.agency_id, m.id from o, media m`.execute(
    world.store.owner,
  );
};

/** A question about each media of the case N-1. */
const askAboutAll = async (): Promise<void> => {
  await sql`with o as (insert into operations (agency_id, reference, name) values (${agencyId}::uuid, 'T', 'T') returning id)
    insert into asks (agency_id, number, operation_id, case_id, media_id, countries, question, due_on, user_id, login, said_agency)
    select x.agency_id, '0000-' || lpad((row_number() over ())::text, 4, '0'), o.id, x.case_id, x.media_id, '{}', 'whose?', '2999-01-01',
      ${anna.actor.userId}::uuid, 'anna', 'North'
    from o, (select distinct agency_id, case_id, media_id from occurrences where case_id = (select id from cases where reference = 'N-1')) x`.execute(
    world.store.owner,
  );
};

it('takes away rows of every table that refers to media', async () => {
  const { rows } = await sql<{ name: string }>`select distinct c.relname as name from pg_constraint x
    join pg_class c on c.oid = x.conrelid join pg_class f on f.oid = x.confrelid
    where x.contype = 'f' and f.relname = 'media' and c.relname <> 'media' order by 1`.execute(world.store.owner);
  expect(rows.map(({ name }) => name)).toEqual([...REFERRERS, ...FOLLOWERS, ...REMAINERS].sort());
});

describe('the second person', () => {
  const ask = (by: Context, second?: string, origin = SESSION) =>
    askToMove(world.store, by, origin, {
      exhibit: 'N-1/1',
      toCase: 'N-2',
      as: '9',
      reason,
      ...(second === undefined ? {} : { second }),
    });

  it('is not whoever asks', async () => {
    const { number } = await ask(anna);
    await expect(confirmRequest(world.store, anna, { number, origin: SESSION })).rejects.toMatchObject({
      code: 'SECOND_PERSON_SAME',
    });
    await expect(ask(anna)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await cancelRequest(world.store, anna, number);
    await expect(confirmRequest(world.store, ben, { number, origin: SESSION })).rejects.toMatchObject({
      code: 'REQUEST_CLOSED',
    });
  });

  it('is not another account behind which the same account of the system stands', async () => {
    const { number } = await ask(anna, undefined, { osAccount: 'shared' });
    await expect(confirmRequest(world.store, ben, { number, origin: { osAccount: 'shared' } })).rejects.toMatchObject({
      code: 'SECOND_PERSON_SAME',
    });
    await refuseRequest(world.store, ben, { number, origin: { osAccount: 'other' }, reason: 'the wrong case' });
    expect(await showRequest(world.store, anna, number)).toMatchObject({
      state: 'refused',
      decidedBy: 'ben',
      decisionReason: 'the wrong case',
    });
  });

  it('is somebody of the agency who may do the same, and the one that was named', async () => {
    const carl = await world.world.person(agencyId, 'carl', ['reviewer']);
    await expect(ask(anna, 'carl')).rejects.toMatchObject({ code: 'SECOND_PERSON_INVALID' });
    await expect(ask(anna, 'nobody')).rejects.toMatchObject({ code: 'SECOND_PERSON_INVALID' });
    const dora = await world.world.person(agencyId, 'dora', ['officer']);
    const { number } = await ask(anna, 'dora');
    await expect(confirmRequest(world.store, ben, { number, origin: SESSION })).rejects.toMatchObject({
      code: 'SECOND_PERSON_INVALID',
    });
    await expect(
      confirmRequest(world.store, contextOf(carl.id, 'carl', ['reviewer']), { number, origin: SESSION }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await cancelRequest(world.store, contextOf(dora.id, 'dora', ['officer']), number);
  });
});

describe('moving', () => {
  it('lets files, keys and custody follow, and is undone', async () => {
    const before = await opened();
    const { number } = await askToMove(world.store, anna, SESSION, {
      exhibit: 'N-1/2',
      toCase: 'N-2',
      as: '2',
      reason,
    });
    expect(await carryOut(number)).toBe('done');
    expect(await opened()).toEqual(before.map((line) => line.replace('N-1/2', 'N-2/2')).sort());
    const id = (await exhibitId('N-2', '2')) ?? '';
    const custody = await listCustody(world.store, anna, { exhibitId: id });
    expect(custody.map(({ event, person, secondPerson, from, to }) => [event, person, secondPerson, from, to])).toEqual(
      [
        ['registered', 'anna', null, files('two'), 'N-1/2'],
        ['moved', 'anna', 'ben', 'N-1/2', 'N-2/2'],
      ],
    );
    const undo = await askToUndo(world.store, ben, SESSION, { number, reason: 'it was the right one after all' });
    expect(await carryOut(undo.number, anna)).toBe('done');
    expect(await opened()).toEqual(before);
    await expect(askToUndo(world.store, ben, SESSION, { number, reason })).rejects.toMatchObject({
      code: 'REQUEST_IMPOSSIBLE',
    });
    expect(await count('envelopes', `case_id = (select id from cases where reference = 'N-2')`)).toBe(2);
  });
});

describe('withdrawing', () => {
  it('hides an exhibit from everybody, keeps what others need, and is undone as if nothing had been', async () => {
    const [before, media, objects] = [await opened(), await count('media'), await objectsOnDisk()];
    // What was said of its media goes and comes back with them, whether in force or not.
    await voteOnAll();
    await writeThread();
    await tellOutcome();
    const [votes, notes, told] = [await allVotes(), await allNotes(), await count('notices', `kind like 'note%'`)];
    expect([notes.length, told]).toEqual([2, 1]);
    const { number } = await askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/1', reason });
    const id = (await exhibitId('N-1', '1')) ?? '';
    // Somebody sends files into it; then their page is closed, and nothing more is heard of them.
    await sql`insert into ingest_runs (agency_id, exhibit_id, user_id, sender, archives)
      values (${agencyId}::uuid, ${id}::uuid, ${anna.actor.userId}::uuid, sha256('gone'), 'server')`.execute(
      world.store.owner,
    );
    expect(await carryOut(number)).toBe('approved');
    await sql`update ingest_runs set seen_at = now() - interval '61 seconds'`.execute(world.store.owner);
    expect(await runRequest(world.store, await requestId(world.store, ben, number))).toBe('done');
    expect(await opened()).toEqual(before.filter((line) => !line.startsWith('N-1/1')));
    // 2 and 3 are of this exhibit alone.
    expect(await count('media')).toBe(media - 2);
    expect(await objectsOnDisk()).toBe(objects);
    expect(await count('contents')).toBe(media);
    expect((await allVotes()).length).toBe(votes.length - 4);
    expect([await allNotes(), await count('outcome_media')]).toEqual([[], media - 2]);
    expect((await listCustody(world.store, anna, { exhibitId: id })).at(-1)).toMatchObject({ event: 'withdrawn' });
    const officer = contextOf((await world.world.person(agencyId, 'ed')).id, 'ed', ['officer']);
    await expect(listCustody(world.store, officer, { exhibitId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const undo = await askToUndo(world.store, ben, SESSION, { number, reason: 'a mistake' });
    expect(await carryOut(undo.number, anna)).toBe('done');
    expect(await opened()).toEqual(before);
    expect(await allVotes()).toEqual(votes);
    // Nobody is told again of what comes back.
    expect([await allNotes(), await count('notices', `kind like 'note%'`)]).toEqual([notes, told]);
    expect(await count('outcome_media')).toBe(media);
    expect([await count('media'), await count('set_aside'), await objectsOnDisk()]).toEqual([media, 0, objects]);
  });

  it('is purged for good, with a signed record', async () => {
    const media = await count('media');
    await askAboutAll();
    const { number } = await askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/2', reason });
    expect(await carryOut(number)).toBe('done');
    const names = await sql<{
      name: string;
    }>`select object_name as name from set_aside where source = 'vault_objects'`.execute(world.store.owner);
    const purge = await askToPurge(world.store, anna, SESSION, { number, reason: 'the court ordered it' });
    expect(await carryOut(purge.number)).toBe('done');
    // 5 and 6; 4 is of exhibit 1 as well.
    expect([await count('media'), await count('contents'), await count('set_aside')]).toEqual([
      media - 2,
      media - 2,
      0,
    ]);
    expect(await count('asks')).toBe(4);
    for (const { name } of names.rows) expect(await world.store.vault.exists(name)).toBe(false);
    const [record] = await listDestructions(world.store, anna);
    expect(record?.isSigned).toBe(true);
    expect(JSON.parse(record?.record ?? '{}')).toMatchObject({
      number: 1,
      exhibit: { reference: '2' },
      destroyed: { files: 3, media: 2 },
    });
    await expect(askToUndo(world.store, ben, SESSION, { number, reason })).rejects.toMatchObject({
      code: 'REQUEST_IMPOSSIBLE',
    });
  });
});

describe('a hold', () => {
  it('stops what was asked, what is confirmed and what is carried out, and says who placed it', async () => {
    const asked = await askToDestroy(world.store, anna, SESSION, { case: 'N-1', reason, leaveInPlace: false });
    await placeHold(world.store, ben, { case: 'N-1', reason: 'the appeal is open' });
    const held = { code: 'CASE_ON_HOLD', detail: expect.stringMatching(/ben .*the appeal is open/) as string };
    await expect(confirmRequest(world.store, ben, { number: asked.number, origin: SESSION })).rejects.toMatchObject(
      held,
    );
    await expect(askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/1', reason })).rejects.toMatchObject(held);
    await releaseHold(world.store, anna, { case: 'N-1', reason: 'the appeal was withdrawn' });
    await confirmRequest(world.store, ben, { number: asked.number, origin: SESSION });
    await placeHold(world.store, ben, { case: 'N-1', reason: 'another appeal' });
    expect(await runRequest(world.store, await requestId(world.store, ben, asked.number))).toBe('failed');
    expect(await showRequest(world.store, anna, asked.number)).toMatchObject({ errorCode: 'CASE_ON_HOLD' });
    expect(await count('occurrences', `case_id = (select id from cases where reference = 'N-1')`)).toBe(4);
    await releaseHold(world.store, anna, { case: 'N-1', reason: 'over' });
  });
});

describe('destroying a case', () => {
  it('leaves nothing that can be read, keeps what other cases hold, and signs what it did', async () => {
    const before = await opened();
    const caseId = (await sql<{ id: string }>`select id from cases where reference = 'N-1'`.execute(world.store.owner))
      .rows[0]?.id;
    const gone = await sql<{ name: string }>`select v.name from vault_objects v where not exists (
      select from occurrences o where o.media_id = v.media_id and o.case_id <> ${caseId}::uuid)`.execute(
      world.store.owner,
    );
    const asked = await askToDestroy(world.store, anna, SESSION, { case: 'N-1', reason, leaveInPlace: false });
    expect(await carryOut(asked.number)).toBe('done');
    expect(await opened()).toEqual(before.filter((line) => !line.startsWith('N-1/')));
    for (const { name } of gone.rows) expect(await world.store.vault.exists(name)).toBe(false);
    for (const table of ['exhibits', 'occurrences', 'envelopes'])
      expect([table, await count(table, `case_id = '${caseId}'`)]).toEqual([table, 0]);
    expect(await count('case_keys', `case_id = '${caseId}' and octet_length(wrapped) > 0`)).toBe(0);
    expect(await count('contents')).toBe(await count('media'));
    expect(await count('signals', 'content_id not in (select id from contents)')).toBe(0);
    const record = (await listDestructions(world.store, anna)).at(-1);
    // 2, 3 and 4; 1 is of the other case as well.
    const digests = await Promise.all(
      [2, 3, 4].map(async (seed) =>
        createHash('sha256')
          .update(await picture(seed))
          .digest(),
      ),
    );
    const digest = createHash('sha256')
      .update(Buffer.concat(digests.sort(Buffer.compare)))
      .digest('hex');
    expect(record?.isSigned).toBe(true);
    expect(JSON.parse(record?.record ?? '{}')).toMatchObject({
      number: 2,
      exhibit: null,
      destroyed: { files: 4, media: 3, digest },
      request: { askedBy: 'anna', confirmedBy: 'ben', reason },
    });
    await expect(
      ingestExhibit(
        world.store,
        anna,
        { caseReference: 'N-1', exhibitReference: '3', source: files('one'), inPlace: false },
        { wait: false },
      ),
    ).rejects.toMatchObject({ code: 'CASE_ENDED' });
    await expect(placeHold(world.store, ben, { case: 'N-1', reason })).rejects.toMatchObject({ code: 'CASE_ENDED' });
  });
});
