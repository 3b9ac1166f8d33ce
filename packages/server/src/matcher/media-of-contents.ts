// Which media take part in a stage of matching: those whose own work of it is done or under way. What an agency has not decoded, or
// not searched for features, matches nothing by these, whether or not another agency's work made the signals known.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';
import type { MatchStage } from './match-batch.js';

export interface MatchMedia {
  readonly mediaId: string;
  readonly agencyId: string;
  readonly contentId: number;
  /** Decoded for its agency; else it takes part by its bytes alone. */
  readonly bySight: boolean;
}

/** Media of these contents that were matched before, and those of `underWay`; by content. */
export const mediaOfContents = async (
  db: Kysely<Database>,
  stage: MatchStage,
  contentIds: readonly number[],
  underWay: readonly string[],
): Promise<Map<number, MatchMedia[]>> => {
  if (contentIds.length === 0) return new Map();
  const { rows } = await sql<MatchMedia>`
    select m.id as "mediaId", m.agency_id as "agencyId", m.content_id as "contentId", bool_or(w.version > 0) as "bySight"
    from media m join work w on w.media_id = m.id and w.stage = ${stage}
    where m.content_id = any(${[...contentIds]}::bigint[])
      and (w.state = 'done' or m.id = any(${[...underWay]}::uuid[]))
    group by m.id order by m.content_id, m.id`.execute(db);
  const byContent = new Map<number, MatchMedia[]>();
  for (const row of rows) byContent.set(row.contentId, [...(byContent.get(row.contentId) ?? []), row]);
  return byContent;
};
