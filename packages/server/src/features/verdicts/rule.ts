// The rule of an agency: what its people vote in, and how many undisputed votes decide.
import { sql } from 'kysely';
import type { VerdictRule, VerdictRuleSet } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { codeToVote } from '@redthread/core/schemes';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { schemesHere } from '../schemes/index.js';
import { DEFAULT_QUORUM, DEFAULT_SCHEME } from './states.js';

interface RuleRow extends Omit<VerdictRule, 'setAt'> {
  readonly setAt: Date | null;
}

const ownRule = async (trx: Trx): Promise<VerdictRule> => {
  const { rows } = await sql<RuleRow>`
    select json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, coalesce(r.scheme, ${DEFAULT_SCHEME}) as scheme,
      coalesce(r.quorum, ${DEFAULT_QUORUM}::smallint) as quorum, r.set_login as "setBy", r.set_at as "setAt"
    from agencies a left join verdict_rules r on r.agency_id = a.id where a.id = app_agency()`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('an actor without an agency');
  return { ...row, setAt: row.setAt?.toISOString() ?? null };
};

/** What the actor's agency votes in. */
export const schemeOfRule = async (trx: Trx): Promise<string> => (await ownRule(trx)).scheme;

export const readRule = (store: Store, ctx: Context): Promise<VerdictRule> =>
  withContext(store.app, ctx, ownRule, { access: 'read only' });

/** What is decided follows from the rule at once, for votes that were given before it too. Errors: FORBIDDEN, SCHEME_UNKNOWN, SCHEME_RETIRED. */
export const setRule = (store: Store, ctx: Context, change: VerdictRuleSet): Promise<VerdictRule> => {
  requireRight(ctx, 'set the rule of verdicts');
  return withContext(store.app, ctx, async (trx) => {
    const before = await ownRule(trx);
    const scheme = change.scheme ?? before.scheme;
    const quorum = change.quorum ?? before.quorum;
    codeToVote(await schemesHere(trx), `${scheme}:cannot-say`);
    const { agencyId, userId, login } = ctx.actor;
    const set = { scheme, quorum, set_by: userId, set_login: login };
    await trx
      .insertInto('verdict_rules')
      .values({ agency_id: agencyId, ...set })
      .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ ...set, set_at: sql<Date>`now()` }))
      .execute();
    await audit(trx, ctx, {
      type: 'verdict-rule',
      object: { kind: 'agency', id: agencyId },
      detail: { scheme, quorum },
    });
    return ownRule(trx);
  });
};
