// Unrevealed means not sent: what leaves before a reveal is the veiled rendition only, clear bytes leave after their event
// is committed, and without the right key nothing leaves at all.
import { renameSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import {
  dataKeyFor,
  ensureObjectNamer,
  kindKey,
  KeyRing,
  type Store,
  type VaultKind,
} from '../../packages/server/src/store/index.js';
import { clientOf, openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let asAnna: Client;
let media: string;

const RENDITIONS: Readonly<Record<'veiled' | 'clear', Buffer>> = {
  veiled: Buffer.from('bytes of the veiled rendition'),
  clear: Buffer.from('bytes of the clear rendition'),
};

const seal = async (agencyId: string, caseId: string, mediaId: string): Promise<void> => {
  const { store } = api;
  await store.worker.transaction().execute(async (trx) => {
    const { sha256 } = await trx
      .selectFrom('media')
      .select('sha256')
      .where('id', '=', mediaId)
      .executeTakeFirstOrThrow();
    const key = await dataKeyFor(trx, store.keys, { agencyId, mediaId, caseId });
    const nameOf = await ensureObjectNamer(trx, store.keys, agencyId);
    for (const [kind, bytes] of Object.entries(RENDITIONS) as [VaultKind, Buffer][]) {
      await store.vault.sealBuffer(nameOf(sha256, kind), kindKey(key, kind), bytes);
      await trx
        .insertInto('vault_objects')
        .values({ agency_id: agencyId, media_id: mediaId, kind, name: nameOf(sha256, kind), size_bytes: bytes.length })
        .execute();
    }
  });
};

const revealEvents = async () => {
  const rows = await api.store.owner.selectFrom('audit_events').selectAll().where('type', '=', 'reveal').execute();
  return rows.map(({ login, object_id, purpose }) => ({ login, object_id, purpose }));
};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, gamma] = [await world.agency('Alpha'), await world.agency('Gamma')];
  anna = await api.person(alpha, 'anna');
  await api.person(alpha, 'otto', ['auditor']);
  await api.person(gamma, 'gil');
  const caseId = await world.case(anna, 'A-1');
  await world.exhibit(anna, caseId, '1', [{ content: 'lamp' }]);
  media = await world.media(alpha, 'lamp');
  await seal(alpha, caseId, media);
  asAnna = await api.signIn('anna');
});
afterAll(() => api.close());

it('sends the veiled rendition without a purpose', async () => {
  const answer = await asAnna.get(`/api/v1/media/${media}/veiled`);
  expect(answer.headers['content-type']).toBe('image/jpeg');
  expect(answer.rawPayload).toEqual(RENDITIONS.veiled);
});

it('asks for a purpose before the first reveal, and records it', async () => {
  const refused = await asAnna.send('POST', `/api/v1/media/${media}/reveal`);
  expect(refused.json()).toMatchObject({ code: 'REQUEST_INVALID', pointer: '/purpose' });
  expect(await revealEvents()).toEqual([]);
  await asAnna.send('PUT', '/api/v1/me/purpose', { purpose: 'identify the lamp' });
  const answer = await asAnna.send('POST', `/api/v1/media/${media}/reveal`);
  expect(answer.rawPayload).toEqual(RENDITIONS.clear);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await revealEvents()).toEqual([{ login: 'anna', object_id: media, purpose: 'identify the lamp' }]);
});

it('takes a purpose with the request', async () => {
  const answer = await asAnna.send('POST', `/api/v1/media/${media}/reveal`, { purpose: 'second look' });
  expect(answer.statusCode).toBe(200);
  expect((await revealEvents()).at(-1)).toMatchObject({ purpose: 'second look' });
});

it('lets nothing leave when the event cannot be committed', async () => {
  await sql`create function refuse_event() returns trigger language plpgsql as
    $$ begin if new.type = 'reveal' then raise 'no'; end if; return new; end $$`.execute(api.store.owner);
  await sql`create constraint trigger refuse_event after insert on audit_events deferrable initially deferred
    for each row execute function refuse_event()`.execute(api.store.owner);
  try {
    const answer = await asAnna.send('POST', `/api/v1/media/${media}/reveal`);
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(answer.rawPayload.includes(RENDITIONS.clear)).toBe(false);
  } finally {
    await sql`drop trigger refuse_event on audit_events`.execute(api.store.owner);
  }
});

it('hands out nothing that does not open, and has the failure on record after the event, under the same request', async () => {
  const { name } = await api.store.owner
    .selectFrom('vault_objects')
    .select('name')
    .where('kind', '=', 'clear')
    .executeTakeFirstOrThrow();
  const path = api.store.vault.pathOf(name);
  renameSync(path, `${path}.away`);
  try {
    const answer = await asAnna.send('POST', `/api/v1/media/${media}/reveal`, { purpose: 'it is gone' });
    expect(answer.json()).toMatchObject({ code: 'VAULT_MISSING' });
    const events = await api.store.owner
      .selectFrom('audit_events')
      .select(['type', 'object_id', 'detail'])
      .where('request_id', '=', answer.json().requestId)
      .orderBy('id')
      .execute();
    expect(events).toMatchObject([
      { type: 'reveal', object_id: media },
      {
        type: 'refusal',
        object_id: media,
        detail: { code: 'VAULT_MISSING', attempted: 'POST /api/v1/media/:id/reveal' },
      },
    ]);
  } finally {
    renameSync(`${path}.away`, path);
  }
});

it('refuses a stranger as if the media did not exist, and a role that does not look', async () => {
  const asStranger = await api.signIn('gil');
  for (const [method, action] of [
    ['GET', 'veiled'],
    ['POST', 'reveal'],
  ] as const) {
    const call = (id: string) => {
      const url = `/api/v1/media/${id}/${action}`;
      return method === 'GET' ? asStranger.get(url) : asStranger.send('POST', url, { purpose: 'curious' });
    };
    const [hidden, unknown] = [await call(media), await call('00000000-0000-4000-8000-000000000000')];
    expect([hidden.statusCode, unknown.statusCode]).toEqual([404, 404]);
    expect({ ...hidden.json(), requestId: '' }).toEqual({ ...unknown.json(), requestId: '' });
  }
  const asAuditor = await api.signIn('otto');
  const refused = await asAuditor.send('POST', `/api/v1/media/${media}/reveal`, { purpose: 'curious' });
  expect(refused.json()).toMatchObject({ code: 'FORBIDDEN' });
});

it('without the master key still lists, and names the key that it needs for content', async () => {
  const { state } = api.store.keys;
  const expected = state.kind === 'ready' ? state.keyId : '';
  const store = { ...api.store, keys: new KeyRing(null, { keyId: expected, rotation: null }) } as Store;
  const http = await buildHttp({ store });
  const session = await http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'anna', password: PASSWORD },
  });
  expect(session.json()).toMatchObject({ readOnly: { keyId: expected } });
  const client = clientOf(http, { cookies: { [session.cookies[0]?.name ?? '']: session.cookies[0]?.value ?? '' } });
  expect((await client.get(`/api/v1/media/${media}`)).statusCode).toBe(200);
  expect((await client.get('/api/v1/status')).json().record).toEqual({ sealing: 'read-only', places: [] });
  const content = (await client.get(`/api/v1/media/${media}/veiled`)).json();
  expect(content).toMatchObject({ status: 503, code: 'KEY_MISSING' });
  expect(content.detail).toContain(expected);
  const written = (await client.send('POST', '/api/v1/cases', { reference: 'A-2' })).json();
  expect(written).toMatchObject({ code: 'READ_ONLY' });
  await http.close();
});

it('keeps own keys for their person alone, and refuses one that is taken, with the name of what has it', async () => {
  const keys = { claim: ['w'], compare: ['Shift+C'] };
  const put = (given: object) => asAnna.send('PUT', '/api/v1/me/keys', { keys: given });
  expect((await put(keys)).json()).toEqual({ keys });
  const taken = (await put({ claim: ['z'] })).json<{ detail: string }>();
  expect(taken).toMatchObject({ status: 409, code: 'KEY_TAKEN', pointer: '/keys/claim' });
  expect(taken.detail).toContain('z for claim: it is the key of undo');
  expect((await put({ claim: ['Ctrl+Z'] })).statusCode).toBe(400);
  expect((await asAnna.get('/api/v1/me/keys')).json()).toEqual({ keys });
  expect((await (await api.signIn('otto')).get('/api/v1/me/keys')).json()).toEqual({ keys: {} });
});

it('keeps the language of the pages for its person alone', async () => {
  const asOtto = await api.signIn('otto');
  expect((await asAnna.get('/api/v1/me/language')).json()).toEqual({ language: null });
  expect((await asAnna.send('PUT', '/api/v1/me/language', { language: 'es' })).json()).toEqual({ language: 'es' });
  expect((await asAnna.send('PUT', '/api/v1/me/language', { language: 'xx' })).statusCode).toBe(400);
  expect((await asAnna.get('/api/v1/me/language')).json()).toEqual({ language: 'es' });
  expect((await asOtto.get('/api/v1/me/language')).json()).toEqual({ language: null });
});
