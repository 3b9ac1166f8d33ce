// Setting up, the users of an agency, and the agencies of the instance over the API.
import {
  Agency,
  AgencyCreate,
  Me,
  PasswordDone,
  PasswordSet,
  ReachableAt,
  RolesSet,
  SetupDone,
  SetupRequest,
  SetupState,
  User,
  UserCreate,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, personsCtx, viewed, whoAsks, type Api, type RouteDeps } from '../../app/http/contract.js';
import { foundAgency, listAgencies } from './agencies.js';
import { readMe } from './me.js';
import { providerSettingsRoutes } from './provider/routes.js';
import { setUp, setupIsOpen } from './setup.js';
import { signInRuleRoutes } from './second-factors/routes.js';
import { createSignInLimits } from './sign-in-limits.js';
import { addUser, changePassword, changeRoles, disableUser, enableUser, listUsers, sayHowToReach } from './users.js';

const login = z.object({ login: z.string().min(1).max(80) });
const byService = { access: 'administer', audit: { byService: true }, proof: true } as const;

const setupRoutes = (api: Api, { store }: RouteDeps): void => {
  const limits = createSignInLimits();
  api.get(
    '/setup',
    {
      config: { access: 'public', audit: { exempt: 'whether anybody has an account yet' } },
      schema: {
        tags: ['session'],
        summary: 'Whether it waits to be set up',
        security: [],
        response: answers(SetupState),
      },
    },
    async () => ({ open: await setupIsOpen(store) }),
  );

  api.post(
    '/setup',
    {
      config: { access: 'public', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'Found the first agency with the token of the console',
        security: [],
        body: SetupRequest,
        response: answers(SetupDone),
      },
    },
    async ({ body, id, ip }) => ({
      login: await limits.count(ip, 'setup', () => setUp(store, body, { requestId: id, address: ip })),
    }),
  );
};

const userRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/users',
    {
      config: { ...viewed('users'), access: 'administer' },
      schema: {
        tags: ['administration'],
        summary: 'Users of your agency',
        response: answers(z.object({ items: z.array(User) })),
      },
    },
    async (request) => ({ items: await listUsers(store, ctxOf(request)) }),
  );

  api.post(
    '/users',
    {
      config: byService,
      schema: { tags: ['administration'], summary: 'Add a user', body: UserCreate, response: answers(User) },
    },
    (request) => addUser(store, personsCtx(request), request.body),
  );

  api.put(
    '/users/:login/roles',
    {
      config: byService,
      schema: {
        tags: ['administration'],
        summary: 'Change the roles of a user',
        params: login,
        body: RolesSet,
        response: answers(User),
      },
    },
    (request) => changeRoles(store, personsCtx(request), request.params.login, request.body.roles),
  );

  api.put(
    '/users/:login/password',
    {
      config: byService,
      schema: {
        tags: ['administration'],
        summary: 'Give a user a password; ends their sessions, and their API keys unless they are kept',
        params: login,
        body: PasswordSet,
        response: answers(PasswordDone),
      },
    },
    async (request) => {
      const { password, keepApiKeys: keepKeys } = request.body;
      const given = { password, keepKeys };
      return { apiKeysEnded: await changePassword(store, personsCtx(request), request.params.login, given) };
    },
  );

  for (const [verb, change] of [
    ['disable', disableUser],
    ['enable', enableUser],
  ] as const)
    api.post(
      `/users/:login/${verb}`,
      {
        config: byService,
        schema: {
          tags: ['administration'],
          summary: verb === 'disable' ? 'End an account and its sessions' : 'Renew an account',
          params: login,
          response: answers(User),
        },
      },
      // A program ends an account when its person leaves; it lets nobody in again.
      (request) => change(store, verb === 'disable' ? ctxOf(request) : personsCtx(request), request.params.login),
    );

  api.put(
    '/me/reachable-at',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['session'],
        summary: 'Say how another agency reaches you',
        body: ReachableAt,
        response: answers(Me),
      },
    },
    async (request) => {
      await sayHowToReach(store, ctxOf(request), request.body.reachableAt);
      return readMe(store, whoAsks(request));
    },
  );
};

const agencyRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/agencies',
    {
      config: { ...viewed('agencies'), access: 'administer' },
      schema: {
        tags: ['administration'],
        summary: 'Every agency of the instance, for its operators',
        response: answers(z.object({ items: z.array(Agency) })),
      },
    },
    async (request) => ({ items: await listAgencies(store, ctxOf(request)) }),
  );

  api.post(
    '/agencies',
    {
      config: byService,
      schema: {
        tags: ['administration'],
        summary: 'Found an agency with its first administrator, as an operator',
        body: AgencyCreate,
        response: answers(Agency),
      },
    },
    async (request) => {
      const { administrator, name, country } = request.body;
      const { agencyId } = await foundAgency(store, personsCtx(request), { name, country }, administrator);
      return { id: agencyId, name, country, users: 1, administrators: [administrator.login] };
    },
  );
};

export const administrationRoutes = (api: Api, deps: RouteDeps): void => {
  setupRoutes(api, deps);
  userRoutes(api, deps);
  signInRuleRoutes(api, deps);
  providerSettingsRoutes(api, deps);
  agencyRoutes(api, deps);
};
