// The cookie of a session: not for scripts, not for other sites, and over TLS alone where the instance is reached that way.
import type { FastifyReply } from 'fastify';
import { SESSION_COOKIE } from '../../app/http/authenticated.js';
import type { Store } from '../../store/index.js';

const optionsOf = (store: Store) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: store.config.publicUrl?.startsWith('https:') ?? false,
  }) as const;

export const setSessionCookie = (
  reply: FastifyReply,
  store: Store,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Date },
): void => void reply.setCookie(SESSION_COOKIE, token, { ...optionsOf(store), expires: expiresAt });

export const clearSessionCookie = (reply: FastifyReply, store: Store): void =>
  void reply.clearCookie(SESSION_COOKIE, optionsOf(store));
