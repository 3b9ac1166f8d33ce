// Attacks that need a connection of their own: two readings of one request, bodies without end, senders without haste, ten thousand guesses.
import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { PASSWORD, type ApiFixture } from './api-fixture.js';
import { sendRaw } from './raw-client.js';

export interface Wire {
  readonly api: ApiFixture;
  /** Listens on `port`, behind a proxy that is named. */
  readonly http: FastifyInstance;
  readonly port: number;
  /** Of a session that an attack would end. */
  readonly token: string;
}

export const attackTheWire = (wire: () => Wire): void => {
  describe('two readings of one request', () => {
    /** Signs the victim out when the second of the two is read as a request. */
    const smuggled = () =>
      `DELETE /api/v1/session HTTP/1.1\r\nHost: localhost\r\nCookie: redthread_session=${wire().token}\r\nContent-Length: 0\r\n\r\n`;
    const post = (lines: readonly string[], body: string) =>
      ['POST /api/v1/session HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines, '', body].join(
        '\r\n',
      );

    it.each<[string, (hidden: string) => string]>([
      ['CL.TE', (hidden) => post(['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`)],
      ['TE.CL', (hidden) => post(['Transfer-Encoding: chunked', 'Content-Length: 4'], `5c\r\n${hidden}\r\n0\r\n\r\n`)],
      ['two lengths', (hidden) => post(['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden)],
      ['one length twice', (hidden) => post(['Content-Length: 0', 'Content-Length: 0'], hidden)],
      ['lengths in a list', (hidden) => post([`Content-Length: 0, ${hidden.length}`], hidden)],
      ['a length with a sign', (hidden) => post(['Content-Length: +0'], hidden)],
      ['a length in hexadecimal', (hidden) => post(['Content-Length: 0x0'], hidden)],
      ['a blank before the colon', (hidden) => post(['Content-Length : 0'], hidden)],
      ['an unknown coding', (hidden) => post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden}`)],
      ['chunked and not last', (hidden) => post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${hidden}`)],
      ['chunked with a control character', (hidden) => post(['Transfer-Encoding: \x0bchunked'], `0\r\n\r\n${hidden}`)],
      ['a chunk of no size', (hidden) => post(['Transfer-Encoding: chunked'], `zz\r\n\r\n${hidden}`)],
      ['a chunk with a bare line feed', (hidden) => post(['Transfer-Encoding: chunked'], `0\n\n${hidden}`)],
      ['a folded header', (hidden) => post(['X: a', ' Transfer-Encoding: chunked', 'Content-Length : 0'], hidden)],
      ['a folded coding', (hidden) => post(['Transfer-Encoding:', '\tchunked', 'Content-Length: 0'], hidden)],
      ['a header name with a blank', (hidden) => post(['Content Length: 0'], hidden)],
      ['a bare carriage return', (hidden) => post(['X: a\rTransfer-Encoding: chunked', 'Content-Length: 0'], hidden)],
      ['a request line of an older time', (hidden) => `GET /healthz\r\n\r\n${hidden}`],
    ])('%s ends the connection, and what was hidden in it is not read', async (_, request) => {
      const { port, http, token } = wire();
      const { statuses, closed } = await sendRaw(port, [request(smuggled())]);
      expect(statuses).toEqual([400]);
      expect(closed).toBe(true);
      const headers = { cookie: `redthread_session=${token}` };
      expect((await http.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200);
    });

    it('answers them as it answers everything: with a code, and nothing to keep or to run', async () => {
      const { text } = await sendRaw(wire().port, ['nonsense\r\n\r\n']);
      expect(text).toMatch(/content-type: application\/problem\+json/i);
      expect(text).toMatch(/cache-control: no-store/i);
      expect(text).toContain('"code":"REQUEST_INVALID"');
    });
  });

  describe('bodies and headers without end', () => {
    const head = (lines: readonly string[]) =>
      ['POST /api/v1/session HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines, '', ''].join(
        '\r\n',
      );

    it.each<[string, string[], number]>([
      ['a length that is too large is not read', [head(['Content-Length: 99999999999'])], 413],
      ['a length that no number holds', [head(['Content-Length: 99999999999999999999999999'])], 400],
      ['headers of 40 kB', [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`], 431],
      ['a line of 40 kB', [`GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`], 431],
      ['chunks that go on', [head(['Transfer-Encoding: chunked']), `200000\r\n${'a'.repeat(0x200000)}\r\n`], 413],
    ])('%s', async (_, parts, status) => {
      expect((await sendRaw(wire().port, parts)).statuses).toEqual([status]);
    });

    it('refuses lists within lists and names that poison', async () => {
      const { http } = wire();
      const send = (payload: string) =>
        http.inject({
          method: 'POST',
          url: '/api/v1/session',
          headers: { 'content-type': 'application/json' },
          payload,
        });
      for (const body of [
        '['.repeat(400_000),
        '{"__proto__":{"isAdmin":true},"login":"a","password":"b"}',
        '{"constructor":{"prototype":{"x":1}},"login":"a","password":"b"}',
        `{"login":"${'a'.repeat(100_000)}","password":"b"}`,
        '{"login":["anna"],"password":{"$ne":""}}',
      ])
        expect((await send(body)).statusCode, body.slice(0, 60)).toBe(400);
    });
  });

  describe('senders without haste', () => {
    it.each([
      ['headers', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: '],
      [
        'bodies',
        'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
      ],
    ])('of %s are hung up on, however many, and others are answered meanwhile', async (_, begun) => {
      const { port } = wire();
      const slow = Array.from({ length: 60 }, () => sendRaw(port, [begun]));
      const other = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(other.status).toBe(200);
      for (const { statuses, closed } of await Promise.all(slow)) {
        expect(statuses).toEqual([408]);
        expect(closed).toBe(true);
      }
    });
  });

  describe('guessing', () => {
    const guess = (login: string, remoteAddress: string, password = 'not the password') =>
      wire().api.http.inject({ method: 'POST', url: '/api/v1/session', remoteAddress, payload: { login, password } });

    it('ten thousand times costs a hundred hashes, tells nothing, and keeps nobody else out', async () => {
      const counted = new Map<number, number>();
      let last = '';
      for (let i = 0; i < 10_000; i += 1) {
        const { statusCode, body } = await guess(
          i % 2 === 0 ? 'anna' : `nobody-${i % 50}`,
          '198.51.100.77',
          `guess ${i}`,
        );
        counted.set(statusCode, (counted.get(statusCode) ?? 0) + 1);
        last = body;
      }
      const judged = counted.get(401) ?? 0;
      // A minute may have passed meanwhile, and another hundred with it.
      expect(judged).toBeGreaterThan(0);
      expect(judged).toBeLessThanOrEqual(400);
      expect(judged + (counted.get(429) ?? 0)).toBe(10_000);
      expect(last).toContain('TOO_MANY_REQUESTS');
      expect((await guess('anna', '127.0.0.1', PASSWORD)).statusCode).toBe(200);
    });

    it('answers a name that is known and one that is not alike: status, headers, body, and class of time', async () => {
      const names = ['ben', 'nobody-at-all'] as const;
      const times: Record<string, number[]> = { [names[0]]: [], [names[1]]: [] };
      const seen = new Map<string, Set<string>>();
      for (let i = 0; i < 12; i += 1)
        for (const name of i % 2 === 0 ? names : [...names].reverse()) {
          const beganMs = performance.now();
          const { statusCode, headers, body } = await guess(name, `192.0.2.${i + 100}`);
          times[name]?.push(performance.now() - beganMs);
          const { date: _, ...rest } = headers;
          const said = JSON.stringify([statusCode, rest, body.replace(/"requestId":"[^"]+"/, '')]);
          seen.set(name, (seen.get(name) ?? new Set()).add(said));
        }
      expect(seen.get(names[0])).toEqual(seen.get(names[1]));
      expect(seen.get(names[0])?.size).toBe(1);
      // The quickest of each: what else the machine does lengthens a time and never shortens one.
      const quickest = names.map((name) => Math.min(...(times[name] ?? [])));
      expect(Math.max(...quickest) / Math.min(...quickest)).toBeLessThan(2);
    });
  });
};
