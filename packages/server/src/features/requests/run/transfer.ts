// Hands a case over to another agency: its files go over in batches, each a transaction, with media of the other agency's own,
// under keys of its own. Killed, the next run goes on with the files that are left; until the end nobody works in either case.
import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import { audit, ensureCaseKey, ensureObjectNamer, type Database } from '../../../store/index.js';
import { writeCustody, type CustodyFact } from '../../custody/index.js';
import { announceWork } from '../../work/index.js';
import { carryChats, readThere } from './chats-along.js';
import { exhibitsOf, holdClosed, passWorkOn } from './exhibit-rows.js';
import { copyMedia, type Receiver } from './copy-media.js';
import { listMedia, lockMedia, nextMedia, quiesce, type Leaving } from './request-media.js';
import {
  acceptedCtxOf,
  checkStopping,
  custodyOf,
  finish,
  requireRunnable,
  type Run,
  type RunningRequest,
} from './running.js';
import { deleteMedia, keepAside, neededAside, objectNames, unstack, asideName } from './take-away.js';

type Trx = Transaction<Database>;

const FILES_AT_ONCE = 300;
const MEDIA_AT_ONCE = 1_000;

interface Arrival {
  readonly caseId: string;
  /** Ids of exhibits there, by those here. */
  readonly exhibits: Readonly<Record<string, string>>;
  readonly files: number;
}

export const transfer = async (run: Run): Promise<void> => {
  const { db, request } = run;
  const arrival = await begin(run);
  const exhibitIds = Object.keys(arrival.exhibits);
  const leaving: Leaving = { requestId: request.id, agencyId: request.agencyId, exhibitIds };
  await listMedia(db, leaving, request.caseId);
  await quiesce(db, request.id);
  const receiver = await receiverOf(run, arrival);
  for (let moved = -1; moved !== 0;) {
    checkStopping(run);
    moved = await db.transaction().execute((trx) => moveFiles(run, trx, receiver, arrival));
    run.report(arrival.files - (await filesLeft(run)), arrival.files);
  }
  for (let left = 1; left > 0;) left = await db.transaction().execute((trx) => dropMedia(run, trx, leaving));
  await db.transaction().execute((trx) => end(run, trx, arrival));
};

/** Makes the case and its exhibits where they go, once. */
const begin = async ({ db, request }: Run): Promise<Arrival> =>
  db.transaction().execute(async (trx) => {
    await requireRunnable(trx, request);
    const earlier = request.progress as unknown as Partial<Arrival>;
    if (earlier.caseId !== undefined && earlier.exhibits !== undefined) return { files: 0, ...earlier } as Arrival;
    const kept = await sql`select from set_aside where case_id = ${request.caseId}::uuid limit 1`.execute(trx);
    if (kept.rows.length > 0)
      throw fail(
        'REQUEST_IMPOSSIBLE',
        'exhibits that were withdrawn from this case are kept aside: purge them, or bring them back',
      );
    const inPlace =
      await sql`select from exhibits where case_id = ${request.caseId}::uuid and in_place_root is not null`.execute(
        trx,
      );
    if (inPlace.rows.length > 0) throw fail('REQUEST_IMPOSSIBLE', 'an exhibit of it lies in place');
    const caseId = await caseThere(trx, request);
    const exhibitIds = await exhibitsOf(trx, request.caseId);
    const exhibits = Object.fromEntries(exhibitIds.map((id) => [id, randomUUID()]));
    await trx.updateTable('cases').set({ state: 'leaving' }).where('id', '=', request.caseId).execute();
    await sql`insert into exhibits select (jsonb_populate_record(null::exhibits, to_jsonb(e) || jsonb_build_object(
        'id', n.there, 'agency_id', ${request.toAgencyId}::uuid, 'case_id', ${caseId}::uuid, 'created_by', ${request.acceptedBy}::uuid,
        -- A code that the other agency does not have is the narrowest there, until they say otherwise.
        'handling', case when e.handling is null then null when exists (select from handling_codes h
          where h.agency_id = ${request.toAgencyId}::uuid and h.code = e.handling) then e.handling else 'TLP:RED' end))).*
      from exhibits e join unnest(${exhibitIds}::uuid[], ${Object.values(exhibits)}::uuid[]) as n (here, there) on n.here = e.id`.execute(
      trx,
    );
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from occurrences where case_id = ${request.caseId}::uuid`.execute(trx);
    const arrival = { caseId, exhibits, files: rows[0]?.n ?? 0 };
    await trx
      .updateTable('requests')
      .set({ progress: JSON.stringify(arrival) })
      .where('id', '=', request.id)
      .execute();
    return arrival;
  });

/** A case that went from there to here by an earlier transfer returns to its own line; any other gets a new one. */
const caseThere = async (trx: Trx, request: RunningRequest): Promise<string> => {
  const back = await sql<{ id: string }>`select r.case_id as id from requests r join cases c on c.id = r.case_id
    where r.kind = 'case-transfer' and r.state = 'done' and r.agency_id = ${request.toAgencyId}::uuid
      and r.to_case_id = ${request.caseId}::uuid and c.state = 'transferred'`.execute(trx);
  const id = back.rows[0]?.id ?? randomUUID();
  await trx.updateTable('requests').set({ to_case_id: id }).where('id', '=', request.id).execute();
  if (back.rows.length > 0) {
    await trx.updateTable('cases').set({ state: 'arriving', ended_at: null }).where('id', '=', id).execute();
    return id;
  }
  await sql`insert into cases (id, agency_id, reference, title, created_by, state)
    select ${id}::uuid, ${request.toAgencyId}::uuid, ${request.acceptedAs}, title, ${request.acceptedBy}::uuid, 'arriving'
    from cases where id = ${request.caseId}::uuid`.execute(trx);
  return id;
};

const receiverOf = ({ db, store, request }: Run, arrival: Arrival): Promise<Receiver> =>
  db.transaction().execute(async (trx) => {
    const agencyId = request.toAgencyId ?? '';
    await ensureCaseKey(trx, store.keys, { agencyId, caseId: arrival.caseId });
    return {
      agencyId,
      caseId: arrival.caseId,
      exhibits: arrival.exhibits,
      nameObject: await ensureObjectNamer(trx, store.keys, agencyId),
    };
  });

const filesLeft = async ({ db, request }: Run): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from occurrences where case_id = ${request.caseId}::uuid`.execute(db);
  return rows[0]?.n ?? 0;
};

/** One batch of files with their media. Answers how many. */
const moveFiles = async (run: Run, trx: Trx, receiver: Receiver, arrival: Arrival): Promise<number> => {
  const { request } = run;
  const { rows: files } = await sql<{ id: string; mediaId: string | null; exhibitId: string }>`
    select id, media_id as "mediaId", exhibit_id as "exhibitId" from occurrences
    where case_id = ${request.caseId}::uuid order by id limit ${FILES_AT_ONCE} for update`.execute(trx);
  if (files.length === 0) return 0;
  const exhibitOf = new Map(
    files.flatMap(({ mediaId, exhibitId }) => (mediaId === null ? [] : [[mediaId, exhibitId] as const])),
  );
  const there = await copyMedia(run, trx, receiver, exhibitOf);
  const ids = files.map(({ id }) => id);
  await sql`insert into occurrences select (jsonb_populate_record(null::occurrences, to_jsonb(o) || jsonb_build_object(
      'id', gen_random_uuid(), 'agency_id', ${receiver.agencyId}::uuid, 'case_id', ${receiver.caseId}::uuid,
      'exhibit_id', n.exhibit_id, 'media_id', n.media_id))).*
    from occurrences o join unnest(${ids}::uuid[],
      ${files.map(({ exhibitId }) => arrival.exhibits[exhibitId] ?? null)}::uuid[],
      ${files.map(({ mediaId }) => (mediaId === null ? null : (there.get(mediaId) ?? null)))}::uuid[])
      as n (id, exhibit_id, media_id) on n.id = o.id`.execute(trx);
  await carryChats(trx, receiver, there);
  await holdClosed(trx, [...new Set(there.values())]);
  await sql`delete from occurrences where id = any(${ids}::uuid[])`.execute(trx);
  await announceWork(trx, 'match');
  return files.length;
};

/** Takes away one batch of media that the agency holds no more. Answers how many were looked at. */
const dropMedia = async ({ store, request }: Run, trx: Trx, leaving: Leaving): Promise<number> => {
  const page = await nextMedia(trx, request.id, null, MEDIA_AT_ONCE);
  if (page.length === 0) return 0;
  const ids = await lockMedia(trx, leaving, page);
  for (const { aside, ids: kept } of (await neededAside(trx, ids, [request.id])).values()) {
    const names = await objectNames(trx, kept);
    await store.vault.alsoAs(names.map((name) => [name, asideName(aside.requestId, name)] as const));
    await keepAside(trx, aside, kept);
  }
  await unstack(trx, ids);
  const names = await objectNames(trx, ids);
  await deleteMedia(trx, ids);
  // Before this is committed: until then nobody else can seal the same content under these names.
  await store.vault.removeAll(names);
  await sql`delete from request_media where request_id = ${request.id}::uuid and media_id = any(${page}::uuid[])`.execute(
    trx,
  );
  return page.length;
};

const end = async (run: Run, trx: Trx, arrival: Arrival): Promise<void> => {
  const { request } = run;
  const exhibitIds = Object.keys(arrival.exhibits);
  const from = `${request.subject.case} of ${request.subject.agency.name}`;
  const to = `${request.acceptedAs ?? request.subject.case} of ${request.subject.to ?? ''}`;
  // Carried over before the last entry is written here: the other agency's own says the same.
  await carryCustody(trx, run.request, arrival);
  await carryDecisions(trx, run.request, arrival);
  await readThere(trx, Object.values(arrival.exhibits));
  await sql`delete from envelopes where case_id = ${request.caseId}::uuid`.execute(trx);
  await passWorkOn(trx, exhibitIds);
  await sql`delete from exhibits where id = any(${exhibitIds}::uuid[])`.execute(trx);
  await sql`delete from case_keys where case_id = ${request.caseId}::uuid`.execute(trx);
  await trx
    .updateTable('cases')
    .set({ state: 'transferred', ended_at: new Date(), shared_with_operation: false })
    .where('id', '=', request.caseId)
    .execute();
  await trx.updateTable('cases').set({ state: 'open' }).where('id', '=', arrival.caseId).execute();
  const received: CustodyFact[] = exhibitIds.map((id) => ({
    ...custodyOf(request),
    agencyId: request.toAgencyId ?? '',
    caseId: arrival.caseId,
    exhibitId: arrival.exhibits[id] ?? null,
    event: 'received',
    userId: request.acceptedBy,
    person: request.acceptedLogin ?? '',
    secondPerson: `${request.requestedLogin} and ${request.decidedLogin} of ${request.subject.agency.name}`,
    from,
    to,
    requestId: null,
  }));
  await writeCustody(trx, received);
  await audit(trx, acceptedCtxOf(request), {
    type: 'request-done',
    object: { kind: 'case', id: arrival.caseId },
    detail: {
      number: request.number,
      kind: request.kind,
      requestedBy: request.requestedLogin,
      files: arrival.files,
      from,
      to,
    },
  });
  await finish(trx, request, {
    files: arrival.files,
    from,
    to,
    outcome: { caseId: arrival.caseId, exhibits: arrival.exhibits },
    custody: exhibitIds.map((exhibitId) => ({ ...custodyOf(request), exhibitId, event: 'handed-over', from, to })),
  });
};

/** The custody that the exhibits have had so far goes with them, as it was written. */
const carryCustody = async (trx: Trx, request: RunningRequest, arrival: Arrival): Promise<void> => {
  const [here, there] = [Object.keys(arrival.exhibits), Object.values(arrival.exhibits)];
  await sql`insert into custody_entries (agency_id, case_id, exhibit_id, at, event, person, second_person, from_place, to_place, reason,
      carried_from)
    select ${request.toAgencyId}::uuid, ${arrival.caseId}::uuid, n.there, c.at, c.event, c.person, c.second_person, c.from_place,
      c.to_place, c.reason, coalesce(c.carried_from, ${request.subject.agency.name})
    from custody_entries c join unnest(${here}::uuid[], ${there}::uuid[]) as n (here, there) on n.here = c.exhibit_id
    where c.agency_id = ${request.agencyId}::uuid`.execute(trx);
};

/**
 * What agencies decided on connections of the case and its exhibits goes along under the ends that they have now, as the word of those who
 * decided; what came back is not said twice.
 */
const carryDecisions = async (trx: Trx, request: RunningRequest, arrival: Arrival): Promise<void> => {
  const here = [request.caseId, ...Object.keys(arrival.exhibits)];
  const there = [arrival.caseId, ...Object.values(arrival.exhibits)];
  await sql`
    with moved as (select * from unnest(${here}::uuid[], ${there}::uuid[]) as n (here, there)),
    carried as (
      select d.*, case when d.ends = 'series-cases' then d.end_a else least(n.a, n.b) end as new_a,
        case when d.ends = 'series-cases' then n.b else greatest(n.a, n.b) end as new_b
      from connection_decisions d left join moved a on a.here = d.end_a left join moved b on b.here = d.end_b
        cross join lateral (select coalesce(a.there, d.end_a) as a, coalesce(b.there, d.end_b) as b) n
      where d.end_a in (select here from moved) or d.end_b in (select here from moved)
    )
    insert into connection_decisions (agency_id, agency, user_id, login, ends, end_a, end_b, state, reason, snoozed_until, counts, at)
    select c.agency_id, c.agency, c.user_id, c.login, c.ends, c.new_a, c.new_b, c.state, c.reason, c.snoozed_until, c.counts, c.at
    from carried c where not exists (
      select from connection_decisions d where d.agency_id = c.agency_id and d.ends = c.ends and d.end_a = c.new_a and d.end_b = c.new_b
        and d.at = c.at and d.state = c.state)`.execute(trx);
};
