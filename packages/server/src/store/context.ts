// The only way to query as a person: a transaction that carries who asks. Row-level security reads it; without it every
// table is empty. Services receive the branded `Trx`, so that code which forgot the context does not compile.
import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { AuditEvent } from '@redthread/core/audit';
import type { Context } from '@redthread/core/domain';
import { CATALOGUE, fail, type ErrorCode } from '@redthread/core/errors';
import { kept } from './kept-plans.js';
import type { Database } from './tables.js';

declare const appBrand: unique symbol;
declare const trxBrand: unique symbol;

/** The pool of the role `app`; it has no methods on purpose: go through `withContext`. */
export interface AppDb {
  readonly [appBrand]: true;
}

/** A transaction that acts for somebody. */
export type Trx = Transaction<Database> & { readonly [trxBrand]: true };

export interface TransactionOptions {
  /** `read only` also runs in one snapshot, so that several queries of one answer agree. */
  readonly access?: 'read only' | 'read write';
}

/** Runs `fn` in a transaction as `ctx.actor`. */
export const withContext = <T>(
  db: AppDb,
  ctx: Context,
  fn: (trx: Trx) => Promise<T>,
  { access = 'read write' }: TransactionOptions = {},
): Promise<T> => {
  const builder = kyselyOf(db).transaction();
  const started =
    access === 'read only' ? builder.setIsolationLevel('repeatable read').setAccessMode('read only') : builder;
  return inOurWords(
    started.execute(async (trx) => {
      await actAs(trx as Trx, ctx);
      return fn(trx as Trx);
    }),
  );
};

/** For the rest of this transaction, with what the actor may see worked out once; for `withContext`, and for whoever comes into being in a transaction of nobody's. */
export const actAs = async (trx: Trx, { actor, requestId }: Context): Promise<void> => {
  await kept(sql`select set_config('app.user', ${actor.userId}, true), set_config('app.agency', ${actor.agencyId}, true),
    set_config('app.request', ${requestId}, true), look_around()`).execute(trx);
};

/** Gives the rest of this transaction the memory that sorts and joins of whole scopes need. */
export const withRoom = async (trx: Trx): Promise<void> => {
  await sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`.execute(trx);
};

/** Frees the rest of this transaction from the limits of the web: for what takes its time over all that somebody sees. */
export const withTime = async (trx: Trx): Promise<void> => {
  await sql`select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`.execute(
    trx,
  );
};

/** Until this transaction ends, whoever asks for the same name waits. */
export const lockName = async (trx: Transaction<Database>, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
};

/** For signing in only, when nobody is there yet: sees no table, only the functions that ask for a secret. */
export const withNobody = <T>(db: AppDb, fn: (trx: Trx) => Promise<T>): Promise<T> =>
  inOurWords(
    kyselyOf(db)
      .transaction()
      .execute((trx) => fn(trx as Trx)),
  );

/** What a function of the database refuses by our own rules (SQLSTATE RT001): its message is a code of the catalogue. */
const inOurWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    const { code, message, detail } = error as { code?: string; message?: string; detail?: string };
    if (code === 'RT001' && message !== undefined && Object.hasOwn(CATALOGUE, message))
      throw fail(message as ErrorCode, detail ?? '', { cause: error });
    throw error;
  });

/** Who an event is about when nobody has signed in: the login that was tried, as it was typed. */
export interface Nobody {
  readonly actor: null;
  readonly login: string | null;
  readonly purpose: null;
  readonly requestId: string;
}

/** The call that writes an event. Its plan is kept by the session. */
const written = (ctx: Context | Nobody, event: AuditEvent): RawBuilder<unknown> => {
  const { actor, purpose, requestId } = ctx;
  return sql`write_audit_event(${actor?.agencyId ?? null}, ${actor?.userId ?? null},
    ${ctx.actor === null ? ctx.login : ctx.actor.login}, ${event.type}, ${event.object?.kind ?? null},
    ${event.object?.id ?? null}, ${purpose}, ${requestId}, ${JSON.stringify(event.detail)})`;
};

/** Writes one event in this transaction: it is on record exactly when what it tells of is. */
export const audit = async (trx: Transaction<Database>, ctx: Context | Nobody, event: AuditEvent): Promise<void> => {
  await sql`select ${written(ctx, event)}`.execute(trx);
};

/** The same where `condition` holds, in one statement with the question whether it does; answers that. */
export const auditWhere = async (
  trx: Transaction<Database>,
  ctx: Context,
  event: AuditEvent,
  condition: RawBuilder<unknown>,
): Promise<boolean> => (await sql`select ${written(ctx, event)} where ${condition}`.execute(trx)).rows.length > 0;

/** Records a refusal in a transaction of its own: what was refused is rolled back, that it was tried is not. */
export const auditRefusal = async (
  db: AppDb,
  ctx: Context | Nobody,
  refusal: { readonly code: ErrorCode; readonly attempted: string },
  object: AuditEvent['object'] = null,
): Promise<void> => {
  const write = (trx: Trx): Promise<void> => audit(trx, ctx, { type: 'refusal', object, detail: refusal });
  await (ctx.actor === null ? withNobody(db, write) : withContext(db, ctx, write));
};

const kyselyOf = (db: AppDb): Kysely<Database> => db as unknown as Kysely<Database>;
