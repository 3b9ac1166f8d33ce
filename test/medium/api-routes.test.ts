// The routes of the API as a whole: each answers in the form of its contract, leaves its audit event, and refuses whoever is
// not signed in. What each tells whoever asks for what is not theirs stands in stranger-routes.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let ben: Person;
let asAnna: Client;
let asBen: Client;
let asStranger: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, beta, gamma] = [
    await world.agency('Alpha'),
    await world.agency('Beta', 'PT'),
    await world.agency('Gamma', 'FR'),
  ];
  anna = await api.person(alpha, 'anna', ['officer', 'auditor']);
  ben = await api.person(beta, 'ben');
  await api.person(gamma, 'gil', ['administrator']);
  ids['operation'] = await world.operation('Tantalus', [alpha, beta]);
  ids['case'] = await world.case(anna, 'A-1', ids['operation'], true);
  ids['hiddenCase'] = await world.case(anna, 'A-2');
  const benCase = await world.case(ben, 'B-1', ids['operation'], true);
  world.traits('lamp small', { stack: 'lamp', width: 320, height: 240 });
  world.traits('blank', { comparable: false });
  ids['exhibit'] = await world.exhibit(anna, ids['case'], '1', [
    { content: 'lamp', path: 'DCIM/lamp.jpg' },
    { content: 'lamp small' },
    { content: 'blank' },
    { content: null, path: 'broken.jpg' },
  ]);
  await world.exhibit(anna, ids['hiddenCase'], '1', [{ content: 'secret' }]);
  ids['benExhibit'] = await world.exhibit(ben, benCase, '7', [{ content: 'lamp' }, { content: 'lamp beta' }]);
  ids['media'] = await world.media(alpha, 'lamp');
  ids['other'] = await world.media(beta, 'lamp beta');
  ids['secret'] = await world.media(alpha, 'secret');
  await world.match({ id: ids['media'], agencyId: alpha }, { id: ids['other'], agencyId: beta });
  await world.list(anna, 'Lamps', ['blank']);
  [asAnna, asBen, asStranger] = [await api.signIn('anna'), await api.signIn('ben'), await api.signIn('gil')];
});
afterAll(() => api.close());

/** Addresses that name something of Alpha's, with `%` for its id. */
const READS: readonly (readonly [url: string, id: string])[] = [
  ['/operations/%', 'operation'],
  ['/cases/%', 'case'],
  ['/cases?operation=%', 'operation'],
  ['/exhibits/%', 'exhibit'],
  ['/exhibits/%/failures', 'exhibit'],
  ['/exhibits?case=%', 'case'],
  ['/exhibits?operation=%', 'operation'],
  ['/funnel?operation=%', 'operation'],
  ['/funnel?case=%', 'case'],
  ['/funnel?exhibit=%', 'exhibit'],
  ['/stacks?exhibit=%', 'exhibit'],
  ['/stacks?operation=%&step=new', 'operation'],
  ['/occurrences?media=%', 'media'],
  ['/occurrences?exhibit=%&step=unreadable', 'exhibit'],
  ['/media/%', 'media'],
  ['/media/%/occurrences', 'media'],
  ['/media/%/matches', 'media'],
  ['/media/%/stack', 'media'],
  ['/media/%/history', 'media'],
  ['/cases/%/history', 'case'],
  ['/connections?operation=%', 'operation'],
  ['/connections?exhibit=%', 'exhibit'],
  ['/connections/expansion?exhibit=%', 'exhibit'],
];
const PLAIN = [
  '/me',
  '/api-keys',
  '/operations',
  '/cases',
  '/exhibits',
  '/stacks',
  '/occurrences',
  '/connections',
  '/lists',
  '/audit',
  '/audit/record',
  '/status',
  '/self-test',
  '/search?q=lamp',
];

const at = (url: string, id: string): string => `/api/v1${url.replace('%', id)}`;
/** The answer without what differs from one request to the next by design. */
const withoutRequestId = (body: string): string => body.replace(/"requestId":"[^"]+"/, '');

describe('every read', () => {
  it.each(PLAIN)('%s answers its member', async (url) => {
    const answer = await asAnna.get(`/api/v1${url}`);
    expect(answer.body, url).not.toContain('"code"');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(READS)('%s answers its member', async (url, name) => {
    const own = await asAnna.get(at(url, ids[name] ?? ''));
    expect(own.body).not.toContain('"code":"INTERNAL"');
    expect(own.statusCode).toBe(200);
  });

  it('hides both ends of a comparison', async () => {
    const own = await asAnna.get(`/api/v1/compare?a=${ids['media']}&b=${ids['other']}`);
    expect(own.json()).toMatchObject({ grade: 'same content', match: { other: { mediaId: ids['other'] } } });
    const half = await asBen.get(`/api/v1/compare?a=${ids['other']}&b=${ids['secret']}`);
    expect(half.statusCode).toBe(404);
  });

  it('refuses each without a session', async () => {
    const routes = [...PLAIN.map((url) => `/api/v1${url}`), ...READS.map(([url, name]) => at(url, ids[name] ?? ''))];
    for (const url of routes) {
      const answer = await api.http.inject({ method: 'GET', url });
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'NOT_SIGNED_IN']);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  it('tells what is wrong with a request, and where', async () => {
    const answer = await asAnna.get('/api/v1/stacks?limit=0');
    expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID', pointer: '/limit' });
    expect((await asAnna.get('/api/v1/media/7')).json()).toMatchObject({ code: 'REQUEST_INVALID', pointer: '/id' });
    expect((await asAnna.get('/api/v1/stacks?cursor=xx')).json()).toMatchObject({
      code: 'REQUEST_INVALID',
      pointer: '/cursor',
    });
    expect((await asAnna.get('/api/v1/nothing')).json()).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is seen', () => {
  it('finds a hash, a path and a case', async () => {
    const byHash = (await asAnna.get(`/api/v1/search?q=${sha256Of('lamp').toUpperCase()}`)).json();
    expect(byHash.media).toHaveLength(1);
    expect(byHash.occurrences).toHaveLength(2);
    const byPath = (await asAnna.get('/api/v1/search?q=dcim/lamp')).json();
    expect(byPath.occurrences[0].path).toBe('DCIM/lamp.jpg');
    expect((await asAnna.get('/api/v1/search?q=a-2')).json().cases).toMatchObject([{ reference: 'A-2' }]);
    expect((await asBen.get('/api/v1/search?q=a-2')).json().cases).toEqual([]);
  });

  it('lists the exhibits of an operation, and not those of other cases', async () => {
    const { items } = (await asAnna.get(`/api/v1/exhibits?operation=${ids['operation']}`)).json();
    const all = (await asAnna.get('/api/v1/exhibits')).json().items;
    const named = (rows: { caseReference: string }[]) => rows.map(({ caseReference }) => caseReference).sort();
    expect(named(items)).toEqual(['A-1', 'B-1']);
    expect(named(all)).toEqual(['A-1', 'A-2', 'B-1']);
  });

  it('connects the two exhibits, with its reason in words', async () => {
    const { items } = (await asAnna.get(`/api/v1/connections?operation=${ids['operation']}`)).json();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      counts: [
        { grade: 'identical', pairs: 1 },
        { grade: 'same content', pairs: 1 },
      ],
      isLead: false,
      strongest: { grade: 'identical', words: 'The same file, byte for byte.' },
    });
  });

  it('pages through tiles without losing or doubling one', async () => {
    const whole = (await asAnna.get('/api/v1/stacks?collapse=media')).json();
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const one = (await asAnna.get(`/api/v1/stacks?collapse=media&limit=1${cursor}`)).json();
      expect(one.total).toBe(whole.total);
      seen.push(...one.items.map((tile: { mediaId: string }) => tile.mediaId));
      if (one.next === null) break;
      cursor = `&cursor=${one.next}`;
    }
    expect(seen).toEqual(whole.items.map((tile: { mediaId: string }) => tile.mediaId));
  });

  it('lists what failed, with its code', async () => {
    const { items, total } = (await asAnna.get(at('/exhibits/%/failures', ids['exhibit'] ?? ''))).json();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ path: 'broken.jpg', stage: 'walk', code: 'FILE_UNREADABLE', mediaId: null });
  });
});

describe('the record', () => {
  const events = async (client: Client, query = '') =>
    (await client.get(`/api/v1/audit?limit=500${query}`)).json().items;

  it('holds views, searches, refusals and failed sign-ins, each with who and what', async () => {
    await asAnna.get(at('/media/%', ids['media'] ?? ''));
    await asAnna.get('/api/v1/media/00000000-0000-4000-8000-000000000009');
    await api.http.inject({ method: 'POST', url: '/api/v1/session', payload: { login: 'anna', password: 'wrong' } });
    const types = new Set((await events(asAnna)).map((event: { type: string }) => event.type));
    expect([...types]).toEqual(expect.arrayContaining(['view', 'search', 'refusal', 'sign-in']));
    expect(await events(asAnna, `&object=${ids['media']}&type=view`)).not.toHaveLength(0);
    const refusals = await events(asAnna, '&type=refusal');
    expect(refusals.map((event: { detail: { code: string } }) => event.detail.code)).toEqual(
      expect.arrayContaining(['NOT_FOUND', 'SIGN_IN_FAILED']),
    );
  });

  it('shows an officer their own events only, and nobody those of another agency', async () => {
    const mine = await events(asBen);
    expect(new Set(mine.map((event: { login: string }) => event.login))).toEqual(new Set(['ben']));
    const stranger = await events(asStranger);
    expect(new Set(stranger.map((event: { login: string }) => event.login))).toEqual(new Set(['gil']));
  });

  it('describes every route of the API in OpenAPI 3.1', async () => {
    const description = (await api.http.inject('/api/openapi.json')).json();
    expect(description.openapi).toBe('3.1.0');
    const paths = Object.keys(description.paths).filter((path) => path.startsWith('/api/v1'));
    expect(paths.length).toBeGreaterThan(25);
  });
});

describe('accounts', () => {
  it('says the same for an unknown name and a wrong password', async () => {
    const answers = await Promise.all(
      ['anna', 'nobody'].map((login) =>
        api.http.inject({ method: 'POST', url: '/api/v1/session', payload: { login, password: 'guess guess guess' } }),
      ),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401]);
    expect(withoutRequestId(answers[0]?.body ?? '')).toBe(withoutRequestId(answers[1]?.body ?? ''));
  });

  it('slows down whoever guesses', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const payload = { login: 'guessed', password: `guess ${i}` };
      codes.push((await api.http.inject({ method: 'POST', url: '/api/v1/session', payload })).statusCode);
    }
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(codes.slice(10)).toEqual([429, 429]);
  });

  it('sets a strict cookie, and ends the session on the way out', async () => {
    const answer = await api.http.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { login: 'ben', password: PASSWORD },
    });
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    const cookies = { [answer.cookies[0]?.name ?? '']: answer.cookies[0]?.value ?? '' };
    expect((await api.http.inject({ method: 'DELETE', url: '/api/v1/session', cookies })).statusCode).toBe(204);
    expect((await api.http.inject({ method: 'GET', url: '/api/v1/me', cookies })).statusCode).toBe(401);
  });

  it('lets a program do what its key says, and no more', async () => {
    const made = (await asAnna.send('POST', '/api/v1/api-keys', { name: 'script', scopes: ['read'] })).json();
    const headers = { authorization: `Bearer ${made.secret}` };
    expect((await api.http.inject({ url: '/api/v1/me', headers })).json()).toMatchObject({ login: 'anna' });
    const refused = await api.http.inject({
      method: 'POST',
      url: '/api/v1/cases',
      headers,
      payload: { reference: 'A-9' },
    });
    expect(refused.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await asBen.send('DELETE', `/api/v1/api-keys/${made.id}`)).statusCode).toBe(404);
    expect((await asAnna.send('DELETE', `/api/v1/api-keys/${made.id}`)).statusCode).toBe(204);
    expect((await api.http.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
  });

  it('lets no key make another: it would widen its scopes and outlive its end', async () => {
    const made = (await asAnna.send('POST', '/api/v1/api-keys', { name: 'writer', scopes: ['read', 'write'] })).json();
    const answer = await api.http.inject({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers: { authorization: `Bearer ${made.secret}` },
      payload: { name: 'wider', scopes: ['reveal'] },
    });
    expect(answer.json()).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('opens a case once, and shares it only with an operation', async () => {
    const body = { reference: 'A-7', operationReference: 'Tantalus', shareWithOperation: true };
    expect((await asAnna.send('POST', '/api/v1/cases', body)).json()).toMatchObject({
      reference: 'A-7',
      sharedWithOperation: true,
    });
    expect((await asAnna.send('POST', '/api/v1/cases', body)).json()).toMatchObject({
      code: 'ALREADY_EXISTS',
      pointer: '/reference',
    });
    expect((await asStranger.send('POST', '/api/v1/cases', body)).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect(
      (await asAnna.send('POST', '/api/v1/cases', { reference: 'A-8', shareWithOperation: true })).statusCode,
    ).toBe(400);
  });

  it('refuses what a page of another site sends', async () => {
    const answer = await asAnna.send('POST', '/api/v1/cases', { reference: 'X' });
    expect(answer.statusCode).toBe(200);
    const session = await api.http.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { login: 'anna', password: PASSWORD },
    });
    // `null` comes from a sandboxed frame.
    for (const origin of ['https://elsewhere.example.org', 'null', '']) {
      const foreign = await api.http.inject({
        method: 'POST',
        url: '/api/v1/cases',
        cookies: { [session.cookies[0]?.name ?? '']: session.cookies[0]?.value ?? '' },
        headers: { origin },
        payload: { reference: 'Y' },
      });
      expect(foreign.json()).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('takes what cannot be stored for a fault of the request', async () => {
    expect((await asAnna.get('/api/v1/search?q=a%00b')).json()).toMatchObject({ code: 'REQUEST_INVALID' });
    for (const reference of ['a\u0000b', 'a\nb', ' '])
      expect((await asAnna.send('POST', '/api/v1/cases', { reference })).json()).toMatchObject({
        code: 'REQUEST_INVALID',
      });
  });
});

describe('the server', () => {
  it('is alive, and ready only with an index', async () => {
    expect((await api.http.inject('/healthz')).statusCode).toBe(200);
    const ready = await api.http.inject('/readyz');
    expect([ready.statusCode, ready.json().state]).toEqual([503, 'INDEX-ABSENT']);
  });

  it('serves its description and its pages without another host', async () => {
    const docs = await api.http.inject('/docs');
    expect([200, 302]).toContain(docs.statusCode);
    const page = await api.http.inject('/docs/');
    expect(page.body).not.toMatch(/https?:\/\/(?!localhost)[^"']*\.(js|css)/);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(page.headers['content-security-policy']).not.toMatch(/https:|swagger\.io|upgrade-insecure/);
  });

  it('says how to build the pages, under a policy without inline script', async () => {
    const page = await api.http.inject('/cases/7');
    expect(page.body).toContain('npm run build');
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
  });
});

describe('what never reaches a route', () => {
  it.each(['/assets/%', '/api/v1/cases/%E0%A4%A', '/%'])(
    'answers %s with a problem and the headers of every answer',
    async (url) => {
      const answer = await api.http.inject({ method: 'GET', url });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
    },
  );

  it('answers a body of 3 MB with 413 and its code', async () => {
    const answer = await api.http.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { login: 'anna', password: 'x'.repeat(3_000_000) },
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'REQUEST_TOO_LARGE', status: 413 });
  });
});
