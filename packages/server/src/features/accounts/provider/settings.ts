// The provider that the people of an agency sign in at: its administrators say which, and what its groups may do here.
import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { SignInProvider, SignInProviderSet } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { isReachedByHttps, type Config } from '../../../app/config.js';
import { audit, newKey, sealSmall, withContext, withNobody, type Store } from '../../../store/index.js';
import { requireRight } from '../access.js';
import { refuseInDemo } from '../new-user.js';
import { discover } from './client.js';
import { secretOf } from './clients.js';
import {
  bindToProvider,
  deleteProvider,
  offers,
  ownProvider,
  peopleOf,
  providerToSignIn,
  writeProvider,
  type SealedSecret,
} from './queries.js';

export const PROVIDER_PAGE = '/sign-in/provider';

/** Every provider of the instance by its name: who is not signed in has no agency yet. */
export const listOffers = (store: Store): Promise<{ id: string; name: string }[]> => withNobody(store.app, offers);

/** Errors: FORBIDDEN. */
export const readProvider = (store: Store, ctx: Context): Promise<SignInProvider | null> => {
  requireRight(ctx, 'manage users');
  return withContext(store.app, ctx, async (trx) => {
    const row = await ownProvider(trx);
    if (row === undefined) return null;
    return {
      id: row.id,
      name: row.name,
      issuer: row.issuer,
      clientId: row.client_id,
      scope: row.scope,
      groupsClaim: row.groups_claim,
      roles: row.roles as SignInProvider['roles'],
      secondFactor: { acr: row.factor_acr, amr: row.factor_amr },
      addsPeople: row.adds_people,
      hasSecret: row.master_key_id !== null,
      redirectUri: store.config.publicUrl === null ? null : new URL(PROVIDER_PAGE, store.config.publicUrl).href,
      people: await peopleOf(trx, row.issuer),
      setLogin: row.set_login,
      setAt: row.set_at.toISOString(),
    };
  });
};

/** Errors: FORBIDDEN, DEMO_ONLY, ARGUMENT_INVALID, PROVIDER_UNREACHABLE and PROVIDER_REFUSED: it is asked who it is before it counts. */
export const setProvider = async (store: Store, ctx: Context, set: SignInProviderSet): Promise<void> => {
  requireRight(ctx, 'manage users');
  checkSettings(store.config, set);
  const before = await withContext(store.app, ctx, async (trx) => {
    await refuseInDemo(trx);
    return ownProvider(trx);
  });
  // What was a secret for one provider is not shown to another.
  if (
    before !== undefined &&
    before.issuer !== set.issuer &&
    before.master_key_id !== null &&
    set.clientSecret === undefined
  )
    throw fail('ARGUMENT_INVALID', 'another issuer comes with its own client secret', { pointer: 'clientSecret' });
  const id = before?.id ?? randomUUID();
  const row = before === undefined ? null : await withNobody(store.app, (trx) => providerToSignIn(trx, id));
  const secret = set.clientSecret === undefined ? (row === null ? null : secretOf(store, row)) : set.clientSecret;
  await discover(
    { issuer: set.issuer, client_id: set.clientId, scope: set.scope, groups_claim: set.groupsClaim, factor_acr: [] },
    secret,
  );
  await withContext(store.app, ctx, async (trx) => {
    await writeProvider(trx, ctx, id, set, sealed(store, id, set.clientSecret));
    await audit(trx, ctx, {
      type: 'provider-change',
      object: { kind: 'agency', id: ctx.actor.agencyId },
      detail: { change: 'set', name: set.name, issuer: set.issuer, groups: Object.keys(set.roles) },
    });
  });
};

const sealed = (store: Store, id: string, secret: string | null | undefined): SealedSecret | undefined => {
  if (secret === undefined) return undefined;
  if (secret === null) return { master_key_id: null, wrapped: null, sealed_secret: null };
  const key = newKey();
  return {
    ...store.keys.wrap(key, { purpose: 'provider', key: id }),
    sealed_secret: sealSmall(key, Buffer.from(secret)),
  };
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** In clear only on one machine, for trying things out: whoever can change what a provider says is anybody. */
const checkSettings = (config: Config, { issuer, scope, roles }: SignInProviderSet): void => {
  const refuse = (why: string, pointer: string) => fail('ARGUMENT_INVALID', why, { pointer });
  if (!URL.canParse(issuer))
    throw refuse(`issuer ${issuer}: an address that begins with https:// is expected`, 'issuer');
  const { protocol, hostname, username, search, hash } = new URL(issuer);
  const isTrial = protocol === 'http:' && isLoopback(hostname) && isLoopback(config.host) && !isReachedByHttps(config);
  if ((protocol !== 'https:' && !isTrial) || username !== '' || search !== '' || hash !== '')
    throw refuse(`issuer ${issuer}: an address that begins with https://, without name, ? or #, is expected`, 'issuer');
  if (!scope.split(' ').includes('openid')) throw refuse(`scope ${scope}: openid is missing`, 'scope');
  if (Object.keys(roles).length === 0) throw refuse('no group gives a role: nobody would come in', 'roles');
};

/** Ends every session that it let in. Errors: FORBIDDEN, NOT_FOUND. */
export const removeProvider = async (store: Store, ctx: Context): Promise<void> => {
  requireRight(ctx, 'manage users');
  await withContext(store.app, ctx, async (trx) => {
    const gone = await deleteProvider(trx);
    if (gone === null) throw fail('NOT_FOUND', 'your agency has no provider');
    await audit(trx, ctx, {
      type: 'provider-change',
      object: { kind: 'agency', id: ctx.actor.agencyId },
      detail: { change: 'removed', name: gone.name, issuer: gone.issuer, groups: Object.keys(gone.roles) },
    });
  });
};

/** Says who a colleague is at the provider, or that they are nobody there. Errors: FORBIDDEN, USER_UNKNOWN, ALREADY_EXISTS. */
export const bindPerson = async (store: Store, ctx: Context, login: string, subject: string | null): Promise<void> => {
  requireRight(ctx, 'manage users');
  await withContext(store.app, ctx, async (trx) => {
    const id = await bindToProvider(trx, login, subject);
    if (id === null) throw fail('USER_UNKNOWN', `${login}, or your agency has no provider`);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id },
      detail: { login, changed: [subject === null ? 'unbound from the provider' : 'bound to the provider'] },
    });
  });
};
