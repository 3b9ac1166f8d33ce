// Signing in at the provider of an agency, and proving there again who one is. Roles are those of the groups that the provider names each time.
import { randomBytes } from 'node:crypto';
import { fail, isRedthreadError, saying, type ErrorCode } from '@redthread/core/errors';
import { isIP } from 'node:net';
import type { Authenticated, WebSession } from '../../../app/http/authenticated.js';
import { audit, auditRefusal, withContext, withNobody, type Store } from '../../../store/index.js';
import { markProven } from '../queries.js';
import { confirmed } from '../second-factors/prove.js';
import { factorsOf } from '../second-factors/queries.js';
import type { Opened } from '../second-factors/passkeys.js';
import { begin, contextOf, type SignedIn, type SignInMeta } from '../sign-in.js';
import { question, takeAnswer, type Claims } from './client.js';
import type { Clients } from './clients.js';
import type { Pending } from './pending.js';
import {
  isSubject,
  providerOfSession,
  providerToSignIn,
  refuseByProvider,
  signInByProvider,
  type ProviderRow,
} from './queries.js';
import { PROVIDER_PAGE } from './settings.js';

export interface Begun {
  readonly address: string;
  readonly pending: Pending;
}

/** What a request says of its host is believed for this machine alone. Errors: PROVIDER_ADDRESS. */
export const redirectUriOf = (publicUrl: string | null, { protocol, host }: Opened): string => {
  if (publicUrl !== null && URL.canParse(publicUrl)) return new URL(PROVIDER_PAGE, publicUrl).href;
  const opened = `${protocol}://${host}`;
  const { hostname = '' } = URL.canParse(opened) ? new URL(opened) : {};
  const isHere =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  if (!isHere) throw fail('PROVIDER_ADDRESS', saying`${opened} was opened`);
  return new URL(PROVIDER_PAGE, opened).href;
};

/** Errors: NOT_FOUND, PROVIDER_UNREACHABLE, PROVIDER_REFUSED, PROVIDER_ADDRESS. */
export const beginAtProvider = async (
  store: Store,
  clients: Clients,
  { provider: id, opened, session = null }: { provider: string; opened: Opened; session?: string | null },
): Promise<Begun> => {
  const provider = await withNobody(store.app, (trx) => providerToSignIn(trx, id));
  if (provider === null) throw fail('NOT_FOUND', 'no such provider');
  const redirectUri = redirectUriOf(store.config.publicUrl, opened);
  const asked = await question(await clients.of(provider), provider, redirectUri, session !== null);
  return { address: asked.address, pending: { ...asked.question, provider: id, session, begunAtMs: Date.now() } };
};

/** Again, for whom the provider let in. Errors: NOT_FOUND where a password did, those of beginning. */
export const beginProofAtProvider = async (
  store: Store,
  clients: Clients,
  { ctx }: Authenticated,
  { id: session }: WebSession,
  opened: Opened,
): Promise<Begun> => {
  const provider = await withContext(store.app, ctx, (trx) => providerOfSession(trx, session));
  if (provider === null) throw fail('NOT_FOUND', 'no provider let this session in');
  return beginAtProvider(store, clients, { provider: provider.id, opened, session });
};

interface Answered {
  readonly pending: Pending | null;
  readonly answer: string;
  readonly meta: SignInMeta;
}

/** Errors, each on record with the agency: PROVIDER_…, LAST_ADMINISTRATOR where the roles of the last one would go. */
export const finishAtProvider = async (
  store: Store,
  clients: Clients,
  { pending, answer, meta }: Answered,
): Promise<SignedIn> => {
  if (pending === null) throw fail('PROVIDER_ANSWER_OLD', 'nothing waits for it');
  const provider = await withNobody(store.app, (trx) => providerToSignIn(trx, pending.provider));
  if (provider === null) throw fail('PROVIDER_ANSWER_OLD', 'its provider is gone');
  let said: Claims | null = null;
  try {
    said = await takeAnswer(await clients.of(provider), provider, pending, answer);
    return await enter(store, provider, said, meta);
  } catch (error) {
    // Of whoever is nobody here the agency is told all the same: it is its provider.
    if (isRedthreadError(error)) await recordRefusal(store, provider, { code: error.code, said, meta });
    throw error;
  }
};

const recordRefusal = (
  store: Store,
  provider: ProviderRow,
  { code, said, meta }: { code: ErrorCode; said: Claims | null; meta: SignInMeta },
): Promise<void> =>
  withNobody(store.app, (trx) =>
    refuseByProvider(trx, provider.id, {
      login: (said?.login ?? said?.subject)?.slice(0, 100) ?? null,
      code,
      attempted: `sign-in by provider from ${meta.address ?? 'here'}`,
      requestId: meta.requestId,
    }),
  );

const enter = async (store: Store, provider: ProviderRow, said: Claims, meta: SignInMeta): Promise<SignedIn> => {
  const logins = loginsOf(said);
  const displayName = visible(said.name ?? '', 80) || (logins[0] ?? '');
  const person = await withNobody(store.app, (trx) =>
    signInByProvider(trx, provider.id, { subject: said.subject, logins, displayName, groups: said.groups }),
  );
  if (person === null) throw fail('PROVIDER_ANSWER_OLD', 'its provider is gone');
  if (person.outcome === 'no-group')
    throw fail('PROVIDER_NO_GROUP', saying`${said.groups.length} groups in the claim ${provider.groups_claim}`);
  if (person.outcome !== 'in' && person.outcome !== 'added')
    throw fail('PROVIDER_NO_ACCOUNT', 'the provider knows you, this agency does not');
  const ctx = contextOf(person, meta.requestId);
  return withContext(store.app, ctx, async (trx) => {
    const object = { kind: 'user', id: person.id } as const;
    const { login, roles, earlier_roles } = person;
    if (person.outcome === 'added') await audit(trx, ctx, { type: 'user-add', object, detail: { login, roles } });
    else if (!isSame(earlier_roles ?? [], roles))
      await audit(trx, ctx, {
        type: 'user-change',
        object,
        detail: { login, changed: ['roles by provider', ...roles] },
      });
    return begin(trx, store, ctx, person.display_name, {
      method: 'provider',
      // Who said that this is them may be somebody else: the first time what this house asks for shows that it is.
      isEnough: countsAsSecondFactor(provider, said) && !person.is_first,
      provider: provider.id,
      meta,
    });
  });
};

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** The agency says what of the provider's words it takes for a second factor. */
export const countsAsSecondFactor = (
  { factor_acr, factor_amr }: Pick<ProviderRow, 'factor_acr' | 'factor_amr'>,
  { acr, amr }: Pick<Claims, 'acr' | 'amr'>,
): boolean => (acr !== null && factor_acr.includes(acr)) || amr.some((one) => factor_amr.includes(one));

const visible = (text: string, longest: number): string =>
  text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, longest);

/** As the provider calls them where that is free, otherwise with something behind: a name alone gives nobody somebody else's account. */
const loginsOf = ({ login, subject }: Claims): string[] => {
  const plain = (login ?? subject)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._@-]/gu, '')
    .replace(/^[._@-]+/, '')
    .slice(0, 70);
  const name = plain === '' ? 'person' : plain;
  return [name, `${name}-${randomBytes(3).toString('hex')}`];
};

/** Proves a session again. Errors: NOT_SIGNED_IN, PROVIDER_REFUSED, PROVIDER_FACTOR_MISSING, PROVIDER_CLOCK_OFF, PROVIDER_UNREACHABLE. */
export const proveAtProvider = async (
  store: Store,
  clients: Clients,
  { ctx }: Authenticated,
  session: WebSession,
  { pending, answer, meta }: Answered & { readonly pending: Pending },
): Promise<void> => {
  const { userId } = ctx.actor;
  const provider = await withNobody(store.app, (trx) => providerToSignIn(trx, pending.provider));
  if (session.id !== pending.session || provider === null) throw fail('PROVIDER_ANSWER_OLD', 'another session asked');
  try {
    const said = await takeAnswer(await clients.of(provider), provider, pending, answer);
    if (said.authTimeS === null || said.authTimeS < pending.begunAtMs / 1000 - FRESH_TOLERANCE_S)
      throw fail('PROVIDER_FACTOR_MISSING', 'it did not ask you anew');
    await withContext(store.app, ctx, async (trx) => {
      if (!(await isSubject(trx, userId, provider.issuer, said.subject)))
        throw fail('PROVIDER_REFUSED', 'somebody else proved themselves there');
      if (confirmed(await factorsOf(trx, userId)).length > 0 && !countsAsSecondFactor(provider, said))
        throw fail('PROVIDER_FACTOR_MISSING', 'it names no second factor');
      await markProven(trx, session.id);
      await audit(trx, ctx, { type: 'proof', object: { kind: 'user', id: userId }, detail: { way: 'provider' } });
    });
  } catch (error) {
    if (isRedthreadError(error)) {
      const attempted = `prove by provider from ${meta.address ?? 'here'}`;
      await auditRefusal(store.app, ctx, { code: error.code, attempted });
    }
    throw error;
  }
};

const FRESH_TOLERANCE_S = 120;
