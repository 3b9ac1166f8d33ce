// What people and lists say of the media of a case, and every vote.
import { sql } from 'kysely';
import { countingHit } from '../../funnel/index.js';
import { instant, TEXT } from '../text/en.js';
import { rowsOf } from '../../../store/index.js';
import { countOf, type Building } from './building.js';
import { mono, number, text } from './columns.js';
import { mediaIn, numberedMedia, whatIsSaid, type FileScope, type MediaSays } from './media-query.js';
import { saidCells, saidColumns } from './told.js';

interface JudgedRow extends MediaSays {
  readonly number: number;
  readonly sha256: string;
  readonly exhibit: string;
  readonly path: string;
  readonly id: string;
}

/** Counting needs neither numbers nor stacks. */
const mediaOf = (scope: FileScope) => sql`
  placed as materialized (${mediaIn(scope)}),
  seen as materialized (select m.id from placed p join media m on m.id = p.media_id)`;

export const judgedPart = async (building: Building, scope: FileScope): Promise<void> => {
  const { sink, trx } = building;
  const says = TEXT.judged;
  const judged = await countOf(
    trx,
    sql`with ${mediaOf(scope)}
    select count(*) as count from seen s where exists (select from verdicts v where v.media_id = s.id and v.retracted_at is null)
      or exists (select from list_hits h where h.media_id = s.id and ${countingHit('h')})`,
  );
  sink.put({ is: 'section', id: 'judged', title: says.title, words: [says.words] });
  await sink.table(
    {
      id: 'media',
      title: says.table,
      columns: [
        number('media', 'Media', 0.5),
        text('file', 'First file', 2),
        mono('sha256', TEXT.facts.sha256, 2, { under: 'file' }),
        ...saidColumns({ verdict: 1.6, looked: 1.8, byStack: 1.6, lists: 1.6 }),
        mono('media_id', 'id', 1, { only: 'csv' }),
      ],
      rows: judged,
      empty: says.empty,
    },
    judgedRows(building, scope),
  );
  await votesPart(building, scope);
};

export const votesPart = async (building: Building, scope: FileScope): Promise<void> => {
  const { sink, trx } = building;
  const says = TEXT.judged;
  const votes = await countOf(
    trx,
    sql`with ${mediaOf(scope)}
    select count(*) as count from verdicts v where v.media_id in (select id from seen)`,
  );
  sink.put({ is: 'section', id: 'votes', title: says.votes, words: [says.votesWords] });
  await sink.table(
    {
      id: 'votes',
      title: says.votes,
      columns: [
        number('media', 'Media', 0.4),
        text('at', 'Time', 1.2),
        text('by', 'By', 0.8),
        text('agency', 'Agency', 1),
        text('code', 'Scheme, version and code', 1.4),
        text('seen', 'Seen', 0.8),
        text('revealed', 'Revealed before', 1.2),
        text('of_stack', 'Of the stack', 0.6),
        text('note', 'Note', 1.6),
        text('taken_back', 'Taken back', 1.6),
        mono('vote_id', 'id', 1, { only: 'csv' }),
      ],
      rows: votes,
      empty: says.votesEmpty,
    },
    voteRows(building, scope),
  );
};

async function* judgedRows({ trx }: Building, scope: FileScope): AsyncGenerator<string[]> {
  const rows = rowsOf<JudgedRow>(
    trx,
    sql`with ${numberedMedia(scope)}, ${whatIsSaid()}
      select n.number, encode(n.sha256, 'hex') as sha256, n.exhibit, n.path, n.id, s.votes, s.states, s.lists
      from numbered n join says s on s.media_id = n.id order by n.number`,
  );
  for await (const row of rows)
    yield [String(row.number), `${row.exhibit}/${row.path}`, row.sha256, ...saidCells(row), row.id];
}

interface VoteRow {
  readonly number: number;
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly agency: string;
  readonly code: string;
  readonly seen: string;
  readonly revealed: Date | null;
  readonly of_stack: boolean;
  readonly note: string;
  readonly retracted: Date | null;
  readonly reason: string | null;
}

async function* voteRows({ trx }: Building, scope: FileScope): AsyncGenerator<string[]> {
  const rows = rowsOf<VoteRow>(
    trx,
    sql`with ${numberedMedia(scope)}
      select n.number, v.id, v.at, v.login as by, v.voter_agency as agency, v.scheme || ':' || v.code as code, v.seen,
        v.revealed_at as revealed, v.stack_vote is not null as of_stack, v.note, v.retracted_at as retracted, v.retract_reason as reason
      from verdicts v join numbered n on n.id = v.media_id order by n.number, v.at, v.id`,
  );
  for await (const row of rows)
    yield [
      String(row.number),
      instant(row.at.toISOString()),
      row.by,
      row.agency,
      row.code,
      row.seen,
      instant(row.revealed?.toISOString() ?? null),
      row.of_stack ? TEXT.yes : TEXT.no,
      row.note === '' ? TEXT.none : row.note,
      row.retracted === null ? TEXT.none : `${instant(row.retracted.toISOString())}: ${row.reason ?? ''}`,
      row.id,
    ];
}
