// Who the command line acts as: the user bound to the account of the operating system, or another of this instance that
// is named with --as. Whoever can read the data folder's credentials may; what they do is on record under that name.
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { AuditObject } from '@redthread/core/audit';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { loadConfig, type Config } from '../../app/config.js';
import { liveProcesses } from '../../app/processes.js';
import { sealWhatWaits } from '../../sealer/index.js';
import type { AnyRole } from '../../store/connection.js';
import { audit, auditRefusal, openStore, withContext, withNobody, type Store } from '../../store/index.js';
import { userByLogin, userByOsAccount } from './queries.js';
import { contextOf } from './sign-in.js';

export const osAccount = (): string => userInfo().username;

/** Errors: USER_UNKNOWN, with the command that makes one. */
export const localActor = async (store: Store, account = osAccount(), as: string | null = null): Promise<Context> => {
  const user = await withNobody(store.app, (trx) =>
    as === null ? userByOsAccount(trx, account) : userByLogin(trx, as),
  );
  if (user === null)
    throw fail(
      'USER_UNKNOWN',
      as === null
        ? `nobody is bound to the system account ${account}: redthread user add NAME --agency AGENCY --country XX --role administrator --password-stdin`
        : `${as} has no account here`,
    );
  return contextOf(user, randomUUID());
};

export interface LocalSession<R extends AnyRole> {
  readonly store: Store<R | 'app'>;
  readonly config: Config;
  readonly ctx: Context;
}

interface GlobalOptions {
  readonly data?: string;
  readonly as?: string;
}

/** The global options of `redthread`, whichever command they were given to. */
const globalOptions = (program: Command): GlobalOptions => program.optsWithGlobals();

/** The configuration with the data folder that `--data` names. */
export const localConfig = (program: Command): Config => loadConfig({ data: globalOptions(program).data });

/**
 * What a command has left in the record is under seal when it ends, unless a sealer is at work. Whoever may not (a machine without
 * the sealer's password, a store without its key) leaves it to the next one who may.
 */
const sealBehind = async (store: Store, config: Config): Promise<void> => {
  if (!store.keys.ready) return;
  const atWork = await liveProcesses((work) => withNobody(store.app, work), ['sealer']);
  if (atWork.length > 0) return;
  const sealing = await openStore(config, { roles: ['sealer'], prepare: 'no' });
  await sealWhatWaits(sealing).finally(() => sealing.close());
};

/** Opens the store that `--data` names for a command, without an actor; `create`: one is made where none is. Errors: STORE_MISSING. */
export const withLocalStore = async <R extends AnyRole, T>(
  program: Command,
  roles: readonly R[],
  work: (store: Store<R | 'app'>, config: Config) => Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> => {
  const config = localConfig(program);
  const store = await openStore<R | 'app'>(config, { roles: ['app', ...roles], create });
  try {
    return await work(store, config);
  } finally {
    await sealBehind(store, config).catch(() => undefined);
    await store.close();
  }
};

/** Acts as the local user on a store that is open; what they are refused is on record. Errors: USER_UNKNOWN. */
export const actLocally = async <T>(
  program: Command,
  { store, config }: { readonly store: Store; readonly config: Config },
  work: (ctx: Context) => Promise<T>,
): Promise<T> => {
  const ctx = await localActor(store, osAccount(), globalOptions(program).as ?? config.user);
  try {
    return await work(ctx);
  } catch (error) {
    // Without its arguments: the record holds what was tried, not what was typed.
    const attempted = `redthread ${program.args[0] ?? ''}`.trim();
    if (isRedthreadError(error) && (error.status === 403 || error.status === 404))
      await auditRefusal(store.app, ctx, { code: error.code, attempted });
    throw error;
  }
};

/** Opens the store for a command and acts as the local user. Errors: STORE_MISSING, USER_UNKNOWN. */
export const withLocalSession = <R extends AnyRole, T>(
  program: Command,
  roles: readonly R[],
  work: (session: LocalSession<R>) => Promise<T>,
): Promise<T> =>
  withLocalStore(program, roles, (store, config) =>
    actLocally(program, { store, config }, (ctx) => work({ store, config, ctx })),
  );

/** Puts on record what the command line is about to show, as the API does for what it sends. */
export const recordView = (
  { store, ctx }: Pick<LocalSession<'app'>, 'store' | 'ctx'>,
  what: string,
  { object = null, count = null }: { readonly object?: AuditObject | null; readonly count?: number | null } = {},
): Promise<void> =>
  withContext(store.app, ctx, (trx) => audit(trx, ctx, { type: 'view', object, detail: { what, count } }));
