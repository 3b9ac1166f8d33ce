// What a viewer's connections are made of, read as the viewer: which sight they have, what changed since they looked, the media of
// each end and the matches among them.
import { sql, type RawBuilder } from 'kysely';
import type { ConnectionEnds } from '@redthread/core/contract';
import { deviceNumbers, type DeviceTraits } from '@redthread/core/domain';
import { chatNamesOf } from '../chats/index.js';
import type { MatchOfMedia, PlacedMedia } from '@redthread/core/graph';
import { withRoom, type Trx } from '../../store/index.js';
import { visibleMedia } from '../funnel/index.js';

export interface Sight {
  /** Alike for all who see the same cases, exhibits and known-good lists. */
  readonly key: string;
  /** The moment of this transaction, in the words of the database. */
  readonly moment: string;
}

const GOOD_LISTS = sql`select id from lists where polarity = 'known-good' and (expires_at is null or expires_at > now())`;

const sorted = (ids: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(jsonb_agg(id order by id), '[]') from (${ids}) s (id))`;

export const readSight = async (trx: Trx): Promise<Sight> => {
  const { rows } =
    await sql<Sight>`select pg_current_snapshot()::text as moment, encode(sha256(convert_to(jsonb_build_array(
      app_agency(), sight_agency(), whole_agency(), ${sorted(sql`select unnest(hidden_cases())`)}, ${sorted(sql`select unnest(shared_cases())`)},
      ${sorted(sql`select unnest(withheld_exhibits())`)}, ${sorted(sql`select unnest(shared_lists())`)}, ${sorted(GOOD_LISTS)})::text, 'UTF8')), 'hex') as key`.execute(
      trx,
    );
  return rows[0] ?? { key: '', moment: '' };
};

export interface Changes {
  /** Of media. */
  readonly changed: ReadonlySet<string>;
  /** So much that all is to be read again. */
  readonly isAll: boolean;
}

/** What was committed since that moment, as far as the viewer sees it. */
export const readChanges = async (trx: Trx, since: string): Promise<Changes> => {
  const { rows } = await sql<{
    id: string | null;
  }>`select connection_changes_since(${since}::pg_snapshot) as id`.execute(trx);
  return {
    changed: new Set(rows.flatMap(({ id }) => (id === null ? [] : [id]))),
    isAll: rows.some(({ id }) => id === null),
  };
};

/** With those that they represent: whose stack is theirs is seen where the representative is. */
export const withMembers = async (trx: Trx, ids: ReadonlySet<string>): Promise<Set<string>> => {
  const wanted = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`select id from media where representative_id = ${wanted}`.execute(trx);
  return new Set([...ids, ...rows.map(({ id }) => id)]);
};

const END: Readonly<Record<ConnectionEnds, RawBuilder<string>>> = {
  exhibits: sql`e.id`,
  cases: sql`e.case_id`,
};

interface PlacedRow extends Omit<PlacedMedia, 'ends' | 'devices' | 'names'> {
  readonly ends: string;
  readonly device: DeviceTraits | null;
  readonly names: readonly string[] | null;
}

const atMost = (most: number | null): RawBuilder<unknown> => (most === null ? sql`` : sql`limit ${most}`);

/** All media that lie in an end and stand on no known-good list, or those of `only`; at most so many. */
export const readPlaced = async (
  trx: Trx,
  between: ConnectionEnds,
  only: ReadonlySet<string> | null,
  most: number | null = null,
): Promise<PlacedMedia[]> => {
  await withRoom(trx);
  const wanted = only === null ? sql`true` : sql`m.id = any(${[...only]}::uuid[])`;
  const files = only === null ? sql`o.media_id is not null` : sql`o.media_id = any(${[...only]}::uuid[])`;
  const named = (table: string) =>
    only === null ? sql`true` : sql`${sql.ref(`${table}.media_id`)} = any(${[...only]}::uuid[])`;
  const { rows } = await sql<PlacedRow>`
    with ${visibleMedia({ bulk: only === null })},
    good_lists as materialized (${GOOD_LISTS}),
    good_media as materialized (
      select distinct m.id from visible_media m join list_hits lh on lh.media_id = m.id join good_lists g on g.id = lh.list_id
      where exists (select 1 from good_lists) and ${wanted}
    ),
    placed as materialized (
      select p.media_id, string_agg(p.end_id::text, ' ') as ends
      from (select distinct o.media_id, ${END[between]} as end_id
          from exhibits e join occurrences o on o.exhibit_id = e.id where ${files}) p
      group by p.media_id
    ),
    devices as materialized (
      select distinct on (d.media_id) d.media_id, d.device from media_metadata d
      where d.device is not null and ${named('d')}
        and d.media_id not in (select o.media_id from occurrences o where o.provider_viewed = false and o.media_id is not null and ${named('o')}
          and media_closed(o.media_id))
      order by d.media_id, d.version desc
    ),
    chat_names as materialized (${chatNamesOf(named('x'))})
    select m.id, encode(m.sha256, 'base64') as sha256, m.stack, p.ends, d.device, n.names
    from placed p join visible_media m on m.id = p.media_id left join good_media g on g.id = m.id
      left join devices d on d.media_id = m.id left join chat_names n on n.media_id = m.id where g.id is null and ${wanted} ${atMost(most)}`.execute(
    trx,
  );
  return rows.map(({ device, ends, names, ...row }) => {
    const devices = device === null ? [] : deviceNumbers(device);
    return {
      ...row,
      ends: ends.split(' '),
      ...(devices.length > 0 && { devices }),
      ...(names !== null && { names }),
    };
  });
};

const MATCHES = sql`select id, media_a as "mediaA", media_b as "mediaB", grade, bits::float8 as bits from matches where grade <> 'identical'`;

/** All matches but those of the same bytes, or those in which one of `only` takes part; of all at most so many. */
export const readMatchesOf = async (
  trx: Trx,
  only: ReadonlySet<string> | null,
  most: number | null = null,
): Promise<MatchOfMedia[]> => {
  const ids = sql`any(${[...(only ?? [])]}::uuid[])`;
  const { rows } = await (
    only === null
      ? sql<MatchOfMedia>`${MATCHES} ${atMost(most)}`
      : sql<MatchOfMedia>`${MATCHES} and media_a = ${ids} union ${MATCHES} and media_b = ${ids}`
  ).execute(trx);
  return rows;
};
