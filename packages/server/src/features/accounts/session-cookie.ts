// What a request and its answer know of a session: the cookie, and where it comes from.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions } from '../../app/http/cookies.js';
import type { Store } from '../../store/index.js';
import type { SignInMeta } from './sign-in.js';

export const setSessionCookie = (
  reply: FastifyReply,
  store: Store,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Date },
): void =>
  void reply.setCookie(cookieName('session', store.config), token, {
    ...cookieOptions(store.config),
    expires: expiresAt,
  });

export const clearSessionCookie = (reply: FastifyReply, store: Store): void =>
  void reply.clearCookie(cookieName('session', store.config), cookieOptions(store.config));

/** Where a request to sign in comes from, for the record and for the list of sessions. */
export const signInMetaOf = ({ id, ip, headers }: FastifyRequest): SignInMeta => ({
  requestId: id,
  address: ip,
  agent: headers['user-agent'] ?? null,
});
