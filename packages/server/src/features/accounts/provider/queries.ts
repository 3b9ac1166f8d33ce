// Rows of the provider of an agency, and of who is whom there. What happens before somebody is signed in goes through functions of the database.
import { sql } from 'kysely';
import type { RolesByGroup, SignInProviderSet } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { ErrorCode } from '@redthread/core/errors';
import type { Trx } from '../../../store/index.js';
import type { FoundUser } from '../queries.js';

/** What is known of a provider when somebody signs in there. */
export interface ProviderRow {
  readonly id: string;
  readonly agency_id: string;
  readonly name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly master_key_id: string | null;
  readonly wrapped: Buffer | null;
  readonly sealed_secret: Buffer | null;
  readonly scope: string;
  readonly groups_claim: string;
  readonly roles: RolesByGroup;
  readonly factor_acr: string[];
  readonly factor_amr: string[];
  readonly set_at: Date;
}

export const offers = async (trx: Trx): Promise<{ id: string; name: string }[]> =>
  (await sql<{ id: string; name: string }>`select id, name from providers_offered()`.execute(trx)).rows;

export const providerToSignIn = async (trx: Trx, id: string): Promise<ProviderRow | null> =>
  (await sql<ProviderRow>`select * from provider_to_sign_in(${id}::uuid)`.execute(trx)).rows[0] ?? null;

export interface Vouched {
  readonly subject: string;
  /** What a new account may be called: the first that is free. */
  readonly logins: readonly string[];
  readonly displayName: string;
  readonly groups: readonly string[];
}

export type SaidOfPerson = {
  readonly earlier_roles: string[] | null;
  /** Nobody has come in by it since it was said who this is, or since they have the second factors that they have. */
  readonly is_first: boolean;
} & (
  | ({ readonly outcome: 'in' | 'added' } & FoundUser)
  | ({ readonly outcome: 'no-group' | 'unknown' | 'ended' } & { [K in keyof FoundUser]: FoundUser[K] | null })
);

/** Null: there is no such provider any more. Errors: LAST_ADMINISTRATOR. */
export const signInByProvider = async (
  trx: Trx,
  provider: string,
  { subject, logins, displayName, groups }: Vouched,
): Promise<SaidOfPerson | null> => {
  const { rows } = await sql<SaidOfPerson>`select * from sign_in_by_provider(${provider}::uuid, ${subject},
    ${[...logins]}::text[], ${displayName}, ${[...groups]}::text[])`.execute(trx);
  return rows[0] ?? null;
};

export const refuseByProvider = async (
  trx: Trx,
  provider: string,
  said: {
    readonly login: string | null;
    readonly code: ErrorCode;
    readonly attempted: string;
    readonly requestId: string;
  },
): Promise<void> => {
  await sql`select refuse_by_provider(${provider}::uuid, ${said.login}, ${said.code}, ${said.attempted},
    ${said.requestId})`.execute(trx);
};

const PLAIN = [
  'id',
  'name',
  'issuer',
  'client_id',
  'master_key_id',
  'scope',
  'groups_claim',
  'roles',
  'factor_acr',
  'factor_amr',
  'adds_people',
  'set_login',
  'set_at',
] as const;

/** Of the actor's agency. */
export const ownProvider = (trx: Trx) => trx.selectFrom('sign_in_providers').select(PLAIN).executeTakeFirst();

/** Those whom the viewer may know: all of them for an administrator. */
export const peopleOf = async (trx: Trx, issuer: string): Promise<number> => {
  const { people } = await trx
    .selectFrom('provider_people')
    .select(({ fn }) => fn.countAll<string>().as('people'))
    .where('issuer', '=', issuer)
    .executeTakeFirstOrThrow();
  return Number(people);
};

export interface SealedSecret {
  readonly master_key_id: string | null;
  readonly wrapped: Buffer | null;
  readonly sealed_secret: Buffer | null;
}

/** `secret` undefined: the one before stays. */
export const writeProvider = async (
  trx: Trx,
  { actor }: Context,
  id: string,
  set: SignInProviderSet,
  secret: SealedSecret | undefined,
): Promise<void> => {
  const row = {
    name: set.name,
    issuer: set.issuer,
    client_id: set.clientId,
    scope: set.scope,
    groups_claim: set.groupsClaim,
    roles: JSON.stringify(set.roles),
    factor_acr: set.secondFactor.acr,
    factor_amr: set.secondFactor.amr,
    adds_people: set.addsPeople,
    set_by: actor.userId,
    set_login: actor.login,
    ...secret,
  };
  await trx
    .insertInto('sign_in_providers')
    .values({ ...row, id, agency_id: actor.agencyId })
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ ...row, set_at: new Date() }))
    .execute();
};

/** The name and the issuer of the one that is gone; null: there was none. */
export const deleteProvider = async (trx: Trx) =>
  (await trx.deleteFrom('sign_in_providers').returning(['name', 'issuer', 'roles']).executeTakeFirst()) ?? null;

export const bindToProvider = async (trx: Trx, login: string, subject: string | null): Promise<string | null> => {
  const { rows } = await sql<{ id: string | null }>`select bind_to_provider(${login}, ${subject}) as id`.execute(trx);
  return rows[0]?.id ?? null;
};

/** The provider that a session was let in by, as far as its person may know it; null: a password did. */
export const providerOfSession = async (trx: Trx, sessionId: string) =>
  (await trx
    .selectFrom('sessions')
    .innerJoin('sign_in_providers as p', 'p.id', 'sessions.provider_id')
    .select(['p.id', 'p.name', 'p.issuer', 'p.factor_acr', 'p.factor_amr'])
    .where('sessions.id', '=', sessionId)
    .executeTakeFirst()) ?? null;

/** That its person came in by a provider, and nothing more is asked of them. */
export const noteSignedIn = async (trx: Trx, userId: string, provider: string): Promise<void> => {
  await trx
    .updateTable('provider_people')
    .from('sign_in_providers as p')
    .set({ signed_in_at: new Date() })
    .whereRef('provider_people.issuer', '=', 'p.issuer')
    .where('p.id', '=', provider)
    .where('provider_people.user_id', '=', userId)
    .execute();
};

/** Whether the actor is who the provider calls so. */
export const isSubject = async (trx: Trx, userId: string, issuer: string, subject: string): Promise<boolean> =>
  (await trx
    .selectFrom('provider_people')
    .select('id')
    .where('user_id', '=', userId)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()) !== undefined;
