// API keys: for programs that act for a user, with scopes and an end.
import type { ApiKey, ApiKeyCreate, ApiKeyCreated } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';
import type { Authenticated } from '../../app/http/authenticated.js';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from './access.js';
import { insertKey, keysOf, revokeKey } from './queries.js';
import { API_KEY_PREFIX, newSecret } from './secrets.js';

type KeyRow = Awaited<ReturnType<typeof keysOf>>[number];

const toApiKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes as ApiKey['scopes'],
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** The actor's own keys, newest first. */
export const listApiKeys = (store: Store, ctx: Context): Promise<ApiKey[]> =>
  withContext(store.app, ctx, async (trx) => (await keysOf(trx, ctx.actor.userId)).map(toApiKey));

/**
 * A key can do no more than its user: asking for a scope that the roles do not allow is FORBIDDEN. So is asking with a key:
 * it would give itself the scopes that it was not given, and never end.
 */
export const createApiKey = async (
  store: Store,
  { ctx, session }: Authenticated,
  input: z.output<typeof ApiKeyCreate>,
): Promise<z.output<typeof ApiKeyCreated>> => {
  if (session === null) throw fail('FORBIDDEN', 'an API key makes no other key: sign in');
  if (input.scopes.includes('reveal')) requireRight(ctx, 'reveal');
  if (input.scopes.includes('administer') && ctx.actor.isOperator !== true) requireRight(ctx, 'manage users');
  if (input.scopes.includes('ingest')) requireRight(ctx, 'ingest exhibits');
  const { secret, hash } = newSecret(API_KEY_PREFIX);
  const expiresAt = new Date(Date.now() + input.days * 86_400_000);
  return withContext(store.app, ctx, async (trx) => {
    const row = await insertKey(trx, {
      agency_id: ctx.actor.agencyId,
      user_id: ctx.actor.userId,
      name: input.name,
      key_hash: hash,
      scopes: input.scopes,
      expires_at: expiresAt,
    });
    await audit(trx, ctx, {
      type: 'key-create',
      object: { kind: 'api-key', id: row.id },
      detail: { name: input.name, scopes: input.scopes, expiresAt: expiresAt.toISOString() },
    });
    return { ...toApiKey(row), secret };
  });
};

/** Errors: NOT_FOUND. */
export const revokeApiKey = (store: Store, ctx: Context, id: string): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    const name = await revokeKey(trx, ctx.actor.userId, id);
    if (name === null) throw fail('NOT_FOUND', 'no such API key');
    await audit(trx, ctx, { type: 'key-revoke', object: { kind: 'api-key', id }, detail: { name } });
  });
