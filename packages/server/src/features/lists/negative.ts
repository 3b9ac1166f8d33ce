// The negative list of an agency: digests that are never a hit there, each by somebody's word, for a reason and perhaps for a time; and what was set aside
// because it is in too many files, until somebody says what it is. Nothing here touches what other agencies see.
import { sql, type RawBuilder } from 'kysely';
import { Digest, Id, type NegativeAdd, type NegativeDigest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { kindOfDigest } from '@redthread/core/index/exact';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { NEGATIVE_IN_FORCE } from '../funnel/index.js';
import { requireToCome } from './expire.js';

interface Row extends Omit<NegativeDigest, 'createdAt' | 'expiresAt' | 'end'> {
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedLogin: string | null;
  readonly endReason: string | null;
}

const toDigest = ({ createdAt, expiresAt, endedAt, endedLogin, endReason, ...row }: Row): NegativeDigest => ({
  ...row,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  end: endedAt === null ? null : { at: endedAt.toISOString(), login: endedLogin ?? '', reason: endReason ?? '' },
});

const MOST_SHOWN = 2_000;

/** A media of it that the viewer sees, looked up by the index of its kind. */
const MEDIA = sql`case n.kind when 'sha256' then (select m.id from media m where m.sha256 = n.digest limit 1)
  when 'sha1' then (select m.id from media m where m.sha1 = n.digest limit 1) else (select m.id from media m where m.md5 = n.digest limit 1) end`;

/** What waits for a person first, then the newest. `which`: of `n` (negative_digests). */
const readNegative = async (trx: Trx, which: RawBuilder<unknown>): Promise<NegativeDigest[]> => {
  const { rows } =
    await sql<Row>`select n.id, n.kind, encode(n.digest, 'hex') as digest, n.state, n.origin, n.files, n.lists, n.reason,
      n.set_login as login, n.created_at as "createdAt", n.expires_at as "expiresAt", n.ended_at as "endedAt", n.ended_login as "endedLogin",
      n.end_reason as "endReason", ${NEGATIVE_IN_FORCE} as counts,
      ${MEDIA} as "mediaId"
    from negative_digests n where ${which}
    order by n.state <> 'set-aside', n.created_at desc, n.id limit ${MOST_SHOWN}`.execute(trx);
  return rows.map(toDigest);
};

/** Of the own agency; `ended`: also what was put back or taken off again. */
export const listNegative = (store: Store, ctx: Context, ended: boolean): Promise<NegativeDigest[]> =>
  withContext(store.app, ctx, (trx) => readNegative(trx, ended ? sql`true` : sql`n.state <> 'ended'`), {
    access: 'read only',
  });

const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** One whose time is over is added anew. Errors: FORBIDDEN, READ_ONLY, HASH_INVALID, ARGUMENT_INVALID, ALREADY_EXISTS. */
export const addNegative = (
  store: Store,
  ctx: Context,
  { digest: hex, expiresAt, reason }: NegativeAdd,
): Promise<NegativeDigest> => {
  requireRight(ctx, 'keep the negative list');
  requireWritable(store);
  if (expiresAt !== undefined) requireToCome(new Date(expiresAt), 'expires');
  if (hex === SHA256_OF_NOTHING)
    throw fail('ARGUMENT_INVALID', 'the digest of an empty file never matches anyway', { pointer: 'digest' });
  const digest = Buffer.from(hex, 'hex');
  const kind = kindOfDigest(digest);
  return withContext(store.app, ctx, async (trx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into negative_digests (agency_id, kind, digest, reason, set_by, set_login, expires_at)
      values (${ctx.actor.agencyId}, ${kind}, ${digest}, ${reason}, ${ctx.actor.userId}, ${ctx.actor.login}, ${expiresAt ?? null}::timestamptz)
      on conflict (agency_id, digest) where state <> 'ended' do update
        set reason = excluded.reason, set_by = excluded.set_by, set_login = excluded.set_login, expires_at = excluded.expires_at
        where negative_digests.state = 'negative' and negative_digests.expires_at <= now()
      returning id`.execute(trx);
    const id = rows[0]?.id;
    if (id === undefined)
      throw fail('ALREADY_EXISTS', saying`${hex} on the negative list of your agency, or set aside there`);
    await audit(trx, ctx, {
      type: 'negative-add',
      object: { kind: 'negative-digest', id },
      detail: { kind, digest: hex, reason, expires: expiresAt ?? null },
    });
    return one(trx, id);
  });
};

/** What was set aside stays away. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, NEGATIVE_DECIDED, ARGUMENT_INVALID. */
export const keepNegative = (
  store: Store,
  ctx: Context,
  id: string,
  { expiresAt, reason }: Omit<NegativeAdd, 'digest'>,
): Promise<NegativeDigest> => {
  requireRight(ctx, 'keep the negative list');
  requireWritable(store);
  if (expiresAt !== undefined) requireToCome(new Date(expiresAt), 'expires');
  return withContext(store.app, ctx, async (trx) => {
    const { digest, kind, state } = await held(trx, id);
    if (state !== 'set-aside') throw fail('NEGATIVE_DECIDED', saying`${digest} is ${state}`);
    await sql`update negative_digests set state = 'negative', reason = ${reason}, set_by = ${ctx.actor.userId}, set_login = ${ctx.actor.login},
      expires_at = ${expiresAt ?? null}::timestamptz where id = ${id}::uuid`.execute(trx);
    await audit(trx, ctx, {
      type: 'negative-add',
      object: { kind: 'negative-digest', id },
      detail: { kind, digest, reason, expires: expiresAt ?? null },
    });
    return one(trx, id);
  });
};

/** Put back, or taken off again: from now on it counts. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, NEGATIVE_DECIDED. */
export const endNegative = (store: Store, ctx: Context, id: string, reason: string): Promise<NegativeDigest> => {
  requireRight(ctx, 'keep the negative list');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const { digest, kind, state } = await held(trx, id);
    if (state === 'ended') throw fail('NEGATIVE_DECIDED', saying`${digest} counts again already`);
    await sql`update negative_digests set state = 'ended', ended_at = now(), ended_by = ${ctx.actor.userId}, ended_login = ${ctx.actor.login},
      end_reason = ${reason} where id = ${id}::uuid`.execute(trx);
    await audit(trx, ctx, {
      type: 'negative-end',
      object: { kind: 'negative-digest', id },
      detail: { kind, digest, reason },
    });
    return one(trx, id);
  });
};

/** By its id or its digest; what is in force comes before what counts again. Errors: NOT_FOUND. */
export const negativeNamed = async (store: Store, ctx: Context, name: string): Promise<NegativeDigest> => {
  const [id, digest] = [Id.safeParse(name).data, Digest.safeParse(name).data];
  const which =
    id !== undefined
      ? sql`n.id = ${id}::uuid`
      : digest !== undefined
        ? sql`n.digest = ${Buffer.from(digest, 'hex')}`
        : sql`false`;
  const found = await withContext(store.app, ctx, (trx) => readNegative(trx, which), { access: 'read only' });
  const first = found.find(({ state }) => state !== 'ended') ?? found[0];
  if (first === undefined)
    throw fail('NOT_FOUND', saying`${name} on the negative list of your agency: see redthread list negative --all`);
  return first;
};

const held = async (trx: Trx, id: string): Promise<NegativeDigest> => {
  await sql`select from negative_digests where id = ${id}::uuid for update`.execute(trx);
  const [row] = await readNegative(trx, sql`n.id = ${id}::uuid`);
  if (row === undefined) throw fail('NOT_FOUND', 'no such digest on the negative list of your agency');
  return row;
};

const one = async (trx: Trx, id: string): Promise<NegativeDigest> => {
  const [row] = await readNegative(trx, sql`n.id = ${id}::uuid`);
  if (row === undefined) throw fail('INTERNAL', `${id} is not there any more`);
  return row;
};
