// The sealed record over the API: dense numbers that tell nothing of others, the history of an item for whoever may see it, erasing
// of clear text, and how the record stands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '@redthread/core/contract';
import { Anchoring } from '../../packages/server/src/sealer/anchors/anchoring.js';
import { sealWhatWaits } from '../../packages/server/src/sealer/index.js';
import { openStore, type Store } from '../../packages/server/src/store/index.js';
import { openFixture, type ApiFixture, type Client } from './api-fixture.js';

let api: ApiFixture;
let sealing: Store<'sealer'>;
let asAnna: Client;
let asOtto: Client;
let asBen: Client;
let asAdministrator: Client;
let media: string;
let theCase: string;
let shared: string;

const seal = () => sealWhatWaits(sealing);
const items = async (client: Client, path: string): Promise<AuditEvent[]> => {
  const answer = await client.get(`/api/v1${path}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items as AuditEvent[];
};

beforeAll(async () => {
  api = await openFixture();
  sealing = await openStore(api.store.config, { roles: ['sealer'] });
  const { world } = api;
  const [alpha, beta] = [await world.agency('Alpha'), await world.agency('Beta', 'PT')];
  const anna = await api.person(alpha, 'anna');
  await api.person(alpha, 'otto', ['reviewer']);
  await api.person(alpha, 'ada', ['administrator']);
  await api.person(beta, 'ben', ['officer', 'auditor']);
  const operation = await world.operation('Tantalus', [alpha, beta]);
  theCase = await world.case(anna, 'A-1');
  shared = await world.case(anna, 'A-2', operation, true);
  await world.exhibit(anna, theCase, '1', [{ content: 'lamp' }]);
  await world.exhibit(anna, shared, '1', [{ content: 'vase' }]);
  media = await world.media(alpha, 'lamp');
  [asAnna, asOtto, asBen, asAdministrator] = [
    await api.signIn('anna'),
    await api.signIn('otto'),
    await api.signIn('ben'),
    await api.signIn('ada'),
  ];
});
afterAll(async () => {
  await sealing.close();
  await api.close();
});

describe('numbers', () => {
  it('are dense in the log of an agency, whatever others do, and the newest waits for its own', async () => {
    for (let i = 0; i < 5; i += 1) {
      await asAnna.get(`/api/v1/media/${media}`);
      await asBen.get('/api/v1/operations');
    }
    await seal();
    await asAdministrator.get(`/api/v1/media/${media}`);
    const events = await items(asAdministrator, '/audit?limit=500');
    const numbers = events.flatMap(({ number }) => number ?? []);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => numbers.length - i));
    expect(events[0]).toMatchObject({ number: null, type: 'view', login: 'ada' });
    const theirs = (await items(asBen, '/audit?limit=500')).flatMap(({ number }) => number ?? []);
    expect(theirs).toEqual(Array.from({ length: theirs.length }, (_, i) => theirs.length - i));
  });

  it('page without losing or doubling one, also while those that wait get their seal', async () => {
    for (let i = 0; i < 7; i += 1) await asAdministrator.send('POST', '/api/v1/cases', { reference: `N-${i}` });
    const whole = await items(asAdministrator, '/audit?limit=500&type=case-add');
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; ; page += 1) {
      const answer = (await asAdministrator.get(`/api/v1/audit?limit=2&type=case-add${cursor}`)).json();
      expect(answer.total).toBe(7);
      seen.push(...answer.items.map(({ id }: AuditEvent) => id));
      if (page === 1) await seal();
      if (answer.next === null) break;
      cursor = `&cursor=${answer.next}`;
      const inside = Buffer.from(answer.next, 'base64url').toString();
      expect(inside).toMatch(/^\[\d+,"([\dTZ:.-]*)","([0-9a-f-]*)"\]$/);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.sort()).toEqual(whole.map(({ id }) => id).sort());
  });
});

describe('the history of an item', () => {
  it('shows everybody who sees it what their own people did', async () => {
    const events = await items(asOtto, `/media/${media}/history`);
    expect(new Set(events.map(({ login }) => login))).toEqual(new Set(['anna', 'ada']));
    expect(events.every(({ objectId }) => objectId === media)).toBe(true);
    const ofCase = await asAnna.send('POST', '/api/v1/cases', { reference: 'H-1' });
    const { id } = ofCase.json();
    await asOtto.get(`/api/v1/cases/${id}`);
    expect((await items(asOtto, `/cases/${id}/history`)).map(({ login, type }) => `${login} ${type}`)).toEqual([
      'otto view',
      'anna case-add',
    ]);
  });

  it('never shows people of another agency, and hides itself with the item', async () => {
    await asAnna.get(`/api/v1/cases/${shared}`);
    await asBen.get(`/api/v1/cases/${shared}`);
    const partners = await items(asBen, `/cases/${shared}/history`);
    expect(new Set(partners.map(({ login }) => login))).toEqual(new Set(['ben']));
    const owners = await items(asAnna, `/cases/${shared}/history`);
    expect(owners.map(({ login }) => login)).not.toContain('ben');
    for (const path of [`/cases/${theCase}/history`, `/media/${media}/history`])
      expect((await asBen.get(`/api/v1${path}`)).json()).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('clear text', () => {
  it('is erased by an administrator, with a reason that is on record, and what was sealed stays', async () => {
    await seal();
    const [event] = await items(asAdministrator, '/audit?type=case-add&limit=1');
    const body = { numbers: [event?.number], reason: 'the reference named a child' };
    expect((await asOtto.send('POST', '/api/v1/audit/erasures', body)).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await asBen.send('POST', '/api/v1/audit/erasures', { ...body, numbers: [1] })).json()).toMatchObject({
      code: 'FORBIDDEN',
    });
    const answer = await asAdministrator.send('POST', '/api/v1/audit/erasures', body);
    expect(answer.json()).toEqual({ erased: 2 });
    const [after] = await items(asAdministrator, '/audit?type=case-add&limit=1');
    expect(after).toMatchObject({
      number: event?.number,
      login: null,
      erased: ['detail.reference', 'login'],
      detail: { operation: null },
    });
    const [erasure] = await items(asAdministrator, '/audit?type=audit-erase');
    expect(erasure).toMatchObject({
      login: 'ada',
      detail: {
        numbers: String(event?.number),
        erased: 2,
        fields: ['detail.reference', 'login'],
        reason: 'the reference named a child',
      },
    });
    expect((await asAdministrator.send('POST', '/api/v1/audit/erasures', body)).json()).toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const wrong of [
      { reason: 'x' },
      { numbers: [1], user: 'anna', reason: 'both' },
      { numbers: [0], reason: 'zero' },
      { numbers: [1], fields: ['row'], reason: 'row' },
    ])
      expect((await asAdministrator.send('POST', '/api/v1/audit/erasures', wrong)).json()).toMatchObject({
        code: 'REQUEST_INVALID',
      });
  });
});

describe('how the record stands', () => {
  it('is told with head, what waits, anchors and keys, and with nothing of others', async () => {
    await seal();
    await asAdministrator.get(`/api/v1/media/${media}`);
    const path = `${api.folder}/heads.jsonl`;
    await new Anchoring({ file: path, tsaUrl: null, tsaCaFile: null, intervalMs: 0 }).run(sealing.sealer);
    const state = (await asAdministrator.get('/api/v1/audit/record')).json();
    expect(state).toMatchObject({
      waiting: 1,
      sealing: 'absent',
      head: { size: state.size },
      anchors: [{ kind: 'file', size: state.size }],
      keys: [{ key: state.head.key, previous: null }],
      verified: null,
    });
    const theirs = (await asBen.get('/api/v1/audit/record')).json();
    expect(theirs.size).not.toBe(state.size);
    expect(JSON.stringify(theirs)).not.toContain(state.head.root);
    expect((await asAnna.get('/api/v1/status')).json().record).toEqual({ sealing: 'absent', places: [] });
  });
});
