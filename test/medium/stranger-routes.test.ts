// The stranger test, route by route: whoever may not see a thing gets the same status, headers and body as for one that never
// existed, from every route that the server has, reading and writing. A route that is added and not spoken of fails.
import { createHash } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from './api-fixture.js';
import { CALLS, OWN_ROUTES, type RouteCall } from './stranger-routes.js';
import {
  neverExisted,
  openStrangerWorld,
  PERSONAS,
  type Names,
  type Persona,
  type StrangerWorld,
} from './stranger-world.js';

let world: StrangerWorld;
const clients = new Map<Persona, Client>();
const never = neverExisted();

beforeAll(async () => {
  world = await openStrangerWorld();
  for (const persona of PERSONAS) clients.set(persona, await world.api.signIn(world.people[persona].login));
});
afterAll(() => world.api.close());

type Answer = Awaited<ReturnType<Client['get']>>;

const requestOf = ({ route, params, query, body, bytes }: RouteCall, names: Names) => {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.(names)[name] ?? ''));
  const search = query === undefined ? '' : `?${new URLSearchParams(query(names)).toString()}`;
  return {
    method: method as 'GET',
    url: `/api/v1${filled}${search}`,
    ...(body && { payload: body(names) }),
    ...(bytes && sealed(bytes)),
  };
};

const sealed = (bytes: Uint8Array) => ({
  payload: Buffer.from(bytes),
  headers: {
    'content-type': 'application/octet-stream',
    'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
  },
});

const send = (who: Persona | 'nobody', request: InjectOptions & { url: string; payload?: object }): Promise<Answer> => {
  if (who === 'nobody') return world.api.http.inject(request);
  const client = clients.get(who);
  if (client === undefined) throw new Error(who);
  return request.method === 'GET'
    ? client.get(request.url)
    : client.send(request.method as 'POST', request.url, request.payload, request.headers);
};

/** Everything that an answer tells, less what differs between any two requests: its own id, its time, and what was asked for. */
const told = ({ statusCode, headers, body }: Answer, names: Names): string => {
  const { date: _date, 'x-request-id': _id, ...rest } = headers;
  const limits = Object.entries(rest).filter(([name]) => !name.startsWith('x-ratelimit'));
  let text = JSON.stringify([statusCode, limits, body]).replace(/\\"requestId\\":\\"[^"\\]+\\"/, '');
  for (const [name, value] of Object.entries(names))
    // A short word is part of others, and counts only where it stands alone.
    text = value.length > 8 ? text.replaceAll(value, `<${name}>`) : text.replaceAll(`\\"${value}\\"`, `<${name}>`);
  return text;
};

const label = ({ route, query, body }: RouteCall): string =>
  [route, query && Object.keys(query(never)).join(' '), body && JSON.stringify(body(never))].filter(Boolean).join(' ');

describe('routes', () => {
  it('are all spoken of here: say of a new one what it names and who may learn of it', () => {
    const registered = world.api.http.apiRoutes
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`);
    const known = new Set([...CALLS.map(({ route }) => route), ...Object.keys(OWN_ROUTES)]);
    expect([...new Set(registered)].sort()).toEqual([...known].sort());
  });
});

describe('lists of what is seen', () => {
  /** Words and ids that tell of the thing, with those who may read them anywhere. */
  const hidden = (): readonly (readonly [string, readonly Persona[]])[] => {
    const { names } = world;
    const ofCase = [
      names.case,
      names.exhibit,
      names.media,
      names.mediaTwo,
      names.digest,
      names.break,
      names.entity,
      names.series,
      'S-1',
      'hushed',
      names.mark,
    ];
    return [
      ...ofCase.map((words) => [words, ['owner', 'shared']] as const),
      [names.list, ['owner', 'colleague', 'shared']],
      ['Hushed list', ['owner', 'colleague', 'shared']],
      [names.operation, ['owner', 'colleague', 'shared', 'unshared']],
      ['Tantalus', ['owner', 'colleague', 'shared', 'unshared']],
      [names.notice, ['owner']],
      [names.outcome, ['owner']],
      [names.apiKey, ['owner']],
      [names.login, ['owner', 'colleague']],
    ];
  };

  it.each(Object.keys(OWN_ROUTES).filter((route) => route.startsWith('GET ')))('%s', async (route) => {
    for (const persona of PERSONAS) {
      const { body } = await send(persona, { method: 'GET', url: `/api/v1${route.slice(4)}` });
      const leaks = hidden().flatMap(([words, may]) => (!may.includes(persona) && body.includes(words) ? [words] : []));
      expect([persona, leaks]).toEqual([persona, []]);
    }
  });

  it('show the owner theirs', async () => {
    const all: string[] = [];
    const lists = Object.keys(OWN_ROUTES).filter((one) => one.startsWith('GET '));
    // Lists of tiles name no digest: the page of one does.
    for (const route of [...lists, `GET /media/${world.names.media}`])
      all.push((await send('owner', { method: 'GET', url: `/api/v1${route.slice(4)}` })).body);
    const together = all.join('\n');
    expect(hidden().flatMap(([words]) => (together.includes(words) ? [] : [words]))).toEqual([]);
  });
});

describe.each(CALLS.map((call) => [label(call), call] as const))('%s', (_label, call) => {
  const real = () => requestOf(call, world.names);
  const invented = () => requestOf(call, never);

  it('tells whoever may not see it nothing', async () => {
    for (const who of [...PERSONAS.filter((persona) => !call.known.includes(persona)), 'nobody'] as const) {
      const answers = [await send(who, real()), await send(who, invented())] as const;
      expect([who, told(answers[0], world.names)]).toEqual([who, told(answers[1], never)]);
      if (who === 'nobody' && call.route !== 'POST /session') expect(answers[0].statusCode).toBe(401);
      expect(answers[0].body).not.toMatch(/"INTERNAL"|"REQUEST_INVALID"/);
    }
  });

  it.runIf(call.route.startsWith('GET '))('tells it nothing by HEAD either', async () => {
    const ask = async (who: Persona, names: Names) => {
      const { cookies } = await signedIn(who);
      return world.api.http.inject({ ...requestOf(call, names), method: 'HEAD', cookies });
    };
    for (const who of PERSONAS.filter((persona) => !call.known.includes(persona)))
      expect(told(await ask(who, world.names), world.names)).toBe(told(await ask(who, never), never));
  });

  it.runIf(call.known.includes('owner'))('answers its owner otherwise', async () => {
    const own = await send('owner', real());
    expect(told(own, world.names)).not.toBe(told(await send('owner', invented()), never));
    expect(own.body).not.toMatch(/"INTERNAL"|"REQUEST_INVALID"/);
    if (call.route.startsWith('GET '))
      for (const who of call.known)
        expect(told(await send(who, real()), world.names)).not.toBe(told(await send(who, invented()), never));
  });
});

const jars = new Map<Persona, { readonly cookies: Record<string, string> }>();
const signedIn = async (who: Persona) => {
  const known = jars.get(who);
  if (known !== undefined) return known;
  const answer = await world.api.http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: world.people[who].login, password: 'a long enough password' },
  });
  const [cookie] = answer.cookies;
  const jar = { cookies: { [cookie?.name ?? '']: cookie?.value ?? '' } };
  jars.set(who, jar);
  return jar;
};
