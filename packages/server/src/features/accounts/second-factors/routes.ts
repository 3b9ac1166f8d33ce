// The second step of a sign-in, proofs of who sits there, and what a person proves themselves with, over the API.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  FactorAdded,
  FactorName,
  Id,
  Me,
  PasskeyAdd,
  Proof,
  RecoveryCodes,
  SecondFactors,
  SignInRule,
  TotpBegun,
  TotpConfirm,
  WebAuthnJson,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, sessionOf, viewed, whoAsks, type Api, type RouteDeps } from '../../../app/http/contract.js';
import { readMe } from '../me.js';
import { setSessionCookie, signInMetaOf } from '../session-cookie.js';
import { afterEnrolment, finishSignIn, proveAgain } from '../sign-in.js';
import type { SignInLimits } from '../sign-in-limits.js';
import {
  addPasskey,
  askPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  listFactors,
  readSignInRule,
  removeFactor,
  renewRecoveryCodes,
  resetSecondFactors,
  setSignInRule,
  type Added,
} from './factors.js';
import { relyingOn } from './passkeys.js';

const OWN = { exempt: 'what a person is told about their own account' } as const;
const byId = z.object({ id: Id });
const Nothing = z.null();

export const secondFactorRoutes = (api: Api, { store }: RouteDeps, limits: SignInLimits): void => {
  const relyingIn = (request: FastifyRequest) => relyingOn(store.config.publicUrl, request);

  api.post(
    '/session/proof',
    {
      config: { access: 'read', audit: { byService: true }, early: ['second-factor'] },
      schema: {
        tags: ['session'],
        summary: 'Prove who you are: the second step of a sign-in, or again before what asks for it',
        body: Proof,
        response: answers(Me),
      },
    },
    async (request, reply) => {
      const [who, session] = [whoAsks(request), sessionOf(request)];
      const given = { session, proof: request.body, relying: () => relyingIn(request), meta: signInMetaOf(request) };
      const { login } = who.ctx.actor;
      if (session.stage === 'full') {
        await limits.count(request.ip, login, () => proveAgain(store, who, given));
        return readMe(store, who);
      }
      const signedIn = await limits.count(request.ip, login, () => finishSignIn(store, who, given));
      setSessionCookie(reply, store, signedIn);
      return readMe(store, signedIn.authenticated);
    },
  );

  api.post(
    '/session/passkey',
    {
      config: { access: 'read', audit: OWN, early: ['second-factor'] },
      schema: { tags: ['session'], summary: 'What your passkey has to sign', response: answers(WebAuthnJson) },
    },
    (request) => askPasskey(store, ctxOf(request), { sessionId: sessionOf(request).id, relying: relyingIn(request) }),
  );

  api.get(
    '/me/second-factors',
    {
      config: { access: 'read', audit: OWN, early: ['enrol'] },
      schema: { tags: ['session'], summary: 'What you prove yourself with', response: answers(SecondFactors) },
    },
    (request) => listFactors(store, ctxOf(request), whoAsks(request).session?.id ?? null),
  );

  addingRoutes(api, { store, relyingIn });

  api.delete(
    '/me/second-factors/:id',
    {
      config: { access: 'write', audit: { byService: true }, proof: true },
      schema: { tags: ['session'], summary: 'Take one away', params: byId, response: { 204: Nothing } },
    },
    async (request, reply) => {
      sessionOf(request);
      await removeFactor(store, ctxOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/me/recovery-codes',
    {
      config: { access: 'write', audit: { byService: true }, proof: true },
      schema: {
        tags: ['session'],
        summary: 'New recovery codes in place of all earlier ones; shown this once',
        response: answers(RecoveryCodes),
      },
    },
    async (request) => {
      sessionOf(request);
      return { recoveryCodes: await renewRecoveryCodes(store, ctxOf(request)) };
    },
  );
};

interface Adding {
  readonly store: RouteDeps['store'];
  relyingIn(request: FastifyRequest): ReturnType<typeof relyingOn>;
}

/** Open to a session that has to set one up, which is whole once it has. */
const addingRoutes = (api: Api, { store, relyingIn }: Adding): void => {
  const config = { access: 'write', audit: { byService: true }, early: ['enrol'], proof: true } as const;

  const answer = async (request: FastifyRequest, reply: FastifyReply, recoveryCodes: Added) => {
    const session = sessionOf(request);
    if (session.stage === 'enrol')
      setSessionCookie(reply, store, await afterEnrolment(store, whoAsks(request), session, signInMetaOf(request)));
    return { recoveryCodes: recoveryCodes === null ? null : [...recoveryCodes] };
  };

  api.post(
    '/me/second-factors/totp',
    {
      config,
      schema: {
        tags: ['session'],
        summary: 'Begin an authenticator app; its secret is shown this once',
        body: FactorName,
        response: answers(TotpBegun),
      },
    },
    (request) => {
      sessionOf(request);
      return beginTotp(store, ctxOf(request), request.body.name);
    },
  );

  api.post(
    '/me/second-factors/totp/:id/confirm',
    {
      config,
      schema: {
        tags: ['session'],
        summary: 'Give its first code: from then on it counts',
        params: byId,
        body: TotpConfirm,
        response: answers(FactorAdded),
      },
    },
    async (request, reply) => {
      const given = { id: request.params.id, code: request.body.code };
      return answer(request, reply, await confirmTotp(store, ctxOf(request), sessionOf(request).id, given));
    },
  );

  api.post(
    '/me/second-factors/passkey-options',
    {
      config: { ...config, audit: OWN },
      schema: {
        tags: ['session'],
        summary: 'What your device needs to make a passkey',
        response: answers(WebAuthnJson),
      },
    },
    (request) =>
      beginPasskey(store, ctxOf(request), {
        sessionId: sessionOf(request).id,
        relying: relyingIn(request),
        displayName: whoAsks(request).displayName,
      }),
  );

  api.post(
    '/me/second-factors/passkeys',
    {
      config,
      schema: { tags: ['session'], summary: 'Add a passkey', body: PasskeyAdd, response: answers(FactorAdded) },
    },
    async (request, reply) => {
      const at = { sessionId: sessionOf(request).id, relying: relyingIn(request) };
      return answer(request, reply, await addPasskey(store, ctxOf(request), at, request.body));
    },
  );
};

/** Of an agency: what a sign-in takes, and help for who lost what proves them. */
export const signInRuleRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/sign-in-rule',
    {
      config: { ...viewed('sign-in rule'), access: 'administer' },
      schema: {
        tags: ['administration'],
        summary: 'What a sign-in takes in your agency',
        response: answers(SignInRule),
      },
    },
    async (request) => ({ secondFactor: await readSignInRule(store, ctxOf(request)) }),
  );

  api.put(
    '/sign-in-rule',
    {
      config: { access: 'administer', audit: { byService: true }, proof: true },
      schema: {
        tags: ['administration'],
        summary: 'Demand a second factor of everybody, from their next sign-in on, or no longer',
        body: SignInRule,
        response: answers(SignInRule),
      },
    },
    async (request) => {
      sessionOf(request);
      await setSignInRule(store, ctxOf(request), request.body.secondFactor);
      return request.body;
    },
  );

  api.post(
    '/users/:login/reset-second-factors',
    {
      config: { access: 'administer', audit: { byService: true }, proof: true },
      schema: {
        tags: ['administration'],
        summary: 'Take away what a user proves themselves with, for a device that was lost; ends their sessions',
        params: z.object({ login: z.string().min(1).max(200) }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      sessionOf(request);
      await resetSecondFactors(store, ctxOf(request), request.params.login);
      return reply.code(204).send(null);
    },
  );
};
