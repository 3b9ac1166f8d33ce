// Reads the numbers of a funnel in one statement, under the viewer's row-level security.
import { sql } from 'kysely';
import { ACROSS_STEPS, type FunnelStep } from '@redthread/core/contract';
import type { Trx } from '../../store/context.js';
import { ACROSS, CLASSIFIED, planScope, scopeItems } from './definition.js';
import type { Scope } from './scope.js';

export interface StepCount {
  readonly step: FunnelStep;
  readonly files: number;
  readonly bytes: number;
}

/** Files and bytes of each step; steps without files are absent. */
export const countSteps = async (trx: Trx, scope: Scope): Promise<readonly StepCount[]> => {
  const planned = await planScope(trx, scope);
  const result = await sql<StepCount>`
    with ${scopeItems(planned)}, ${CLASSIFIED}, ${sql.join(ACROSS_STEPS.map((step) => ACROSS[step].needs))},
    readable as (select coalesce(sum(files), 0)::bigint as files, coalesce(sum(files * size_bytes), 0)::bigint as bytes from scope_media),
    unreadable as (
      select count(*) as files, coalesce(sum(size_bytes), 0)::bigint as bytes
      from occurrences where exhibit_id in (select id from scope_exhibits) and media_id is null
    ),
    uniques as (select count(*) as files, coalesce(sum(size_bytes), 0)::bigint as bytes from classified)
    select 'seized' as step, r.files + u.files as files, r.bytes + u.bytes as bytes from readable r, unreadable u
    union all select 'unreadable', files, bytes from unreadable
    union all select 'duplicate', r.files - q.files, r.bytes - q.bytes from readable r, uniques q
    union all select 'unique', files, bytes from uniques
    ${sql.join(
      ACROSS_STEPS.map(
        (step) =>
          sql`union all select ${step}::text, count(*), coalesce(sum(size_bytes), 0)::bigint from items where id in (${ACROSS[step].items})`,
      ),
      sql` `,
    )}
    union all select step, count(*), sum(size_bytes)::bigint from classified group by step`.execute(trx);
  return result.rows;
};
