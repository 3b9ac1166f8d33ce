// Who a sign-in comes from: the limit on an address over all names, and whose word on the sender is taken.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
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
