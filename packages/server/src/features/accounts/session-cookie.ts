// What a request and its answer know of a session: the cookie (not for scripts, not for other sites, and over TLS alone where the instance is
// reached that way), and where it comes from.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isReachedByHttps } from '../../app/config.js';
import { sessionCookieName } from '../../app/http/session-cookie-name.js';
import type { Store } from '../../store/index.js';
import type { SignInMeta } from './sign-in.js';

const optionsOf = (store: Store) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isReachedByHttps(store.config),
  }) as const;

export const setSessionCookie = (
  reply: FastifyReply,
  store: Store,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Date },
): void => void reply.setCookie(sessionCookieName(store.config), token, { ...optionsOf(store), expires: expiresAt });

export const clearSessionCookie = (reply: FastifyReply, store: Store): void =>
  void reply.clearCookie(sessionCookieName(store.config), optionsOf(store));

/** Where a request to sign in comes from, for the record and for the list of sessions. */
export const signInMetaOf = ({ id, ip, headers }: FastifyRequest): SignInMeta => ({
  requestId: id,
  address: ip,
  agent: headers['user-agent'] ?? null,
});
