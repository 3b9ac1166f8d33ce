// Gives a case a new key: its envelopes go over to it in batches while people read and ingests write, then the old key is
// gone. Killed at any point, the same command goes on: until the end both keys are there, and each envelope says which is its.
import { sql, type Kysely } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import {
  audit,
  isDestroyed,
  KEY_IN_FORCE_LOCK,
  newKey,
  readKeyExpectation,
  unwrapKey,
  withContext,
  wrapKey,
  type CaseKey,
  type Database,
  type Store,
} from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { withKeyLock } from './key-lock.js';

export interface Rewrapped {
  readonly case: string;
  /** How many keys the case has had, this one included. */
  readonly generation: number;
  readonly envelopes: number;
}

interface CasePlace {
  readonly agencyId: string;
  readonly caseId: string;
}

const BATCH = 1_000;
const FOREIGN_KEY_VIOLATION = '23503';

/** Errors: FORBIDDEN, CASE_UNKNOWN, CASE_ENDED, KEY_MISSING, KEY_WRONG, KEY_HALF_ROTATED, KEY_BUSY. */
export const rewrapCase = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
  reference: string,
  onProgress: (envelopes: number) => void = () => undefined,
): Promise<Rewrapped> => {
  requireRight(ctx, 'change keys of cases');
  store.keys.requireReady();
  const { agencyId } = ctx.actor;
  const found = await withContext(store.app, ctx, (trx) =>
    trx
      .selectFrom('cases')
      .select('id')
      .where('agency_id', '=', agencyId)
      .where('reference', '=', reference)
      .executeTakeFirst(),
  );
  if (found === undefined) throw fail('CASE_UNKNOWN', reference);
  const place = { agencyId, caseId: found.id };
  return withKeyLock(store.owner, found.id, async () => {
    const [newest, ...older] = await beginOrGoOn(store, ctx, place);
    let envelopes = 0;
    if (newest !== undefined && older.length > 0)
      do {
        for (let went = -1; went !== 0; envelopes += went) {
          went = await rewrapBatch(store.owner, place, newest, older);
          onProgress(envelopes + went);
        }
      } while (!(await dropOlder(store.owner, ctx, place, newest.generation, envelopes)));
    return { case: reference, generation: newest?.generation ?? 0, envelopes };
  });
};

/** Keys of the case, newest first: a new one before those that are there, unless an earlier run has made it. */
const beginOrGoOn = ({ owner, keys }: Store<'owner'>, ctx: Context, place: CasePlace): Promise<CaseKey[]> =>
  owner.transaction().execute(async (trx) => {
    // The master key in force stays in force until this is committed.
    await sql`select pg_advisory_xact_lock_shared(${KEY_IN_FORCE_LOCK}::bigint)`.execute(trx);
    keys.expect(await readKeyExpectation(trx));
    const use = { purpose: 'case', ...place } as const;
    const rows = await trx
      .selectFrom('case_keys')
      .selectAll()
      .where('case_id', '=', place.caseId)
      .orderBy('generation', 'desc')
      .execute();
    if (rows.some(({ wrapped }) => isDestroyed(wrapped)))
      throw fail('CASE_ENDED', 'the key of this case was destroyed');
    const present = rows.map(({ generation, ...row }) => ({ generation, key: keys.unwrap(row, use) }));
    if (present.length !== 1) return present;
    const next = { generation: (present[0]?.generation ?? 0) + 1, key: newKey() };
    await trx
      .insertInto('case_keys')
      .values({
        case_id: place.caseId,
        agency_id: place.agencyId,
        generation: next.generation,
        ...keys.wrap(next.key, use),
      })
      .execute();
    await audit(trx, ctx, {
      type: 'key-rewrap',
      object: { kind: 'case', id: place.caseId },
      detail: { generation: next.generation, step: 'begun', envelopes: 0 },
    });
    return [next, ...present];
  });

const rewrapBatch = (
  owner: Kysely<Database>,
  { agencyId, caseId }: CasePlace,
  newest: CaseKey,
  older: readonly CaseKey[],
): Promise<number> =>
  owner.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('envelopes')
      .select(['media_id', 'generation', 'wrapped'])
      .where('case_id', '=', caseId)
      .where('generation', '<', newest.generation)
      .orderBy('generation')
      .orderBy('media_id')
      .limit(BATCH)
      .forUpdate()
      .execute();
    const rewrapped = rows.map(({ media_id: mediaId, generation, wrapped }) => {
      const use = { purpose: 'data', agencyId, caseId, mediaId } as const;
      const old = older.find((key) => key.generation === generation);
      if (old === undefined) throw fail('VAULT_CORRUPT', saying`case ${caseId} has no key ${generation}`);
      return wrapKey(newest.key, unwrapKey(old.key, wrapped, use), use);
    });
    await sql`update envelopes e set generation = ${newest.generation}, wrapped = n.wrapped
      from unnest(${rows.map((row) => row.media_id)}::uuid[], ${rewrapped}::bytea[]) as n (media_id, wrapped)
      where e.case_id = ${caseId}::uuid and e.media_id = n.media_id`.execute(trx);
    return rows.length;
  });

/** False when an ingest has put an envelope under an old key meanwhile: there is more to do. */
const dropOlder = async (
  owner: Kysely<Database>,
  ctx: Context,
  { caseId }: CasePlace,
  generation: number,
  envelopes: number,
): Promise<boolean> => {
  try {
    await owner.transaction().execute(async (trx) => {
      await trx.deleteFrom('case_keys').where('case_id', '=', caseId).where('generation', '<', generation).execute();
      await audit(trx, ctx, {
        type: 'key-rewrap',
        object: { kind: 'case', id: caseId },
        detail: { generation, step: 'done', envelopes },
      });
    });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
};
