// Every file of an exhibit at every path: digests, real type, times as they were written, media, stack, and what is said of it.
import { sql } from 'kysely';
import type { Occurrence } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { TEXT } from '../text/en.js';
import { rowsOf } from '../../../store/index.js';
import { countOf, type Building } from './building.js';
import { mono, number, text } from './columns.js';
import { filesIn, numberedMedia, whatIsSaid, type MediaSays } from './media-query.js';
import { saidCells, saidColumns, sizeInWords, timesInWords } from './told.js';
import type { Scope } from '../../funnel/index.js';

interface FileRow extends MediaSays {
  readonly id: string;
  readonly path: string;
  readonly raw_name: string | null;
  readonly container: string | null;
  readonly size_bytes: number | null;
  readonly source_times: Occurrence['sourceTimes'];
  readonly state: string;
  readonly deletion: Occurrence['deletion'];
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly media_id: string | null;
  readonly number: number | null;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly mime: string | null;
  readonly media_state: string | null;
  readonly stack: number | null;
  readonly members: number | null;
}

const files = (scope: Scope) => sql<FileRow>`
  with ${numberedMedia(scope)}, ${whatIsSaid()}
  select o.id, o.path, o.raw_name, o.container, o.size_bytes, o.source_times, o.state, o.deletion, o.error_code, o.error_detail, o.media_id,
    n.number, encode(n.sha256, 'hex') as sha256, encode(n.sha1, 'hex') as sha1, encode(n.md5, 'hex') as md5, n.mime, n.state as media_state,
    k.number as stack, k.members, coalesce(s.votes, '[]') as votes, coalesce(s.states, '[]') as states, coalesce(s.lists, '[]') as lists
  from occurrences o left join numbered n on n.id = o.media_id left join stacked k on k.stack = n.stack left join says s on s.media_id = n.id
  where ${filesIn(scope)} order by o.path collate "C", o.id`;

/** `seized`: as the funnel counts them. Errors: REPORT_INCOMPLETE, naming the file. */
export const schedulePart = async ({ sink, trx }: Building, scope: Scope, seized: number): Promise<void> => {
  const says = TEXT.schedule;
  const { facts } = TEXT;
  const rows = await countOf(trx, sql`select count(*) as count from occurrences o where ${filesIn(scope)}`);
  if (rows !== seized)
    throw fail('REPORT_INCOMPLETE', saying`the schedule: the funnel counts ${seized} files, the exhibit has ${rows}`);
  sink.put({ is: 'section', id: 'schedule', title: says.title, words: [says.words] });
  await sink.table(
    {
      id: 'files',
      title: says.table,
      columns: [
        number('number', 'No.', 0.5),
        text('path', 'Path', 2.4),
        text('times', 'Times as written', 2, { under: 'path' }),
        mono('raw_name', 'name as bytes', 1, { under: 'path' }),
        text('container', 'in archive', 1, { under: 'path' }),
        number('bytes', 'Bytes', 0.8),
        text('type', 'Real type', 1),
        text('state', facts.state, 0.8, { under: 'type' }),
        mono('sha256', facts.sha256, 2.9),
        mono('sha1', facts.sha1, 1, { under: 'sha256' }),
        mono('md5', facts.md5, 1, { under: 'sha256' }),
        number('media', 'Media', 0.5),
        number('stack', 'Stack of', 0.55),
        number('stack_members', 'members', 0.5, { only: 'csv' }),
        ...saidColumns({ verdict: 1.3, looked: 1.3, byStack: 1.2, lists: 1.2 }),
        mono('occurrence_id', 'id', 1, { only: 'csv' }),
        mono('media_id', 'media id', 1, { only: 'csv' }),
      ],
      rows,
      empty: says.empty,
    },
    fileRows({ trx }, scope),
  );
};

async function* fileRows({ trx }: Pick<Building, 'trx'>, scope: Scope): AsyncGenerator<string[]> {
  let count = 0;
  for await (const row of rowsOf(trx, files(scope))) {
    count += 1;
    if (row.media_id !== null && row.sha256 === null)
      throw fail('REPORT_INCOMPLETE', saying`file ${count}, ${row.path}: its media ${row.media_id} cannot be read`);
    yield cellsOf(row, count);
  }
}

const { schedule: says } = TEXT;

const cellsOf = (row: FileRow, count: number): string[] => {
  const error =
    row.error_code === null ? '' : ` ${row.error_code}${row.error_detail === null ? '' : `: ${row.error_detail}`}`;
  return [
    String(count),
    row.path,
    timesInWords(row.source_times),
    row.raw_name ?? '',
    row.container ?? '',
    sizeInWords(row.size_bytes),
    row.mime ?? TEXT.none,
    `${row.deletion === null ? '' : `${says.deletions[row.deletion]}; `}${row.state}${row.media_state === null || row.media_state === 'ready' ? '' : `, ${row.media_state}`}${error}`,
    row.sha256 ?? TEXT.none,
    row.sha1 ?? '',
    row.md5 ?? '',
    row.number === null ? TEXT.none : String(row.number),
    row.stack === null ? TEXT.none : String(row.stack),
    row.members === null ? '' : String(row.members),
    ...saidCells(row),
    row.id,
    row.media_id ?? '',
  ];
};
