// A real provider (`oidc-provider`) on loopback for the tests, whose people answer for themselves, and which can be made to lie: what its token
// endpoint says is signed anew, by its own key or by another, after a test has changed it.
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Store } from '../../packages/server/src/store/index.js';
import type { Client } from './api-fixture.js';

export const CLIENT_SECRET = 'hushed client secret';

/** What an ID token says. */
export type Token = Record<string, unknown>;

/** Changes it; a key in place of the provider's, or none at all. */
export type Lie = (claims: Token) => { readonly claims: Token | null; readonly key?: KeyObject | 'none' };

export interface ProviderWorld {
  readonly issuer: string;
  /** Claims by subject. */
  readonly people: Map<string, Token>;
  /** What it says of how the next person proved themselves. */
  proves: { acr?: string; amr?: string[] };
  lie: Lie | null;
  /** Who sits at the browser that comes next; null: somebody who will not. */
  sitting: string | null;
  isOutOfOrder: boolean;
  /** A browser of somebody: goes where it is sent, signs in there, and answers what stands behind the `?` it is sent back with. */
  browse(address: string, subject: string | null): Promise<string>;
  stop(): Promise<void>;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const signed = (claims: Token, key: KeyObject | 'none' = privateKey): string => {
  const said = `${encoded({ alg: key === 'none' ? 'none' : 'RS256', kid: 'one', typ: 'JWT' })}.${encoded(claims)}`;
  return `${said}.${key === 'none' ? '' : sign('sha256', Buffer.from(said), key).toString('base64url')}`;
};

export const startProvider = async (redirectUri: string): Promise<ProviderWorld> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world: ProviderWorld = {
    issuer,
    people: new Map(),
    proves: {},
    lie: null,
    sitting: null,
    isOutOfOrder: false,
    browse: async (address, who) => {
      world.sitting = who;
      const cookies = new Map<string, string>();
      for (let at = address, hops = 0; hops < 12; hops += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          if (value === '') cookies.delete(name);
          else cookies.set(name, value);
        }
        const next = answer.headers.get('location');
        if (next === null) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
        at = new URL(next, at).href;
        if (at.startsWith(redirectUri)) return new URL(at).search;
      }
      throw new Error('sent round and round');
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'redthread', client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
    jwks: {
      keys: [
        {
          ...createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })).export({ format: 'jwk' }),
          kid: 'one',
          use: 'sig',
          alg: 'RS256',
        },
      ],
    },
    cookies: { keys: ['of the test'] },
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['name', 'preferred_username', 'email', 'groups', 'roles'] },
    conformIdTokenClaims: false,
    acrValues: ['urn:example:two'],
    ttl: Object.fromEntries(['AccessToken', 'Grant', 'IdToken', 'Interaction', 'Session'].map((of) => [of, 3_600])),
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...world.people.get(id) }),
    }),
  });

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const subject = world.sitting;
    const { prompt, session } = await provider.interactionDetails(request, response);
    if (subject === null)
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'no' });
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: subject, ...world.proves } });
    const grant = new provider.Grant({ accountId: session?.accountId ?? subject, clientId: 'redthread' });
    grant.addOIDCScope('openid profile');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };

  /** What it would have said, said otherwise. */
  const lieIn = (response: ServerResponse, lie: Lie): void => {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: unknown) => {
      const said = JSON.parse(String(body)) as { id_token?: string };
      if (said.id_token === undefined) return end(String(body));
      const [, claims = ''] = said.id_token.split('.');
      const lied = lie(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Token);
      if (lied.claims === null) delete said.id_token;
      else said.id_token = signed(lied.claims, lied.key);
      const text = JSON.stringify(said);
      response.setHeader('content-length', Buffer.byteLength(text));
      return end(text);
    }) as typeof response.end;
  };

  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (world.isOutOfOrder) return void response.writeHead(503).end();
    if (request.url?.startsWith('/interaction/') === true)
      return void interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    if (request.url === '/token' && world.lie !== null) lieIn(response, world.lie);
    callback(request, response);
  });
  return world;
};

export type Answer = Awaited<ReturnType<Client['get']>>;

/** Those that an answer sets, without those that it takes away. */
export const cookiesOf = (answer: Answer): Record<string, string> =>
  Object.fromEntries(answer.cookies.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]));

export const lastRefusalIn = async ({ owner }: Store<'owner'>): Promise<unknown> => {
  const { agency_id, login, detail } = await owner
    .selectFrom('audit_events')
    .select(['agency_id', 'login', 'detail'])
    .where('type', '=', 'refusal')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { agency_id, login, ...(detail as object) };
};

/** What an administrator sets, for a provider that is known here as this. */
export const settingsOf = ({ issuer }: ProviderWorld, more: object = {}) => ({
  name: 'Ministry',
  issuer,
  clientId: 'redthread',
  clientSecret: CLIENT_SECRET,
  roles: { 'vid-officers': ['officer', 'reviewer'], 'vid-admins': ['administrator'] },
  ...more,
});

/** Somebody whom the provider knows; answers their subject. */
export const known = ({ people }: ProviderWorld, subject: string, more: Token = {}): string => {
  people.set(subject, {
    preferred_username: subject,
    name: `${subject} of the ministry`,
    groups: ['vid-officers'],
    ...more,
  });
  return subject;
};
