// Reads what works and what waits: processes that show signs of life, and the work that the viewer may see.
import { sql } from 'kysely';
import type { WorkStage } from '@redthread/core/contract';
import { SILENT_AFTER_SECONDS } from '../../app/processes.js';
import type { ProcessStatus, SealerStatus, Trx } from '../../store/index.js';

const ALIVE = sql`last_seen_at > now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`;
const RATE_WINDOW_SECONDS = 60;

export interface ProcessCounts {
  readonly servers: number;
  readonly workers: number;
  readonly matchers: number;
  /** What the active matcher says of its index: only the holder of the lock registers, so that of several the last is; the others were killed. */
  readonly index: ProcessStatus | null;
  /** What the sealer at work says; null: there is none. */
  readonly sealer: SealerStatus | null;
}

export const countProcesses = async (trx: Trx): Promise<ProcessCounts> => {
  const { rows } = await sql<ProcessCounts>`
    select count(*) filter (where kind = 'server') as servers, count(*) filter (where kind in ('worker', 'ingest')) as workers,
      count(*) filter (where kind = 'matcher') as matchers,
      (array_agg(status order by started_at desc) filter (where kind = 'matcher' and status is not null))[1] as index,
      (array_agg(status order by started_at desc) filter (where kind = 'sealer' and status is not null))[1] as sealer
    from processes where ${ALIVE}`.execute(trx);
  return rows[0] ?? { servers: 0, workers: 0, matchers: 0, index: null, sealer: null };
};

type Queue = Readonly<Record<WorkStage, number>> & {
  readonly finished: number;
};

/** Asked for every few seconds: what is done with is gone through for exhibits in work alone. */
export const readQueue = async (trx: Trx): Promise<{ queue: Omit<Queue, 'finished'>; ratePerSecond: number }> => {
  const known = sql`agency_id = any ((select known_agencies())::uuid[])`;
  const result = await sql<Queue>`
    with open as materialized (
      select stage, exhibit_id from work where state = 'queued' and ${known}
      union all select stage, exhibit_id from work where state = 'leased' and ${known}
    )
    select count(*) filter (where stage = 'decode') as decode, count(*) filter (where stage = 'match') as match,
      count(*) filter (where stage = 'features') as features, count(*) filter (where stage = 'parts') as parts,
      count(*) filter (where stage = 'metadata') as metadata, count(*) filter (where stage = 'chats') as chats,
      (select count(*) from work where exhibit_id in (select exhibit_id from open) and state in ('done', 'failed', 'quarantined')
        and updated_at > now() - make_interval(secs => ${RATE_WINDOW_SECONDS})) as finished
    from open`.execute(trx);
  const { finished, ...queue } = result.rows[0] ?? {
    decode: 0,
    match: 0,
    features: 0,
    parts: 0,
    metadata: 0,
    chats: 0,
    finished: 0,
  };
  return { queue, ratePerSecond: finished / RATE_WINDOW_SECONDS };
};
