// What belongs to a series: each media with what people and lists say of it, every file of it, and every statement that it belongs.
import { sql } from 'kysely';
import type { Occurrence } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { instant, TEXT } from '../text/en.js';
import { rowsOf } from '../../../store/index.js';
import { countOf, type Building } from './building.js';
import { mono, number, text } from './columns.js';
import { filesIn, mediaIn, numberedMedia, whatIsSaid, type FileScope, type MediaSays } from './media-query.js';
import { saidCells, saidColumns, timesInWords } from './told.js';

const says = TEXT.ofSeries;

interface MemberRow extends MediaSays {
  readonly number: number;
  readonly id: string;
  readonly exhibit: string;
  readonly path: string;
  readonly sha256: string;
  readonly mime: string | null;
  readonly size: number;
}

async function* memberRows({ trx }: Building, scope: FileScope): AsyncGenerator<string[]> {
  const rows = rowsOf<MemberRow>(
    trx,
    sql`with ${numberedMedia(scope)}, ${whatIsSaid()}
      select n.number, n.id, n.exhibit, n.path, encode(n.sha256, 'hex') as sha256, n.mime, n.size_bytes as size,
        coalesce(s.votes, '[]') as votes, coalesce(s.states, '[]') as states, coalesce(s.lists, '[]') as lists
      from numbered n left join says s on s.media_id = n.id order by n.number`,
  );
  for await (const row of rows)
    yield [
      String(row.number),
      `${row.exhibit}/${row.path}`,
      row.sha256,
      row.mime ?? TEXT.none,
      String(row.size),
      ...saidCells(row),
      row.id,
    ];
}

interface PlaceRow {
  readonly number: number;
  readonly agency: string;
  readonly case: string;
  readonly exhibit: string;
  readonly path: string;
  readonly container: string | null;
  readonly times: Occurrence['sourceTimes'];
  readonly id: string;
}

async function* placeRows({ trx }: Building, scope: FileScope): AsyncGenerator<string[]> {
  const rows = rowsOf<PlaceRow>(
    trx,
    sql`with ${numberedMedia(scope)}
      select n.number, a.name as agency, c.reference as "case", e.reference as exhibit, o.path, o.container, o.source_times as times, o.id
      from occurrences o join numbered n on n.id = o.media_id join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id
        join agencies a on a.id = c.agency_id
      where ${filesIn(scope)} order by n.number, c.reference, e.reference, o.path collate "C", o.id`,
  );
  for await (const row of rows)
    yield [
      String(row.number),
      row.case,
      row.agency,
      row.exhibit,
      row.path,
      timesInWords(row.times),
      row.container ?? '',
      row.id,
    ];
}

interface SaidRow {
  readonly number: number | null;
  readonly sha256: string | null;
  readonly by: string;
  readonly agency: string;
  readonly at: Date;
  readonly confidence: string;
  readonly reason: string;
  readonly method: string | null;
  readonly retracted_by: string | null;
  readonly retracted: Date | null;
  readonly retract_reason: string | null;
  readonly id: string;
}

const belonging = (records: readonly string[]) =>
  sql`s.type = 'member-of' and s.to_entity_id = any(${[...records]}::uuid[])`;

async function* saidRows({ trx }: Building, scope: FileScope, records: readonly string[]): AsyncGenerator<string[]> {
  const rows = rowsOf<SaidRow>(
    trx,
    sql`with ${numberedMedia(scope)}
      select n.number, encode(m.sha256, 'hex') as sha256, s.login as by, s.said_agency as agency, s.at, s.confidence, s.reason, s.method,
        s.retracted_login as retracted_by, s.retracted_at as retracted, s.retract_reason, s.id
      from assertions s left join numbered n on n.id = s.from_media_id left join media m on m.id = s.from_media_id
      where ${belonging(records)} order by n.number nulls last, s.at, s.id`,
  );
  for await (const row of rows)
    yield [
      row.number === null ? TEXT.none : String(row.number),
      row.sha256 ?? says.gone,
      row.by,
      row.agency,
      instant(row.at.toISOString()),
      row.confidence,
      row.reason,
      row.method ?? TEXT.none,
      says.retracted(
        row.retracted === null
          ? null
          : { at: row.retracted.toISOString(), by: row.retracted_by ?? '', reason: row.retract_reason ?? '' },
      ),
      row.id,
    ];
}

/** `media`: as the series counts its members. Errors: REPORT_INCOMPLETE, naming a member of which no file is seen. */
export const membersPart = async (
  building: Building,
  records: readonly string[],
  media: readonly string[],
): Promise<void> => {
  const { sink, trx } = building;
  const scope = { kind: 'media', media } as const;
  const { rows: missing } = await sql<{ id: string }>`
    select m.id from unnest(${[...media]}::uuid[]) m (id) where m.id not in (${mediaIn(scope)}) order by m.id limit 1`.execute(
    trx,
  );
  if (missing[0] !== undefined)
    throw fail(
      'REPORT_INCOMPLETE',
      saying`media ${missing[0].id} belongs to the series, and no file of it can be read`,
    );
  sink.put({ is: 'section', id: 'members', title: says.membersTitle, words: [says.membersWords] });
  await sink.table(
    {
      id: 'members',
      title: says.membersTitle,
      columns: [
        number('media', 'Media', 0.5),
        text('file', 'First file', 2),
        mono('sha256', TEXT.facts.sha256, 2, { under: 'file' }),
        text('type', 'Real type', 0.9),
        number('bytes', 'Bytes', 0.8),
        ...saidColumns({ verdict: 1.4, looked: 1.6, byStack: 1.4, lists: 1.4 }),
        mono('media_id', 'id', 1, { only: 'csv' }),
      ],
      rows: media.length,
      empty: says.membersEmpty,
    },
    memberRows(building, scope),
  );
  await sink.table(
    {
      id: 'files',
      title: says.files,
      columns: [
        number('media', 'Media', 0.5),
        text('case', TEXT.facts.case, 1),
        text('agency', 'Agency', 1.2),
        text('exhibit', TEXT.facts.exhibit, 1),
        text('path', 'Path', 3),
        text('times', 'Times as written', 2),
        text('container', 'in archive', 1, { under: 'path' }),
        mono('occurrence_id', 'id', 1, { only: 'csv' }),
      ],
      rows: await countOf(trx, sql`select count(*) as count from occurrences o where ${filesIn(scope)}`),
      empty: says.membersEmpty,
    },
    placeRows(building, scope),
  );
  await sink.table(
    {
      id: 'belongs',
      title: says.belongs,
      columns: [
        number('media', 'Media', 0.5),
        mono('sha256', TEXT.facts.sha256, 2.2),
        text('by', 'By', 0.8),
        text('agency', 'Agency', 1),
        text('at', 'Time', 1.2),
        text('confidence', 'How sure', 0.8),
        text('reason', 'Why', 2.4),
        text('method', 'Suggested by', 0.8),
        text('taken_back', says.takenBack, 1.8),
        mono('assertion_id', 'id', 1, { only: 'csv' }),
      ],
      rows: await countOf(trx, sql`select count(*) as count from assertions s where ${belonging(records)}`),
      empty: says.membersEmpty,
    },
    saidRows(building, scope, records),
  );
};
