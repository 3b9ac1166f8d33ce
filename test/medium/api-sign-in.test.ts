// Who a sign-in comes from: the limit on an address over all names, and whose word on sender and host is taken; and TLS of the server's own.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { followTls, readTls, type TakesCertificate } from '../../packages/server/src/app/tls.js';
import { makeCertificate } from '../support/certificate.js';
import { openFixture, PASSWORD, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
  await api.person(await api.world.agency('Proxied'), 'petra');
});
afterAll(() => api.close());

it('slows down whoever tries one password on everybody, from their own address only', async () => {
  const tryAs = (login: string, remoteAddress: string) =>
    api.http.inject({
      method: 'POST',
      url: '/api/v1/session',
      remoteAddress,
      headers: { 'x-forwarded-for': `198.51.100.${login.length}` },
      payload: { login, password: 'one for all' },
    });
  const codes: number[] = [];
  for (let i = 0; i < 102; i += 1) codes.push((await tryAs(`spray-${i}`, '192.0.2.7')).statusCode);
  expect(codes.slice(0, 100)).not.toContain(429);
  expect(codes.slice(100)).toEqual([429, 429]);
  expect((await tryAs('spray-0', '192.0.2.8')).statusCode).toBe(401);
  // The header of somebody who is no proxy of ours is not believed, in the record neither.
  const rows = await api.store.owner
    .selectFrom('audit_events')
    .select('detail')
    .where('login', '=', 'spray-0')
    .execute();
  expect(JSON.stringify(rows)).toContain('192.0.2.7');
  expect(JSON.stringify(rows)).not.toContain('198.51.100');
});

it('takes the word of a proxy that is named', async () => {
  const config = { ...api.store.config, trustedProxies: ['192.0.2.0/24'] };
  const http = await buildHttp({ store: { ...api.store, config }, webFolder: `${api.folder}/no-web` });
  const from = (remoteAddress: string) =>
    http.inject({
      method: 'POST',
      url: '/api/v1/session',
      remoteAddress,
      headers: { 'x-forwarded-for': '198.51.100.9' },
      payload: { login: `by ${remoteAddress}`, password: 'guess guess' },
    });
  await from('192.0.2.1');
  await from('203.0.113.1');
  await http.close();
  const rows = await api.store.owner
    .selectFrom('audit_events')
    .select('detail')
    .where('login', 'like', 'by %')
    .orderBy('id')
    .execute();
  expect(rows.map(({ detail }) => (detail as { attempted: string }).attempted)).toEqual([
    'sign-in from 198.51.100.9',
    'sign-in from 203.0.113.1',
  ]);
});

it('takes the word on the host that was opened from a proxy that is named, and from nobody else', async () => {
  const config = { ...api.store.config, trustedProxies: ['192.0.2.0/24'] };
  const http = await buildHttp({ store: { ...api.store, config }, webFolder: `${api.folder}/no-web` });
  const signedIn = await http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'petra', password: PASSWORD },
  });
  const write = (remoteAddress: string) =>
    http.inject({
      method: 'DELETE',
      url: '/api/v1/me/sessions/others',
      remoteAddress,
      cookies: Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value])),
      headers: { host: 'inner.localhost:4480', 'x-forwarded-host': 'hub.localhost', origin: 'https://hub.localhost' },
    });
  const answers = [await write('192.0.2.1'), await write('203.0.113.1')];
  await http.close();
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 403]);
});

describe('TLS of its own', () => {
  const files = () => ({ certificate: join(api.folder, 'cert.pem'), key: join(api.folder, 'key.pem') });
  const layDown = async (days: readonly [number, number]) => {
    const made = await makeCertificate('localhost', days);
    writeFileSync(files().key, made.key, { mode: 0o600 });
    writeFileSync(files().certificate, made.cert);
    return made;
  };
  let http: FastifyInstance;
  let ca: string;
  let port: number;
  beforeAll(async () => {
    ca = (await layDown([-1, 100])).cert;
    const config = { ...api.store.config, tls: files() };
    http = await buildHttp({
      store: { ...api.store, config },
      webFolder: `${api.folder}/no-web`,
      tls: readTls(files()),
    });
    port = Number(new URL(await http.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterAll(() => http.close());

  const body = JSON.stringify({ login: 'petra', password: PASSWORD });

  it('signs in over HTTP/1.1, with a cookie for TLS alone, and tells browsers to insist on it', async () => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      ca,
      method: 'POST',
      path: '/api/v1/session',
      headers,
    });
    const [answer] = (await once(sent.end(body), 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.httpVersion).toBe('1.1');
    expect(answer.headers['set-cookie']?.join()).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
  });

  it('answers over HTTP/2, and knows a page of its own from a foreign one there', async () => {
    const client = connect(`https://localhost:${port}`, { ca, servername: 'localhost', host: '127.0.0.1' });
    const send = async (method: string, path: string, headers: Record<string, string>, text?: string) => {
      const stream = client.request({ ':method': method, ':path': path, ...headers });
      stream.end(text);
      const [answer] = (await once(stream, 'response')) as [Record<string, string | string[]>];
      stream.resume();
      await once(stream, 'close');
      return answer;
    };
    const session = await send('POST', '/api/v1/session', { 'content-type': 'application/json' }, body);
    expect(session[':status']).toBe(200);
    const cookie = String(session['set-cookie']).split(';')[0] ?? '';
    const end = (origin: string) => send('DELETE', '/api/v1/me/sessions/others', { cookie, origin });
    expect((await end('https://evil.example'))[':status']).toBe(403);
    expect((await end(`https://localhost:${port}`))[':status']).toBe(204);
    client.close();
  });

  it('takes up a new certificate while it runs, and keeps the one before where the new one does not hold', async () => {
    const serial = async (): Promise<string> => {
      const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    };
    const refused: unknown[] = [];
    let taken = 0;
    const end = followTls(http.server as unknown as TakesCertificate, files(), {
      everyMs: 20,
      onTaken: () => (taken += 1),
      onRefused: (error) => refused.push(error),
    });
    try {
      const first = await serial();
      await layDown([-1, 200]);
      await expect.poll(serial, { timeout: 10_000 }).not.toBe(first);
      const second = await serial();
      await layDown([-9, -2]);
      await expect
        .poll(() => refused, { timeout: 10_000 })
        .toContainEqual(expect.objectContaining({ code: 'TLS_CERTIFICATE_EXPIRED' }));
      expect(await serial()).toBe(second);
      await layDown([-1, 300]);
      const before = taken;
      process.emit('SIGHUP');
      expect(taken).toBeGreaterThan(before);
      expect(await serial()).not.toBe(second);
    } finally {
      end();
    }
  });

  it('speaks no plain HTTP there, and ends while a connection is kept open', async () => {
    await expect(fetch(`http://127.0.0.1:${port}/api/v1/setup`)).rejects.toThrow();
    const client = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
    await once(client, 'connect');
    await http.close();
    client.destroy();
  });
});
