// How far an exhibit is, counted from what is stored: the same numbers for the terminal, for machines and after a crash.
import { sql, type Kysely } from 'kysely';
import { isLaterStage, WORK_STAGES, type StageProgress } from '@redthread/core/contract';
import type { Database, ExhibitState } from '../../store/index.js';
import { stageCounts } from './stage-counts.js';

export interface ExhibitProgress {
  readonly state: ExhibitState;
  readonly bytesSeen: number;
  /** In the order in which a file passes them. */
  readonly stages: readonly StageProgress[];
  /** Work of other exhibits on media that this one shares with them. */
  readonly waitingFor: number;
}

/** States in which the walk is over, for this time. */
const AT_END = new Set(['processing', 'complete']);

export const readProgress = async (db: Kysely<Database>, exhibitId: string): Promise<ExhibitProgress> => {
  const exhibit = await db
    .selectFrom('exhibits')
    .select(['state', 'files_seen', 'bytes_seen', 'files_total'])
    .where('id', '=', exhibitId)
    .executeTakeFirstOrThrow();
  const { rows } = await stageCounts(sql`${exhibitId}::uuid`).execute(db);
  const walk: StageProgress = {
    stage: 'walk',
    done: exhibit.files_seen,
    total: AT_END.has(exhibit.state) ? exhibit.files_seen : exhibit.files_total,
    failed: 0,
  };
  const stages = WORK_STAGES.map(
    (stage): StageProgress => rows.find((row) => row.stage === stage) ?? { stage, done: 0, total: 0, failed: 0 },
  );
  const own = stages
    .filter(({ stage }) => !isLaterStage(stage))
    .reduce((sum, { total, done }) => sum + (total ?? 0) - done, 0);
  return {
    state: exhibit.state,
    bytesSeen: exhibit.bytes_seen,
    stages: [walk, ...stages],
    waitingFor: exhibit.state === 'processing' && own === 0 ? await countShared(db, exhibitId) : 0,
  };
};

/** Whether the files of a complete exhibit were compared by parts too; one that was searched for features is queued for that in the same moment. */
export const areParted = ({ stages }: Pick<ExhibitProgress, 'stages'>): boolean =>
  stages.every(({ stage, done, total }) => stage === 'metadata' || done === total);

const countShared = async (db: Kysely<Database>, exhibitId: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from work w
    where w.state in ('queued', 'leased') and w.stage in ('decode', 'match', 'chats')
      and exists (select from occurrences o where o.media_id = w.media_id and o.exhibit_id = ${exhibitId}::uuid)`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
};
