// Reads and writes lists of hashes under the viewer's row-level security.
import { sql, type Transaction } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Database, Trx } from '../../store/index.js';
import { NEVER_HITS } from '../funnel/index.js';
import { readPrecision } from './precision.js';

interface ListRow extends Omit<List, 'expiresAt' | 'createdAt' | 'damage' | 'precision'> {
  readonly damage: string | null;
  readonly damaged_at: Date | null;
  readonly expires_at: Date | null;
  readonly created_at: Date;
}

/** The opposite of what the funnel takes for a list that counts. */
const EXPIRED = sql<boolean>`coalesce(l.expires_at <= now(), false)`;

/** All visible lists, or those of one name; `hits`: contents, among what the viewer may see, that are on the list while it counts. */
export const readLists = async (trx: Trx, name: string | null): Promise<List[]> => {
  const result = await sql<ListRow>`
    select l.id, l.name, l.polarity, l.version, l.handling, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      l.entry_count as "entryCount", l.format, l.owner, l.notes, l.expires_at, ${EXPIRED} as expired, l.created_at,
      l.damage, l.damaged_at, coalesce(h.hits, 0) as hits, coalesce(h.negative, 0) as negative
    from lists l left join lateral (
      select count(distinct m.sha256) filter (where not n.is) as hits, count(distinct m.sha256) filter (where n.is) as negative
        from list_hits h join media m on m.id = h.media_id
          cross join lateral (select l.polarity <> 'known-good' and h.media_id in (${NEVER_HITS}) as is) n
        where h.list_id = l.id and not ${EXPIRED}) h on true join agencies a on a.id = l.agency_id
    where ${name === null ? sql`true` : sql`l.name = ${name}`}
    order by l.name, l.version, l.id`.execute(trx);
  const precision = await readPrecision(trx, name);
  return result.rows.map(({ expires_at, created_at, damage, damaged_at, ...row }) => ({
    ...row,
    damage: damage === null || damaged_at === null ? null : { code: damage, since: damaged_at.toISOString() },
    precision: precision.get(row.id) ?? { looked: 0, confirmed: 0, rejected: 0, disputed: 0 },
    expiresAt: expires_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
  }));
};

export interface NewList {
  readonly id: string;
  readonly agency_id: string;
  readonly operation_id: string | null;
  readonly name: string;
  readonly polarity: List['polarity'];
  readonly version: string;
  readonly source_name: string;
  readonly source_sha256: Buffer;
  readonly entry_count: number;
  readonly item_count: number;
  readonly files_sha256: Buffer;
  readonly handling: string;
  readonly expires_at: Date | null;
  readonly created_by: string;
  readonly format: string;
  readonly owner: string | null;
  readonly notes: string;
  readonly onto_id: string | null;
}

/** False when the agency has this version of the list already. */
export const insertList = async (trx: Transaction<Database>, row: NewList): Promise<boolean> =>
  (await trx
    .insertInto('lists')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agency_id', 'name', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined;

/** A version of a list of the actor's own agency; null where there is none. */
export const versionOf = async (trx: Trx, name: string, version: string): Promise<string | null> =>
  (
    await trx
      .selectFrom('lists')
      .select('id')
      .where('name', '=', name)
      .where('version', '=', version)
      .where('agency_id', '=', sql<string>`app_agency()`)
      .executeTakeFirst()
  )?.id ?? null;

/** Whether it is there, of the actor's own agency, and counts. */
export const versionCounts = async (trx: Trx, name: string, version: string): Promise<boolean> => {
  const { rows } = await sql`select from lists l
    where l.name = ${name} and l.version = ${version} and l.agency_id = app_agency() and not ${EXPIRED}`.execute(trx);
  return rows.length > 0;
};
