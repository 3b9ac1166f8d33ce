// The local features that the index of words holds, read from the database: those of contents that an agency holds.
import { sql, type Kysely } from 'kysely';
import { localFeatures } from '@redthread/core/signals';
import type { Database } from '../../store/index.js';
import type { ContentFeatures } from './part-messages.js';

interface FeatureRow {
  readonly contentId: number;
  readonly quality: number | null;
  readonly value: Buffer | null;
}

const FEATURES = sql`s.method = ${localFeatures.name} and s.version = ${localFeatures.version}
  and exists (select from media m where m.content_id = s.content_id)`;

/** What the index should hold of these contents now; one that nobody may find has no signal. */
export const readFeatures = async (db: Kysely<Database>, contentIds: readonly number[]): Promise<ContentFeatures[]> => {
  const { rows } = await sql<FeatureRow>`
    select c.id as "contentId", s.quality, s.value
    from unnest(${[...contentIds]}::bigint[]) as c (id) left join signals s on s.content_id = c.id and ${FEATURES}
    order by c.id`.execute(db);
  return rows.map(contentOf);
};

/** The next `limit` contents after `after` that have features. */
export const readFeaturePage = async (
  db: Kysely<Database>,
  after: number,
  limit: number,
): Promise<ContentFeatures[]> => {
  const { rows } = await sql<FeatureRow>`
    select s.content_id as "contentId", s.quality, s.value
    from signals s where s.content_id > ${after} and ${FEATURES} order by s.content_id limit ${limit}`.execute(db);
  return rows.map(contentOf);
};

const contentOf = ({ contentId, quality, value }: FeatureRow): ContentFeatures => ({
  contentId,
  signal:
    value === null
      ? null
      : // A copy of its own: with a view, all that the database sent along would go to the thread.
        { method: localFeatures.name, version: localFeatures.version, quality, value: new Uint8Array(value) },
});
