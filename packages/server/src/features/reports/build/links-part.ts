// What connects a case, reason by reason, and the series that its media belong to.
import { sql } from 'kysely';
import type { Connection, ConnectionReason, SeriesConnection } from '@redthread/core/contract';
import { countedInWords } from '@redthread/core/domain';
import { bothEnds } from '../../connections/index.js';
import { seriesOfMedia } from '../../entities/index.js';
import type { Scope } from '../../funnel/index.js';
import { instant, TEXT } from '../text/en.js';
import type { Building } from './building.js';
import { mono, number, text } from './columns.js';
import { mediaIn } from './media-query.js';

type Link = Connection | SeriesConnection;

/** Connections and leads of a case or a series, read before the snapshot: they are worked out in memory, in a transaction of their own. */
export interface Links {
  readonly connections: readonly Link[];
  readonly leads: readonly Link[];
}

const reasonsOf = ({ further, strongest }: Link): ConnectionReason[] => [strongest, ...further];

const decisionOf = ({ decision, opinions, state }: Link): string =>
  [
    state,
    ...(decision === null ? [] : [`${decision.login}, ${instant(decision.at)}: ${decision.reason}`]),
    ...opinions.map((one) => `${TEXT.opinion}: ${one.agency}, ${one.state}, ${instant(one.at)}: ${one.reason}`),
  ].join('; ');

const shaOf = async ({ trx }: Building, all: readonly Link[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(all.flatMap(reasonsOf).flatMap(({ mediaA, mediaB }) => [mediaA, mediaB]))];
  const { rows } = await sql<{ id: string; sha256: string }>`
    select m.id, encode(m.sha256, 'hex') as sha256 from media m where m.id = any(${ids}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]));
};

const rowsOfConnection = (connection: Link, at: number, digests: ReadonlyMap<string, string>): string[][] =>
  reasonsOf(connection).map((reason) => [
    String(at + 1),
    ...bothEnds(connection),
    connection.strengthBits.toFixed(1),
    decisionOf(connection),
    reason.grade,
    reason.words,
    reason.counted === null ? (reason.grade === 'identical' ? TEXT.links.bytes : '') : countedInWords(reason.counted),
    reason.bits.toFixed(1),
    reason.strengthBits.toFixed(1),
    String(reason.comparisons),
    String(reason.holders),
    digests.get(reason.mediaA) ?? TEXT.none,
    digests.get(reason.mediaB) ?? TEXT.none,
  ]);

export const linksPart = async (building: Building, { connections, leads }: Links, words: string): Promise<void> => {
  const { sink } = building;
  const says = TEXT.links;
  const digests = await shaOf(building, [...connections, ...leads]);
  sink.put({ is: 'section', id: 'links', title: says.title, words: [words] });
  for (const [id, title, empty, links] of [
    ['connections', says.table, says.empty, connections],
    ['leads', says.leads, says.leadsEmpty, leads],
  ] as const) {
    const rows = links.flatMap((connection, at) => rowsOfConnection(connection, at, digests));
    await sink.table(
      {
        id,
        title,
        columns: [
          number('number', 'No.', 0.35),
          text('from', 'Between', 1),
          text('to', 'and', 1),
          number('strength_bits', 'Strength', 0.7),
          text('decision', 'State and decision', 1.5),
          text('grade', 'Grade', 0.9),
          text('why', 'Why', 2.6),
          text('tested', 'k of n', 2.4, { under: 'why' }),
          number('bits', 'Bits', 0.5),
          number('reason_bits', 'of the reason', 0.7),
          number('comparisons', 'Comparisons', 0.9),
          number('holders', 'Held by', 0.5),
          mono('sha256_a', 'SHA-256 of both', 2.3),
          mono('sha256_b', 'and', 1, { under: 'sha256_a' }),
        ],
        rows: rows.length,
        empty,
      },
      rows,
    );
  }
};

export const seriesPart = async ({ sink, trx }: Building, scope: Scope): Promise<void> => {
  const { rows } = await sql<{ id: string; sha256: string }>`
    select distinct s.from_media_id as id, encode(m.sha256, 'hex') as sha256 from assertions s join media m on m.id = s.from_media_id
    where s.type = 'member-of' and s.retracted_at is null
      and s.from_media_id in (${mediaIn(scope)})`.execute(trx);
  const own = new Set(rows.map(({ id }) => id));
  const found = (await seriesOfMedia(trx, [...own])).map(({ media, series }) => ({
    series,
    media: media.length,
    here: media.filter((id) => own.has(id)).length,
  }));
  found.sort((a, b) =>
    a.series.name < b.series.name ? -1 : a.series.name > b.series.name ? 1 : a.series.id < b.series.id ? -1 : 1,
  );
  sink.put({ is: 'section', id: 'series', title: TEXT.series.title, words: [TEXT.series.words] });
  await sink.table(
    {
      id: 'series',
      title: TEXT.series.table,
      columns: [
        text('series', 'Series', 2),
        text('state', TEXT.facts.state, 1),
        text('agency', 'Agency', 1.5),
        text('by', 'Begun by', 1),
        text('begun', 'Begun', 1.2),
        number('media_here', 'Media of this case', 1),
        number('media', 'Media in all', 1),
        mono('id', 'id', 1, { only: 'csv' }),
      ],
      rows: found.length,
      empty: TEXT.series.empty,
    },
    found.map(({ here, media, series }) => [
      series.name,
      series.state ?? TEXT.none,
      `${series.agency.name} (${series.agency.country})`,
      series.by,
      instant(series.createdAt),
      String(here),
      String(media),
      series.id,
    ]),
  );
};
