// Who sent the request: a session cookie of the web, or the API key of a program. Without either, nothing of the API
// answers; a key that lacks the scope is told so.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail } from '@redthread/core/errors';
import { authenticateKey, authenticateSession } from '../../features/accounts/index.js';
import type { Store } from '../../store/index.js';
import { SESSION_COOKIE } from './authenticated.js';
import { whoAsks } from './contract.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Adds `request.authenticated` and refuses, before anything else is looked at. */
export const authenticateRequests = (app: FastifyInstance, store: Store): void => {
  app.decorateRequest('authenticated', null);
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) return;
    request.authenticated = await identify(request, store);
    if (access === 'public') return;
    const { scopes } = whoAsks(request);
    if (!scopes.includes(access)) throw fail('FORBIDDEN', `this API key lacks the scope ${access}`);
    if (!SAFE_METHODS.has(request.method)) refuseForeignOrigin(request);
  });
};

const identify = async (request: FastifyRequest, store: Store) => {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return authenticateKey(store, bearer, request.id);
  const token = request.cookies[SESSION_COOKIE];
  return token === undefined || token.length > 200 ? null : authenticateSession(store, token, request.id);
};

/** A page of another site may send requests from this browser: what it sends changes nothing here. */
const refuseForeignOrigin = (request: FastifyRequest): void => {
  const { origin } = request.headers;
  if (origin === undefined) return;
  // `null` is what a sandboxed frame or a local file sends: a stranger as well.
  if (!URL.canParse(origin) || new URL(origin).host !== request.headers.host)
    throw fail('FORBIDDEN', `a request from ${origin}`);
};
