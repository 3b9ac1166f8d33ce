// Brings a withdrawn exhibit back to its case: its rows as they were, its sealed objects under their names. What another
// exhibit has brought in meanwhile is not there twice: the files then refer to that. The matcher finds its matches again.
import { sql, type Transaction } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { Database, VaultKind } from '../../../store/index.js';
import { announceWork, COMPARING } from '../../work/index.js';
import { bringChatsBack } from './chats-along.js';
import { holdClosed } from './exhibit-rows.js';
import { openIn } from './move.js';
import { custodyOf, finish, requireRunnable, type Run } from './running.js';

type Trx = Transaction<Database>;

const AT_ONCE = 1_000;
const UNIQUE_VIOLATION = '23505';

export const bringBack = async (run: Run): Promise<void> => {
  const { db, store, request } = run;
  const withdrawal = request.ofRequest ?? '';
  const exhibitId = request.exhibitId ?? '';
  const reference = request.subject.as ?? request.subject.exhibit ?? '';
  const place = `${request.subject.case}/${reference}`;
  await db
    .transaction()
    .execute(async (trx) => {
      await requireRunnable(trx, request);
      await sql`insert into exhibits select (jsonb_populate_record(null::exhibits,
          value || jsonb_build_object('reference', ${reference}::text))).*
        from set_aside where request_id = ${withdrawal}::uuid and source = 'exhibits'`.execute(trx);
      await bringMediaBack(run, trx, withdrawal);
      const files = await bringFilesBack(trx, withdrawal);
      await bringBasesBack(trx, withdrawal);
      await bringVotesBack(trx, withdrawal);
      await bringNotesBack(trx, withdrawal);
      await bringOutcomesBack(trx, withdrawal);
      await bringAssertionsBack(trx, withdrawal);
      await holdClosed(trx, await mediaOf(trx, exhibitId));
      await openIn(trx, store, { agencyId: request.agencyId, caseId: request.caseId, exhibitId });
      await pointAtLiving(trx, withdrawal);
      await bringChatsBack(trx, withdrawal, exhibitId);
      await announceWork(trx, 'match');
      await announceWork(trx, 'decode');
      await finish(trx, request, {
        files,
        to: place,
        custody: [{ ...custodyOf(request), exhibitId, event: 'brought-back', from: 'kept aside', to: place }],
      });
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION)
        throw fail('ALREADY_EXISTS', saying`exhibit ${place}`, { cause: error });
      throw error;
    });
};

interface AsideMedia {
  readonly id: string;
  readonly keptBy: string;
}

/** Media that the files need and that are not there, whoever keeps them aside; those of the same content stay as they are. */
const bringMediaBack = async ({ store, report, request }: Run, trx: Trx, withdrawal: string): Promise<void> => {
  let done = 0;
  for (let after: string | null = null; ;) {
    const { rows }: { rows: AsideMedia[] } = await sql<AsideMedia>`
      select distinct on (s.media_id) s.media_id as id, s.request_id as "keptBy" from set_aside s
      where s.source = 'media' and not exists (select from media m where m.id = s.media_id)
        and s.media_id in (select o.media_id from set_aside o where o.request_id = ${withdrawal}::uuid and o.source = 'occurrences')
        and ${after === null ? sql`true` : sql`s.media_id > ${after}::uuid`}
      order by s.media_id, (s.request_id = ${withdrawal}::uuid) desc limit ${AT_ONCE}`.execute(trx);
    after = rows.at(-1)?.id ?? null;
    if (after === null) return;
    const kept = sql`set_aside s join unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ keptBy }) => keptBy)}::uuid[])
      as k (media_id, request_id) using (media_id, request_id)`;
    // Whoever brings the same content in at this moment waits for this transaction, or is waited for.
    const made = await sql<{ id: string }>`
      insert into media select (jsonb_populate_record(null::media, s.value || '{"representative_id": null}')).*
      from ${kept} where s.source = 'media' order by s.content_id
      on conflict (agency_id, content_id) do nothing returning id`.execute(trx);
    const ids = made.rows.map(({ id }) => id);
    await bringObjectsBack(trx, store.vault, ids, rows);
    await sql`insert into media_metadata select (jsonb_populate_record(null::media_metadata, s.value)).* from ${kept}
      where s.source = 'media_metadata' and s.media_id = any(${ids}::uuid[])`.execute(trx);
    // Nobody works on it any more, and it has to be matched against what came since.
    await sql`insert into work (agency_id, media_id, exhibit_id, stage, version, priority, state, attempts, error_code, error_detail)
      select w.agency_id, w.media_id, ${request.exhibitId}::uuid, w.stage, w.version, w.priority,
        case when w.stage in ${COMPARING} or w.state in ('queued', 'leased') then 'queued' else w.state end,
        case when w.stage in ${COMPARING} then 0 else w.attempts end, w.error_code, w.error_detail
      from ${kept} cross join lateral jsonb_populate_record(null::work, s.value) w
      where s.source = 'work' and s.media_id = any(${ids}::uuid[]) on conflict do nothing`.execute(trx);
    await sql`insert into envelopes select (jsonb_populate_record(null::envelopes, s.value)).* from set_aside s
      where s.source = 'envelopes' and s.media_id = any(${ids}::uuid[]) and exists (
        select from case_keys k where k.case_id = s.case_id and k.generation = (s.value ->> 'generation')::integer and octet_length(k.wrapped) > 0)
      on conflict do nothing`.execute(trx);
    await store.lists.mark(trx, ids);
    done += rows.length;
    report(done, request.subject.files);
  }
};

interface AsideObject {
  readonly aside: string;
  readonly name: string;
  readonly kind: VaultKind;
}

/** Gives the objects their names back beside those that they have aside, which go once this is committed. */
const bringObjectsBack = async (
  trx: Trx,
  vault: Run['store']['vault'],
  ids: readonly string[],
  kept: readonly AsideMedia[],
): Promise<void> => {
  const wanted = kept.filter(({ id }) => ids.includes(id));
  const { rows } = await sql<AsideObject>`
    select s.object_name as aside, s.value ->> 'name' as name, s.value ->> 'kind' as kind
    from set_aside s join unnest(${wanted.map(({ id }) => id)}::uuid[], ${wanted.map(({ keptBy }) => keptBy)}::uuid[])
      as k (media_id, request_id) using (media_id, request_id) where s.source = 'vault_objects'`.execute(trx);
  await vault.alsoAs(rows.map(({ aside, name }) => [aside, name] as const));
  await sql`insert into vault_objects select (jsonb_populate_record(null::vault_objects, s.value)).*
    from set_aside s where s.object_name = any(${rows.map(({ aside }) => aside)}::text[])`.execute(trx);
};

/** The media that what was kept aside (`s`) refers to now: the same, or the one that has its content meanwhile; null where there is none. */
const TARGET = sql`coalesce(
    (select m.id from media m where m.id = s.media_id),
    (select m.id from set_aside a join media m on m.agency_id = a.agency_id and m.content_id = a.content_id
      where a.source = 'media' and a.media_id = s.media_id limit 1))`;
/** Whether that was of a media of which the exhibit had a file. */
const ofExhibit = (withdrawal: string) => sql`s.media_id in (
        select o.media_id from set_aside o where o.request_id = ${withdrawal}::uuid and o.source = 'occurrences')`;

/** Answers how many. Errors: VAULT_MISSING when a file has lost its media. */
const bringFilesBack = async (trx: Trx, withdrawal: string): Promise<number> => {
  const { rows } = await sql<{ n: number; lost: number }>`
    with found as materialized (
      select s.value, s.media_id, ${TARGET} as target from set_aside s
      where s.request_id = ${withdrawal}::uuid and s.source = 'occurrences'),
    put as (
      insert into occurrences select (jsonb_populate_record(null::occurrences, value || jsonb_build_object('media_id', target))).*
      from found where media_id is null or target is not null returning 1)
    select (select count(*) from put) as n, (select count(*) from found where media_id is not null and target is null) as lost`.execute(
    trx,
  );
  const [counts] = rows;
  if (counts === undefined || counts.lost > 0)
    throw fail('VAULT_MISSING', saying`${counts?.lost ?? 0} files have lost their content`);
  return counts.n;
};

/** The legal bases of the exhibit; one that is about a single media follows its files to the media that they refer to now. */
const bringBasesBack = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`insert into legal_bases select (jsonb_populate_record(null::legal_bases, s.value || jsonb_build_object('media_id', coalesce(
      (select m.id from media m where m.id = (s.value ->> 'media_id')::uuid),
      (select m.id from set_aside a join media m on m.agency_id = a.agency_id and m.content_id = a.content_id
        where a.source = 'media' and a.media_id = (s.value ->> 'media_id')::uuid limit 1))))).*
    from set_aside s where s.request_id = ${withdrawal}::uuid and s.source = 'legal_bases'`.execute(trx);
};

/**
 * Votes on media that had gone; where the same content is there by another id, they follow it. A voter who has judged that
 * meanwhile is not overruled by what they said before: the older vote comes back as one that was replaced.
 */
const bringVotesBack = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`
    with votes as (
      select s.value, ${TARGET} as target from set_aside s
      where s.source = 'verdicts' and ${ofExhibit(withdrawal)}
        and not exists (select from verdicts v where v.id = (s.value ->> 'id')::uuid))
    insert into verdicts select (jsonb_populate_record(null::verdicts, value || jsonb_build_object('media_id', target)
      || case when exists (select from verdicts v where v.media_id = target and v.user_id = (value ->> 'user_id')::uuid
        and v.scheme = value ->> 'scheme' and v.retracted_at is null) and value ->> 'retracted_at' is null
        then jsonb_build_object('retracted_at', now(), 'retract_reason', 'replaced while its exhibit was withdrawn') else '{}' end)).*
    from votes where target is not null`.execute(trx);
};

/** Notes on media that had gone, with their answers; one whose code was removed meanwhile comes back for named people. Who has read them is not known any more. */
const bringNotesBack = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`
    with kept as (
      select distinct on (s.value ->> 'id') s.value, ${TARGET} as target from set_aside s
      where s.source = 'notes' and ${ofExhibit(withdrawal)}
        and not exists (select from notes n where n.id = (s.value ->> 'id')::uuid)
      order by s.value ->> 'id')
    insert into notes select (jsonb_populate_record(null::notes, value || jsonb_build_object('media_id', target)
      || case when exists (select from handling_codes h where h.agency_id = (value ->> 'agency_id')::uuid
        and h.code = value ->> 'handling') then '{}'::jsonb else jsonb_build_object('handling', 'TLP:RED') end)).*
    from kept where target is not null`.execute(trx);
};

/** In which outcomes media stood that had gone, as far as these are released still. */
const bringOutcomesBack = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`
    with kept as (
      select (s.value ->> 'outcome_id')::uuid as outcome_id, ${TARGET} as target from set_aside s
      where s.source = 'outcome_media' and ${ofExhibit(withdrawal)})
    insert into outcome_media (outcome_id, agency_id, media_id)
      select o.id, o.agency_id, k.target from kept k join outcomes o on o.id = k.outcome_id where k.target is not null
      on conflict do nothing`.execute(trx);
};

const mediaOf = async (trx: Trx, exhibitId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select distinct media_id as id from occurrences
    where exhibit_id = ${exhibitId}::uuid and media_id is not null`.execute(trx);
  return rows.map(({ id }) => id);
};

/**
 * Other withdrawn exhibits may have files of media that this one kept, and that did not come back because the same content is
 * there by another id: they refer to that from now on.
 */
const pointAtLiving = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`update set_aside o set media_id = m.id, value = o.value || jsonb_build_object('media_id', m.id)
    from set_aside a join media m on m.agency_id = a.agency_id and m.content_id = a.content_id
    where a.request_id = ${withdrawal}::uuid and a.source = 'media' and m.id <> a.media_id
      and o.source = 'occurrences' and o.media_id = a.media_id and o.request_id <> a.request_id`.execute(trx);
};

/** What was brought back is not kept aside any more. Done again after a kill, it leaves the same. */
export const dropAside = async ({ db, store }: Pick<Run, 'db' | 'store'>, withdrawal: string): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ id: number; name: string }>`select id, object_name as name from set_aside
      where request_id = ${withdrawal}::uuid and source = 'vault_objects' order by id limit ${AT_ONCE}`.execute(db);
    if (rows.length === 0) break;
    await store.vault.removeAll(rows.map(({ name }) => name));
    await sql`delete from set_aside where request_id = ${withdrawal}::uuid and source = 'vault_objects'
      and id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(db);
  }
  await db.deleteFrom('set_aside').where('request_id', '=', withdrawal).execute();
};

/** Gives assertions the media that the content has by now; what was said of it again meanwhile stands, and the earlier is taken back. */
const bringAssertionsBack = async (trx: Trx, withdrawal: string): Promise<void> => {
  const targets = (end: 'from' | 'evidence') => sql`
    select distinct on (s.value ->> 'id') (s.value ->> 'id')::uuid as id, ${TARGET} as target from set_aside s
      where s.source = 'assertions' and s.value ->> 'end' = ${end} and ${ofExhibit(withdrawal)}
      order by s.value ->> 'id'`;
  await sql`
    with back as (${targets('from')})
    update assertions a set from_media_id = b.target,
      retracted_at = case when again.id is null then a.retracted_at else now() end,
      retract_reason = case when again.id is null then a.retract_reason else 'said again while its exhibit was withdrawn' end
    from back b left join lateral (
      select o.id from assertions o join assertions mine on mine.id = b.id
      where mine.type = 'member-of' and mine.retracted_at is null and o.type = 'member-of' and o.retracted_at is null
        and o.agency_id = mine.agency_id and o.to_entity_id = mine.to_entity_id and o.from_media_id = b.target limit 1) again on true
    where a.id = b.id and a.from_media_id is null and b.target is not null`.execute(trx);
  await sql`
    with back as (${targets('evidence')})
    update assertions a set evidence_media_id = b.target from back b
    where a.id = b.id and a.evidence_media_id is null and b.target is not null`.execute(trx);
};
