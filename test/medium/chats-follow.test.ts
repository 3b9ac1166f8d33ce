// Chats go where their exhibit goes: to another case, aside and back, to another agency, and away for good; what a person said of the order of dates goes along, and nothing of
// them is left behind.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { noneViewed } from '@redthread/core/sending';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { addBasis, withdrawBasis } from '../../packages/server/src/features/legal-bases/service.js';
import { findMessages, listChatExports, sayDateOrder } from '../../packages/server/src/features/chats/service.js';
import {
  askToDestroy,
  askToMove,
  askToTransfer,
  askToUndo,
  askToWithdraw,
} from '../../packages/server/src/features/requests/asking.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import { acceptRequest, confirmRequest, requestId } from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { createChatsStage } from '../../packages/server/src/worker/chats-stage.js';
import { openIngestWorld, writeAt, type IngestWorld } from './ingest-world.js';

const roles = ['administrator', 'coordinator', 'officer'];
const reason = 'as the test wants it';
const FILE = 'WhatsApp Chat with Stamps.txt';
const TABLES = [
  'chat_exports',
  'chats',
  'chat_people',
  'chat_messages',
  'chat_attachments',
  'chat_leads',
  'chat_stretches',
];

let world: IngestWorld;
let anna: Context;
let ben: Context;
let dora: Context;

const person = async (agencyId: string, login: string): Promise<Context> => {
  const { id } = await world.world.person(agencyId, login, roles);
  return { actor: { userId: id, agencyId, login, roles }, purpose: null, requestId: 'test' };
};

const readChats = async (): Promise<void> => {
  const stage = createChatsStage(world.store, randomUUID(), new AbortController().signal);
  while (await stage.workOnce());
  await stage.close();
};

beforeAll(async () => {
  world = await openIngestWorld();
  const [north, south] = [await world.world.agency('North'), await world.world.agency('South', 'PT')];
  [anna, ben, dora] = [await person(north, 'anna'), await person(north, 'ben'), await person(south, 'dora')];
  for (const reference of ['N-1', 'N-2'])
    await world.world.case({ id: anna.actor.userId, agencyId: north, login: 'anna' }, reference);
  const source = join(world.folder, 'source');
  const lines = [
    '04/03/2025, 16:00 - +999 555 0001: die blaue Mauritius, https://stamps.example/1',
    '04/03/2025, 16:01 - +999 555 0002: STK-WA0001.jpg (file attached)',
    '04/03/2025, 19:30 - +999 555 0001: +999 555 0003 weiß mehr',
  ];
  writeAt(join(source, FILE), `${lines.join('\n')}\n`);
  writeAt(join(source, 'STK-WA0001.jpg'), 'drawn by nobody');
  await ingestExhibit(
    world.store,
    anna,
    { caseReference: 'N-1', exhibitReference: '1', source, inPlace: false },
    { wait: false },
  );
  await readChats();
  const [asks] = (await listChatExports(world.store, anna, { limit: 10 })).items;
  await sayDateOrder(world.store, anna, asks!.id, { dateOrder: 'dmy' });
  await readChats();
});
afterAll(() => world.close());

const carryOut = async (number: string, by: Context): Promise<void> => {
  await confirmRequest(world.store, by, { number, origin: SESSION });
  expect(await runRequest(world.store, await requestId(world.store, by, number))).toBe('done');
};

/** Rows of each table, and the cases and agencies that they say they are of. */
const kept = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const { rows } = await sql<{ said: string }>`
          select coalesce(string_agg(distinct a.name || ' ' || c.reference, ', '), 'nowhere') || ': ' || count(*) as said
          from ${sql.table(table)} t left join cases c on c.id = t.case_id left join agencies a on a.id = t.agency_id`.execute(
          world.store.owner,
        );
        return [table, rows[0]?.said ?? ''] as const;
      }),
    ),
  );

/** What there is of the chat, wherever it is. */
const wholeIn = (place: string): Record<string, string> => ({
  chat_exports: `${place}: 1`,
  chats: `${place}: 1`,
  chat_people: `${place}: 2`,
  chat_messages: `${place}: 3`,
  chat_attachments: `${place}: 1`,
  chat_leads: `${place}: 2`,
  chat_stretches: `${place}: 1`,
});
const GONE = Object.fromEntries(TABLES.map((table) => [table, 'nowhere: 0']));

const found = async (ctx: Context) => {
  const { items } = await findMessages(world.store, ctx, { q: 'mauritius', limit: 10 });
  return items.map(({ chat, time }) => `${chat.case.reference}/${chat.exhibit.reference} ${time.local}`);
};

it('are moved with their exhibit, in each of their rows', async () => {
  expect(await kept()).toEqual(wholeIn('North N-1'));
  expect(await found(anna)).toEqual(['N-1/1 2025-03-04T16:00']);
  const { number } = await askToMove(world.store, anna, SESSION, { exhibit: 'N-1/1', toCase: 'N-2', as: '7', reason });
  await carryOut(number, ben);
  expect(await kept()).toEqual(wholeIn('North N-2'));
  expect(await found(anna)).toEqual(['N-2/7 2025-03-04T16:00']);
  await carryOut((await askToUndo(world.store, ben, SESSION, { number, reason })).number, anna);
});

it('are gone while it is withdrawn, and are read again when it is back', async () => {
  const [before] = (await listChatExports(world.store, anna, { limit: 10 })).items;
  const { number } = await askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/1', reason });
  await carryOut(number, ben);
  expect([await kept(), await found(anna)]).toEqual([GONE, []]);
  await carryOut((await askToUndo(world.store, ben, SESSION, { number, reason })).number, anna);
  await readChats();
  expect(await kept()).toEqual(wholeIn('North N-1'));
  const [after] = (await listChatExports(world.store, anna, { limit: 10 })).items;
  expect(after).toMatchObject({ id: before!.id, state: 'read', dateOrder: 'dmy', dateOrderBy: 'anna' });
  expect(await found(anna)).toEqual(['N-1/1 2025-03-04T16:00']);
});

it('are handed over with their case, with what was said of their dates, and leave nothing behind', async () => {
  const { number } = await askToTransfer(world.store, anna, SESSION, { case: 'N-1', toAgency: 'South', reason });
  await confirmRequest(world.store, ben, { number, origin: SESSION });
  await acceptRequest(world.store, dora, { number });
  expect(await runRequest(world.store, await requestId(world.store, dora, number))).toBe('done');
  await readChats();
  expect(await kept()).toEqual(wholeIn('South N-1'));
  expect([await found(anna), await found(dora)]).toEqual([[], ['N-1/1 2025-03-04T16:00']]);
});

it('are destroyed with it', async () => {
  const eva = await person(dora.actor.agencyId, 'eva');
  const { number } = await askToDestroy(world.store, dora, SESSION, { case: 'N-1', reason, leaveInPlace: false });
  await carryOut(number, eva);
  expect([await kept(), await found(dora)]).toEqual([GONE, []]);
});

it('are read while a legal basis opens a file that its provider had not viewed, and seen no longer when it is withdrawn', async () => {
  const source = join(world.folder, 'reported');
  writeAt(join(source, FILE), '14/03/2025, 16:00 - Hugo: a mauritius that nobody has viewed\n');
  await ingestExhibit(
    world.store,
    anna,
    { caseReference: 'N-2', exhibitReference: 'P', source, inPlace: false },
    { wait: false, viewing: noneViewed },
  );
  await readChats();
  expect(await found(anna)).toEqual([]);
  const { id: exhibit } = await world.store.owner
    .selectFrom('exhibits')
    .select('id')
    .where('reference', '=', 'P')
    .executeTakeFirstOrThrow();
  const [basis] = await addBasis(world.store, anna, {
    exhibit,
    kind: 'warrant',
    reference: 'JI 3',
    words: 'all of it',
  });
  await readChats();
  expect(await found(anna)).toEqual(['N-2/P 2025-03-14T16:00']);
  await withdrawBasis(world.store, anna, basis!.id, 'of another exhibit');
  expect(await found(anna)).toEqual([]);
  expect((await listChatExports(world.store, anna, { limit: 10 })).items).toMatchObject([{ state: 'read' }]);
});
