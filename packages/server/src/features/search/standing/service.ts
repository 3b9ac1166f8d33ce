// Keeping a search, looking through it now, ending it. It is its owner's alone: whoever else asks gets what an unknown one gets.
import { sql } from 'kysely';
import {
  Id,
  STANDING_DAYS,
  STANDING_OPEN,
  type StandingDetail,
  type StandingFilter,
  type StandingKeep,
  type StandingPictureKeep,
  type StandingSearch,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';
import { audit, lockName, withContext, withTime, type Store, type Trx } from '../../../store/index.js';
import { requireRight } from '../../accounts/index.js';
import { requireWritable } from '../../cases/index.js';
import { requireScope, scopeOf } from '../../funnel/index.js';
import { requireContentStep } from '../../stacks/index.js';
import { regionOf } from '../by-picture.js';
import { pictureOf, readPicture, type OutsidePicture } from '../read-picture.js';
import { look, lookNow, MOST_FILES, type KeptQuery } from './look.js';
import { readHits, readLooks, readStanding } from './rows.js';

type Searching = Store<'app' | 'matcher'>;

const DAY_MS = 24 * 3_600_000;

interface Kept {
  readonly name: string;
  readonly purpose: string;
  readonly expiresAt: string;
}

/** Errors: FORBIDDEN, READ_ONLY, ARGUMENT_INVALID. */
const requireToKeep = (store: Store, ctx: Context, { expiresAt }: Kept): void => {
  requireRight(ctx, 'keep searches');
  requireWritable(store);
  const days = (Date.parse(expiresAt) - Date.now()) / DAY_MS;
  if (days <= 0)
    throw fail('ARGUMENT_INVALID', saying`${expiresAt.slice(0, 10)} has passed: it would never look`, {
      pointer: 'expires',
    });
  if (days > STANDING_DAYS)
    throw fail(
      'ARGUMENT_INVALID',
      saying`${expiresAt.slice(0, 10)}: a search is kept for ${STANDING_DAYS} days at most`,
      {
        pointer: 'expires',
      },
    );
};

/**
 * By words, a digest or a filter. What is there already is found at once and told by no notice.
 * Errors: FORBIDDEN, READ_ONLY, ARGUMENT_INVALID, ALREADY_EXISTS, STANDING_LIMIT, SEARCH_TOO_WIDE; NOT_FOUND, REQUEST_INVALID of a filter.
 */
export const keepSearch = (store: Searching, ctx: Context, input: StandingKeep): Promise<StandingSearch> => {
  requireToKeep(store, ctx, input);
  requireContentStep(input.filter?.step);
  const { filter, q } = input;
  return insert(store, ctx, input, q !== undefined ? { q } : filter !== undefined ? { filter } : {}, []);
};

/** Errors: those of `keepSearch`; with a region those of `readPicture`. */
export const keepPicture = async (
  store: Searching,
  ctx: Context,
  input: StandingPictureKeep,
  bytes: Uint8Array,
): Promise<StandingSearch> => {
  requireToKeep(store, ctx, input);
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return insertPicture(store, ctx, input, await pictureOf(store.config, given, regionOf(input)));
};

/** Errors: those of `keepPicture`; SOURCE_UNREADABLE. */
export const keepPictureFile = async (
  store: Searching,
  ctx: Context,
  input: StandingPictureKeep,
  file: string,
): Promise<StandingSearch> => {
  requireToKeep(store, ctx, input);
  return insertPicture(store, ctx, input, await readPicture(store.config, file, regionOf(input)));
};

const insertPicture = (
  store: Searching,
  ctx: Context,
  input: StandingPictureKeep,
  { note, seen, sha256 }: OutsidePicture,
): Promise<StandingSearch> => {
  const methods = Object.fromEntries(seen.signals.map(({ method, version }) => [method, version]));
  const picture = { sha256, seen: seen.sha256, region: input.region ?? null, note, methods };
  return insert(store, ctx, input, { picture }, seen.signals);
};

const kindOf = ({ picture, q }: KeptQuery): StandingSearch['kind'] =>
  picture !== undefined ? 'picture' : q !== undefined ? 'words' : 'filter';

const insert = async (
  store: Searching,
  ctx: Context,
  { expiresAt, name, purpose }: Kept,
  query: KeptQuery,
  signals: readonly Signal[],
): Promise<StandingSearch> => {
  const kind = kindOf(query);
  const { agencyId, userId } = ctx.actor;
  const id = await withContext(store.app, ctx, async (trx) => {
    await lockName(trx, `standing searches of ${userId}`);
    await requireRoom(trx);
    if (query.filter !== undefined) await requireSeen(trx, query.filter);
    const { rows } = await sql<{
      id: string;
    }>`insert into standing_searches (agency_id, user_id, name, kind, query, purpose, expires_at)
      values (${agencyId}, ${userId}, ${name}, ${kind}, ${JSON.stringify(query)}::jsonb, ${purpose}, ${expiresAt}::timestamptz)
      on conflict do nothing returning id`.execute(trx);
    const made = rows[0]?.id;
    if (made === undefined) throw fail('ALREADY_EXISTS', saying`a search of yours that is kept as ${name}`);
    for (const { method, quality, value, version } of signals)
      await sql`select keep_standing_signal(${made}::uuid, ${method}, ${version}, ${quality}, ${Buffer.from(value)})`.execute(
        trx,
      );
    await audit(trx, ctx, {
      type: 'standing-keep',
      object: { kind: 'standing-search', id: made },
      detail: { name, by: kind, expires: expiresAt },
    });
    return made;
  });
  // The signals are read by another role, and so after they were committed; what cannot be looked for is not kept.
  try {
    await withContext(store.app, { ...ctx, purpose }, async (trx) => {
      await withTime(trx);
      const found = await lookNow(store, trx, ctx, { id, name, kind, query, mark: null, looked_at: null });
      if (kind === 'words' && found.truncated)
        throw fail('SEARCH_TOO_WIDE', saying`${name}: more than ${MOST_FILES} files, cases or exhibits`, {
          pointer: 'q',
        });
    });
  } catch (error) {
    await withContext(store.app, ctx, (trx) => end(trx, ctx, { id, name }, 'it could not be looked for'));
    throw error;
  }
  return oneStanding(store, ctx, id);
};

/** What a filter is limited to. Errors: NOT_FOUND, REQUEST_INVALID. */
const requireSeen = async (trx: Trx, filter: StandingFilter): Promise<void> => {
  const scope = scopeOf(filter);
  if (scope !== null) await requireScope(trx, scope);
  const { list } = filter;
  if (list === undefined) return;
  const { rows } = await sql`select from lists where id = ${list}::uuid`.execute(trx);
  if (rows.length === 0) throw fail('NOT_FOUND', 'no such list');
};

const requireRoom = async (trx: Trx): Promise<void> => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from standing_searches
    where ended_at is null and expires_at > now()`.execute(trx);
  const n = rows[0]?.n ?? 0;
  if (n >= STANDING_OPEN) throw fail('STANDING_LIMIT', saying`${n} of ${STANDING_OPEN}`);
  // Whose time is over makes room for its name.
  await sql`update standing_searches set ended_at = expires_at, end_reason = 'its time is over'
    where ended_at is null and expires_at <= now()`.execute(trx);
};

/** One's own; `ended`: also those that look no more by somebody's word. */
export const listStanding = (store: Store, ctx: Context, ended: boolean): Promise<StandingSearch[]> =>
  withContext(store.app, ctx, (trx) => readStanding(trx, ended ? sql`true` : sql`s.ended_at is null`), {
    access: 'read only',
  });

const requireOwn = async (trx: Trx, id: string): Promise<StandingSearch> => {
  const [found] = await readStanding(trx, sql`s.id = ${id}::uuid`);
  if (found === undefined) throw fail('NOT_FOUND', 'no such kept search of yours');
  return found;
};

const oneStanding = (store: Store, ctx: Context, id: string): Promise<StandingSearch> =>
  withContext(store.app, ctx, (trx) => requireOwn(trx, id), { access: 'read only' });

/** Errors: NOT_FOUND. */
export const showStanding = (store: Store, ctx: Context, id: string): Promise<StandingDetail> =>
  withContext(
    store.app,
    ctx,
    async (trx) => ({
      ...(await requireOwn(trx, id)),
      found: await readHits(trx, id),
      looks: await readLooks(trx, id),
    }),
    { access: 'read only' },
  );

/** By its name or its id; one that looks comes before one that has ended. Errors: NOT_FOUND. */
export const standingNamed = async (store: Store, ctx: Context, name: string): Promise<StandingSearch> => {
  const id = Id.safeParse(name).data;
  const which = id === undefined ? sql`s.name = ${name}` : sql`s.id = ${id}::uuid`;
  const [found] = await withContext(store.app, ctx, (trx) => readStanding(trx, which), { access: 'read only' });
  if (found === undefined)
    throw fail('NOT_FOUND', saying`${name}: see redthread standing --all for the searches you keep`);
  return found;
};

/** Looks now. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, STANDING_ENDED; of what is looked for. */
export const lookAgain = async (store: Searching, ctx: Context, id: string): Promise<StandingSearch> => {
  requireRight(ctx, 'keep searches');
  requireWritable(store);
  const { name, purpose } = await oneStanding(store, ctx, id);
  if ((await look(store, { ...ctx, purpose }, id, true)) === null) throw fail('STANDING_ENDED', name);
  return oneStanding(store, ctx, id);
};

/** What it found stays to be read. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, STANDING_ENDED. */
export const endStanding = (store: Store, ctx: Context, id: string, reason: string): Promise<StandingSearch> => {
  requireRight(ctx, 'keep searches');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const { name } = await requireOwn(trx, id);
    if (!(await end(trx, ctx, { id, name }, reason))) throw fail('STANDING_ENDED', name);
    return requireOwn(trx, id);
  });
};

const end = async (
  trx: Trx,
  ctx: Context,
  { id, name }: { readonly id: string; readonly name: string },
  reason: string,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update standing_searches set ended_at = now(), end_reason = ${reason}
    where id = ${id}::uuid and ended_at is null`.execute(trx);
  if (numAffectedRows !== 1n) return false;
  await audit(trx, ctx, {
    type: 'standing-end',
    object: { kind: 'standing-search', id },
    detail: { name, reason },
  });
  return true;
};
