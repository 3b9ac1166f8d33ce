// What a sign-in at a provider waits with, in a cookie of the browser that began it: sealed, so that nobody reads or makes one, and good for ten
// minutes. The server keeps nothing of it, so beginning sign-ins fills no memory; after a restart they are begun again.
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { cookieName, cookieOptions } from '../../../app/http/cookies.js';
import { openSmall, sealSmall, type Store } from '../../../store/index.js';
import type { Question } from './client.js';

const MINUTES = 10;

export interface Pending extends Question {
  readonly provider: string;
  /** The session that it proves again; null: it signs in. */
  readonly session: string | null;
  readonly begunAtMs: number;
}

const key = randomBytes(32);

export const sealPending = (pending: Pending): string =>
  sealSmall(key, Buffer.from(JSON.stringify(pending))).toString('base64url');

/** Null: none, one that is too old, or one that was not made here. */
export const openPending = (cookie: string | undefined, nowMs = Date.now()): Pending | null => {
  if (cookie === undefined || cookie.length > 2_000) return null;
  try {
    const pending = JSON.parse(openSmall(key, Buffer.from(cookie, 'base64url')).toString('utf8')) as Pending;
    return nowMs - pending.begunAtMs > MINUTES * 60_000 ? null : pending;
  } catch {
    return null;
  }
};

export const setPendingCookie = (reply: FastifyReply, store: Store, pending: Pending): void =>
  void reply.setCookie(cookieName('provider', store.config), sealPending(pending), {
    ...cookieOptions(store.config),
    maxAge: MINUTES * 60,
  });

/** An answer is taken once. */
export const clearPendingCookie = (reply: FastifyReply, store: Store): void =>
  void reply.clearCookie(cookieName('provider', store.config), cookieOptions(store.config));
