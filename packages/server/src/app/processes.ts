// Who is at work on this store: one row a process with a heartbeat, so that anybody can see which leases are orphans.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { sql, type Kysely } from 'kysely';
import { identityOf } from '../store/embedded/process-identity.js';
import type { SealerStatus } from '../store/record/tables.js';
import type { Database, ProcessStatus } from '../store/tables.js';

export type ProcessKind = Database['processes']['kind'];

export interface LiveProcess {
  readonly id: string;
  readonly kind: ProcessKind;
  readonly pid: number;
  readonly host: string;
}

export interface RegisteredProcess {
  readonly id: string;
  /** Says at once that it lives, and how it is. */
  beat(): Promise<unknown>;
  /** Ends the heartbeat and takes the row away. */
  leave(): Promise<void>;
}

/** How a process reaches the table: a pool, or for the role `app` a transaction (`(fn) => withNobody(app, fn)`). */
export type Runner = <T>(fn: (db: Kysely<Database>) => Promise<T>) => Promise<T>;
export const runnerOf =
  (db: Kysely<Database>): Runner =>
  (fn) =>
    fn(db);

const HEARTBEAT_MS = 5_000;
/** A process that was not heard of for so long counts as dead, wherever it runs. */
export const SILENT_AFTER_SECONDS = 20;

/**
 * Puts this process on record until it leaves; a heartbeat that fails (database restarting) is simply the next one. Each tells
 * what `statusOf` answers.
 */
export const registerProcess = async (
  run: Runner,
  kind: ProcessKind,
  statusOf?: () => Promise<ProcessStatus | SealerStatus>,
): Promise<RegisteredProcess> => {
  const id = randomUUID();
  const beat = async (): Promise<unknown> => {
    const status = statusOf === undefined ? null : JSON.stringify(await statusOf());
    return run((db) =>
      db
        .insertInto('processes')
        .values({ id, kind, pid: process.pid, host: hostname(), status })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ last_seen_at: sql<Date>`now()`, status }))
        .execute(),
    );
  };
  await beat();
  let beating: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beating = beat().catch(() => undefined);
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    id,
    beat,
    leave: async () => {
      clearInterval(timer);
      await beating;
      await run((db) => db.deleteFrom('processes').where('id', '=', id).execute()).catch(() => undefined);
    },
  };
};

/** Processes that are alive as far as this machine can tell. */
export const liveProcesses = async (run: Runner, kinds: readonly ProcessKind[]): Promise<LiveProcess[]> => {
  const rows = await run((db) =>
    db
      .selectFrom('processes')
      .select(['id', 'kind', 'pid', 'host'])
      .where('kind', 'in', [...kinds])
      .where('last_seen_at', '>', sql<Date>`now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`)
      .execute(),
  );
  return rows.filter((row) => !diedHere(row));
};

/** Takes the rows of dead processes away: silent ones, and those of this machine whose pid is gone. Answers their ids. */
export const removeDeadProcesses = async (run: Runner): Promise<string[]> => {
  const rows = await run((db) =>
    db
      .selectFrom('processes')
      .select(['id', 'pid', 'host'])
      .select(sql<boolean>`last_seen_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`.as('silent'))
      .execute(),
  );
  const dead = rows.filter((row) => row.silent || diedHere(row)).map((row) => row.id);
  if (dead.length > 0)
    await run((db) =>
      db
        .deleteFrom('processes')
        .where('id', '=', sql<string>`any(${dead}::uuid[])`)
        .execute(),
    );
  return dead;
};

const diedHere = ({ pid, host }: { readonly pid: number; readonly host: string }): boolean =>
  host === hostname() && identityOf(pid) === null;
