// What an attacker on the network tries, without a browser: sessions, foreign pages, names and paths, two readings of one request, bodies without
// end, senders without haste, guessing. Each gets a clear refusal, changes nothing, and holds nobody else up.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { codeOf, openFixture, PASSWORD, type ApiFixture } from './api-fixture.js';
import { attackTheWire } from './attack-wire.js';
import { sendRaw } from './raw-client.js';

const SECRET = 'lies beside the pages';

let api: ApiFixture;
/** A second server on the same store, listening, behind a proxy on 127.0.0.1, in haste. */
let wire: FastifyInstance;
let port: number;
let token: string;

beforeAll(async () => {
  api = await openFixture();
  const [alpha, beta] = [await api.world.agency('Alpha'), await api.world.agency('Beta', 'PT')];
  await api.person(alpha, 'anna', ['administrator', 'officer']);
  await api.person(beta, 'ben');
  const web = `${api.folder}/web`;
  mkdirSync(`${web}/assets`, { recursive: true });
  writeFileSync(`${web}/index.html`, '<!doctype html><title>page</title>');
  writeFileSync(`${web}/assets/app.js`, 'export {};');
  writeFileSync(`${web}/.env`, SECRET);
  writeFileSync(`${api.folder}/secret.html`, SECRET);
  const config = { ...api.store.config, trustedProxies: ['127.0.0.1'] };
  wire = await buildHttp({
    store: { ...api.store, config },
    webFolder: web,
    patience: { headersMs: 1_000, requestMs: 1_500, checkMs: 50 },
  });
  await wire.listen({ host: '127.0.0.1', port: 0 });
  port = (wire.server.address() as AddressInfo).port;
  token = (await signIn('anna')).value;
});
afterAll(async () => {
  await wire.close();
  await api.close();
});

const signIn = async (login: string, sent: Partial<InjectOptions> = {}) => {
  const payload = { login, password: PASSWORD };
  const answer = await api.http.inject({ method: 'POST', url: '/api/v1/session', payload, ...sent });
  const [cookie] = answer.cookies;
  if (answer.statusCode !== 200 || cookie === undefined) throw new Error(answer.body);
  return cookie;
};
const me = (cookie: string, http = api.http) => http.inject({ url: '/api/v1/me', headers: { cookie } });
const withToken = (value: string) => `redthread_session=${value}`;

describe('a session', () => {
  it('is never one that was laid for it: whatever cookie came along, signing in makes a new name', async () => {
    const laid = 'A'.repeat(43);
    const made = await signIn('anna', { cookies: { redthread_session: laid } });
    expect(made.value).not.toBe(laid);
    expect((await me(withToken(laid))).statusCode).toBe(401);
    const again = await signIn('anna', { cookies: { redthread_session: made.value } });
    expect(again.value).not.toBe(made.value);
  });

  it('is over when it was signed out of, and its copies with it', async () => {
    const { value } = await signIn('ben');
    const headers = { cookie: withToken(value) };
    expect((await me(withToken(value))).statusCode).toBe(200);
    await api.http.inject({ method: 'DELETE', url: '/api/v1/session', headers });
    for (let i = 0; i < 3; i += 1) expect((await me(withToken(value))).statusCode).toBe(401);
  });

  it.each([
    ['of nobody', () => 'B'.repeat(43)],
    ['with one letter changed', () => (token.startsWith('x') ? 'y' : 'x') + token.slice(1)],
    ['cut short', () => token.slice(0, -1)],
    ['with more behind it', () => `${token}A`],
    ['of ten thousand letters', () => 'A'.repeat(10_000)],
    ['that is its digest', () => Buffer.from(token).toString('hex')],
    ['empty', () => ''],
    ['that is a statement', () => "' or '1'='1"],
    ['with a zero byte', () => `${token}%00`],
  ])('is opened by no cookie %s', async (_, value) => {
    expect((await me(withToken(value()))).statusCode).toBe(401);
  });

  it('is given over TLS under a name that no page without TLS and no neighbour can set, and taken by no other', async () => {
    const config = { ...api.store.config, publicUrl: 'https://redthread.example.org' };
    const http = await buildHttp({ store: { ...api.store, config }, webFolder: `${api.folder}/no-web` });
    const payload = { login: 'anna', password: PASSWORD };
    const answer = await http.inject({ method: 'POST', url: '/api/v1/session', payload });
    const line = String(answer.headers['set-cookie']);
    const { value } = answer.cookies[0] ?? { value: '' };
    const [plain, host] = [await me(withToken(value), http), await me(`__Host-redthread_session=${value}`, http)];
    await http.close();
    expect(line).toMatch(/^__Host-redthread_session=[\w-]{43}; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
    expect(line).not.toMatch(/Domain/i);
    expect([plain.statusCode, host.statusCode]).toEqual([401, 200]);
    expect(host.headers['strict-transport-security']).toMatch(/max-age=31536000/);
    expect((await me(withToken(token))).headers['strict-transport-security']).toBeUndefined();
  });
});

describe('a page of another site', () => {
  const asAnna = (sent: InjectOptions) =>
    api.http.inject({ ...sent, headers: { cookie: withToken(token), ...sent.headers } });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example.org' },
    { origin: 'http://localhost.elsewhere.example.org' },
    { origin: 'http://localhost:81' },
    { origin: 'null' },
    { origin: 'http://localhost:80@elsewhere.example.org' },
  ])('changes nothing: %o', async (headers) => {
    const payload = { reference: 'FORGED' };
    const answer = await asAnna({ method: 'POST', url: '/api/v1/cases', headers, payload });
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
    const body = { login: 'ben', password: PASSWORD };
    const login = await api.http.inject({ method: 'POST', url: '/api/v1/session', headers, payload: body });
    expect([login.statusCode, login.cookies]).toEqual([403, []]);
  });

  it('is told nothing either', async () => {
    const answer = await asAnna({ method: 'GET', url: '/api/v1/cases', headers: { 'sec-fetch-site': 'cross-site' } });
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const asked = await api.http.inject({
      method: 'OPTIONS',
      url: '/api/v1/cases',
      headers: { origin: 'https://elsewhere.example.org', 'access-control-request-method': 'POST' },
    });
    expect(asked.statusCode).toBe(404);
    expect(JSON.stringify(asked.headers)).not.toContain('access-control');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'sends no form as %s',
    async (type) => {
      const payload = '{"reference":"FORGED"}';
      const answer = await asAnna({
        method: 'POST',
        url: '/api/v1/cases',
        headers: { 'content-type': type, 'x-http-method-override': 'POST' },
        payload,
      });
      expect([400, 415]).toContain(answer.statusCode);
      const got = await asAnna({ method: 'GET', url: '/api/v1/cases', headers: { 'x-http-method-override': 'POST' } });
      expect(got.body).not.toContain('FORGED');
    },
  );

  it('finds every answer closed to it', async () => {
    const { headers } = await wire.inject('/cases/7');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' blob: data:;font-src 'self' data:;connect-src 'self' blob:;manifest-src 'self';worker-src 'self' blob:;form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    for (const url of ['/cases/7', '/assets/app.js', '/api/v1/me', '/healthz', '/docs/']) {
      const answer = await wire.inject(url);
      expect(answer.headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
      expect(answer.headers['x-powered-by'] ?? answer.headers['server']).toBeUndefined();
    }
  });
});

describe('clear bytes', () => {
  it('have no address: each way to them asks with POST, and leaves its event', () => {
    const ways = api.http.apiRoutes.filter(({ access }) => access === 'reveal');
    expect(ways.length).toBeGreaterThan(0);
    for (const { method, audit } of ways) expect([method, audit]).toEqual(['POST', { byService: true }]);
  });

  it('answer a copied address as one that nobody has', async () => {
    const id = '00000000-0000-4000-8000-000000000009';
    for (const url of [`/api/v1/media/${id}/reveal`, `/api/v1/media/${id}/revealed`]) {
      const answer = await api.http.inject({ url, headers: { cookie: withToken(token) } });
      expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('files', () => {
  it('leave after a fresh proof alone, whichever way', async () => {
    const { value } = await signIn('anna');
    const headers = { cookie: withToken(value) };
    await api.store.owner
      .updateTable('sessions')
      .set({ proven_at: new Date(Date.now() - 11 * 60_000) })
      .where('token_hash', '=', createHash('sha256').update(value).digest())
      .execute();
    const { paths } = (await api.http.inject('/api/openapi.json')).json<{
      paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
    }>();
    const ways = Object.entries(paths).flatMap(([url, methods]) =>
      Object.entries(methods)
        .filter(([, { responses }]) => /octet-stream|zip/.test(Object.keys(responses['200']?.content ?? {}).join()))
        .map(([method]) => [method.toUpperCase() as 'POST', url] as const),
    );
    expect(ways.map(([, url]) => url).sort()).toEqual(
      ['baseline', 'exports', 'exports/chats', 'exports/package', 'reports'].map((path) => `/api/v1/${path}`),
    );
    for (const [method, url] of ways)
      expect([url, codeOf(await api.http.inject({ method, url, headers, payload: {} }))]).toEqual([
        url,
        'PROOF_NEEDED',
      ]);
  });
});

describe('names and headers', () => {
  it.each([
    'elsewhere.example.org',
    '127.0.0.1.elsewhere.example.org',
    'localhost:80@elsewhere.example.org',
    'localhost/elsewhere',
    'localhost, elsewhere.example.org',
    'xn--lcalhost-9xa',
  ])('answers to no name that is not its own: %s', async (host) => {
    for (const url of ['/', '/api/v1/me', '/api/v1/setup']) {
      const answer = await api.http.inject({ url, headers: { host } });
      expect([answer.statusCode, codeOf(answer)]).toEqual([421, 'HOST_UNKNOWN']);
    }
    expect((await api.http.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(200);
  });

  it('takes one name, and no name from whoever is no proxy', async () => {
    const get = 'GET /api/v1/setup HTTP/1.1\r\nHost: localhost\r\n';
    const twice = await sendRaw(port, [`${get}Host: elsewhere.example.org\r\nConnection: close\r\n\r\n`]);
    expect([400, 421]).toContain(twice.statuses[0]);
    const none = await sendRaw(port, ['GET /api/v1/setup HTTP/1.1\r\nConnection: close\r\n\r\n']);
    expect(none.statuses).toEqual([400]);
    const forwarded = await api.http.inject({
      url: '/docs',
      remoteAddress: '192.0.2.9',
      headers: { 'x-forwarded-host': 'elsewhere.example.org', 'x-forwarded-proto': 'https', 'x-original-url': '/x' },
    });
    expect(JSON.stringify(forwarded.headers)).not.toContain('elsewhere');
  });

  it('leaves the name to a proxy where no public address is given, and to nobody where one is', async () => {
    const headers = { host: 'inner:4480', 'x-forwarded-host': 'hub.example.org' };
    const config = { ...api.store.config, trustedProxies: ['127.0.0.1'], publicUrl: 'https://redthread.example.org' };
    const named = await buildHttp({ store: { ...api.store, config }, webFolder: `${api.folder}/no-web` });
    const ask = async (http: FastifyInstance, host: string) =>
      (await http.inject({ url: '/api/v1/setup', headers: { ...headers, 'x-forwarded-host': host } })).statusCode;
    expect(await ask(wire, 'hub.example.org')).toBe(200);
    expect(await ask(named, 'hub.example.org')).toBe(421);
    expect(await ask(named, 'redthread.example.org')).toBe(200);
    await named.close();
  });

  it('counts who asks by the last address that no proxy of ours gave', async () => {
    const guess = (login: string, forwarded: string, remoteAddress: string) =>
      wire.inject({
        method: 'POST',
        url: '/api/v1/session',
        remoteAddress,
        headers: { 'x-forwarded-for': forwarded },
        payload: { login, password: 'guess guess guess' },
      });
    await guess('forged-1', '198.51.100.1, 203.0.113.7', '127.0.0.1');
    await guess('forged-2', '127.0.0.1', '192.0.2.66');
    await guess('forged-3', 'garbage\t<script>, 203.0.113.8', '127.0.0.1');
    const rows = await api.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('login', 'like', 'forged-%')
      .orderBy('login')
      .execute();
    expect(rows.map(({ detail }) => (detail as { attempted: string }).attempted)).toEqual([
      'sign-in from 203.0.113.7',
      'sign-in from 192.0.2.66',
      'sign-in from 203.0.113.8',
    ]);
  });

  it.each(['anna%0d%0aset-cookie:%20x=1', 'anna%0aset-cookie:x=1', '%c4%8d%c4%8aset-cookie:x=1'])(
    'lets no line break into an answer: %s',
    async (text) => {
      for (const url of [`/${text}`, `/api/v1/search?q=${text}`, `/api/v1/media/${text}`, `/assets/${text}`]) {
        const answer = await wire.inject({ url, headers: { cookie: withToken(token) } });
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    },
  );
});

describe('paths', () => {
  it.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/assets/..%2f..%2fsecret.html',
    '/assets/%2e%2e/%2e%2e/secret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets/....//....//secret.html',
    '/assets/%252e%252e%252f%252e%252e%252fsecret.html',
    '/assets//../../secret.html',
    '/assets/%c0%ae%c0%ae/secret.html',
    '/assets/app.js%00.html',
    '/.env',
    '/%2eenv',
    '/assets/../.env',
    '//localhost/../secret.html',
    '/docs/static/../../../package.json',
    '/docs/static/..%2f..%2f..%2fpackage.json',
    '/assets',
    '/assets/',
  ])('%s leads to no file beside the pages', async (url) => {
    const { text, statuses } = await sendRaw(port, [
      `GET ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    ]);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('"dependencies"');
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeLessThan(500);
  });

  it.each([
    '/api/v1//me',
    '/api//v1/me',
    '/API/v1/me',
    '/api/v1/me/',
    '/api/v1/%6de/../me',
    '/api/v1/me;x=1',
    '/assets/../api/v1/me',
  ])('%s goes round no check of who asks', async (url) => {
    const answer = await api.http.inject({ url });
    expect(answer.body).not.toContain('anna');
    expect([400, 401, 404, 200]).toContain(answer.statusCode);
    if (answer.statusCode === 200) expect(answer.headers['content-type']).toMatch(/^text\/html/);
  });
});

attackTheWire(() => ({ api, http: wire, port, token }));
