// Which lists were asked: with version, date and count, also those that name nothing.
import { sql, type RawBuilder } from 'kysely';
import { instant, TEXT } from '../text/en.js';
import type { Building } from './building.js';
import { number, text } from './columns.js';

interface ListRow {
  readonly name: string;
  readonly version: string;
  readonly polarity: string;
  readonly agency: string;
  readonly owner: string | null;
  readonly handling: string;
  readonly format: string;
  readonly imported: Date;
  readonly digests: number;
  readonly expires: Date | null;
  readonly expired: boolean;
  readonly hits: number;
  /** Code of the damage of its files, and since when: what came in since was not looked up in it. */
  readonly damage: string | null;
  readonly damaged: Date | null;
}

const stateOf = ({ damage, damaged, expired, expires }: ListRow): string => {
  if (expired) return `${TEXT.lists.expired} ${instant(expires?.toISOString() ?? null)}`;
  return damage === null ? TEXT.lists.counts : TEXT.lists.damaged(damage, instant(damaged?.toISOString() ?? null));
};

/** `media`: a query of the ids of the media that were looked up. */
export const listsPart = async ({ sink, trx }: Building, media: RawBuilder<unknown>): Promise<void> => {
  const { rows } = await sql<ListRow>`
    with wanted as materialized (select x.id from (${media}) x (id)),
    hits as materialized (select h.list_id, count(*) as hits from list_hits h where h.media_id in (select id from wanted) group by h.list_id)
    select l.name, l.version, l.polarity, a.name as agency, l.owner, l.handling, l.format, l.created_at as imported, l.item_count as digests,
      l.expires_at as expires, coalesce(l.expires_at <= now(), false) as expired, coalesce(h.hits, 0) as hits, l.damage, l.damaged_at as damaged
    from lists l join agencies a on a.id = l.agency_id left join hits h on h.list_id = l.id
    order by l.name, l.version, l.id`.execute(trx);
  sink.put({ is: 'section', id: 'lists', title: TEXT.lists.title, words: [TEXT.lists.words] });
  await sink.table(
    {
      id: 'lists',
      title: TEXT.lists.table,
      columns: [
        text('name', 'List', 1.6),
        text('version', 'Version', 0.9),
        text('polarity', 'Says', 0.9),
        text('agency', 'Brought in by', 1.3),
        text('owner', 'Owner', 1),
        text('handling', TEXT.handling, 1),
        text('imported', 'Imported', 1.3),
        number('digests', 'Digests', 0.8),
        text('state', TEXT.facts.state, 0.9),
        number('media_named', 'Media it names', 0.8),
      ],
      rows: rows.length,
      empty: TEXT.lists.empty,
    },
    rows.map((row) => [
      row.name,
      row.version,
      row.polarity,
      row.agency,
      row.owner ?? TEXT.none,
      row.handling,
      instant(row.imported.toISOString()),
      String(row.digests),
      stateOf(row),
      row.expired ? TEXT.none : String(row.hits),
    ]),
  );
};
