// The signals that an index beside holds, read from the database: those of contents that an agency holds.
import { sql, type Kysely } from 'kysely';
import type { Signal, SignalMethod } from '@redthread/core/signals';
import type { Database } from '../../store/index.js';
import type { IndexedContent } from './beside-messages.js';

interface SignalRow {
  readonly contentId: number;
  readonly method: string | null;
  readonly version: number;
  readonly quality: number | null;
  readonly value: Buffer;
}

export type IndexedMethod = Pick<SignalMethod, 'name' | 'version'>;

const wanted = (methods: readonly IndexedMethod[]) => sql`(s.method, s.version) in
  (select * from unnest(${methods.map(({ name }) => name)}::text[], ${methods.map(({ version }) => version)}::integer[]))
  and exists (select from media m where m.content_id = s.content_id)`;

/** What the index should hold of these contents now; one that nobody may find has no signal. */
export const readContents = async (
  db: Kysely<Database>,
  methods: readonly IndexedMethod[],
  contentIds: readonly number[],
): Promise<IndexedContent[]> => {
  const { rows } = await sql<SignalRow>`
    select c.id as "contentId", s.method, s.version, s.quality, s.value
    from unnest(${[...contentIds]}::bigint[]) as c (id) left join signals s on s.content_id = c.id and ${wanted(methods)}
    order by c.id, s.method`.execute(db);
  return grouped(rows);
};

/** The next `limit` contents after `after` that have such signals. */
export const readContentPage = async (
  db: Kysely<Database>,
  methods: readonly IndexedMethod[],
  after: number,
  limit: number,
): Promise<IndexedContent[]> => {
  const { rows } = await sql<SignalRow>`
    with page as (select distinct s.content_id from signals s where s.content_id > ${after} and ${wanted(methods)}
      order by s.content_id limit ${limit})
    select s.content_id as "contentId", s.method, s.version, s.quality, s.value
    from page join signals s using (content_id) where ${wanted(methods)} order by s.content_id, s.method`.execute(db);
  return grouped(rows);
};

const grouped = (rows: readonly SignalRow[]): IndexedContent[] => {
  const contents: { contentId: number; signals: Signal[] }[] = [];
  for (const { contentId, method, quality, value, version } of rows) {
    let content = contents.at(-1);
    if (content?.contentId !== contentId) contents.push((content = { contentId, signals: [] }));
    // A copy of its own: with a view, all that the database sent along would go to the thread.
    if (method !== null) content.signals.push({ method, version, quality, value: new Uint8Array(value) });
  }
  return contents;
};
