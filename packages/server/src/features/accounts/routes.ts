// Signing in and out, the person themselves, and their API keys.
import type { FastifyReply } from 'fastify';
import {
  ApiKey,
  ApiKeyCreate,
  ApiKeyCreated,
  Id,
  Me,
  PurposeSet,
  SecondStep,
  Session,
  SignIn,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, whoAsks, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.js';
import { readMe } from './me.js';
import { providerRoutes } from './provider/routes.js';
import { secondFactorRoutes } from './second-factors/routes.js';
import { clearSessionCookie, setSessionCookie, signInMetaOf } from './session-cookie.js';
import { endOwnSessions, listSessions } from './sessions.js';
import { setPurpose, signIn, signOut } from './sign-in.js';
import { createSignInLimits } from './sign-in-limits.js';

const OWN_ACCOUNT = { exempt: 'what a person is told about their own account' } as const;
const Nothing = z.null();

const noContent = (reply: FastifyReply) => reply.code(204).send(null);

export const accountRoutes = (api: Api, deps: RouteDeps): void => {
  const { store } = deps;
  const limits = createSignInLimits();

  api.post(
    '/session',
    {
      config: { access: 'public', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'Sign in; 202: the password is right, and more is asked for',
        security: [],
        body: SignIn,
        response: { ...answers(Me), 202: SecondStep },
      },
    },
    async (request, reply) => {
      const { body, ip } = request;
      const signedIn = await limits.count(ip, body.login, () => signIn(store, body, signInMetaOf(request)));
      setSessionCookie(reply, store, signedIn);
      if (signedIn.next !== null) return reply.code(202).send(signedIn.next);
      return reply.code(200).send(await readMe(store, signedIn.authenticated));
    },
  );

  secondFactorRoutes(api, deps, limits);
  providerRoutes(api, deps, limits);

  api.get(
    '/me/sessions',
    {
      config: { access: 'read', audit: OWN_ACCOUNT },
      schema: {
        tags: ['session'],
        summary: 'Where you are signed in',
        response: answers(z.object({ items: z.array(Session) })),
      },
    },
    async (request) => ({ items: await listSessions(store, whoAsks(request)) }),
  );

  api.delete(
    '/me/sessions/:id',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'End a session of yours; `others`: every one but this',
        params: z.object({ id: z.union([Id, z.literal('others')]) }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await endOwnSessions(store, whoAsks(request), request.params.id);
      return noContent(reply);
    },
  );

  api.delete(
    '/session',
    {
      config: { access: 'read', audit: { byService: true }, early: ['second-factor', 'enrol'] },
      schema: { tags: ['session'], summary: 'Sign out', response: { 204: Nothing } },
    },
    async (request, reply) => {
      await signOut(store, whoAsks(request));
      clearSessionCookie(reply, store);
      return noContent(reply);
    },
  );

  api.get(
    '/me',
    {
      config: { access: 'read', audit: OWN_ACCOUNT },
      schema: { tags: ['session'], summary: 'Who is signed in', response: answers(Me) },
    },
    (request) => readMe(store, whoAsks(request)),
  );

  api.put(
    '/me/purpose',
    {
      config: { access: 'read', audit: { exempt: 'stands on every event that follows' } },
      schema: { tags: ['session'], summary: 'Say why you look', body: PurposeSet, response: answers(Me) },
    },
    async (request) => {
      const who = whoAsks(request);
      await setPurpose(store, who, request.body.purpose);
      return readMe(store, { ...who, ctx: { ...who.ctx, purpose: request.body.purpose } });
    },
  );

  api.get(
    '/api-keys',
    {
      config: viewed('api keys'),
      schema: {
        tags: ['session'],
        summary: 'Your API keys',
        response: answers(z.object({ items: z.array(ApiKey) })),
      },
    },
    async (request) => ({ items: await listApiKeys(store, ctxOf(request)) }),
  );

  api.post(
    '/api-keys',
    {
      config: { access: 'write', audit: { byService: true }, proof: true },
      schema: {
        tags: ['session'],
        summary: 'Make an API key; its secret is shown this once',
        body: ApiKeyCreate,
        response: answers(ApiKeyCreated),
      },
    },
    (request) => createApiKey(store, whoAsks(request), request.body),
  );

  api.delete(
    '/api-keys/:id',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'Revoke an API key',
        params: z.object({ id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await revokeApiKey(store, ctxOf(request), request.params.id);
      return noContent(reply);
    },
  );
};
