// Gives another agency media of its own of what it is handed: rows, work, sealed objects under names and keys of its own. What
// it holds already stays as it is, and only gets the files.
import { sql, type Transaction } from 'kysely';
import {
  dataKeysToRead,
  envelopesFor,
  kindKey,
  newKey,
  type Database,
  type ObjectNamer,
  type VaultKind,
} from '../../../store/index.js';
import { COMPARING } from '../../work/index.js';
import type { Run } from './running.js';

type Trx = Transaction<Database>;

export interface Receiver {
  readonly agencyId: string;
  readonly caseId: string;
  /** Ids of exhibits there, by those here. */
  readonly exhibits: Readonly<Record<string, string>>;
  readonly nameObject: ObjectNamer;
}

interface Copied {
  readonly here: string;
  readonly there: string;
  readonly sha256: Buffer;
  readonly isMade: boolean;
  /** No file of another case, kept aside ones included: the agency loses it, and its data key can go along. */
  readonly isLeaving: boolean;
}

/** Media there, by those here. `exhibitOf`: an exhibit of each, here. */
export const copyMedia = async (
  run: Run,
  trx: Trx,
  receiver: Receiver,
  exhibitOf: ReadonlyMap<string, string>,
): Promise<Map<string, string>> => {
  const ids = [...exhibitOf.keys()];
  if (ids.length === 0) return new Map();
  const { keys } = run.store;
  const copied = await copyRows(run, trx, receiver, ids);
  const keysHere = await dataKeysToRead(trx, keys, ids);
  const made = copied.filter(({ isMade }) => isMade);
  const keysThere = await envelopesFor(
    trx,
    keys,
    receiver,
    copied.map(({ here, there, isMade, isLeaving }) => {
      const own = keysHere.get(here);
      return { mediaId: there, ...(isMade ? { proposedKey: isLeaving && own !== undefined ? own : newKey() } : {}) };
    }),
  );
  await copyObjects(run, trx, receiver, copied, (one) => ({
    here: keysHere.get(one.here),
    there: keysThere.get(one.there)?.key,
  }));
  await copyWork(trx, receiver, made, exhibitOf);
  await run.store.lists.mark(
    trx,
    made.map(({ there }) => there),
  );
  return new Map(copied.map(({ here, there }) => [here, there]));
};

const copyRows = async (
  { request }: Run,
  trx: Trx,
  { agencyId }: Receiver,
  ids: readonly string[],
): Promise<Copied[]> => {
  // In the order of contents, as ingests do: nobody waits in a circle.
  const { rows: made } = await sql<{ id: string }>`
    insert into media select (jsonb_populate_record(null::media, to_jsonb(m) || jsonb_build_object(
      'id', gen_random_uuid(), 'agency_id', ${agencyId}::uuid, 'representative_id', null))).*
    from media m where m.id = any(${[...ids]}::uuid[]) order by m.sha256
    on conflict (agency_id, content_id) do nothing returning id`.execute(trx);
  const { rows } = await sql<Omit<Copied, 'isMade'>>`
    select h.id as here, t.id as there, h.sha256,
      not exists (select from occurrences o where o.media_id = h.id and o.case_id <> ${request.caseId}::uuid)
        and not exists (select from set_aside s where s.source = 'occurrences' and s.media_id = h.id) as "isLeaving"
    from media h join media t on t.content_id = h.content_id and t.agency_id = ${agencyId}::uuid
    where h.id = any(${[...ids]}::uuid[])`.execute(trx);
  const isMade = new Set(made.map(({ id }) => id));
  const copied = rows.map((row) => ({ ...row, isMade: isMade.has(row.there) }));
  await sql`insert into media_metadata (media_id, agency_id, method, version, value, created_at)
    select n.there, ${agencyId}::uuid, t.method, t.version, t.value, t.created_at
    from media_metadata t join unnest(${copied.map(({ here }) => here)}::uuid[], ${copied.map(({ there }) => there)}::uuid[])
      as n (here, there) on n.here = t.media_id
    on conflict do nothing`.execute(trx);
  // What was said of it goes along, as the word of people of another agency; once, however many batches its files come in.
  await sql`insert into verdicts select (jsonb_populate_record(null::verdicts, to_jsonb(v) || jsonb_build_object(
      'id', md5(v.id::text || n.there)::uuid, 'agency_id', ${agencyId}::uuid, 'media_id', n.there, 'replaced_by', null))).*
    from verdicts v join unnest(${copied.map(({ here }) => here)}::uuid[], ${copied.map(({ there }) => there)}::uuid[])
      as n (here, there) on n.here = v.media_id
    on conflict do nothing`.execute(trx);
  return copied;
};

interface HeldObject {
  readonly mediaId: string;
  readonly kind: VaultKind;
  readonly name: string;
  readonly sizeBytes: number;
}

const copyObjects = async (
  { store }: Run,
  trx: Trx,
  { agencyId, nameObject }: Receiver,
  copied: readonly Copied[],
  keysOf: (one: Copied) => { readonly here: Buffer | undefined; readonly there: Buffer | undefined },
): Promise<void> => {
  const byHere = new Map(copied.map((one) => [one.here, one]));
  const { rows } = await sql<HeldObject>`
    select v.media_id as "mediaId", v.kind, v.name, v.size_bytes as "sizeBytes"
    from vault_objects v join unnest(${copied.map(({ here }) => here)}::uuid[], ${copied.map(({ there }) => there)}::uuid[])
      as n (here, there) on n.here = v.media_id
    where not exists (select from vault_objects t where t.media_id = n.there and t.kind = v.kind)`.execute(trx);
  const linked: (readonly [string, string])[] = [];
  const made: { mediaId: string; kind: VaultKind; name: string; sizeBytes: number }[] = [];
  for (const { mediaId, kind, name, sizeBytes } of rows) {
    const one = byHere.get(mediaId);
    const key = one === undefined ? undefined : keysOf(one);
    if (one === undefined || key?.here === undefined || key.there === undefined) continue;
    const there = nameObject(one.sha256, kind);
    if (key.here.equals(key.there)) linked.push([name, there]);
    else
      await store.vault.sealStream(
        there,
        kindKey(key.there, kind),
        store.vault.openRange(name, kindKey(key.here, kind)),
      );
    made.push({ mediaId: one.there, kind, name: there, sizeBytes });
  }
  await store.vault.alsoAs(linked);
  await sql`insert into vault_objects (agency_id, media_id, kind, name, size_bytes)
    select ${agencyId}::uuid, * from unnest(${made.map(({ mediaId }) => mediaId)}::uuid[], ${made.map(({ kind }) => kind)}::text[],
      ${made.map(({ name }) => name)}::text[], ${made.map(({ sizeBytes }) => sizeBytes)}::bigint[])`.execute(trx);
};

/** What was done for the content is done; what was not, and every comparison, is done anew for this agency. */
const copyWork = async (
  trx: Trx,
  { agencyId, exhibits }: Receiver,
  made: readonly Copied[],
  exhibitOf: ReadonlyMap<string, string>,
): Promise<void> => {
  await sql`insert into work (agency_id, media_id, exhibit_id, stage, version, priority, state, attempts, error_code, error_detail)
    select ${agencyId}::uuid, n.there, n.exhibit_id, w.stage, w.version, w.priority,
      case when w.stage in ${COMPARING} or w.state in ('queued', 'leased') then 'queued' else w.state end,
      case when w.stage in ${COMPARING} then 0 else w.attempts end, w.error_code, w.error_detail
    from work w join unnest(${made.map(({ here }) => here)}::uuid[], ${made.map(({ there }) => there)}::uuid[],
      ${made.map(({ here }) => exhibits[exhibitOf.get(here) ?? ''] ?? null)}::uuid[]) as n (here, there, exhibit_id) on n.here = w.media_id
    on conflict do nothing`.execute(trx);
};
