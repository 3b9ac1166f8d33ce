// A child at risk now: a person says it of a case or a series of their agency, for some hours. Everything else follows from what is in force:
// what is worked on, reviewed and told first asks for it (first.ts, and the functions of the migration for workers and contacts).
import type { AtRiskMark, AtRiskMarkAdd } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, lockName, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { ownCase, requireCase } from '../cases/index.js';
import { ownSeries, recordsOf } from '../entities/index.js';
import { endMark, insertMark, readMarks } from './queries.js';

const MARK = 'mark a child at risk';
/** What stands on a mark that the next one takes the place of. */
const ANEW = 'marked anew';

export interface ListMarks {
  readonly case?: string | undefined;
  readonly series?: string | undefined;
  readonly all: boolean;
}

/** Errors: NOT_FOUND for a case or a series that is not seen. */
export const listMarks = (
  store: Store,
  ctx: Context,
  { case: caseId, series, all }: ListMarks,
): Promise<AtRiskMark[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      if (caseId !== undefined) await requireCase(trx, caseId);
      return readMarks(trx, {
        all,
        ...(caseId !== undefined && { case: caseId }),
        ...(series !== undefined && { series: await recordsOf(trx, series) }),
      });
    },
    { access: 'read only' },
  );

const oneMark = async (trx: Trx, id: string): Promise<AtRiskMark> => {
  const [found] = await readMarks(trx, { id, all: true });
  if (found === undefined) throw fail('NOT_FOUND', 'no such mark');
  return found;
};

/** What is marked already is marked anew, from now on. Errors: FORBIDDEN, NOT_FOUND, CASE_ENDED. */
export const markAtRisk = (store: Store, ctx: Context, given: AtRiskMarkAdd): Promise<AtRiskMark> => {
  requireRight(ctx, MARK);
  const { case: caseId = null, series: seriesId = null, reason, hours } = given;
  return withContext(store.app, ctx, async (trx) => {
    if (caseId !== null) await ownCase(trx, ctx, caseId);
    if (seriesId !== null) await ownSeries(trx, ctx, seriesId);
    // Two at once: the second waits, and takes the place of the first.
    await lockName(trx, `at risk ${caseId ?? seriesId ?? ''}`);
    await endMark(trx, ctx, { caseId, seriesId }, ANEW);
    const id = await insertMark(trx, ctx, { caseId, seriesId, reason, hours });
    const mark = await oneMark(trx, id);
    await audit(trx, ctx, {
      type: 'at-risk-mark',
      object: { kind: seriesId === null ? 'case' : 'entity', id: seriesId ?? caseId ?? '' },
      detail: { mark: id, name: mark.on.name, reason, until: mark.until },
    });
    return mark;
  });
};

/** By anybody of its agency who may mark. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_RETRACTED for one that ended or ran out. */
export const endAtRisk = (store: Store, ctx: Context, id: string, reason: string): Promise<AtRiskMark> => {
  requireRight(ctx, MARK);
  return withContext(store.app, ctx, async (trx) => {
    const { on, inForce, own } = await oneMark(trx, id);
    if (!own) throw fail('NOT_FOUND', 'no such mark');
    if (!inForce || !(await endMark(trx, ctx, { id }, reason)))
      throw fail('ASSERTION_RETRACTED', saying`${on.kind} ${on.name} is not marked any more`);
    await audit(trx, ctx, {
      type: 'at-risk-end',
      object: { kind: on.kind === 'case' ? 'case' : 'entity', id: on.id },
      detail: { mark: id, name: on.name, reason },
    });
    return oneMark(trx, id);
  });
};
