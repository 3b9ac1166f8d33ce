// The rounds of the searcher: every kept search in force is looked through where its owner's sight has changed, as that owner and one after the other.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { isRedthreadError } from '@redthread/core/errors';
import { withContext, type Store } from '../../../store/index.js';
import { dueOf, look } from './look.js';

interface InForce {
  readonly id: string;
  readonly agency_id: string;
  readonly user_id: string;
  readonly login: string;
  readonly roles: string[];
  readonly purpose: string;
}

const actingFor = (
  { agency_id: agencyId, login, roles, user_id: userId }: InForce,
  purpose: string | null = null,
): Context => ({
  actor: { agencyId, login, roles, userId },
  purpose,
  requestId: `standing ${randomUUID()}`,
});

type Log = (line: string) => void;

/** One round; answers how much was found that nobody had been told of. A search that fails says so itself and keeps no other from looking. */
export const lookAround = async (
  store: Store<'app' | 'matcher'>,
  stopping: AbortSignal,
  log: Log = () => undefined,
): Promise<number> => {
  await sql`select tell_of_standing_ends()`.execute(store.matcher);
  const { rows } = await sql<InForce>`select * from standing_in_force()`.execute(store.matcher);
  const owners = new Map(rows.map((search) => [search.user_id, search]));
  const due = new Set<string>();
  for (const owner of owners.values()) {
    if (stopping.aborted) break;
    const ids = await dueOf(store, actingFor(owner)).catch((error: unknown) => {
      log(`what ${owner.user_id} sees was not looked at for kept searches: ${String(error)}`);
      return [];
    });
    ids.forEach((id) => due.add(id));
  }
  let added = 0;
  for (const search of rows.filter(({ id }) => due.has(id))) {
    if (stopping.aborted) break;
    const ctx = actingFor(search, search.purpose);
    try {
      added += (await look(store, ctx, search.id, false)) ?? 0;
    } catch (error) {
      const code = isRedthreadError(error) ? error.code : 'INTERNAL';
      if (code === 'INTERNAL') log(`the kept search ${search.id} failed: ${String(error)}`);
      await withContext(store.app, ctx, (trx) =>
        sql`update standing_searches set failure = ${code} where id = ${search.id}::uuid`.execute(trx),
      );
    }
  }
  return added;
};

/** Until `stopping`; a round that fails as a whole (the database is away) is tried again. */
export const keepLooking = async (store: Store<'app' | 'matcher'>, stopping: AbortSignal, log: Log): Promise<void> => {
  while (!stopping.aborted) {
    await sleep(store.config.standingSeconds * 1000, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    await lookAround(store, stopping, log).catch((error: unknown) =>
      log(`the kept searches were not looked through: ${String(error)}`),
    );
  }
};
