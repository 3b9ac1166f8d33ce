// What the tests of the API share: a store of their own with an HTTP server on it, and people who sign in to it.
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Context } from '@redthread/core/domain';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { answerConnections } from '../../packages/server/src/features/connections/index.js';
import { createIntake } from '../../packages/server/src/features/exhibits/index.js';
import { putReceipt } from '../../packages/server/src/features/packages/index.js';
import { createListIntake, type ListIntake } from '../../packages/server/src/features/lists/index.js';
import { hashPassword } from '../../packages/server/src/features/accounts/index.js';
import { answerSearches } from '../../packages/server/src/features/search/index.js';
import { type Store } from '../../packages/server/src/store/index.js';
import { ApiWorld, type Person } from './api-world.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

export const PASSWORD = 'a long enough password';

export interface ApiFixture {
  readonly store: Store<'app' | 'owner' | 'worker' | 'matcher'>;
  readonly http: FastifyInstance;
  /** What reads and counts the lists that are sent. */
  readonly lists: ListIntake;
  readonly world: ApiWorld;
  readonly folder: string;
  /** A person of an agency who can sign in. */
  person(agencyId: string, login: string, roles?: string[]): Promise<Person>;
  /** Requests of a person who has signed in. */
  signIn(login: string): Promise<Client>;
  close(): Promise<void>;
}

export interface Client {
  get(url: string): Promise<LightMyRequestResponse>;
  send(
    method: 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    headers?: InjectOptions['headers'],
  ): Promise<LightMyRequestResponse>;
}

export const contextOfPerson = (person: Person, roles: readonly string[] = ['officer']): Context => ({
  actor: { userId: person.id, agencyId: person.agencyId, login: person.login, roles },
  purpose: null,
  requestId: 'test',
});

export const openFixture = async (env: Readonly<Record<string, string>> = {}): Promise<ApiFixture> => {
  const folder = temporaryFolder();
  const store = await openNewStore(`${folder.path}/data`, ['app', 'owner', 'worker', 'matcher'], env);
  const intake = createIntake(store);
  const lists = createListIntake(store, putReceipt);
  const http = await buildHttp({
    store,
    intake,
    lists,
    connections: { ask: answerConnections(store, Infinity) },
    searcher: { ask: answerSearches(store) },
    webFolder: `${folder.path}/no-web`,
  });
  const world = new ApiWorld(store);
  const passwordHash = await hashPassword(PASSWORD);
  return {
    store,
    http,
    lists,
    world,
    folder: folder.path,
    person: (agencyId, login, roles = ['officer']) => world.person(agencyId, login, roles, passwordHash),
    signIn: async (login) => {
      const answer = await http.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { login, password: PASSWORD },
      });
      const [cookie] = answer.cookies;
      if (answer.statusCode !== 200 || cookie === undefined) throw new Error(`${login}: ${answer.body}`);
      return clientOf(http, { cookies: { [cookie.name]: cookie.value } });
    },
    close: async () => {
      await http.close();
      await intake.stop();
      await lists.stop();
      await store.close();
      folder.remove();
    },
  };
};

/** Of a refusal. */
export const codeOf = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code;

export const clientOf = (http: FastifyInstance, sent: Pick<InjectOptions, 'cookies' | 'headers'>): Client => ({
  get: (url) => http.inject({ method: 'GET', url, ...sent }),
  send: (method, url, body, headers) =>
    http.inject({
      method,
      url,
      ...sent,
      headers: { ...sent.headers, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    }),
});
