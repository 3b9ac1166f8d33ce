// Every chat export among the samples that were made independently of us, held against what their makers say of it.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSample, type ReadConversation } from '../../../test-support/sample-chats.js';
import { expected, FOLDER, truth, type Json } from '../../../test-support/sample-lists.js';
import { withoutMarks } from './people.js';

const names = Object.keys(truth['files'] as Json).filter((name) => name.startsWith('whatsapp/'));
const said = (text: string): string => text.replace(/[\u200e\u200f]/g, '').trim();

const DELETED: Readonly<Record<string, string>> = { sender_or_unknown: 'unknown', self: 'exporter', admin: 'admin' };
const TYPES: Readonly<Record<string, string>> = { member_joined_via_link: 'member-joined-by-link' };
const typeOf = (name: string): string => TYPES[name] ?? name.replaceAll('_', '-');

const ours = ({ messages, people }: ReadConversation, index: number) => {
  const message = messages[index]!;
  return {
    ts_local: message.time.local,
    kind: message.kind,
    author: message.author === null ? null : people[message.author]!.name,
    text: said(message.text),
    edited: message.edited,
    attachments: message.attachments.map(({ name }) => name),
    ...(message.deletedBy === undefined ? {} : { deletedBy: message.deletedBy }),
    ...(message.options === undefined ? {} : { options: message.options }),
    ...(message.event === null ? {} : { event: message.event }),
  };
};

const theirs = (entry: Json, isOpen: boolean) => ({
  ts_local: isOpen ? null : (entry['ts_local'] as string),
  kind: entry['kind'] as string,
  author: (entry['author'] ?? null) as string | null,
  text: said(entry['text'] as string),
  edited: entry['edited'] === true,
  attachments: entry['attachment'] === undefined ? [] : [entry['attachment'].name as string | null],
  ...(entry['deleted_by'] === undefined ? {} : { deletedBy: DELETED[entry['deleted_by'] as string] }),
  ...(entry['poll'] === undefined ? {} : { options: entry['poll'].options as unknown }),
  ...(entry['event'] === undefined
    ? {}
    : {
        event: {
          type: typeOf(entry['event'].type as string),
          actor: (entry['event'].actor ?? null) as string | null,
          targets: entry['event'].target === undefined ? [] : [entry['event'].target as string],
          subject: (entry['event'].subject ?? null) as string | null,
        },
      }),
});

describe.skipIf(FOLDER === undefined)('chat exports that others made', () => {
  it.each(names)('%s', async (name) => {
    const wanted = expected(name);
    const isOpen = wanted['date_order'] === 'ambiguous';
    const read = await readSample(name);
    const [found] = read.conversations;
    expect(read.notes).toEqual([]);
    expect(read.conversations).toHaveLength(1);
    expect(found!.conversation).toMatchObject({
      platform: wanted['platform'] as string,
      subject: wanted['subject'] as string,
      kind: 'group',
    });
    expect(found!.messages.map((_, index) => ours(found!, index))).toEqual(
      (wanted['entries'] as Json[]).map((entry) => theirs(entry, isOpen)),
    );
    expect(found!.people.map((person) => person.name)).toEqual(wanted['authors'].map(withoutMarks));
    if (isOpen) expect(found!.conversation.dateOrder).toBeNull();
    for (const entry of wanted['entries'] as Json[]) {
      if (entry['attachment']?.present !== true) continue;
      const { path } = found!.messages[entry['i'] as number]!.attachments[0]!;
      expect(createHash('sha256').update(read.beside.get(path!)!).digest('hex')).toBe(entry['attachment'].sha256);
    }
    // However the bytes are cut, the same comes out.
    expect((await readSample(name, {}, 7)).conversations).toEqual(read.conversations);
  });

  it('reads an open order of dates as it is told', async () => {
    const name = names.find((one) => one.includes('ambiguous'))!;
    const [told] = (await readSample(name, { dateOrder: 'dmy' })).conversations;
    expect(told!.messages.map((_, index) => ours(told!, index))).toEqual(
      (expected(name)['entries'] as Json[]).map((entry) => theirs(entry, false)),
    );
    const [other] = (await readSample(name, { dateOrder: 'mdy' })).conversations;
    expect(other!.messages.map(({ time }) => time.local)).toEqual([
      '2025-03-04T10:00',
      '2025-03-04T10:05',
      '2025-04-04T09:00',
      '2025-05-04T09:00',
    ]);
  });

  it('telegram: one chat as JSON', async () => {
    const name = 'telegram/ChatExport_2025-03-15/result.json';
    const wanted = expected(name);
    for (const chunkBytes of [65_536, 7]) {
      const { format, conversations, notes, beside } = await readSample(name, {}, chunkBytes);
      const [found] = conversations;
      expect([format, conversations.length, notes]).toEqual(['telegram-json', wanted['chats'], []]);
      expect(found!.conversation).toMatchObject({
        app: 'Telegram',
        kind: 'group',
        subject: 'Toy Rail',
        sourceId: '900700',
      });
      const { messages, people } = found!;
      const idOf = (index: number): number => Number(messages[index]!.sourceId);
      expect(messages).toHaveLength(10);
      expect(messages.filter(({ kind }) => kind === 'system')).toHaveLength(wanted['service'] as number);
      const files = messages.flatMap(({ attachments }, index) =>
        attachments.map((one) => ({ ...one, id: idOf(index) })),
      );
      expect(files.filter(({ state }) => state === 'named').map(({ path }) => path)).toEqual(wanted['files'].present);
      expect(files.filter(({ path }) => path !== null).every(({ path }) => beside.has(path!))).toBe(true);
      expect(files.filter(({ state }) => state === 'omitted').map(({ id }) => id)).toEqual(
        wanted['files'].not_included,
      );
      expect(people.filter((person) => person.accountDeleted).map(({ account }) => account)).toEqual(
        wanted['deleted_account_ids'],
      );
      expect(messages[2]).toMatchObject({ text: wanted['text_of_3'] as string, answers: 1, edited: true });
      expect(messages.flatMap(({ edited }, index) => (edited ? [idOf(index)] : []))).toEqual(wanted['edited']);
      expect(messages[0]!.event).toEqual({
        type: 'group-created',
        actor: 'Mia',
        targets: ['Mia', 'Pim'],
        subject: 'Toy Rail',
      });
      expect(messages[9]!.event).toEqual({ type: 'member-left', actor: 'Pim', targets: [], subject: null });
      expect(messages[7]).toMatchObject({ forwarded: true, text: 'forwarded' });
      expect(messages[8]).toMatchObject({
        kind: 'poll',
        text: 'Which track?',
        options: [
          { text: 'A', votes: 2 },
          { text: 'B', votes: 0 },
        ],
      });
      expect(messages[1]!.time).toEqual({
        text: '2025-03-14T16:01:00',
        local: '2025-03-14T16:01:00',
        instant: '2025-03-14T16:01:00Z',
      });
    }
  });
});
