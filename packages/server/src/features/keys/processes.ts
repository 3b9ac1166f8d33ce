// Gives the new master key to processes that run, before anything lies under it: each asks with proof that it holds the old
// one. The change goes on when every living one has taken it.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import { liveProcesses, runnerOf } from '../../app/processes.js';
import { sealKey, type Database, type MasterKey } from '../../store/index.js';

const ROUND_MS = 200;

export interface HandOverKeys {
  readonly old: MasterKey;
  readonly next: MasterKey;
}

/** Answers whoever asks now. */
export const answerRequests = async (owner: Kysely<Database>, { old, next }: HandOverKeys): Promise<void> => {
  const open = await owner
    .selectFrom('key_handovers')
    .selectAll()
    .where('sealed', 'is', null)
    .where('from_key_id', '=', old.id)
    .where('to_key_id', '=', next.id)
    .execute();
  for (const request of open) {
    const handOver = { id: request.id, fromKeyId: request.from_key_id, toKeyId: request.to_key_id };
    const sealed = sealKey({ old, next }, handOver, { publicKey: request.public_key, proof: request.proof });
    if (sealed !== null)
      await owner.updateTable('key_handovers').set({ sealed }).where('id', '=', request.id).execute();
  }
};

interface Waiting {
  readonly kind: string;
  readonly pid: number;
  readonly host: string;
}

/** Processes that open content and have not taken the key `to`. */
const waitingProcesses = async (owner: Kysely<Database>, to: string): Promise<Waiting[]> => {
  const living = await liveProcesses(runnerOf(owner), ['server', 'worker', 'ingest', 'sealer']);
  const taken = await owner
    .selectFrom('key_handovers')
    .select(['host', 'pid'])
    .where('to_key_id', '=', to)
    .where('taken_at', 'is not', null)
    .execute();
  const has = new Set(taken.map(({ host, pid }) => `${host} ${pid}`));
  const self = `${hostname()} ${process.pid}`;
  return living.filter(({ host, pid }) => !has.has(`${host} ${pid}`) && self !== `${host} ${pid}`);
};

/** Waits until every living process has the key. Errors: KEY_NOT_TAKEN, naming those that have not. */
export const handOver = async (owner: Kysely<Database>, keys: HandOverKeys, patienceMs: number): Promise<number> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    await answerRequests(owner, keys);
    const waiting = await waitingProcesses(owner, keys.next.id);
    if (waiting.length === 0) break;
    if (Date.now() > until)
      throw fail(
        'KEY_NOT_TAKEN',
        `${waiting.map(({ kind, pid, host }) => `the ${kind} with pid ${pid} on ${host}`).join(', ')} ` +
          `has not asked for it within ${Math.round(patienceMs / 1_000)} s: it is read-only, or of an older version`,
      );
    await sleep(ROUND_MS);
  }
  const { rows } = await sql<{ taken: number }>`
    select count(*) as taken from key_handovers where taken_at is not null and to_key_id = ${keys.next.id}`.execute(
    owner,
  );
  return rows[0]?.taken ?? 0;
};
