// Signing in and out, the person themselves, and their API keys.
import type { FastifyReply } from 'fastify';
import { ApiKey, ApiKeyCreate, ApiKeyCreated, Id, Me, PurposeSet, SignIn } from '@redthread/core/contract';
import { z } from 'zod';
import { SESSION_COOKIE } from '../../app/http/authenticated.js';
import { answers, ctxOf, viewed, whoAsks, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.js';
import { readMe } from './me.js';
import { setPurpose, signIn, signOut } from './sign-in.js';
import { createSignInLimits } from './sign-in-limits.js';

const OWN_ACCOUNT = { exempt: 'what a person is told about their own account' } as const;
const Nothing = z.null();

const cookieOptions = (https: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure: https }) as const;

const noContent = (reply: FastifyReply) => reply.code(204).send(null);

export const accountRoutes = (api: Api, { store }: RouteDeps): void => {
  const https = store.config.publicUrl?.startsWith('https:') ?? false;
  const limits = createSignInLimits();

  api.post(
    '/session',
    {
      config: { access: 'public', audit: { byService: true } },
      schema: { tags: ['session'], summary: 'Sign in', security: [], body: SignIn, response: answers(Me) },
    },
    async ({ body, id, ip }, reply) => {
      const signedIn = await limits.count(ip, body.login, () => signIn(store, body, { requestId: id, address: ip }));
      void reply.setCookie(SESSION_COOKIE, signedIn.token, { ...cookieOptions(https), expires: signedIn.expiresAt });
      return readMe(store, signedIn.authenticated);
    },
  );

  api.delete(
    '/session',
    {
      config: { access: 'read', audit: { byService: true } },
      schema: { tags: ['session'], summary: 'Sign out', response: { 204: Nothing } },
    },
    async (request, reply) => {
      await signOut(store, whoAsks(request));
      void reply.clearCookie(SESSION_COOKIE, cookieOptions(https));
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
      config: { access: 'write', audit: { byService: true } },
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
