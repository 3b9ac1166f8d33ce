// The keys of packages: an agency's own, made when it is first asked for, and those of others that it trusts once their fingerprint was compared.
import type { ExchangeKey, ExchangePeer, ExchangePeerAdd, PackageKeys } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import {
  exchangeKeyFile,
  fingerprintOf,
  keyPairs,
  readExchangeKey,
  type KeyPairs,
} from '../../formats/package/keys.js';
import { audit, newKey, withContext, type Store, type Trx } from '../../store/index.js';
import { ownAgency, requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';

export interface OwnKeys extends KeyPairs {
  readonly fingerprint: string;
  readonly agency: string;
  readonly country: string;
}

/** Null where there are none yet. Errors: those of a ring that lacks the master key. */
const storedKeys = async (store: Store, trx: Trx, ctx: Context): Promise<OwnKeys | null> => {
  const row = await trx.selectFrom('exchange_keys').select(['key', 'master_key_id', 'wrapped']).executeTakeFirst();
  if (row === undefined) return null;
  const keys = keyPairs(store.keys.unwrap(row, { purpose: 'exchange', key: row.key }));
  const { country, name: agency } = await ownAgency(trx, ctx.actor.agencyId);
  return { ...keys, fingerprint: row.key, agency, country };
};

/** Errors: PACKAGE_KEY_MISSING with the command that makes them. */
export const ownKeys = async (store: Store, trx: Trx, ctx: Context): Promise<OwnKeys> => {
  const keys = await storedKeys(store, trx, ctx);
  if (keys === null) throw fail('PACKAGE_KEY_MISSING', 'your agency has no key for packages yet');
  return keys;
};

const shown = ({ agency, country, fingerprint, ...keys }: OwnKeys): ExchangeKey => ({
  agency,
  country,
  fingerprint,
  file: exchangeKeyFile(keys, agency, country),
});

/** Makes the own key where there is none. Errors: FORBIDDEN, READ_ONLY. */
export const makeKey = (store: Store, ctx: Context): Promise<ExchangeKey> => {
  requireRight(ctx, 'keep the keys of packages');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const there = await storedKeys(store, trx, ctx);
    if (there !== null) return shown(there);
    const root = newKey();
    const pairs = keyPairs(root);
    const key = fingerprintOf(pairs);
    await trx
      .insertInto('exchange_keys')
      .values({
        agency_id: ctx.actor.agencyId,
        key,
        signing_key: pairs.signing,
        opening_key: pairs.opening,
        ...store.keys.wrap(root, { purpose: 'exchange', key }),
      })
      .execute();
    await audit(trx, ctx, {
      type: 'exchange-key',
      object: { kind: 'agency', id: ctx.actor.agencyId },
      detail: { change: 'made', agency: '', fingerprint: key },
    });
    return shown(await ownKeys(store, trx, ctx));
  });
};

const PEER = ['id', 'name', 'country', 'fingerprint', 'added_login as by', 'added_at as at'] as const;

/** The own key as others are given it, and those that are trusted. Errors: FORBIDDEN, KEY_MISSING. */
export const packageKeys = (store: Store, ctx: Context): Promise<PackageKeys> => {
  requireRight(ctx, 'export cases');
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const own = await storedKeys(store, trx, ctx);
      const rows = await trx
        .selectFrom('exchange_peers')
        .select(PEER)
        .where('removed_at', 'is', null)
        .orderBy('name')
        .execute();
      return {
        own: own === null ? null : shown(own),
        trusted: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      };
    },
    { access: 'read only' },
  );
};

/** Trusts the key of another agency. Errors: FORBIDDEN, READ_ONLY, PACKAGE_KEY_INVALID, PACKAGE_KEY_DIFFERS, ALREADY_EXISTS. */
export const addPeer = (store: Store, ctx: Context, { file, fingerprint }: ExchangePeerAdd): Promise<ExchangePeer> => {
  requireRight(ctx, 'keep the keys of packages');
  requireWritable(store);
  const key = readExchangeKey(file);
  const plain = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, '');
  if (plain(fingerprint) !== plain(key.fingerprint))
    throw fail('PACKAGE_KEY_DIFFERS', saying`the file holds the key ${key.fingerprint}`, { pointer: '/fingerprint' });
  return withContext(store.app, ctx, async (trx) => {
    const { actor } = ctx;
    const taken = await trx
      .selectFrom('exchange_peers')
      .select('fingerprint')
      .where('removed_at', 'is', null)
      .where((where) => where.or([where('name', '=', key.agency), where('fingerprint', '=', key.fingerprint)]))
      .executeTakeFirst();
    if (taken !== undefined)
      throw fail(
        'ALREADY_EXISTS',
        saying`a key of ${key.agency}, ${taken.fingerprint}: remove it first where it has changed`,
      );
    const row = await trx
      .insertInto('exchange_peers')
      .values({
        agency_id: actor.agencyId,
        name: key.agency,
        country: key.country,
        fingerprint: key.fingerprint,
        signing_key: key.signing,
        opening_key: key.opening,
        added_by: actor.userId,
        added_login: actor.login,
      })
      .returning(PEER)
      .executeTakeFirstOrThrow();
    await recordPeer(trx, ctx, 'trusted', row);
    return { ...row, at: row.at.toISOString() };
  });
};

const recordPeer = (
  trx: Trx,
  ctx: Context,
  change: 'trusted' | 'removed',
  { name: agency, fingerprint }: { readonly name: string; readonly fingerprint: string },
): Promise<void> =>
  audit(trx, ctx, {
    type: 'exchange-key',
    object: { kind: 'agency', id: ctx.actor.agencyId },
    detail: { change, agency, fingerprint },
  });

/** Trusts a key no longer. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND. */
export const removePeer = (store: Store, ctx: Context, id: string): Promise<void> => {
  requireRight(ctx, 'keep the keys of packages');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const row = await trx
      .updateTable('exchange_peers')
      .set({ removed_at: new Date(), removed_login: ctx.actor.login })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .returning(['name', 'fingerprint'])
      .executeTakeFirst();
    if (row === undefined) throw fail('NOT_FOUND', 'no such key that your agency trusts');
    await recordPeer(trx, ctx, 'removed', row);
  });
};

export interface Peer {
  readonly name: string;
  readonly fingerprint: string;
  readonly signing: Buffer;
  readonly opening: Buffer;
}

/** Errors: PACKAGE_PEER_UNKNOWN. */
export const trustedPeer = async (trx: Trx, fingerprint: string): Promise<Peer> => {
  const row = await trx
    .selectFrom('exchange_peers')
    .select(['name', 'fingerprint', 'signing_key as signing', 'opening_key as opening'])
    .where('fingerprint', '=', fingerprint)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw fail('PACKAGE_PEER_UNKNOWN', saying`the key ${fingerprint}`);
  return row;
};
