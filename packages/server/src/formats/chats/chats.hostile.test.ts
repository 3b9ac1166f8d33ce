// Chat exports that somebody made to do harm: they are refused with a code and a place, and take neither memory nor time without end.
import { describe, expect, it } from 'vitest';
import type { ChatFormat } from '@redthread/core/chats';
import { gather, sourceOfText } from '../../../test-support/sample-chats.js';
import { readChat, type ChatSource } from './index.js';

const read = (text: string, format: ChatFormat) => gather(readChat(sourceOfText(text), format));
const made = (open: () => Iterable<string>): ChatSource => ({
  path: '_chat.txt',
  beside: new Set(),
  async *open() {
    for (const text of open()) yield await Promise.resolve(Buffer.from(text));
  },
});

describe('a text', () => {
  it('of any number of lines takes no more memory than one entry', async () => {
    const LINES = 100_000;
    const CHUNK = 10_000;
    const source = made(function* () {
      for (let at = 0; at < LINES; at += CHUNK)
        yield '14/03/2025, 15:00 - Ida: a line like every other\n'.repeat(CHUNK);
    });
    let [messages, most] = [0, 0];
    const before = process.memoryUsage().heapUsed;
    for await (const { item } of readChat(source, 'whatsapp')) {
      if (item === 'message' && (messages += 1) % 25_000 === 0)
        most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(messages).toBe(LINES);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });

  it('is refused at a line, and at an entry, without end', async () => {
    const line = made(function* () {
      yield '14/03/2025, 15:00 - Ida: ';
      for (let times = 0; times < 100; times++) yield 'a'.repeat(65_536);
    });
    await expect(gather(readChat(line, 'whatsapp'))).rejects.toMatchObject({ code: 'CHAT_INVALID', pointer: 'line 1' });
    const entry = made(function* () {
      yield '14/03/2025, 15:00 - Ida: \n';
      for (let times = 0; times < 100; times++) yield 'a\n'.repeat(32_768);
    });
    await expect(gather(readChat(entry, 'whatsapp'))).rejects.toMatchObject({ code: 'CHAT_INVALID' });
  });

  it('is refused where more people take part than any group has', async () => {
    const lines = Array.from({ length: 100_001 }, (_, index) => `14/03/2025, 15:00 - Person ${index}: hi`);
    await expect(read(lines.join('\n'), 'whatsapp')).rejects.toMatchObject({
      code: 'CHAT_INVALID',
      pointer: 'participants',
    });
  });

  it.each([
    ['marks', '\u200e'.repeat(100_000)],
    ['digits', '1'.repeat(100_000)],
    ['dates', '14/03/2025, '.repeat(10_000)],
    ['brackets', `[14/03/2025, 15:00${' '.repeat(100_000)}`],
    ['colons', `14/03/2025, 15:00 - ${': '.repeat(50_000)}`],
    ['quotes', `14/03/2025, 15:00 - ${'" '.repeat(50_000)}`],
    ['tags', `14/03/2025, 15:00 - Ida: ${'<a: '.repeat(25_000)}`],
    ['names', `14/03/2025, 15:00 - ${'Ida added '.repeat(190)}`],
    ['points', `14/03/2025, 15:00 - Ida: ${'a.'.repeat(50_000)}`],
  ])('of %s is gone through in time', async (_, line) => {
    const started = performance.now();
    await read(`14/03/2025, 15:00 - Ida: hi\n${`${line}\n`.repeat(3)}`, 'whatsapp');
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('has names that every object has', async () => {
    const { conversations } = await read(
      '14/03/2025, 15:00 - __proto__: hi\n14/03/2025, 15:00 - constructor: hi',
      'whatsapp',
    );
    expect(conversations[0]!.people.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});

describe('JSON', () => {
  it.each([
    ['nested without end', `{"messages":[{"id":1,"text":${'['.repeat(100)}`],
    ['with an element without end', `{"messages":[{"id":1,"text":"${'a'.repeat(17 * 2 ** 20)}"}]}`],
    ['with a text that is too long', `{"messages":[{"id":1,"type":"message","text":"${'a'.repeat(2 ** 20 + 1)}"}]}`],
    ['that ends in the middle', '{"messages":[{"id":1}'],
    ['without a chat', '{"name":"x"}'],
  ])('%s is refused', async (_, text) => {
    await expect(read(text, 'telegram-json')).rejects.toMatchObject({ code: 'CHAT_INVALID' });
  });

  it('of other types than there should be is read around', async () => {
    const messages = [
      {},
      { id: {}, text: 5, from: [], date: null },
      { type: 'service', action: 'constructor', members: 'x' },
      { photo: '../../x.jpg' },
      { file: '/etc/passwd' },
    ];
    const { conversations } = await read(JSON.stringify({ name: 7, type: [], messages }), 'telegram-json');
    expect(conversations[0]!.messages).toHaveLength(5);
    expect(conversations[0]!.messages.flatMap(({ attachments }) => attachments.map(({ path }) => path))).toEqual([
      null,
      null,
    ]);
    expect(conversations[0]!.messages[2]!.event?.type).toBe('other');
  });

  it('of lines is refused at the line that is none', async () => {
    const line = JSON.stringify({ date: '2025-03-14 15:00:00', sender: 'Me', body: 'hi' });
    await expect(read(`${line}\n{"a":`, 'signal')).rejects.toMatchObject({ code: 'CHAT_INVALID', pointer: 'line 2' });
    await expect(read(`${line}\n${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 'signal')).rejects.toMatchObject({
      pointer: 'line 2',
    });
  });
});

describe('a page', () => {
  it.each([
    ['with a document type of its own', '<!DOCTYPE html [<!ENTITY a "b">]><html>'],
    ['nested without end', `<!DOCTYPE html>${'<div>'.repeat(100)}`],
    ['with a tag without end', `<!DOCTYPE html><div class="${'a'.repeat(2 ** 21)}`],
  ])('%s is refused', async (_, text) => {
    await expect(read(text, 'telegram-html')).rejects.toMatchObject({ code: 'CHAT_INVALID' });
  });
});
