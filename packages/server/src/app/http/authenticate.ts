// Who sent the request: a session cookie of the web, or the API key of a program. Without either, nothing of the API
// answers; a key that lacks the scope is told so.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail, saying } from '@redthread/core/errors';
import { authenticateKey, authenticateSession } from '../../features/accounts/index.js';
import type { Store } from '../../store/index.js';
import type { WebSession } from './authenticated.js';
import { whoAsks } from './contract.js';
import { refuseForeignPage } from './foreign-page.js';
import { cookieName } from './cookies.js';

/** Adds `request.authenticated` and refuses, before anything else is looked at. */
export const authenticateRequests = (app: FastifyInstance, store: Store): void => {
  app.decorateRequest('authenticated', null);
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) return;
    request.authenticated = await identify(request, store);
    // Also of what nobody has signed in for: a page elsewhere signs nobody in here.
    refuseForeignPage(request, store.config.publicUrl);
    if (access === 'public') return;
    const { scopes, session } = whoAsks(request);
    if (!scopes.includes(access)) throw fail('FORBIDDEN', saying`this API key lacks the scope ${access}`);
    if (session !== null) requireStage(request, session);
  });
};

/** So old a proof may be before what is hard to undo: exports, destruction, break-glass, keys. */
const PROOF_MINUTES = 10;

const requireStage = (request: FastifyRequest, { stage, provenAt }: WebSession): void => {
  const { early = [], proof = false } = request.routeOptions.config;
  if (stage === 'second-factor' && !early.includes(stage))
    throw fail('SECOND_FACTOR_NEEDED', 'the password alone came');
  if (stage === 'enrol' && !early.includes(stage)) throw fail('SECOND_FACTOR_TO_SET_UP', 'nothing else until then');
  if (proof && Date.now() - provenAt.getTime() > PROOF_MINUTES * 60_000)
    throw fail('PROOF_NEEDED', saying`the last one is older than ${PROOF_MINUTES} minutes`);
};

const identify = async (request: FastifyRequest, store: Store) => {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return authenticateKey(store, bearer, request.id);
  const token = request.cookies[cookieName('session', store.config)];
  if (token === undefined || token.length > 200) return null;
  const { audit, byItself = false } = request.routeOptions.config;
  // What a page asks for by itself keeps no session alive.
  const isByItself = byItself || (audit !== undefined && 'view' in audit && audit.polled === true);
  return authenticateSession(store, token, { requestId: request.id, isByItself });
};
