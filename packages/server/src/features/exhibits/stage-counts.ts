// What is done, to do and failed of an exhibit in each stage, counted from the rows of its work.
import { sql, type RawBuilder } from 'kysely';
import type { StageProgress, WorkStage } from '@redthread/core/contract';
import { BYTES_VERSION } from '../work/index.js';

/** One row a stage that has work. */
export interface StageCounts extends StageProgress {
  readonly stage: WorkStage;
  readonly total: number;
}

/** The query that yields StageCounts; `exhibitId`: an expression of type uuid. Work on bytes alone is no stage of its own. */
export const stageCounts = (exhibitId: RawBuilder<unknown>) => sql<StageCounts>`
  select stage, count(*) filter (where state in ('done', 'failed', 'quarantined')) as done, count(*) filter (where state <> 'held') as total,
    count(*) filter (where state in ('failed', 'quarantined')) as failed
  from work where exhibit_id = ${exhibitId} and version > ${BYTES_VERSION} group by stage`;
