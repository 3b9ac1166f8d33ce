// Reads the numbers of a funnel in one statement, under the viewer's row-level security.
import { sql } from 'kysely';
import { ACROSS_STEPS, type AgencyRef, type FunnelStep } from '@redthread/core/contract';
import type { Trx } from '../../store/context.js';
import { ACROSS, CLASSIFIED, planScope, scopeItems } from './definition.js';
import type { Scope } from './scope.js';

export interface StepCount {
  readonly step: FunnelStep;
  readonly agencyId: string;
  readonly files: number;
  readonly bytes: number;
}

/** Files and bytes of each step that is counted of rows, and `readable`, by agency; what has none is absent. */
const countByAgency = async (
  trx: Trx,
  scope: Scope,
): Promise<readonly (Omit<StepCount, 'step'> & { readonly step: FunnelStep | 'readable' })[]> => {
  const planned = await planScope(trx, scope);
  const result = await sql<Omit<StepCount, 'step'> & { readonly step: FunnelStep | 'readable' }>`
    with ${scopeItems(planned)}, ${CLASSIFIED}, ${sql.join(ACROSS_STEPS.map((step) => ACROSS[step].needs))}
    select 'readable' as step, agency_id as "agencyId", sum(files)::bigint as files, sum(files * size_bytes)::bigint as bytes from scope_media group by agency_id
    union all select 'unreadable', agency_id, count(*), coalesce(sum(size_bytes), 0)::bigint
      from occurrences where exhibit_id in (select id from scope_exhibits) and media_id is null group by agency_id
    union all select 'unique', agency_id, count(*), sum(size_bytes)::bigint from classified group by agency_id
    ${sql.join(
      ACROSS_STEPS.map(
        (step) =>
          sql`union all select ${step}::text, agency_id, count(*), sum(size_bytes)::bigint from items where id in (${ACROSS[step].items}) group by agency_id`,
      ),
      sql` `,
    )}
    union all select step, agency_id, count(*), sum(size_bytes)::bigint from classified group by step, agency_id`.execute(
    trx,
  );
  return result.rows;
};

/** What is seized is what could be read and what could not. Steps without files are absent; duplicates are what remains of the whole. */
export const countSteps = async (trx: Trx, scope: Scope): Promise<readonly StepCount[]> =>
  (await countByAgency(trx, scope)).flatMap(({ step, ...row }): StepCount[] => {
    if (step === 'readable') return [{ ...row, step: 'seized' }];
    if (step === 'unreadable')
      return [
        { ...row, step },
        { ...row, step: 'seized' },
      ];
    return [{ ...row, step }];
  });

/** The agencies that something is counted for. */
export const namedAgencies = async (trx: Trx, counts: readonly StepCount[]): Promise<AgencyRef[]> => {
  const ids = [...new Set(counts.map(({ agencyId }) => agencyId))];
  const { rows } = await sql<AgencyRef>`
    select id, name, country from agencies where id = any(${ids}::uuid[])`.execute(trx);
  return rows;
};
