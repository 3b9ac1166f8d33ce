// What is answered about chats: who sent a media first and who was there, who is in several groups, what groups share, of which countries their members are; and of what
// somebody may not see, nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatKeep, ChatPackage, ChatPackageAsk, ChatPeopleQuery, ChatScopeQuery } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { listConnections } from '../../packages/server/src/features/connections/service.js';
import { keepChat } from '../../packages/server/src/features/chats/keep.js';
import { showEntity } from '../../packages/server/src/features/entities/service.js';
import { makeChatPackage, previewChatPackage } from '../../packages/server/src/features/chats/package.js';
import { countCountries, listPeople } from '../../packages/server/src/features/chats/people.js';
import { postingsOf } from '../../packages/server/src/features/chats/postings.js';
import { sharedWith } from '../../packages/server/src/features/chats/shared.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import { addExport, alignChats } from './chat-world.js';

let api: ApiFixture;
let [anna, ben, gil] = [] as unknown as [Context, Context, Context];
let [alpha, beta, caseA] = ['', '', ''];
let [stampsA, cardsA, stampsB, hidden] = ['', '', '', ''];

const day = (time: string): string => `2025-03-14T${time}`;

beforeAll(async () => {
  api = await openFixture();
  const { store, world } = api;
  [alpha, beta] = [await world.agency('Alpha'), await world.agency('Beta', 'FR')];
  const gamma = await world.agency('Gamma', 'IT');
  const [a, b, g] = [await api.person(alpha, 'anna'), await api.person(beta, 'ben'), await api.person(gamma, 'gil')];
  [anna, ben, gil] = [contextOfPerson(a), contextOfPerson(b), contextOfPerson(g)];
  const operation = await world.operation('Tantalus', [alpha, beta]);
  caseA = await world.case(a, 'A-1', operation, true);
  const [caseB, caseG] = [await world.case(b, 'B-1', operation, true), await world.case(g, 'G-1')];
  world.traits('red stamp small', { stack: 'red stamp' });
  const one = await world.exhibit(a, caseA, '1', [
    { content: 'chat one', path: 'stamps/_chat.txt' },
    { content: 'chat two', path: 'cards/_chat.txt' },
    { content: 'red stamp', path: 'stamps/red stamp.jpg' },
    { content: 'red stamp small', path: 'cards/red stamp small.jpg' },
    { content: 'red stamp', path: 'DCIM/kept.jpg' },
  ]);
  const two = await world.exhibit(b, caseB, '1', [{ content: 'chat three', path: '_chat.txt' }]);
  const three = await world.exhibit(g, caseG, '1', [
    { content: 'chat four', path: '_chat.txt' },
    { content: 'red stamp', path: 'red stamp.jpg' },
  ]);
  const mediaOf = (agency: string) => (content: string) => world.media(agency, content);
  const spain = { name: 'Marta', phone: '+34999000001' };
  [stampsA = ''] = await addExport(
    store.owner,
    a,
    { caseId: caseA, exhibitId: one, path: 'chat one' },
    [
      {
        subject: 'Stamps',
        people: [{ name: 'Otto', phone: '+49999000002', isExporter: true }, { name: 'Marta' }, { name: 'Kai' }],
        lines: [
          { local: day('09:00'), event: { type: 'group-created', actor: 'Otto', targets: ['Marta'] } },
          { local: day('10:00'), by: 1, file: 'red stamp', leads: [['invitation', 'chat.example/join/abc']] },
          { local: day('10:30'), event: { type: 'member-added', actor: 'Otto', targets: ['Kai'] } },
          { local: day('11:00'), by: 2, text: 'nice' },
          { local: day('11:30'), event: { type: 'member-left', actor: 'Kai' } },
        ],
      },
    ],
    mediaOf(alpha),
  );
  [cardsA = ''] = await addExport(
    store.owner,
    a,
    { caseId: caseA, exhibitId: one, path: 'chat two' },
    [
      {
        subject: 'Cards',
        people: [
          { name: 'Otto', phone: '+49999000002', isExporter: true },
          { name: 'Lena', phone: '+49999000003' },
          { name: 'Kai' },
        ],
        lines: [
          {
            local: day('09:59'),
            by: 1,
            text: 'look',
            leads: [
              ['invitation', 'chat.example/join/abc'],
              ['phone', '+49999000003'],
            ],
          },
          { local: day('12:00'), by: 1, file: 'red stamp small' },
        ],
      },
    ],
    mediaOf(alpha),
  );
  [stampsB = ''] = await addExport(
    store.owner,
    b,
    { caseId: caseB, exhibitId: two, path: 'chat three' },
    [
      {
        subject: 'Stamps',
        people: [{ name: 'Otto B' }, spain, { name: 'Kai', phone: '+999000004' }],
        lines: [
          { local: day('11:00'), by: 1, omitted: true },
          { local: day('12:00'), by: 2, text: 'nice' },
          { local: day('14:00'), by: 0, digestOf: 'red stamp' },
        ],
      },
    ],
    mediaOf(beta),
  );
  [hidden = ''] = await addExport(
    store.owner,
    g,
    { caseId: caseG, exhibitId: three, path: 'chat four' },
    [
      {
        subject: 'Hidden',
        people: [spain],
        lines: [{ local: day('08:00'), by: 0, file: 'red stamp', leads: [['invitation', 'chat.example/join/abc']] }],
      },
    ],
    mediaOf(gamma),
  );
  // Ben's phone is an hour ahead; his first message is that of the stamp, which he lacks.
  await alignChats(store.owner, [stampsA, stampsB], 3600, [
    [1, 0],
    [3, 1],
  ]);
});
afterAll(() => api.close());

it('tells the way of a media over groups and phones: in order, with who was there, and where it was saved', async () => {
  const media = await api.world.media(alpha, 'red stamp');
  const found = await postingsOf(api.store, anna, media);
  expect(found.ordered).toBe(true);
  expect(
    found.items.map(({ after, author, basis, chat, grade, hit, members, position, reposted }) => [
      chat.id,
      position,
      author?.name,
      grade,
      `${hit} ${basis}`,
      members.map(({ name }) => name).sort(),
      after,
      reposted,
    ]),
  ).toEqual([
    [stampsA, 1, 'Marta', 'identical', 'file with-message', ['Marta', 'Otto'], 0, false],
    [cardsA, 1, 'Lena', 'same content', 'file with-message', ['Kai', 'Lena', 'Otto'], 1, true],
    [stampsB, 2, 'Otto B', 'identical', 'reference digest', ['Kai', 'Marta', 'Otto B'], 2, true],
  ]);
  expect(found.items[0]?.alsoIn).toEqual([{ chatId: stampsB, position: 0 }]);
  expect(found.saved.map(({ path }) => path)).toEqual(['DCIM/kept.jpg']);
  const small = await postingsOf(api.store, anna, await api.world.media(alpha, 'red stamp small'));
  expect(small.items.map(({ chat, grade }) => [chat.id, grade])).toEqual([
    [stampsA, 'same content'],
    [cardsA, 'identical'],
    [stampsB, 'same content'],
  ]);
});

it('tells what only one export has as a reference, and leaves the order open where clocks cannot be set against each other', async () => {
  const { owner } = api.store;
  const media = await api.world.media(alpha, 'red stamp');
  await owner.updateTable('cases').set({ shared_with_operation: false }).where('reference', '=', 'A-1').execute();
  // Ben alone sees his own export now, with a digest that he has no file of.
  await expect(postingsOf(api.store, ben, media)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await owner.updateTable('cases').set({ shared_with_operation: true }).where('reference', '=', 'A-1').execute();
  await owner.deleteFrom('chat_pairs').execute();
  const found = await postingsOf(api.store, ben, media);
  expect(found.ordered).toBe(false);
  expect(found.items.map(({ after, chat }) => [chat.id, after])).toEqual(
    expect.arrayContaining([
      [stampsA, 0],
      [cardsA, 1],
      [stampsB, 0],
    ]),
  );
  await alignChats(owner, [stampsA, stampsB], 3600, [
    [1, 0],
    [3, 1],
  ]);
});

it('knows people over groups by number, by common messages, and by the name of one phone, said as such', async () => {
  const { items, total } = await listPeople(api.store, anna, ChatPeopleQuery.parse({ groups: 2 }));
  expect(total).toBe(2);
  expect(
    items.map(({ chats, country, groups, name, phone }) => [
      name,
      phone,
      country,
      groups,
      chats.map(({ by, id }) => [id, by]).sort(),
    ]),
  ).toEqual([
    [
      'Kai',
      '+999000004',
      null,
      2,
      [
        [cardsA, 'name'],
        [stampsA, 'messages'],
        [stampsB, 'phone'],
      ].sort(),
    ],
    [
      'Otto',
      '+49999000002',
      'DE',
      2,
      [
        [cardsA, 'phone'],
        [stampsA, 'phone'],
      ].sort(),
    ],
  ]);
  const spain = await listPeople(api.store, anna, ChatPeopleQuery.parse({ country: 'ES' }));
  expect(spain.items.map(({ groups, name, names }) => [name, names, groups])).toEqual([['Marta', ['Marta'], 1]]);
  const first = await listPeople(api.store, anna, ChatPeopleQuery.parse({ limit: 1 }));
  const second = await listPeople(api.store, anna, ChatPeopleQuery.parse({ limit: 1, cursor: first.next ?? '' }));
  expect([first.items[0]?.name, second.items[0]?.name, second.total]).toEqual(['Kai', 'Otto', 5]);
  await expect(listPeople(api.store, gil, ChatPeopleQuery.parse({ case: caseA }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('counts countries by the prefix of numbers', async () => {
  expect(await countCountries(api.store, anna, ChatScopeQuery.parse({ case: caseA }))).toEqual({
    items: [{ country: 'DE', prefix: '+49', people: 2, chats: 2, groups: 2 }],
    withoutNumber: 2,
  });
  const all = await countCountries(api.store, anna, ChatScopeQuery.parse({}));
  expect(all.items.map(({ people, prefix }) => [prefix, people])).toEqual([
    ['+49', 2],
    ['+34', 1],
    ['+999', 1],
  ]);
});

it('tells what groups share: members by what they are known by, media of the same content, leads; nothing of what is hidden', async () => {
  const found = await sharedWith(api.store, anna, stampsA);
  expect(found.map(({ chat }) => chat.id)).toEqual([cardsA]);
  expect(found[0]?.members).toEqual([
    { name: 'Otto', phone: '+49999000002', by: 'phone' },
    { name: 'Kai', phone: '+999000004', by: 'name' },
  ]);
  expect(found[0]?.media).toEqual([
    {
      mediaId: await api.world.media(alpha, 'red stamp'),
      otherMediaId: await api.world.media(alpha, 'red stamp small'),
      grade: 'same content',
    },
  ]);
  expect(found[0]?.leads).toEqual([{ kind: 'invitation', normal: 'chat.example/join/abc' }]);
  await expect(sharedWith(api.store, gil, stampsA)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await sharedWith(api.store, gil, hidden)).toEqual([]);
});

it('hands to a country who has a number of it, each with exhibit, path and message, on record; codes hold it back', async () => {
  const { store } = api;
  const ask = (more: object = {}) => ChatPackageAsk.parse({ country: 'DE', case: caseA, ...more });
  const { contribution, text } = await makeChatPackage(store, anna, ask({ to: 'the desk in Wiesbaden' }));
  const made = ChatPackage.parse(JSON.parse(text));
  expect(made.summary).toMatchObject({
    country: 'DE',
    people: { count: 2 },
    groups: 2,
    chats: 2,
    messages: 2,
    media: 1,
    to: 'the desk in Wiesbaden',
  });
  expect(made.people.map(({ names, phones }) => [names, phones])).toEqual(
    expect.arrayContaining([
      [['Otto'], ['+49999000002']],
      [['Lena'], ['+49999000003']],
    ]),
  );
  const lena = made.people.find(({ names }) => names.includes('Lena'))?.in[0];
  expect(lena).toMatchObject({
    case: 'A-1',
    exhibit: '1',
    path: 'chat two',
    subject: 'Cards',
    first: { message: 0 },
    last: { message: 1 },
  });
  expect(lena?.media).toMatchObject([
    { message: 1, name: 'red stamp small.jpg', query: `/api/v1/chats/${cardsA}/messages?from=1&limit=1` },
  ]);
  const otto = made.people.find(({ names }) => names.includes('Otto'))?.in.find(({ subject }) => subject === 'Stamps');
  expect(otto?.spans).toMatchObject([{ from: day('09:00'), fromBy: 'created', fromPosition: 0, to: null }]);
  const line = await store.owner
    .selectFrom('contributions')
    .selectAll()
    .where('id', '=', contribution ?? '')
    .executeTakeFirstOrThrow();
  expect(line).toMatchObject({ receiver: 'the desk in Wiesbaden', format: 'chats-json', item_count: 1 });

  const csv = (await makeChatPackage(store, anna, ask({ format: 'csv' }))).text.split('\r\n');
  expect(csv[0]?.split(',').slice(0, 4)).toEqual(['row', 'number', 'name', 'by']);
  expect(
    csv.filter((row) => row.startsWith('sent,+49999000003,Lena,phone,DE,Alpha,A-1,1,chat two,WhatsApp,Cards,1,')),
  ).toHaveLength(1);
  await expect(previewChatPackage(store, anna, ask({ country: 'IT' }))).rejects.toMatchObject({
    code: 'EXPORT_INCOMPLETE',
  });
  await expect(previewChatPackage(store, gil, ask())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // Another agency's is theirs to give, and a code that reaches nobody else holds it back.
  await expect(
    previewChatPackage(store, anna, ChatPackageAsk.parse({ country: 'ES', to: 'a desk' })),
  ).rejects.toMatchObject({ code: 'EXPORT_HELD_BACK' });
  await store.owner
    .updateTable('exhibits')
    .set({ handling: 'TLP:AMBER+STRICT' })
    .where('case_id', '=', caseA)
    .execute();
  await expect(previewChatPackage(store, anna, ask({ to: 'a desk' }))).rejects.toMatchObject({
    code: 'EXPORT_HELD_BACK',
  });
  expect(await previewChatPackage(store, anna, ask())).toMatchObject({ handling: 'TLP:AMBER+STRICT' });
});

it('connects cases whose chats name the same, with the place of each, as changes come; never by names of people', async () => {
  const { owner } = api.store;
  const list = (by: Context) => listConnections(api.store, by, { between: 'cases', limit: 10 });
  const reasonOf = async () => {
    const { items } = await list(anna);
    return items.flatMap(({ further, strongest }) => [strongest, ...further]).find(({ cause }) => cause === 'account');
  };
  // One phone of both names the group; what Gamma has in common is seen by nobody here.
  expect((await list(anna)).items).toHaveLength(1);
  expect(await reasonOf()).toMatchObject({
    grade: 'same source',
    holders: 2,
    words: 'Both are exports of one group: "Stamps"; "Stamps".',
  });
  await owner.deleteFrom('chat_pairs').execute();
  expect(await reasonOf()).toBeUndefined();
  await owner
    .insertInto('chat_leads')
    .values({
      ...(await owner
        .selectFrom('chats')
        .select(['agency_id', 'case_id', 'exhibit_id', 'id as chat_id'])
        .where('id', '=', stampsB)
        .executeTakeFirstOrThrow()),
      position: 1,
      ordinal: 0,
      kind: 'phone',
      value: '+49 999 000003',
      normal: '+49999000003',
      starts: 0,
      ends: 14,
    })
    .execute();
  await owner.updateTable('chat_exports').set({ version: 2 }).where('path', '=', 'chat three').execute();
  const reason = await reasonOf();
  const words = ['a member of "Cards"', 'message 1 of "Stamps"'];
  expect(
    words.map((order, i) => `Both name the phone number +49999000003: ${order}; ${words[1 - i] ?? ''}.`),
  ).toContain(reason?.words);
  expect(reason?.strengthBits).toBeGreaterThan(10);
  expect((await list(gil)).items).toEqual([]);
});

it('keeps a group, members and links as entities when somebody says so, with the lines that say it; again it finds them', async () => {
  const { store } = api;
  const keep = (by: Context, more: object) => keepChat(store, by, cardsA, ChatKeep.parse(more));
  const kept = await keep(anna, { people: [1], links: ['chat.example/join/abc'] });
  expect(kept).toMatchObject({
    group: { name: 'Cards', isNew: true },
    people: [{ name: 'Lena', isNew: true, assertions: 1 }],
    links: [{ isNew: true, assertions: 1 }],
  });
  const { assertions, entity } = await showEntity(store, anna, kept.group.entity);
  expect(entity).toMatchObject({ kind: 'chat-group', case: { reference: 'A-1' } });
  expect(assertions.map(({ evidence, method, type, by }) => [type, method, by, evidence?.text])).toEqual(
    expect.arrayContaining([
      ['is-in', 'chat-lines@1', 'anna', 'chat two: listed; in it when the export ends'],
      ['leads-to', 'chat-lines@1', 'anna', 'chat two: message 0'],
    ]),
  );
  const again = await keep(anna, { people: 'all', links: ['chat.example/join/abc'] });
  expect(again.group).toEqual({ ...kept.group, isNew: false });
  expect(again.people.map(({ assertions: said, isNew, name }) => [name, isNew, said])).toEqual([
    ['Otto', true, 1],
    ['Lena', false, 0],
  ]);
  await expect(keep(anna, { people: [2] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  await expect(keep(anna, { people: [9] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  await expect(keep(anna, { links: ['elsewhere.example/'] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  await expect(keep(gil, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const auditor = { ...anna, actor: { ...anna.actor, roles: ['auditor'] } };
  expect(() => keep(auditor, {})).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }) as Error);
});
