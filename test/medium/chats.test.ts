// A chat export on its way: told among other files, read in a child, written whole or not at all, its files found, set beside the other exports of its group, searched by whom it
// concerns; moved, taken away, brought back and destroyed with its exhibit.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import {
  findMessages,
  listChatExports,
  listChats,
  readMessages,
  sayDateOrder,
  showChat,
} from '../../packages/server/src/features/chats/service.js';
import { freeDeadLeases } from '../../packages/server/src/features/work/index.js';
import { startProcesses } from '../../packages/server/src/app/supervisor.js';
import { createChatsStage } from '../../packages/server/src/worker/chats-stage.js';
import { openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { eventually } from './store-fixture.js';

let world: IngestWorld;
let anna: Context;
let bea: Context;
let gil: Context;

type Line = readonly [minute: number, who: string, text: string];
const two = (n: number): string => String(n).padStart(2, '0');

/** As one phone wrote the group down; `ahead`: minutes that its clock is before the other's. */
const exported = (ahead: number, lines: readonly Line[], day = 14): string =>
  lines
    .map(([minute, who, text]) => {
      const at = new Date(Date.UTC(2025, 2, day, 16, minute + ahead));
      const date = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
      return `${date}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} - ${who}: ${text}\n`;
    })
    .join('');

const MEMBERS = ['+999 555 0001', '+999 555 0002', '+999 555 0003'];
const talk = (n: number): Line[] =>
  Array.from({ length: n }, (_, i) => [
    i,
    MEMBERS[i % 3] ?? '',
    `Briefmarke Nummer ${i} aus dem Album ${(i * 7919) % 997} über Köln`,
  ]);

const ingest = (ctx: Context, caseReference: string, folder: string, exhibitReference = '1') =>
  ingestExhibit(
    world.store,
    ctx,
    { caseReference, exhibitReference, source: join(world.folder, folder), inPlace: false },
    { wait: false },
  );

/** As a worker does. */
const readChats = async (): Promise<void> => {
  const stage = createChatsStage(world.store, randomUUID(), new AbortController().signal);
  while (await stage.workOnce());
  await stage.close();
};

const rows = async <Row>(query: string): Promise<Row[]> => (await sql.raw<Row>(query).execute(world.store.owner)).rows;
const one = async <Row>(query: string): Promise<Row> => (await rows<Row>(query))[0] as Row;
/** Keeps others from a table until it is let go. */
const holdTable = async (table: string) => {
  let letGo: () => void = () => undefined;
  let holding: Promise<void> = Promise.resolve();
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const isHeld = new Promise<void>((resolve, reject) => {
    holding = world.store.owner.transaction().execute(async (trx) => {
      await sql.raw(`lock table ${table} in access exclusive mode`).execute(trx);
      resolve();
      await released;
    });
    holding.catch(reject);
  });
  await isHeld;
  const waiting = `select 1 from pg_locks where relation = '${table}'::regclass and not granted`;
  return {
    isAwaited: async () => (await rows(waiting)).length > 0,
    release: () => {
      letGo();
      return holding;
    },
  };
};
const ALL = { limit: 100 };
const CHAT = 'WhatsApp Chat with Stamps';

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1' });
  const operation = await world.world.operation('Philately', []);
  anna = await world.officer('North', 'C-1');
  bea = await world.officer('South', 'C-2');
  gil = await world.officer('West', 'C-3');
  await world.store.owner
    .insertInto('operation_members')
    .values([anna, bea].map(({ actor: { agencyId } }) => ({ operation_id: operation, agency_id: agencyId })))
    .execute();
  await world.store.owner
    .updateTable('cases')
    .set({ operation_id: operation, shared_with_operation: true })
    .where('reference', '=', 'C-2')
    .execute();
  const lines = talk(60);
  writeAt(
    join(world.folder, 'anna', CHAT, `${CHAT}.txt`),
    exported(0, [...lines, [61, MEMBERS[0]!, '<Media omitted>'], [62, MEMBERS[1]!, 'Ein Penny-Magenta aus Málaga']]),
  );
  writeAt(join(world.folder, 'anna', 'notes.txt'), 'no chat at all\n');
  writeAt(join(world.folder, 'bea', CHAT, 'IMG-20250314-WA0003.jpg'), await picture('stamp'));
  writeAt(
    join(world.folder, 'bea', CHAT, `${CHAT}.txt`),
    exported(3, [
      ...lines.slice(5),
      [61, MEMBERS[0]!, 'IMG-20250314-WA0003.jpg (file attached)'],
      [62, MEMBERS[1]!, 'Ein Penny-Magenta aus Málaga'],
    ]),
  );
  await ingest(anna, 'C-1', 'anna');
  await ingest(bea, 'C-2', 'bea');
  await readChats();
});
afterAll(() => world.close());

const chatOf = async (ctx: Context, own: Context) => {
  const { items } = await listChats(world.store, ctx, ALL);
  return items.find(({ agency }) => agency.id === own.actor.agencyId);
};

describe('a chat in an exhibit', () => {
  it('is read, and what is no chat is no error', async () => {
    const { items } = await listChatExports(world.store, anna, ALL);
    expect(
      items.map(({ agency, conversations, messages, path, state }) => [
        agency.name,
        path,
        state,
        conversations,
        messages,
      ]),
    ).toEqual([
      ['South', `${CHAT}/${CHAT}.txt`, 'read', 1, 57],
      ['North', `${CHAT}/${CHAT}.txt`, 'read', 1, 62],
    ]);
    expect(await rows(`select distinct state from work where stage = 'chats'`)).toEqual([{ state: 'done' }]);
  });

  it('has its file with the message, and through it the other export of the group', async () => {
    const [hers, theirs] = [await chatOf(bea, bea), await chatOf(anna, anna)];
    const there = await readMessages(world.store, bea, hers!.id, { from: 55, limit: 1 });
    const [file] = there.items[0]!.attachments;
    expect(file).toMatchObject({
      name: 'IMG-20250314-WA0003.jpg',
      state: 'present',
      basis: 'with-message',
      through: null,
    });
    const { items, total } = await readMessages(world.store, anna, theirs!.id, { before: 62, limit: 2 });
    expect([total, items.map(({ position }) => position)]).toEqual([62, [60, 61]]);
    expect(items[0]).toMatchObject({
      kind: 'omitted',
      alsoIn: [{ chatId: hers!.id, position: 55 }],
      attachments: [
        {
          state: 'present',
          basis: 'other-export',
          mediaId: file!.mediaId,
          through: { chatId: hers!.id, position: 55 },
        },
      ],
    });
  });

  it('says whose clock was ahead, and who is in it', async () => {
    const detail = await showChat(world.store, anna, (await chatOf(anna, anna))!.id);
    expect(detail.pairs).toMatchObject([{ aligned: 57, offsetSeconds: 180, chat: { agency: { name: 'South' } } }]);
    expect(detail.people.map(({ phone, messages }) => [phone, messages])).toEqual([
      ['+9995550001', 21],
      ['+9995550002', 21],
      ['+9995550003', 20],
    ]);
    expect(detail.membership).toHaveLength(3);
  });

  it('is searched by those who see it: words, parts of them, phrases, whatever the accents', async () => {
    const found = async (ctx: Context, q: string) => {
      const { items } = await findMessages(world.store, ctx, { q, ...ALL });
      return items.map(({ chat, excerpt, marks, position }) => [
        chat.agency.name,
        position,
        ...marks.map(({ start, end }) => excerpt.slice(start, end)),
      ]);
    };
    const both = (north: number, south: number, ...marks: string[]) => [
      ['South', south, ...marks],
      ['North', north, ...marks],
    ];
    expect(await found(anna, 'album MALAGA')).toEqual([]);
    expect(await found(anna, 'malaga penny')).toEqual(both(61, 56, 'Penny', 'Málaga'));
    expect(await found(anna, '"magenta aus"')).toEqual(both(61, 56, 'Magenta aus'));
    expect(await found(anna, 'genta koln')).toEqual([]);
    expect(await found(anna, '"nummer 42 aus" koln')).toEqual(both(42, 37, 'Nummer 42 aus', 'Köln'));
    expect(await found(bea, 'magenta')).toEqual([['South', 56, 'Magenta']]);
    expect(await found(gil, 'magenta')).toEqual([]);
    const { items, truncated } = await findMessages(world.store, anna, { q: 'briefmarke', limit: 10 });
    expect([items.length, truncated]).toEqual([10, true]);
    await expect(findMessages(world.store, anna, { q: '"" ', limit: 10 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('of nobody else is known to be there, nor that it is the same group', async () => {
    const hers = await chatOf(bea, bea);
    expect((await showChat(world.store, bea, hers!.id)).pairs).toEqual([]);
    const { items } = await readMessages(world.store, bea, hers!.id, { from: 55, limit: 1 });
    expect(items[0]!.alsoIn).toEqual([]);
    for (const id of [hers!.id, randomUUID()])
      await expect(showChat(world.store, gil, id)).rejects.toMatchObject({ code: 'NOT_FOUND', detail: 'no such chat' });
  });
});

describe('the same bytes', () => {
  it('in another exhibit are a chat of that one too, with the files beside it there', async () => {
    writeAt(
      join(world.folder, 'again', `${CHAT}.txt`),
      exported(0, [
        ...talk(60),
        [61, MEMBERS[0]!, '<Media omitted>'],
        [62, MEMBERS[1]!, 'Ein Penny-Magenta aus Málaga'],
      ]),
    );
    await ingest(anna, 'C-1', 'again', '2');
    await readChats();
    expect(
      await rows(`select e.reference, x.state, x.path from chat_exports x join exhibits e on e.id = x.exhibit_id
        join cases c on c.id = x.case_id where c.reference = 'C-1' order by 1`),
    ).toEqual([
      { reference: '1', state: 'read', path: `${CHAT}/${CHAT}.txt` },
      { reference: '2', state: 'read', path: `${CHAT}.txt` },
    ]);
  });
});

describe('dates that say days or months', () => {
  it('are asked for, and read again in the order that an officer says', async () => {
    writeAt(
      join(world.folder, 'open', `${CHAT}.txt`),
      exported(
        0,
        [
          [0, MEMBERS[0]!, 'Guten Tag'],
          [1, MEMBERS[1]!, 'Moin'],
        ],
        4,
      ),
    );
    await ingest(gil, 'C-3', 'open');
    await readChats();
    const [asks] = (await listChatExports(world.store, gil, ALL)).items;
    expect(asks).toMatchObject({ state: 'asks-date-order', dateOrder: null, messages: 2 });
    const chat = (await chatOf(gil, gil))!;
    expect(chat.first).toBeNull();
    await expect(sayDateOrder(world.store, anna, asks!.id, { dateOrder: 'dmy' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await sayDateOrder(world.store, gil, asks!.id, { dateOrder: 'mdy' })).toMatchObject({ state: 'waiting' });
    await readChats();
    expect(await chatOf(gil, gil)).toMatchObject({ id: chat.id, first: '2025-04-03T16:00' });
    expect((await listChatExports(world.store, gil, ALL)).items[0]).toMatchObject({
      state: 'read',
      dateOrder: 'mdy',
      dateOrderBy: gil.actor.login,
    });
  });
});

describe('what cannot be read', () => {
  it('stands on the export with its code, and leaves nothing else', async () => {
    writeAt(
      join(world.folder, 'broken', `${CHAT}.txt`),
      exported(0, talk(3_000)) + `14/03/2025, 23:59 - ${MEMBERS[0]}: ${'x'.repeat(1_100_000)}\n`,
    );
    await ingest(gil, 'C-3', 'broken', '2');
    await readChats();
    const { items } = await listChatExports(world.store, gil, ALL);
    expect(items[0]).toMatchObject({ state: 'failed', error: { code: 'CHAT_INVALID' }, conversations: 0, messages: 0 });
    expect(
      await one(`select w.state, w.error_code from work w join chat_exports x on x.media_id = w.media_id
      where w.stage = 'chats' and x.id = '${items[0]!.id}'`),
    ).toEqual({ state: 'failed', error_code: 'CHAT_INVALID' });
  });
});

describe('one of two exhibits with the same bytes', () => {
  it('that does not take them keeps them from no other, nor from being aligned', async () => {
    writeAt(join(world.folder, 'twice', `${CHAT}.txt`), exported(7, talk(30)));
    await ingest(gil, 'C-3', 'twice', '5');
    await ingest(gil, 'C-3', 'twice', '6');
    await sql
      .raw(
        `create function refuse_first() returns trigger language plpgsql as $$ begin
          if new.exhibit_id = (select e.id from exhibits e join cases c on c.id = e.case_id
            where c.reference = 'C-3' and e.reference in ('5', '6') order by e.id limit 1)
          then raise exception 'not here' using errcode = '22000'; end if;
          return new; end $$;
        create trigger refuse_first before insert on chats for each row execute function refuse_first()`,
      )
      .execute(world.store.owner);
    try {
      await readChats();
    } finally {
      await sql.raw('drop trigger refuse_first on chats; drop function refuse_first').execute(world.store.owner);
    }
    expect(
      await rows(`select x.state, (select count(*)::int from chat_messages m where m.exhibit_id = x.exhibit_id) as messages, x.aligned_version > 0 as aligned, w.state as work from chat_exports x
        join exhibits e on e.id = x.exhibit_id join cases c on c.id = e.case_id join work w on w.media_id = x.media_id and w.stage = 'chats'
        where c.reference = 'C-3' and e.reference in ('5', '6') order by e.id`),
    ).toEqual([
      { state: 'failed', messages: 0, aligned: false, work: 'failed' },
      { state: 'read', messages: 30, aligned: true, work: 'failed' },
    ]);
  });
});

describe('a worker that is killed in the middle', () => {
  it('leaves nothing half read, and the next one reads it', async () => {
    const MESSAGES = 6_000;
    writeAt(join(world.folder, 'long', `${CHAT}.txt`), exported(0, talk(MESSAGES)));
    await ingest(gil, 'C-3', 'long', '3');
    const exhibit = (
      await one<{ id: string }>(`select e.id from exhibits e join cases c on c.id = e.case_id
      where c.reference = 'C-3' and e.reference = '3'`)
    ).id;
    const count = async () =>
      (await one<{ n: number }>(`select count(*)::int as n from chat_messages where exhibit_id = '${exhibit}'`)).n;
    // Whoever writes messages has written all of them when it comes to the people, and waits there.
    const held = await holdTable('chat_people');
    const supervisor = startProcesses(world.store.config, { workers: 1, matcher: false, sealer: false });
    await eventually('the worker has written messages', held.isAwaited);
    const { pid } = await one<{ pid: number }>(`select pid from processes where kind = 'worker'`);
    process.kill(pid, 'SIGKILL');
    await supervisor.stop();
    await held.release();
    await eventually('its transaction has ended', async () => !(await held.isAwaited()));
    expect(await count()).toBe(0);
    await freeDeadLeases(world.store.worker);
    await readChats();
    expect(await count()).toBe(MESSAGES);
  });
});
