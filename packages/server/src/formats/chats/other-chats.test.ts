// Telegram's account of all chats and its pages, Signal's lines; and which file is what.
import { describe, expect, it } from 'vitest';
import type { ChatFormat } from '@redthread/core/chats';
import { gather, sourceOfText } from '../../../test-support/sample-chats.js';
import { detectChat, readChat } from './index.js';

const read = async (text: string, format: ChatFormat, path = 'x') =>
  (await gather(readChat(sourceOfText(text, path), format))).conversations;
const message = (id: number, from: string, text: string) => ({
  id,
  type: 'message',
  date: '2025-03-14T16:01:00',
  date_unixtime: '1741968060',
  from,
  from_id: `user${from.length}`,
  text,
});

describe('telegram', () => {
  it('gives each chat of an account with its name, wherever that stands, and says whose it is', async () => {
    const account = {
      personal_information: { user_id: 3, first_name: 'Ida' },
      chats: {
        about: 'all',
        list: [
          { name: 'Max', type: 'personal_chat', id: 1, messages: [message(1, 'Ida', 'a'), message(2, 'Maxi', 'b')] },
          { messages: [message(1, 'Ida', 'c')], name: 'Toys', type: 'private_supergroup', id: 2 },
          { name: 'Empty', type: 'private_group', id: 3, messages: [] },
        ],
      },
      left_chats: { list: [{ name: 'Left', type: 'public_channel', id: 4, messages: [message(9, 'Ida', 'd')] }] },
    };
    const text = JSON.stringify(account);
    expect(detectChat('a/result.json', Buffer.from(text))).toBe('telegram-json');
    const found = await read(text, 'telegram-json');
    expect(
      found.map(({ conversation, messages }) => [
        conversation.subject,
        conversation.kind,
        messages.map((one) => one.text),
      ]),
    ).toEqual([
      ['Max', 'direct', ['a', 'b']],
      ['Toys', 'group', ['c']],
      ['Left', 'group', ['d']],
      ['Empty', 'group', []],
    ]);
    expect(found[0]!.people.map(({ name, isExporter }) => [name, isExporter])).toEqual([
      ['Ida', true],
      ['Maxi', false],
    ]);
  });

  const PAGE = `<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title><script>var a = "<div>";</script></head>
<body onload="CheckLocation();"><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Toy Rail &amp; more
</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">14 March 2025</div></div>
<div class="message service" id="message1"><div class="body details">Mia created group &laquo;Toy Rail&raquo;</div></div>
<div class="message default clearfix" id="message2"><div class="pull_left userpic_wrap"><div class="userpic userpic1"><div class="initials">M</div></div></div>
<div class="body"><div class="pull_right date details" title="14.03.2025 16:01:00 UTC+01:00">16:01</div><div class="from_name">
Mia </div><div class="text">
Hello &lt;all&gt;<br>see <a href="https://toys.example/?a=1">https://toys.example/?a=1</a></div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body"><div class="pull_right date details" title="14.03.2025 16:02:00 UTC+01:00">16:02</div>
<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"><img class="photo" src="photos/photo_1_thumb.jpg"/></a></div><div class="text">my shelf</div></div></div>
<div class="message default clearfix" id="message4"><div class="body"><div class="pull_right date details" title="14.03.2025 16:03:00 UTC+01:00">16:03</div><div class="from_name">Pim</div>
<div class="reply_to details">In reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a></div>
<div class="media_wrap clearfix"><div class="media clearfix pull_left media_video"><div class="fill pull_left"></div><div class="body"><div class="title bold">Video file</div><div class="description">Not included, change data exporting settings to download.</div></div></div></div></div></div>
<div class="message default clearfix" id="message5"><div class="body"><div class="pull_right date details" title="14.03.2025 16:04:00 UTC+01:00">16:04</div><div class="from_name">Pim</div>
<div class="forwarded body"><div class="from_name">Toy News <span class="date details" title="01.03.2025 09:00:00 UTC+01:00"> 01.03.2025</span></div><div class="text">news</div></div></div></div>
<div class="message default clearfix" id="message6"><div class="body"><div class="pull_right date details" title="14.03.2025 16:05:00">16:05</div><div class="from_name">Mia</div>
<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">Which track?</div><div class="details">Anonymous poll</div><div class="answer">- A <span class="details">2 votes</span></div><div class="answer">- B</div></div></div></div></div>
</div></div></div></body></html>`;

  it('is read from its pages', async () => {
    expect(detectChat('x/messages.html', Buffer.from(PAGE))).toBe('telegram-html');
    const [found] = await read(PAGE, 'telegram-html');
    const { conversation, messages, people } = found!;
    expect(conversation.subject).toBe('Toy Rail & more');
    expect(
      messages.map(({ kind, author, text }) => [kind, author === null ? null : people[author]!.name, text]),
    ).toEqual([
      ['system', null, 'Mia created group «Toy Rail»'],
      ['text', 'Mia', 'Hello <all>\nsee https://toys.example/?a=1'],
      ['attachment', 'Mia', 'my shelf'],
      ['omitted', 'Pim', ''],
      ['text', 'Pim', 'news'],
      ['poll', 'Mia', 'Which track?'],
    ]);
    expect(messages[0]!.event).toEqual({ type: 'group-created', actor: 'Mia', targets: [], subject: 'Toy Rail' });
    expect(messages[1]!.time).toEqual({
      text: '14.03.2025 16:01:00 UTC+01:00',
      local: '2025-03-14T16:01:00',
      instant: '2025-03-14T15:01:00Z',
    });
    expect(messages[2]!.attachments).toMatchObject([
      { name: 'photo_1.jpg', path: 'photos/photo_1.jpg', media: 'image', state: 'named' },
    ]);
    expect(messages[3]).toMatchObject({ answers: 1, attachments: [{ name: null, media: 'video', state: 'omitted' }] });
    expect(messages[4]).toMatchObject({ forwarded: true, time: { local: '2025-03-14T16:04:00' } });
    expect(messages[5]).toMatchObject({
      options: [
        { text: 'A', votes: 2 },
        { text: 'B', votes: null },
      ],
      time: { instant: null },
    });
  });
});

describe('signal', () => {
  it('is read from lines of signal-export', async () => {
    const lines = [
      {
        date: '2025-03-14 16:01:00',
        sender: 'Me',
        body: 'Hello',
        quote: '',
        sticker: '',
        reactions: [],
        attachments: [],
      },
      {
        date: '2025-03-14 16:02:00',
        sender: 'Pim',
        body: '',
        quote: '',
        sticker: '',
        reactions: [],
        attachments: [{ name: 'a', path: './media/a.jpg' }],
      },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(detectChat('Toy Rail/data.json', Buffer.from(text))).toBe('signal');
    const [found] = await read(text, 'signal', 'Toy Rail/data.json');
    expect(found!.conversation.subject).toBe('Toy Rail');
    expect(found!.people.map(({ name, isExporter }) => [name, isExporter])).toEqual([
      ['Me', true],
      ['Pim', false],
    ]);
    expect(found!.messages).toMatchObject([
      { kind: 'text', text: 'Hello', time: { local: '2025-03-14T16:01:00', instant: null } },
      { kind: 'attachment', attachments: [{ name: 'a.jpg', path: 'media/a.jpg', media: 'image' }] },
    ]);
  });

  it('is read from frames, with names, numbers and answers', async () => {
    const frames = [
      { version: '1', backupTimeMs: '1741968000000' },
      { recipient: { id: '1', self: {} } },
      { recipient: { id: '2', contact: { e164: '999000201', profileGivenName: 'Pim' } } },
      { recipient: { id: '3', group: { snapshot: { title: { title: 'Toy Rail' } } } } },
      { chat: { id: '7', recipientId: '3' } },
      {
        chatItem: {
          chatId: '7',
          authorId: '2',
          dateSent: '1741968060000',
          incoming: {},
          standardMessage: { text: { body: 'Hello' } },
        },
      },
      {
        chatItem: {
          chatId: '7',
          authorId: '1',
          dateSent: '1741968120000',
          outgoing: {},
          standardMessage: {
            quote: { targetSentTimestamp: '1741968060000' },
            attachments: [{ pointer: { contentType: 'image/jpeg' } }],
          },
        },
      },
      { chatItem: { chatId: '7', authorId: '2', dateSent: '1741968180000', incoming: {}, remoteDeletedMessage: {} } },
    ];
    const text = frames.map((frame) => JSON.stringify(frame)).join('\n');
    expect(detectChat('main.jsonl', Buffer.from(text))).toBe('signal');
    const [found] = await read(text, 'signal');
    expect(found!.conversation).toMatchObject({ app: 'Signal', kind: 'group', subject: 'Toy Rail' });
    expect(found!.people).toMatchObject([{ name: 'Pim', phone: '+999000201' }, { isExporter: true }]);
    expect(found!.messages).toMatchObject([
      { kind: 'text', text: 'Hello', time: { local: null, instant: '2025-03-14T16:01:00Z' } },
      { kind: 'omitted', answers: 0, attachments: [{ media: 'image', state: 'omitted' }] },
      { kind: 'deleted' },
    ]);
  });
});

describe('what is no chat export', () => {
  it.each([
    ['app.txt', '2025-03-14 16:05 - INFO: started\n2025-03-14 16:06 - WARN: slow'],
    ['app.txt', '[2025-03-14 16:05:00] error: disk\n[2025-03-14 16:05:01] info: ok'],
    ['notes.txt', 'Toys\n14/03/2025, 16:05 - bought one'],
    ['list.json', '{"messages":["a"]}'],
    ['result.json', '[]'],
    ['page.html', '<!DOCTYPE html><html><body>toys</body></html>'],
    ['a.txt', ''],
    ['a.txt', '\0\0\0'],
  ])('%s: %j', (name, text) => {
    expect(detectChat(name, Buffer.from(text))).toBeNull();
  });

  it('is told without a name of the program where its content tells', () => {
    expect(
      detectChat(
        'a.txt',
        Buffer.from('14/03/2025, 16:05 - Ida: hi\n14/03/2025, 16:06 - Max: hi\n14/03/2025, 16:07 - Ida: x'),
      ),
    ).toBe('whatsapp');
    expect(detectChat('a/_chat.txt', Buffer.from('\ufeff[14/03/2025, 16:05:00] Ida: hi'))).toBe('whatsapp');
  });
});
