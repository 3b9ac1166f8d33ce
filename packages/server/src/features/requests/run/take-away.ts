// Takes media out of every table, for good or to be kept aside, and with them what refers to them: matches, stacks, work,
// sealed objects, envelopes, files at their paths. Rows that refer to media stand in `REFERRERS`; a test compares that list
// with the references of the database, so that a new table is not forgotten.
import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import { announceWork, COMPARING } from '../../work/index.js';

type Trx = Transaction<Database>;

/** Tables with a reference to media, in the order in which their rows go. */
export const REFERRERS = ['matches', 'work', 'media_metadata', 'vault_objects', 'envelopes', 'occurrences'] as const;

/**
 * Tables whose rows go with media by themselves. They are kept aside before, but for what is worked out anew: what contacts rest on each day, on
 * which lists a media stands when it is brought back, what kept searches find when they look again.
 */
export const FOLLOWERS = [
  'chat_exports',
  'contact_media',
  'legal_bases',
  'list_hits',
  'notes',
  'outcome_media',
  'standing_hits',
  'verdicts',
] as const;

/** Tables whose rows stay without the media: which were its, is kept aside. */
export const REMAINERS = ['assertions', 'chat_attachments'] as const;

/** The name under which the object of a withdrawn exhibit lies: whoever brings the same content again gives it its own. */
export const asideName = (requestId: string, name: string): string =>
  createHash('sha256').update(`redthread aside ${requestId} ${name}`).digest('hex');

/**
 * Takes the members of the stacks that media belong to out of them, and lets the matcher stack again what is left: its rule
 * asks for no order, so what stays is stacked as if the media had never been there.
 */
export const unstack = async (trx: Trx, ids: readonly string[]): Promise<void> => {
  const left = await sql<{ id: string }>`
    update media m set representative_id = null
    where m.representative_id in (select representative_id from media where id = any(${[...ids]}::uuid[]))
      and not exists (select from unnest(${[...ids]}::uuid[]) as g (id) where g.id = m.id)
    returning m.id`.execute(trx);
  await sql`update media set representative_id = null where id = any(${[...ids]}::uuid[]) and representative_id is not null`.execute(
    trx,
  );
  await matchAgain(
    trx,
    left.rows.map(({ id }) => id),
  );
};

/** Queues the match work of media anew. */
export const matchAgain = async (trx: Trx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await sql`update work set state = 'queued', attempts = 0, not_before = now(), error_code = null, error_detail = null, updated_at = now()
    where stage in ${COMPARING} and state in ('done', 'failed') and media_id = any(${[...ids]}::uuid[])`.execute(trx);
  await announceWork(trx, 'match');
};

export interface Aside {
  readonly requestId: string;
  readonly agencyId: string;
  readonly caseId: string;
}

/** Keeps copies of the rows of media, as they are. Their files must have been given the name that is kept with them. */
export const keepAside = async (
  trx: Trx,
  { requestId, agencyId, caseId }: Aside,
  ids: readonly string[],
): Promise<void> => {
  const head = sql`${requestId}::uuid, ${agencyId}::uuid`;
  const these = sql`${[...ids]}::uuid[]`;
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, content_id, value)
    select ${head}, 'media', ${caseId}::uuid, id, content_id, to_jsonb(media) from media where id = any(${these})`.execute(
    trx,
  );
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, value)
    select ${head}, 'media_metadata', ${caseId}::uuid, media_id, to_jsonb(t) from media_metadata t where media_id = any(${these})
    union all select ${head}, 'work', ${caseId}::uuid, media_id, to_jsonb(t) from work t where media_id = any(${these})
    union all select ${head}, 'notes', ${caseId}::uuid, media_id, to_jsonb(t) from notes t where media_id = any(${these})
    union all select ${head}, 'outcome_media', ${caseId}::uuid, media_id, to_jsonb(t) from outcome_media t where media_id = any(${these})
    union all select ${head}, 'verdicts', ${caseId}::uuid, media_id, to_jsonb(t) from verdicts t where media_id = any(${these})`.execute(
    trx,
  );
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, value)
    select ${head}, 'assertions', ${caseId}::uuid, from_media_id, jsonb_build_object('id', id, 'end', 'from')
      from assertions where from_media_id = any(${these})
    union all select ${head}, 'assertions', ${caseId}::uuid, evidence_media_id, jsonb_build_object('id', id, 'end', 'evidence')
      from assertions where evidence_media_id = any(${these})`.execute(trx);
  await keepEnvelopes(trx, { requestId, agencyId }, sql`t.media_id = any(${these})`);
  const { rows } = await sql<{ name: string }>`select name from vault_objects where media_id = any(${these})`.execute(
    trx,
  );
  const names = rows.map(({ name }) => name);
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, object_name, value)
    select ${head}, 'vault_objects', ${caseId}::uuid, t.media_id, n.aside, to_jsonb(t)
    from unnest(${names}::text[], ${names.map((name) => asideName(requestId, name))}::text[]) as n (name, aside)
      join vault_objects t on t.name = n.name`.execute(trx);
};

/** Envelopes are kept under the case whose key opens them: a new key of the case wraps these as well. */
export const keepEnvelopes = async (
  trx: Trx,
  { requestId, agencyId }: Pick<Aside, 'requestId' | 'agencyId'>,
  which: ReturnType<typeof sql>,
): Promise<void> => {
  await sql`insert into set_aside (request_id, agency_id, source, case_id, media_id, value)
    select ${requestId}::uuid, ${agencyId}::uuid, 'envelopes', t.case_id, t.media_id, to_jsonb(t) from envelopes t where ${which}`.execute(
    trx,
  );
};

/** Names of the sealed objects of media. */
export const objectNames = async (trx: Trx, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{
    name: string;
  }>`select name from vault_objects where media_id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows.map(({ name }) => name);
};

/** Deletes the rows of media and all that refers to them; they are locked, unstacked, and kept aside where they are to be. */
export const deleteMedia = async (trx: Trx, ids: readonly string[]): Promise<void> => {
  const these = sql`${[...ids]}::uuid[]`;
  await sql`delete from matches where media_a = any(${these})`.execute(trx);
  await sql`delete from matches where media_b = any(${these})`.execute(trx);
  for (const table of REFERRERS.slice(1))
    await sql`delete from ${sql.table(table)} where media_id = any(${these})`.execute(trx);
  await sql`delete from media where id = any(${these})`.execute(trx);
};

/** Deletes contents, with their signals, that no agency holds any more, not even aside. Answers their digests. */
export const deleteContents = async (trx: Trx, contentIds: readonly number[]): Promise<Buffer[]> => {
  if (contentIds.length === 0) return [];
  const unheld = sql`select c.id from contents c where c.id = any(${[...contentIds]}::bigint[])
    and not exists (select from media m where m.content_id = c.id)
    and not exists (select from set_aside s where s.content_id = c.id)`;
  await sql`delete from signals where content_id in (${unheld})`.execute(trx);
  const { rows } = await sql<{ sha256: Buffer }>`delete from contents where id in (${unheld}) returning sha256`.execute(
    trx,
  );
  return rows.map(({ sha256 }) => sha256);
};

export const contentsOf = async (trx: Trx, ids: readonly string[]): Promise<number[]> => {
  const { rows } = await sql<{
    id: number;
  }>`select distinct content_id as id from media where id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows.map(({ id }) => id);
};

/**
 * Of media that are to go for good, those that an exhibit that was withdrawn by another request needs: it can be brought back.
 * By the request that is to keep them.
 */
export const neededAside = async (
  trx: Trx,
  ids: readonly string[],
  except: readonly string[],
): Promise<Map<string, { readonly aside: Aside; readonly ids: string[] }>> => {
  const { rows } = await sql<{ id: string; requestId: string; agencyId: string; caseId: string }>`
    select distinct on (media_id) media_id as id, request_id as "requestId", agency_id as "agencyId", case_id as "caseId"
    from set_aside where source = 'occurrences' and media_id = any(${[...ids]}::uuid[])
      and request_id <> all(${[...except]}::uuid[]) order by media_id, request_id`.execute(trx);
  const found = new Map<string, { aside: Aside; ids: string[] }>();
  for (const { id, ...aside } of rows) {
    const group = found.get(aside.requestId) ?? { aside, ids: [] };
    group.ids.push(id);
    found.set(aside.requestId, group);
  }
  return found;
};
