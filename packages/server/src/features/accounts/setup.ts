// The first administrator of an empty instance: whoever reads the console of the server holds a token that founds the
// first agency once, within a day. Its digest alone is stored.
import type { z } from 'zod';
import type { SetupRequest } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { actAs, audit, auditRefusal, withNobody, type Store } from '../../store/index.js';
import { namesOf } from './new-user.js';
import { hashPassword } from './password.js';
import { isEmpty, openSetup, setUpRows } from './queries.js';
import { hashSecret, newSecret } from './secrets.js';
import { contextOf } from './sign-in.js';

const TOKEN_PREFIX = 'setup_';
const TOKEN_HOURS = 24;

export interface SetupToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A new token in place of any older one; null where somebody has an account already. */
export const newSetupToken = async (store: Store): Promise<SetupToken | null> => {
  const { secret, hash } = newSecret(TOKEN_PREFIX);
  const seconds = TOKEN_HOURS * 3_600;
  const isOpen = await withNobody(store.app, (trx) => openSetup(trx, hash, seconds));
  return isOpen ? { token: secret, expiresAt: new Date(Date.now() + seconds * 1000) } : null;
};

export const setupIsOpen = (store: Store): Promise<boolean> => withNobody(store.app, isEmpty);

/**
 * Founds the first agency, whose administrator operates the instance. Errors: SETUP_TOKEN_INVALID, the same whatever is wrong
 * with it and once somebody has an account; it is on record.
 */
export const setUp = async (
  store: Store,
  input: z.output<typeof SetupRequest>,
  meta: { readonly requestId: string; readonly address: string | null },
): Promise<string> => {
  const displayName = input.displayName ?? input.login;
  const passwordHash = await hashPassword(
    input.password,
    namesOf({ login: input.login, displayName }, input.agency.name),
  );
  const isDone = await withNobody(store.app, async (trx) => {
    const made = await setUpRows(trx, {
      tokenHash: hashSecret(input.token),
      agency: input.agency.name,
      country: input.agency.country,
      login: input.login,
      displayName,
      passwordHash,
    });
    if (made === null) return false;
    const roles = ['administrator'];
    const ctx = contextOf(
      {
        id: made.userId,
        agency_id: made.agencyId,
        login: input.login,
        display_name: displayName,
        roles,
        is_operator: true,
      },
      meta.requestId,
    );
    await actAs(trx, ctx);
    const agency = { kind: 'agency', id: made.agencyId } as const;
    const user = { kind: 'user', id: made.userId } as const;
    await audit(trx, ctx, { type: 'set-up', object: user, detail: { address: meta.address } });
    await audit(trx, ctx, { type: 'agency-add', object: agency, detail: { name: input.agency.name } });
    await audit(trx, ctx, { type: 'user-add', object: user, detail: { login: input.login, roles } });
    return true;
  });
  if (isDone) return input.login;
  const nobody = { actor: null, login: input.login, purpose: null, requestId: meta.requestId };
  const attempted = `set-up from ${meta.address ?? 'here'}`;
  await auditRefusal(store.app, nobody, { code: 'SETUP_TOKEN_INVALID', attempted });
  throw fail('SETUP_TOKEN_INVALID', 'take the newest token from the console of the server');
};
