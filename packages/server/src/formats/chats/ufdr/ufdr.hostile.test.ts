// Phone reports that somebody made to do harm, and damaged ones: read or refused with a code and a place, in time and memory. REDTHREAD_FUZZ=10000 for more.
import { describe, expect, it } from 'vitest';
import type { ChatItem } from '@redthread/core/chats';
import { isRedthreadError } from '@redthread/core/errors';
import { randomSource } from '../../../../../core/test-support/hashes.js';
import { readUfdr } from './index.js';

const RUNS = Number(process.env['REDTHREAD_FUZZ'] ?? 200);

const read = async (...pieces: readonly (string | Buffer)[]): Promise<ChatItem[]> => {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece as string);
  };
  const items: ChatItem[] = [];
  for await (const item of readUfdr({ open })) items.push(item);
  return items;
};

const project = (inner: string): string =>
  `<?xml version="1.0"?>\n<project xmlns="http://pa.cellebrite.com/report/2.0" name="toy">${inner}</project>`;
const field = (name: string, value: string): string =>
  `<field name="${name}" type="String"><value type="String"><![CDATA[${value}]]></value></field>`;
const model = (type: string, id: string, inner: string): string => `<model type="${type}" id="${id}">${inner}</model>`;
const party = (id: string): string =>
  model('Party', `p-${id}`, field('Identifier', `${id}@s.whatsapp.net`) + field('Name', `Toy ${id}`));
const message = (id: string, body: string, more = ''): string =>
  model(
    'InstantMessage',
    id,
    `<modelField name="From" type="Party">${party('999000101')}</modelField>${field('Body', body)}${field('Identifier', id)}${more}`,
  );
const chat = (messages: string, more = ''): string =>
  `<decodedData><modelType type="Chat">${model('Chat', 'c1', `${field('Source', 'WhatsApp')}${more}<multiModelField name="Messages" type="InstantMessage">${messages}</multiModelField>`)}</modelType></decodedData>`;
const embedded = (inner: string): string =>
  `<multiModelField name="EmbeddedInstantMessage" type="InstantMessage">${inner}</multiModelField>`;
const quoting = (reference: string): string =>
  `<multiModelField name="MessageExtraData" type="InstantMessageExtraData">${model('QuotedMessageData', 'q', field('OriginalMessageID', reference))}</multiModelField>`;

const texts = (items: readonly ChatItem[]): string[] =>
  items.flatMap((item) => (item.item === 'message' ? item.text : []));

describe('a report that would unfold', () => {
  it.each([
    ['a document type', `<!DOCTYPE project SYSTEM "http://x.example/x.dtd">${project('')}`],
    [
      'entities in entities',
      `<!DOCTYPE project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${project(chat(message('1', 'x')).replace('x', '&b;'))}`,
    ],
    ['an entity of a file', project(`<metadata section="a"><item name="n">&file;</item></metadata>`)],
    ['a tag with a million attributes', project(`<file ${'a="1" '.repeat(1_000_000)}/>`)],
    ['a tag with thousands of attributes', project(`<file ${'a="1" '.repeat(2_000)}/>`)],
    ['things in things without end', project('<model>'.repeat(100_000))],
    ['an end in the middle', project(chat(message('1', 'x'))).slice(0, -40)],
    [
      'a text that never ends',
      `${project('').slice(0, -10)}<metadata section="a"><item name="n"><![CDATA[${'x'.repeat(5e6)}`,
    ],
    ['no report', '<html><body/></html>'],
    ['nothing', ''],
  ])('%s is refused', async (_, xml) => {
    await expect(read(xml)).rejects.toMatchObject({
      code: 'CHAT_INVALID',
      pointer: expect.stringMatching(/^line \d+$/),
    });
  });
});

describe('a report that is odd', () => {
  it('gives the text that its pieces make up, and no more of one than a message may hold', async () => {
    const items = await read(project(chat(message('1', 'a ]]]]><![CDATA[> b') + message('2', 'x'.repeat(3_000_000)))));
    expect(texts(items)[0]).toBe('a ]]> b');
    expect(texts(items)[1]).toHaveLength(1_048_576);
    expect(items).toContainEqual({ item: 'note', code: 'TEXT_CUT', detail: 'longer than 1048576 characters' });
  });

  it('is not led in a circle by messages that answer each other or themselves', async () => {
    const items = await read(
      project(
        chat(message('1', 'a', quoting('2')) + message('2', 'b', quoting('1')) + message('3', 'c', quoting('3'))),
      ),
    );
    expect(items.flatMap((item) => (item.item === 'message' ? [item.answers] : []))).toEqual([null, 0, null]);
  });

  it('takes what a forwarded message carries inside, and keeps a quoted one apart', async () => {
    const label = (name: string): string =>
      `<multiField name="Labels" type="Label"><value type="Label">${name}</value></multiField>`;
    const items = await read(
      project(
        chat(
          message('1', '', label('Forwarded') + embedded(message('e1', 'passed on'))) +
            message('2', 'mine', label('Reply') + quoting('1') + embedded(message('e2', 'yours'))),
        ),
      ),
    );
    expect(items.filter((item) => item.item === 'message')).toMatchObject([
      { text: 'passed on', forwarded: true, answers: null },
      { text: 'mine', forwarded: false, answers: 0 },
    ]);
  });

  it('holds a chat of any length a message at a time', async () => {
    const piece = Array.from({ length: 500 }, (_, at) => message(`m${at}`, 'x'.repeat(200))).join('');
    const [before, after] = project(chat('|')).split('|') as [string, string];
    const items = await read(before, ...Array.from({ length: 100 }, () => piece), after);
    expect(texts(items)).toHaveLength(50_000);
    expect(items.filter((item) => item.item === 'participant')).toHaveLength(1);
  });

  it('counts what is not read, and leaves out what is too large', async () => {
    const items = await read(
      project(
        `<decodedData><modelType type="Call">${model('Call', 'a', '')}${model('Call', 'b', '')}</modelType><modelType type="Contact">${model(
          'Contact',
          'c',
          field('Name', 'Toy') +
            `<multiModelField name="Entries" type="ContactEntry">${model('PhoneNumber', 'n', field('Value', '+999000101')).repeat(210_000)}</multiModelField>`,
        )}</modelType></decodedData>`,
      ),
    );
    expect(items).toContainEqual({ item: 'note', code: 'KIND_NOT_READ', detail: 'Call: 2' });
    expect(items.find((item) => item.item === 'note' && item.code === 'THING_TOO_LARGE')).toBeDefined();
    expect(items.find((item) => item.item === 'person')).toMatchObject({ name: 'Toy' });
  });

  it('keeps hostile paths as words, and names that every object has as names', async () => {
    const [, file] = await read(
      project(
        `<taggedFiles><file path="/../..\u202e/etc/x.png" id="__proto__" deleted="constructor"><accessInfo><timestamp name="toString">2025-02-30T00:00:00+00:00</timestamp></accessInfo><metadata section="File"><item name="Local Path">..\\..\\etc\\passwd</item><item name="MD5">constructor</item></metadata></file></taggedFiles>`,
      ),
    );
    expect(file).toMatchObject({
      fileId: '__proto__',
      path: '/../..\u202e/etc/x.png',
      localPath: '../../etc/passwd',
      state: 'unknown',
      md5: null,
      // No calendar has the day: it stays as it is written.
      times: [{ kind: 'tostring', text: '2025-02-30T00:00:00+00:00', offsetMinutes: null, basis: 'report' }],
    });
    const [, found] = await read(project(`<file path="a\u0000b" id="x"/>`));
    expect(found).toMatchObject({ path: 'a\\x00b', localPath: null });
  });
});

describe('damaged reports', () => {
  const sample = Buffer.from(
    project(
      `<metadata section="Device Info"><item name="Model">Toy &amp; One</item></metadata><taggedFiles><file path="/a/b.png" id="f1" deleted="Deleted" size="10"><accessInfo><timestamp name="ModifyTime">2025-03-14T15:10:00.000+00:00</timestamp></accessInfo><metadata section="File"><item name="Local Path">files\\b.png</item></metadata></file></taggedFiles>` +
        chat(
          message('1', 'a ]]]]><![CDATA[> b') + message('2', 'b', quoting('1')),
          `<multiModelField name="Participants" type="Party">${party('999000100')}${party('999000101')}</multiModelField>`,
        ),
    ),
  );

  it('are read or refused with code and place', async () => {
    const random = randomSource(11);
    for (let run = 0; run < RUNS; run += 1) {
      const bytes = Buffer.from(sample);
      for (let change = 0; change <= random() % 4; change += 1) {
        const at = random() % bytes.length;
        if (random() % 2 === 0) bytes[at] = random() % 256;
        else bytes.copy(bytes, at, random() % bytes.length);
      }
      const cut = bytes.subarray(0, random() % 3 === 0 ? random() % bytes.length : bytes.length);
      await read(cut.subarray(0, cut.length >> 1), cut.subarray(cut.length >> 1)).catch((error: unknown) => {
        if (!isRedthreadError(error) || error.code !== 'CHAT_INVALID' || error.pointer === undefined) throw error;
      });
    }
  });
});
