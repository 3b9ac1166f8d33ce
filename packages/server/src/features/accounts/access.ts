// Which roles may do what: the first statement of the services that change something or show clear content.
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';

const RIGHTS = {
  'manage users': ['administrator'],
  'begin operations': ['coordinator'],
  'join operations': ['administrator', 'coordinator'],
  'change keys of cases': ['administrator'],
  'set handling codes': ['administrator', 'coordinator'],
  'open cases': ['administrator', 'coordinator', 'officer'],
  'break the glass of cases': ['administrator', 'coordinator', 'officer'],
  'ingest exhibits': ['administrator', 'coordinator', 'officer', 'service'],
  'retry failed work': ['administrator', 'coordinator', 'officer', 'service'],
  'say how chats are read': ['administrator', 'coordinator', 'officer'],
  'record legal bases': ['administrator', 'coordinator', 'officer'],
  'move and withdraw exhibits': ['administrator', 'coordinator', 'officer'],
  'hand cases over': ['administrator', 'coordinator'],
  'destroy cases': ['administrator', 'coordinator'],
  'hold cases': ['administrator', 'coordinator', 'officer'],
  'read records of destruction': ['administrator', 'coordinator', 'auditor'],
  'import lists': ['administrator', 'coordinator', 'officer'],
  'keep the negative list': ['administrator', 'coordinator', 'officer'],
  'keep searches': ['administrator', 'coordinator', 'officer', 'reviewer'],
  'export lists': ['administrator', 'coordinator', 'officer'],
  'export cases': ['administrator', 'coordinator', 'officer'],
  'keep the keys of packages': ['administrator', 'coordinator'],
  'keep self-tests': ['administrator', 'coordinator', 'officer', 'auditor', 'service'],
  'read self-tests': ['administrator', 'coordinator', 'officer', 'reviewer', 'auditor', 'service'],
  reveal: ['administrator', 'coordinator', 'officer', 'reviewer'],
  vote: ['administrator', 'coordinator', 'officer', 'reviewer'],
  'keep series and entities': ['administrator', 'coordinator', 'officer', 'reviewer'],
  'mark a child at risk': ['administrator', 'coordinator', 'officer', 'reviewer'],
  'release outcomes': ['administrator', 'coordinator', 'officer'],
  'write notes and tasks': ['administrator', 'coordinator', 'officer', 'reviewer'],
  'ask other countries': ['administrator', 'coordinator', 'officer'],
  'confirm crops': ['administrator', 'coordinator', 'officer', 'reviewer'],
  'judge connections': ['administrator', 'coordinator', 'officer'],
  'set the rule of verdicts': ['administrator', 'coordinator'],
  'set the floor of care': ['administrator', 'coordinator', 'welfare-officer'],
  "read the agency's exposure": ['welfare-officer'],
  "read the agency's audit record": ['administrator', 'auditor'],
  'export the record': ['administrator', 'auditor'],
  'erase clear text of the record': ['administrator'],
} as const satisfies Record<string, readonly string[]>;

export type Right = keyof typeof RIGHTS;

/** Whether somebody with these roles may, whoever it is. */
export const rolesMayDo = (roles: readonly string[], right: Right): boolean =>
  roles.some((role) => (RIGHTS[right] as readonly string[]).includes(role));

export const mayDo = (ctx: Context, right: Right): boolean => rolesMayDo(ctx.actor.roles, right);

/** Errors: FORBIDDEN, naming the roles that may. */
export const requireRight = (ctx: Context, right: Right): void => {
  if (!mayDo(ctx, right)) throw fail('FORBIDDEN', saying`to ${right} takes the role ${RIGHTS[right].join(' or ')}`);
};

/** What concerns the instance and not one agency: `what` continues "to ...". Errors: FORBIDDEN. */
export const requireOperator = (ctx: Context, what: string): void => {
  if (ctx.actor.isOperator !== true) throw fail('FORBIDDEN', saying`to ${what} takes an operator of the instance`);
};
