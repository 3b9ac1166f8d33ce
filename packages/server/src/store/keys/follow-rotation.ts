// Lets a running process keep up with a change of the master key: it looks now and then which keys the store asks for, and
// asks for the new one when it holds the old.
import { randomUUID, type KeyObject } from 'node:crypto';
import { hostname } from 'node:os';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../tables.js';
import { askForKey, openKey, type HandOver } from './hand-over.js';
import type { KeyRing } from './key-ring.js';
import { readKeyExpectation, type KeyRotation } from './rotation.js';

/** How the process reaches the tables: a pool, or a transaction of the role `app`. */
export type RunQueries = <T>(fn: (db: Kysely<Database>) => Promise<T>) => Promise<T>;

const LOOK_EVERY_MS = 2_000;
/** Once a change is under way. */
const LOOK_SOON_MS = 250;

interface Asked extends HandOver {
  readonly privateKey: KeyObject;
}

/** Answers how to end it. A database that does not answer is asked again; what this process holds stays as it is. */
export const followKeyRotation = (run: RunQueries, keys: KeyRing): (() => Promise<void>) => {
  let asked: Asked | null = null;
  const look = async (): Promise<void> => {
    const expected = await run(readKeyExpectation);
    const { rotation } = expected;
    if (rotation === null) asked = null;
    else if (keys.ready && !keys.holds(rotation.to)) asked = await step(run, keys, rotation, asked);
    keys.expect(expected);
  };
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const wait = (): void => {
    if (stopped) return;
    const soon = asked !== null && !keys.holds(asked.toKeyId);
    timer = setTimeout(
      () => {
        looking = look()
          .catch(() => undefined)
          .finally(wait);
      },
      soon ? LOOK_SOON_MS : LOOK_EVERY_MS,
    );
    timer.unref();
  };
  wait();
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await looking;
  };
};

const step = async (
  run: RunQueries,
  keys: KeyRing,
  rotation: KeyRotation,
  asked: Asked | null,
): Promise<Asked | null> => {
  const oldKey = keys.byId(rotation.from);
  if (asked === null || asked.toKeyId !== rotation.to || asked.fromKeyId !== rotation.from) {
    const handOver = { id: randomUUID(), fromKeyId: rotation.from, toKeyId: rotation.to };
    const { publicKey, proof, privateKey } = askForKey(oldKey, handOver);
    await run((db) =>
      db
        .insertInto('key_handovers')
        .values({
          id: handOver.id,
          host: hostname(),
          pid: process.pid,
          from_key_id: rotation.from,
          to_key_id: rotation.to,
          public_key: publicKey,
          proof,
        })
        .execute(),
    );
    return { ...handOver, privateKey };
  }
  const answer = await run((db) =>
    db.selectFrom('key_handovers').select('sealed').where('id', '=', asked.id).executeTakeFirst(),
  );
  // The request is gone: whoever changes the key began anew, and is asked anew.
  if (answer === undefined) return null;
  if (answer.sealed === null) return asked;
  keys.add(openKey(oldKey, asked, asked.privateKey, answer.sealed));
  await run((db) =>
    db
      .updateTable('key_handovers')
      .set({ taken_at: sql<Date>`now()` })
      .where('id', '=', asked.id)
      .execute(),
  );
  return asked;
};
