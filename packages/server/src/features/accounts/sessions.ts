// The sessions of a person, by their own eyes: where they are signed in, and ending what is not theirs.
import type { Session } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Authenticated } from '../../app/http/authenticated.js';
import { audit, withContext, type Store } from '../../store/index.js';
import { endSessions, sessionsOf } from './queries.js';

export const listSessions = (store: Store, { ctx, session }: Authenticated): Promise<Session[]> =>
  withContext(store.app, ctx, async (trx) => {
    const rows = await sessionsOf(trx, ctx.actor.userId, store.config.session.idleMinutes * 60);
    return rows.map((row) => ({
      id: row.id,
      current: row.id === session?.id,
      createdAt: row.created_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      address: row.address,
      agent: row.agent,
      provider: row.provider,
    }));
  });

/** One, or every other one; answers how many ended. Errors: NOT_FOUND for one that is not there, or not theirs. */
export const endOwnSessions = (store: Store, { ctx, session }: Authenticated, id: string | 'others'): Promise<number> =>
  withContext(store.app, ctx, async (trx) => {
    const which = id === 'others' ? { except: session?.id ?? null } : { id };
    const sessions = await endSessions(trx, ctx.actor.userId, which);
    if (sessions === 0 && id !== 'others') throw fail('NOT_FOUND', 'no such session');
    await audit(trx, ctx, {
      type: 'session-end',
      object: { kind: 'user', id: ctx.actor.userId },
      detail: { sessions },
    });
    return sessions;
  });
