// Signing in at a provider over the API, and its settings.
import type { FastifyRequest } from 'fastify';
import {
  Me,
  ProviderAddress,
  ProviderAnswer,
  ProviderBegin,
  ProviderOffer,
  ProviderSubject,
  SecondStep,
  SignInProviderSet,
  SignInProviderState,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, sessionOf, viewed, whoAsks, type Api, type RouteDeps } from '../../../app/http/contract.js';
import { readMe } from '../me.js';
import { setSessionCookie, signInMetaOf } from '../session-cookie.js';
import type { SignInLimits } from '../sign-in-limits.js';
import { createClients } from './clients.js';
import { cookieName } from '../../../app/http/cookies.js';
import { clearPendingCookie, openPending, setPendingCookie } from './pending.js';
import { bindPerson, listOffers, readProvider, removeProvider, setProvider } from './settings.js';
import { beginAtProvider, beginProofAtProvider, finishAtProvider, proveAtProvider } from './sign-in.js';

const Nothing = z.null();

/** Of requests to sign in: nobody is there yet. */
const open = { access: 'public', audit: { exempt: 'nobody has signed in yet' } } as const;

export const providerRoutes = (api: Api, { store }: RouteDeps, limits: SignInLimits): void => {
  const clients = createClients(store);

  api.get(
    '/session/providers',
    {
      config: open,
      schema: {
        tags: ['session'],
        summary: 'Where else people sign in',
        security: [],
        response: answers(z.object({ items: z.array(ProviderOffer) })),
      },
    },
    async () => ({ items: await listOffers(store) }),
  );

  api.post(
    '/session/provider',
    {
      config: open,
      schema: {
        tags: ['session'],
        summary: 'Begin a sign-in at a provider: the address that the browser goes to',
        security: [],
        body: ProviderBegin,
        response: answers(ProviderAddress),
      },
    },
    async (request, reply) => {
      const { provider } = request.body;
      limits.begin(request.ip);
      const { address, pending } = await beginAtProvider(store, clients, { provider, opened: request });
      setPendingCookie(reply, store, pending);
      return { address };
    },
  );

  api.post(
    '/session/proof/provider',
    {
      config: { access: 'read', audit: { exempt: 'a question to the provider of the own session' } },
      schema: {
        tags: ['session'],
        summary: 'Begin a proof at the provider that let you in: it asks you again',
        response: answers(ProviderAddress),
      },
    },
    async (request, reply) => {
      const [who, session] = [whoAsks(request), sessionOf(request)];
      const { address, pending } = await beginProofAtProvider(store, clients, who, session, request);
      setPendingCookie(reply, store, pending);
      return { address };
    },
  );

  api.post(
    '/session/provider/answer',
    {
      config: { access: 'public', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'Give what the provider sent the browser back with; 202: more is asked for',
        security: [],
        body: ProviderAnswer,
        response: { ...answers(Me), 202: SecondStep },
      },
    },
    async (request, reply) => {
      const pending = openPending(request.cookies[cookieName('provider', store.config)]);
      // Before anything can go wrong: an answer is taken once.
      clearPendingCookie(reply, store);
      const given = { answer: request.body.answer, meta: signInMetaOf(request) };
      // Each sign-in that was begun here counts for itself; an agency behind one address does not stop itself by its own mistakes.
      return limits.count(request.ip, `provider ${pending?.state ?? ''}`, async () => {
        if (pending !== null && pending.session !== null) {
          const who = whoAsks(request);
          await proveAtProvider(store, clients, who, sessionOf(request), { ...given, pending });
          return reply.code(200).send(await readMe(store, who));
        }
        const signedIn = await finishAtProvider(store, clients, { ...given, pending });
        limits.ended(request.ip);
        setSessionCookie(reply, store, signedIn);
        if (signedIn.next !== null) return reply.code(202).send(signedIn.next);
        return reply.code(200).send(await readMe(store, signedIn.authenticated));
      });
    },
  );
};

/** The provider of the own agency, for its administrators; a program may not change who comes in. */
export const providerSettingsRoutes = (api: Api, { store }: RouteDeps): void => {
  const byPerson = { access: 'administer', audit: { byService: true }, proof: true } as const;
  const personOf = (request: FastifyRequest) => {
    sessionOf(request);
    return ctxOf(request);
  };

  api.get(
    '/sign-in-provider',
    {
      config: { ...viewed('sign-in provider'), access: 'administer' },
      schema: {
        tags: ['administration'],
        summary: 'The provider that people of your agency sign in at; its secret is never shown',
        response: answers(SignInProviderState),
      },
    },
    async (request) => ({ provider: await readProvider(store, ctxOf(request)) }),
  );

  api.put(
    '/sign-in-provider',
    {
      config: byPerson,
      schema: {
        tags: ['administration'],
        summary: 'Set the provider, and which of its groups have which roles; it is asked who it is first',
        body: SignInProviderSet,
        response: answers(SignInProviderState),
      },
    },
    async (request) => {
      const ctx = personOf(request);
      await setProvider(store, ctx, request.body);
      return { provider: await readProvider(store, ctx) };
    },
  );

  api.delete(
    '/sign-in-provider',
    {
      config: byPerson,
      schema: {
        tags: ['administration'],
        summary: 'Take the provider away; ends every session that it let in',
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await removeProvider(store, personOf(request));
      return reply.code(204).send(null);
    },
  );

  api.put(
    '/users/:login/provider-subject',
    {
      config: byPerson,
      schema: {
        tags: ['administration'],
        summary: 'Say who a user is at the provider, by its subject; null: nobody any more',
        params: z.object({ login: z.string().min(1).max(200) }),
        body: ProviderSubject,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await bindPerson(store, personOf(request), request.params.login, request.body.subject);
      return reply.code(204).send(null);
    },
  );
};
