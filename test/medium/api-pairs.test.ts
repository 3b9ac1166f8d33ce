// A pair that no match connects, and a stack of which one picture is on a list: what the API says of each picture, and of no other.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let ben: Person;
let asAnna: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, beta] = [await world.agency('Alpha'), await world.agency('Beta', 'PT')];
  anna = await api.person(alpha, 'anna');
  ben = await api.person(beta, 'ben');
  ids['case'] = await world.case(anna, 'A-1');
  world.traits('lamp small', { stack: 'lamp', width: 320, height: 240 });
  await world.exhibit(anna, ids['case'], '1', [{ content: 'lamp' }, { content: 'lamp small' }]);
  ids['media'] = await world.media(alpha, 'lamp');
  asAnna = await api.signIn('anna');
});
afterAll(() => api.close());

describe('a pair that no match connects', () => {
  it('is compared by its signals, and says what was measured and fell short', async () => {
    const [a, b] = [ids['media'] ?? '', (await api.world.find(anna.agencyId, 'lamp small')) ?? ''];
    const one = new Uint8Array(256).fill(0x0f);
    for (const [id, value] of [
      [a, one],
      [b, one.map((byte, i) => (i % 32 < 5 ? byte ^ 0xff : byte))],
    ] as const) {
      const { content_id } = await api.store.owner
        .selectFrom('media')
        .select('content_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const row = {
        content_id,
        method: 'pdq',
        version: 1,
        decoder: 'drawn@1',
        quality: 100,
        value: Buffer.from(value),
      };
      await api.store.worker.insertInto('signals').values(row).execute();
    }
    for (const [id, serial] of [
      [a, 'NV 20813377'],
      [b, 'nv 20813377 '],
    ] as const) {
      const camera = { make: 'Norvik', model: 'N40', serial, lens: null, lensSerial: null };
      await api.store.owner
        .insertInto('media_metadata')
        .values({
          media_id: id,
          agency_id: anna.agencyId,
          method: 'exiftool',
          version: 1,
          value: JSON.stringify({ camera }),
        })
        .execute();
    }
    const compared = (await asAnna.get(`/api/v1/compare?a=${a}&b=${b}`)).json();
    expect(compared).toMatchObject({
      grade: 'none',
      match: null,
      reasons: [],
      devices: ['camera NORVIK N40, number NV 20813377'],
      decoders: { a: 'drawn@1', b: 'drawn@1' },
    });
    expect(compared.tried).toContainEqual(expect.objectContaining({ method: 'pdq', value: 40, threshold: 31 }));
  });
});

describe('the signals that a comparison reads', () => {
  it('are those of media that the actor sees, and no others', async () => {
    const hidden = ids['media'] ?? '';
    const { content_id } = await api.store.owner
      .selectFrom('media')
      .select('content_id')
      .where('id', '=', hidden)
      .executeTakeFirstOrThrow();
    const row = { content_id, method: 'other', version: 1, decoder: 'drawn@1', quality: 100, value: Buffer.alloc(256) };
    await api.store.worker.insertInto('signals').values(row).execute();
    const seenBy = (person: Person) =>
      withContext(api.store.app, contextOfPerson(person), async (trx) => {
        const { rows } = await sql`select distinct media_id from signals_of_seen(${[hidden]}::uuid[])`.execute(trx);
        return rows.length;
      });
    expect([await seenBy(anna), await seenBy(ben)]).toEqual([1, 0]);
  });
});

describe('a stack of which one picture is on a list', () => {
  it('names that picture, and says of how many it is one', async () => {
    await api.world.list(anna, 'Shades', ['lamp small']);
    const small = await api.world.find(anna.agencyId, 'lamp small');
    const { items } = (await asAnna.get(`/api/v1/stacks?case=${ids['case']}`)).json();
    const tile = (items as { mediaId: string }[]).find(({ mediaId }) => mediaId === ids['media']);
    expect(tile).toMatchObject({ members: 2, listHits: [{ name: 'Shades', members: 1, mediaId: small }] });
    const apart = (await asAnna.get(`/api/v1/stacks?case=${ids['case']}&collapse=media`)).json().items;
    const own = (apart as { mediaId: string }[]).find(({ mediaId }) => mediaId === ids['media']);
    expect(own).toMatchObject({ listHits: [] });
  });
});
