// Media that wait for somebody: votes that are against each other, and those that need a second look by somebody else.
import { sql, type RawBuilder } from 'kysely';
import type { QueueItem, QueueQuery } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { instantText, withContext, type Store, type Trx } from '../../store/index.js';
import { MEDIA_AT_RISK } from '../at-risk/index.js';
import { inScope, requireScope, scopeOf, type Scope } from '../funnel/index.js';
import { schemesHere } from '../schemes/index.js';
import { toState, verdictStates, type StateRow } from './states.js';

interface QueueRow extends StateRow, Omit<QueueItem, 'mediaId' | 'verdict' | 'lastAt'> {
  readonly last_at: Date;
  readonly at: string;
  /** 0 where a child is at risk now, else 1. */
  readonly rank: number;
  readonly total: number;
}

const WAITS: Readonly<Record<QueueQuery['kind'], RawBuilder<unknown>>> = {
  disagreement: sql`s.state = 'disputed'`,
  'second-look': sql`s.state = 'waiting' and not exists (select from verdicts o
    where o.media_id = s.media_id and o.scheme = s.scheme and o.user_id = app_user() and o.retracted_at is null)`,
};

const within = (scope: Scope | null): RawBuilder<unknown> =>
  scope === null
    ? sql`true`
    : sql`v.media_id in (select o.media_id from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
        where ${inScope(scope)})`;

/** Of media of the viewer's own agency, in versions that still take votes; what a child at risk is in comes first, then whoever has waited longest. */
const readQueue = async (
  trx: Trx,
  { kind, cursor, limit }: QueueQuery,
  scope: Scope | null,
  retired: readonly string[],
): Promise<Page<QueueItem>> => {
  const after = readCursor<[number, string, string, string]>(cursor, ['number', 'string', 'string', 'string']);
  const { rows } = await sql<QueueRow>`
    with ${verdictStates(sql`v.agency_id = app_agency() and v.scheme <> all(${[...retired]}::text[]) and ${within(scope)}`)},
    queue as (select s.*, case when s.media_id in (${MEDIA_AT_RISK}) then 0 else 1 end as rank, ${instantText('s.last_at')} as at, count(*) over () as total from verdict_states s
      where ${WAITS[kind]})
    select q.media_id, q.scheme, q.quorum, q.tallies, q.last_at, q.at, q.rank, q.total, m.mime, m.kind, m.width, m.height,
      case when media_closed(m.id) then 'closed' else m.state end as state,
      json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency
    from queue q join media m on m.id = q.media_id join agencies a on a.id = m.agency_id
    where ${after === null ? sql`true` : sql`(q.rank, q.last_at, q.media_id, q.scheme) > (${after[0]}, ${after[1]}::timestamptz, ${after[2]}::uuid, ${after[3]})`}
    order by q.rank, q.last_at, q.media_id, q.scheme limit ${limit + 1}`.execute(trx);
  return toPage(
    rows,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.rank, row.at, row.media_id, row.scheme],
    (row) => ({
      mediaId: row.media_id,
      agency: row.agency,
      mime: row.mime,
      kind: row.kind,
      width: row.width,
      height: row.height,
      state: row.state,
      verdict: toState(row),
      lastAt: row.last_at.toISOString(),
    }),
  );
};

/** Errors: NOT_FOUND for a scope that is not there or not shared. */
export const listQueue = (store: Store, ctx: Context, query: QueueQuery): Promise<Page<QueueItem>> => {
  const scope = scopeOf(query);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      const { all } = await schemesHere(trx);
      const retired = all.filter((scheme) => scheme.retired !== null).map(({ name }) => name);
      return readQueue(trx, query, scope, retired);
    },
    { access: 'read only' },
  );
};
