// Asking other countries, with a drawn picture: what leaves is made of pixels alone and is a part of what it is from; nobody abroad learns of it before a
// second person, having looked, has confirmed; only the countries that are asked see it, each its own answer; codes that do not reach hold it back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AskCreate, type Ask } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { drawJpeg } from '@redthread/synth';
import {
  addAsk,
  answerAsk,
  closeAsk,
  confirmAsk,
  listAsks,
  lookAtCrop,
  refuseAsk,
  showAsk,
} from '../../packages/server/src/features/asks/service.js';
import { createDecoder, decoderOptionsOf } from '../../packages/server/src/media/index.js';
import { dataKeyFor, ensureObjectNamer, kindKey } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
let people: Record<'anna' | 'olga' | 'dora' | 'eve' | 'gil', Context>;
let [operation, caseA, media] = ['', '', ''];
const HERE = { osAccount: null };
const IN_FILE = 'Exif';

/** A drawn picture, with metadata put into it, as the clear rendition of a media. */
const seal = async (agencyId: string): Promise<void> => {
  const { store } = api;
  const drawn = await drawJpeg({ seed: 7, width: 640, height: 480 });
  const app1 = Buffer.from(`\xff\xe1\x00\x20${IN_FILE}\0\0hushed words of the camera!`, 'latin1');
  const bytes = Buffer.concat([drawn.subarray(0, 2), app1, drawn.subarray(2)]);
  expect(bytes.includes(IN_FILE)).toBe(true);
  await store.worker.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('media').select('sha256').where('id', '=', media).executeTakeFirstOrThrow();
    const key = await dataKeyFor(trx, store.keys, { agencyId, mediaId: media, caseId: caseA });
    const name = (await ensureObjectNamer(trx, store.keys, agencyId))(row.sha256, 'clear');
    await store.vault.sealBuffer(name, kindKey(key, 'clear'), bytes);
    const object = { agency_id: agencyId, media_id: media, kind: 'clear', name, size_bytes: bytes.length } as const;
    await trx.insertInto('vault_objects').values(object).execute();
  });
};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const alpha = await world.agency('Alpha');
  const [beta, delta, gamma] = [
    await world.agency('Beta', 'PT'),
    await world.agency('Delta', 'FR'),
    await world.agency('Gamma'),
  ];
  operation = await world.operation('Tantalus', [alpha, beta, delta]);
  const person = async (agency: string, login: string, roles = ['coordinator', 'officer']) => ({
    ...contextOfPerson(await api.person(agency, login, roles), roles),
    purpose: 'to find the place',
  });
  people = {
    anna: await person(alpha, 'anna'),
    // A reviewer may look and confirm, and needs no more.
    olga: await person(alpha, 'olga', ['reviewer']),
    dora: await person(beta, 'dora'),
    eve: await person(delta, 'eve'),
    gil: await person(gamma, 'gil'),
  };
  const { userId: id, agencyId, login } = people.anna.actor;
  caseA = await world.case({ id, agencyId, login }, 'A-1', operation, false);
  await world.exhibit({ id, agencyId, login }, caseA, '1', [{ content: 'room' }]);
  media = await world.media(alpha, 'room');
  await seal(alpha);
});
afterAll(() => api.close());

const ask = (more: object = {}, by = people.anna): Promise<Ask> =>
  addAsk(
    api.store,
    by,
    HERE,
    AskCreate.parse({
      operation,
      case: caseA,
      media,
      region: '25%,25%,50%,50%',
      question: 'Where is this?',
      due: '2999-01-01',
      ...more,
    }),
  );
const numbers = async (who: Context): Promise<string[]> =>
  (await listAsks(api.store, who, { all: true })).items.map(({ number }) => number);

it('sends a part made of pixels alone, once a second person who has looked says that it shows no victim', async () => {
  const { anna, olga, dora, eve, gil } = people;
  const made = await ask({ countries: ['PT'] });
  expect(made).toMatchObject({ state: 'waiting', may: ['withdraw'], own: { looked: false } });
  for (const other of [dora, eve, gil]) {
    expect(await numbers(other)).toEqual([]);
    await expect(lookAtCrop(api.store, other, made.id)).rejects.toThrow('NOT_FOUND');
  }
  await expect(confirmAsk(api.store, anna, HERE, made.number)).rejects.toThrow('SECOND_PERSON_SAME');
  await expect(confirmAsk(api.store, olga, HERE, made.number)).rejects.toThrow('ASK_NOT_LOOKED');
  const crop = await lookAtCrop(api.store, olga, made.number);
  expect(crop.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect([crop.includes(IN_FILE), crop.includes('hushed')]).toEqual([false, false]);
  const decoder = createDecoder(decoderOptionsOf(api.store.config));
  const { widthPx, heightPx } = await decoder.measure(crop, { mime: 'image/jpeg' }).finally(() => decoder.close());
  expect({ widthPx, heightPx }).toEqual(made.crop);
  expect((await confirmAsk(api.store, olga, HERE, made.number)).state).toBe('sent');
  expect([await numbers(dora), await numbers(eve), await numbers(gil)]).toEqual([[made.number], [], []]);
  expect(await showAsk(api.store, dora, made.id)).toMatchObject({ own: null, may: ['answer'], answers: [] });
  expect(await lookAtCrop(api.store, dora, made.id)).toEqual(crop);

  await answerAsk(api.store, dora, made.id, { says: 'perhaps', text: 'A hotel by the river.' });
  await expect(answerAsk(api.store, eve, made.id, { says: 'known', text: 'x' })).rejects.toThrow('NOT_FOUND');
  await expect(answerAsk(api.store, anna, made.id, { says: 'known', text: 'x' })).rejects.toThrow('FORBIDDEN');
  expect((await showAsk(api.store, anna, made.id)).answers).toMatchObject([
    { says: 'perhaps', country: 'PT', by: 'dora' },
  ]);
  expect((await closeAsk(api.store, anna, made.id)).state).toBe('closed');
  await expect(answerAsk(api.store, dora, made.id, { says: 'known', text: 'x' })).rejects.toThrow('REQUEST_CLOSED');
  const events = await api.store.owner
    .selectFrom('audit_events')
    .select('type')
    .where('type', 'like', 'ask-%')
    .execute();
  expect(events.map(({ type }) => type).sort()).toEqual(
    ['ask-add', 'ask-answer', 'ask-look', 'ask-look', 'ask-step', 'ask-step'].sort(),
  );
});

it('shows each country that is asked its own answer alone, and what was refused to nobody', async () => {
  const { olga, dora, eve } = people;
  const made = await ask();
  await lookAtCrop(api.store, olga, made.id);
  await confirmAsk(api.store, olga, HERE, made.id);
  await answerAsk(api.store, dora, made.id, { says: 'unknown', text: 'Not here.' });
  await answerAsk(api.store, eve, made.id, { says: 'known', text: 'Here.' });
  expect((await showAsk(api.store, eve, made.id)).answers.map(({ by }) => by)).toEqual(['eve']);
  const refused = await ask({ second: 'olga' });
  expect((await refuseAsk(api.store, olga, HERE, refused.id, 'a hand is seen')).own?.decisionReason).toBe(
    'a hand is seen',
  );
  await expect(confirmAsk(api.store, olga, HERE, refused.id)).rejects.toThrow('REQUEST_CLOSED');
  await expect(showAsk(api.store, dora, refused.id)).rejects.toThrow('NOT_FOUND');
});

it('is let go by its codes still when it is confirmed, and is not for who joins later', async () => {
  const { olga, dora, gil } = people;
  const codes = (handling: string): Promise<unknown> =>
    api.store.owner.updateTable('cases').set({ handling }).where('id', '=', caseA).execute();
  const made = await ask();
  await lookAtCrop(api.store, olga, made.id);
  await codes('TLP:AMBER+STRICT');
  await expect(confirmAsk(api.store, olga, HERE, made.id)).rejects.toThrow('EXPORT_HELD_BACK');
  await codes('TLP:AMBER');
  await confirmAsk(api.store, olga, HERE, made.id);
  const joined = { operation_id: operation, agency_id: gil.actor.agencyId };
  await api.store.owner.insertInto('operation_members').values(joined).execute();
  expect(await numbers(dora)).toContain(made.number);
  expect(await numbers(gil)).toEqual([]);
  await expect(lookAtCrop(api.store, gil, made.id)).rejects.toThrow('NOT_FOUND');
});

it('holds back what its code does not let go, and says what is wrong with a question', async () => {
  await expect(ask({ countries: ['JP'] })).rejects.toThrow('ASK_NOBODY');
  await expect(ask({ region: '90%,90%,50%,50%' })).rejects.toThrow('REGION_OUTSIDE');
  await expect(ask({ region: 'all' })).rejects.toThrow('REGION_INVALID');
  const reveals = (): Promise<unknown[]> =>
    api.store.owner.selectFrom('audit_events').select('id').where('type', '=', 'reveal').execute();
  const before = await reveals();
  expect(before).not.toEqual([]);
  await expect(ask({ second: 'dora' })).rejects.toThrow('SECOND_PERSON_INVALID');
  expect(await reveals(), 'what is refused reveals nothing').toEqual(before);
  await expect(ask({}, people.dora)).rejects.toThrow('NOT_FOUND');
  await api.store.owner.updateTable('cases').set({ handling: 'TLP:AMBER+STRICT' }).where('id', '=', caseA).execute();
  await expect(ask()).rejects.toThrow('EXPORT_HELD_BACK');
});
