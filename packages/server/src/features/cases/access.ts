// The list of a case: people of its agency, other agencies, and people of those, each for a time. Who is on the case decides.
import { CASE_ACCESS_DAYS, type CaseAccess, type CaseAccessGive } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { agencyByName, requireRight } from '../accounts/index.js';
import { endAccess, insertAccess, readAccess } from './access-queries.js';
import { colleagueByLogin } from './queries.js';
import { ownCase, requireWritable } from './service.js';

/** Errors: NOT_FOUND, alike for a case of another agency. */
export const listAccess = (store: Store, ctx: Context, caseId: string): Promise<CaseAccess[]> =>
  withContext(store.app, ctx, async (trx) => {
    await ownCase(trx, ctx, caseId);
    return readAccess(trx, caseId);
  });

const endOf = (until: string | null | undefined, isForeign: boolean): Date | null => {
  if (until === null) return null;
  if (until !== undefined) return new Date(until);
  return isForeign ? new Date(Date.now() + CASE_ACCESS_DAYS * 86_400_000) : null;
};

const granteeOf = async (trx: Trx, ctx: Context, { agency, login }: CaseAccessGive) => {
  const agencyId = agency === undefined ? ctx.actor.agencyId : await agencyByName(trx, agency);
  const isForeign = agencyId !== ctx.actor.agencyId;
  if (!isForeign && login === undefined)
    throw fail('REQUEST_INVALID', 'name a colleague, or open the case to the whole agency', { pointer: '/login' });
  if (!isForeign && login !== undefined && (await colleagueByLogin(trx, login)) === null)
    throw fail('USER_UNKNOWN', login);
  return { agencyId, isForeign };
};

/**
 * Puts somebody on the case. A person of another agency is put on it by their login, whether or not there is such a login: that
 * is the other agency's to know. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, USER_UNKNOWN for a colleague, REQUEST_INVALID, ALREADY_EXISTS.
 */
export const giveAccess = (store: Store, ctx: Context, caseId: string, input: CaseAccessGive): Promise<CaseAccess> => {
  requireRight(ctx, 'open cases');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    await ownCase(trx, ctx, caseId);
    const { agencyId, isForeign } = await granteeOf(trx, ctx, input);
    const until = endOf(input.until, isForeign);
    if (until !== null && until.getTime() <= Date.now())
      throw fail('REQUEST_INVALID', 'access ends in the future, or not at all', { pointer: '/until' });
    const login = input.login ?? null;
    const id = await insertAccess(trx, { caseId, agencyId, login, until });
    if (id === null) throw fail('ALREADY_EXISTS', 'this access was given before: end it first to change it');
    const given = (await readAccess(trx, caseId)).find((line) => line.id === id);
    if (given === undefined) throw fail('INTERNAL', `access ${id} is not there after it was given`);
    await audit(trx, ctx, {
      type: 'case-access',
      object: { kind: 'case', id: caseId },
      detail: { agency: given.agency.name, login, given: true, until: until?.toISOString() ?? null },
    });
    return given;
  });
};

/** Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LAST_ON_CASE. */
export const takeAccess = (
  store: Store,
  ctx: Context,
  caseId: string,
  find: (line: CaseAccess) => boolean,
): Promise<CaseAccess> => {
  requireRight(ctx, 'open cases');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    await ownCase(trx, ctx, caseId);
    const line = (await readAccess(trx, caseId)).find((one) => one.endedAt === null && find(one));
    if (line === undefined || !(await endAccess(trx, caseId, line.id)))
      throw fail('NOT_FOUND', 'no such access in force');
    await audit(trx, ctx, {
      type: 'case-access',
      object: { kind: 'case', id: caseId },
      detail: { agency: line.agency.name, login: line.login, given: false, until: null },
    });
    return line;
  });
};
