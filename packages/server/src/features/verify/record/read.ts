// Reads the sealed record for verification: every seal beside its event and its salts, page by page, and what belongs to none.
import { sql, type Kysely } from 'kysely';
import type { Json } from '@redthread/core/audit';
import { EVENT_OF_LOG, type Database, type EventOfLog } from '../../../store/index.js';

export interface SealRow {
  readonly sealLog: string;
  readonly number: number;
  readonly event: string;
  readonly leaf: Buffer;
  readonly chain: Buffer;
  readonly commitments: Readonly<Record<string, Json>>;
  readonly salts: Readonly<Record<string, Json>> | null;
}

/** Its event is null when it is gone. */
export type SealedEventRow = SealRow & (EventOfLog | { readonly id: null });

/** Seals after (log, number), in that order; of all logs or of some. */
export const sealsAfter = async (
  db: Kysely<Database>,
  after: { readonly log: string; readonly number: number } | null,
  limit: number,
  logs: readonly string[] | null,
): Promise<SealedEventRow[]> => {
  const { rows } = await sql<SealedEventRow>`
    select s.agency_id as "sealLog", s.number, s.event, s.leaf, s.chain, s.commitments, t.salts, ${EVENT_OF_LOG}
    from audit_sealed s left join audit_events e on e.uid = s.event left join audit_salts t on t.event = s.event
    where ${after === null ? sql`true` : sql`(s.agency_id, s.number) > (${after.log}::uuid, ${after.number})`}
      and ${logs === null ? sql`true` : sql`s.agency_id = any(${[...logs]}::uuid[])`}
    order by s.agency_id, s.number limit ${limit}`.execute(db);
  return rows;
};

export interface TreeNodeRow {
  readonly log: string;
  readonly level: number;
  readonly position: number;
  readonly hash: Buffer;
}

export const treeNodes = async (db: Kysely<Database>, logs: readonly string[] | null): Promise<TreeNodeRow[]> => {
  const { rows } = await sql<TreeNodeRow>`select agency_id as log, level, position, hash from audit_tree_nodes
    where ${logs === null ? sql`true` : sql`agency_id = any(${[...logs]}::uuid[])`}`.execute(db);
  return rows;
};

/** What is written beside the seals and belongs to none: `what` says which, `event` is the id of the event. */
export type StrayKind = 'unsealed' | 'gone' | 'sealed-and-waiting' | 'other-log' | 'salts';
export interface Stray {
  readonly kind: StrayKind;
  readonly event: string;
}

export const strays = async (db: Kysely<Database>, limit: number): Promise<Stray[]> => {
  const { rows } = await sql<Stray>`
    (select 'unsealed' as kind, e.uid as event from audit_events e
      where not exists (select from audit_sealed s where s.event = e.uid)
        and not exists (select from audit_waiting w where w.uid = e.uid) limit ${limit})
    union all
    (select 'gone', w.uid from audit_waiting w where not exists (select from audit_events e where e.uid = w.uid) limit ${limit})
    union all
    (select 'sealed-and-waiting', w.uid from audit_waiting w join audit_sealed s on s.event = w.uid limit ${limit})
    union all
    (select 'other-log', w.uid from audit_waiting w join audit_events e on e.uid = w.uid
      where w.agency_id <> coalesce(e.agency_id, '00000000-0000-0000-0000-000000000000') limit ${limit})
    union all
    (select 'salts', t.event from audit_salts t where not exists (select from audit_sealed s where s.event = t.event)
      limit ${limit})`.execute(db);
  return rows;
};

export interface Waiting {
  readonly count: number;
  readonly oldestAt: string | null;
}

export const waitingEvents = async (db: Kysely<Database>): Promise<Waiting> => {
  const { rows } = await sql<Waiting>`select count(*) as count, min(e.at)::text as "oldestAt"
    from audit_waiting w join audit_events e on e.uid = w.uid
    where not exists (select from audit_sealed s where s.event = w.uid)`.execute(db);
  return rows[0] ?? { count: 0, oldestAt: null };
};

/** Sealed events that name what is not there. */
export const danglingEvents = async (
  db: Kysely<Database>,
): Promise<{ readonly log: string; readonly number: number; readonly what: string }[]> => {
  const { rows } = await sql<{ log: string; number: number; what: string }>`
    select s.agency_id as log, s.number, d.what from dangling_audit_references() d join audit_sealed s on s.event = d.event
    order by s.agency_id, s.number`.execute(db);
  return rows;
};
