// Damaged chat exports: whatever stands in a file, a reader ends, and refuses with a code and a place what it cannot read. REDTHREAD_FUZZ=10000 for more.
import { describe, expect, it } from 'vitest';
import type { ChatFormat } from '@redthread/core/chats';
import { isRedthreadError } from '@redthread/core/errors';
import { randomSource } from '../../../../core/test-support/hashes.js';
import { gather, sourceOfBytes } from '../../../test-support/sample-chats.js';
import { detectChat, readChat } from './index.js';
import { mutated } from '../../../test-support/mutated.js';

const RUNS = Number(process.env['REDTHREAD_FUZZ'] ?? 100);
const SECONDS_OF_ONE = 10;

const SAMPLES: Readonly<Partial<Record<string, string>>> = {
  whatsapp:
    '[14/03/2025, 15:00:00] Toys: \u200eMia created group “Toys: one”\r\n\u200e[14/03/2025, 15:00:01] ~\u202fRosa: the shelf \u200e<attached: 00000007-PHOTO-2025-03-14-15-00-01.jpg>\r\n[14/03/2025, 15:00:02] \u202a+999 000 201\u202c: a\r\nb <This message was edited>\r\n[14/03/2025, 15:00:03] Mia: \u200ePOLL:\r\nWhich?\r\n\u200eOPTION: A (\u200e2 votes)\r\n',
  'whatsapp android':
    '27/12/2025، 1:25 م - مها أضاف علي\n27/12/2025، 1:26 م - مها: \u200eIMG-20251227-WA0000.png (الملف مرفق)\nالرف\n27/12/2025, 1:27 م - علي: <تم استبعاد الوسائط>\n27/12/2025، 1:28 م - علي: location: https://maps.google.com/?q=0.5,-160.1\n',
  'telegram-json': JSON.stringify({
    name: 'Toys',
    type: 'private_group',
    messages: [
      { id: 1, type: 'service', action: 'create_group', actor: 'Mia', title: 'Toys', members: ['Mia', null] },
      {
        id: 2,
        type: 'message',
        date: '2025-03-14T16:01:00',
        date_unixtime: '1741968060',
        from: 'Mia',
        from_id: 'user1',
        text: ['a', { type: 'link', text: 'b' }],
      },
      {
        id: 3,
        type: 'message',
        photo: 'photos/a.jpg',
        reply_to_message_id: 2,
        text: '',
        poll: { question: 'q', answers: [{ text: 'A', voters: 1 }] },
      },
    ],
  }),
  'telegram-json account': JSON.stringify({
    chats: {
      list: [
        { messages: [{ id: 1, text: 'a' }], name: 'x', id: 1 },
        { name: 'y', messages: [] },
      ],
    },
  }),
  'telegram-html':
    '<!DOCTYPE html><div class="page_body chat_page"><div class="message default clearfix" id="message2"><div class="body"><div class="pull_right date details" title="14.03.2025 16:01:00">16:01</div><div class="from_name">Mia</div><div class="text">a &lt;b&gt;<br>c</div><a class="photo_wrap" href="photos/a.jpg"></a></div></div></div>',
  signal:
    '{"version":"1"}\n{"recipient":{"id":"1","self":{}}}\n{"chat":{"id":"1","recipientId":"1"}}\n{"chatItem":{"chatId":"1","authorId":"1","dateSent":"1741968060000","standardMessage":{"text":{"body":"hi"},"attachments":[{"pointer":{"fileName":"a.jpg"}}]}}}\n',
  'signal lines': '{"date":"2025-03-14 16:01:00","sender":"Me","body":"hi","attachments":["media/a.jpg"]}\n',
};

/** Pieces that make trouble more often than chance does. */
const PIECES = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ': ',
  '<',
  '>',
  '&',
  '<!DOCTYPE a>',
  '\0',
  '\uFEFF',
  '\u200e',
  '\r',
  '\n',
  '“',
  '”',
  '(',
  ')',
  'null',
  '1e999',
  '-',
  '\ue000',
  '"__proto__":',
  '[14/03/2025, 15:00:00] ',
  '99/99/9999, 99:99 - ',
];

/** How it ended: the number of messages, or the code with which it was refused. Anything else fails the test. */
const outcome = async (bytes: Buffer, format: ChatFormat, chunkBytes: number): Promise<string> => {
  for (const name of ['a.txt', '_chat.txt', 'result.json', 'messages.html', 'main.jsonl']) detectChat(name, bytes);
  try {
    const { conversations } = await gather(readChat(sourceOfBytes('_chat.txt', bytes, [], chunkBytes), format));
    for (const { messages, people } of conversations)
      messages.forEach(({ position, author, text, answers }, index) => {
        expect(position).toBe(index);
        expect(author === null || author < people.length).toBe(true);
        expect(answers === null || answers < index).toBe(true);
        expect(text).not.toMatch(/[\ue100-\uefff]/);
      });
    return String(conversations.reduce((all, { messages }) => all + messages.length, 0));
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    expect(['CHAT_INVALID', 'CHAT_FORMAT_UNKNOWN']).toContain(error.code);
    return error.code;
  }
};

describe('damaged chat exports', () => {
  it.each(Object.keys(SAMPLES))(
    '%s: read or refused with code and place, in time',
    async (name) => {
      const format = name.split(' ')[0] as ChatFormat;
      const sample = Buffer.from(SAMPLES[name]!);
      expect(Number(await outcome(sample, format, 64))).toBeGreaterThan(0);
      const seed = randomSource(name.length * 7919);
      const next = (below: number): number => seed() % below;
      for (let run = 0; run < RUNS; run++) {
        const started = performance.now();
        await outcome(mutated(sample, PIECES, next), format, 1 + next(100));
        expect(performance.now() - started, `run ${run}`).toBeLessThan(SECONDS_OF_ONE * 1000);
      }
    },
    600_000,
  );
});
