// The local features that the index of words holds, read from the database: those of contents that an agency holds.
import { sql, type Kysely } from 'kysely';
import { INDEXED_BYTES } from '@redthread/core/kernels';
import { LEAST_FEATURES, localFeatures } from '@redthread/core/signals';
import type { Database } from '../store/index.js';
import type { WordChange } from './index/word-messages.js';

/** 16 kB each. */
const PAGE_CONTENTS = 500;

interface FeatureRow {
  readonly id: number;
  readonly value: Buffer | null;
}

const FEATURES = sql`s.method = ${localFeatures.name} and s.version = ${localFeatures.version}
  and s.quality >= ${LEAST_FEATURES} and exists (select from media m where m.content_id = s.content_id)`;
const VALUE = sql`substring(s.value from 1 for ${INDEXED_BYTES}) as value`;

/** What the index should hold of these contents now. */
export const readFeatures = async (db: Kysely<Database>, contentIds: readonly number[]): Promise<WordChange[]> => {
  const { rows } = await sql<FeatureRow>`
    select c.id, ${VALUE} from unnest(${[...contentIds]}::bigint[]) as c (id)
    left join signals s on s.content_id = c.id and ${FEATURES}`.execute(db);
  return rows;
};

/** Everything that the index should hold, page after page. */
export const readAllFeatures = async function* (db: Kysely<Database>): AsyncGenerator<readonly WordChange[]> {
  for (let after = 0; ;) {
    const { rows } = await sql<FeatureRow>`
      select s.content_id as id, ${VALUE} from signals s
      where s.content_id > ${after} and ${FEATURES} order by s.content_id limit ${PAGE_CONTENTS}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows;
  }
};
