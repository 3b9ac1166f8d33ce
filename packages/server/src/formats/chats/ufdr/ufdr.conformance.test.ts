// The phone reports among the samples that were made independently of us, held against what their makers say of them, in pieces of every size.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ChatItem, MessageItem, ReportFileItem } from '@redthread/core/chats';
import { walk } from '../../../media/walk/index.js';
import { expected, FOLDER, truth, type Json } from '../../../../test-support/sample-lists.js';
import { isUfdr, readUfdr } from './index.js';

const names = Object.keys(truth['files'] as Json).filter((name) => name.startsWith('ufdr/'));

const contentsOf = async (path: string): Promise<Map<string, Buffer>> => {
  const contents = new Map<string, Buffer>();
  for await (const entry of walk(path)) contents.set(entry.path, await entry.bytes(1 << 24));
  return contents;
};

const readIn = async (xml: Buffer, chunkBytes: number): Promise<ChatItem[]> => {
  const items: ChatItem[] = [];
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < xml.length; at += chunkBytes) yield xml.subarray(at, at + chunkBytes);
  };
  for await (const item of readUfdr({ open })) items.push(item);
  return items;
};

const of = <K extends ChatItem['item']>(items: readonly ChatItem[], kind: K): Extract<ChatItem, { item: K }>[] =>
  items.filter((item): item is Extract<ChatItem, { item: K }> => item.item === kind);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(FOLDER === undefined)('phone reports made independently of us', () => {
  it.each(names)('%s', async (name) => {
    const contents = await contentsOf(`${FOLDER}${name}`);
    const xml = contents.get('report.xml')!;
    expect(isUfdr(xml.subarray(0, 4096).toString('utf8'))).toBe(true);
    const items = await readIn(xml, 65_536);
    const wanted = expected(name);

    expect(of(items, 'note')).toEqual([]);
    const facts = of(items, 'fact');
    const version = wanted['style'] === 'PA 7' ? /^7\./ : /^10\./;
    expect(facts.find((fact) => fact.name === 'UFED_PA_Version')?.value).toMatch(version);
    expect(facts).toContainEqual({ item: 'fact', section: 'Device Info', name: 'MSISDN', value: '+999000100' });

    const files = of(items, 'file');
    expect(files).toHaveLength(wanted['files'].length);
    for (const [index, file] of files.entries()) sameFile(file, wanted['files'][index], contents);

    const [chat, ...others] = of(items, 'conversation');
    expect(others).toEqual([]);
    const [wantedChat] = wanted['chats'];
    expect(chat).toMatchObject({ app: wantedChat.source, kind: 'direct', sourceId: '999000101@s.whatsapp.net' });
    const people = of(items, 'participant');
    expect(people).toHaveLength(wantedChat.participants);
    expect(people.filter((one) => one.isExporter)).toMatchObject([{ account: wantedChat.owner, phone: '+999000100' }]);
    const messages = of(items, 'message');
    expect(messages).toHaveLength(wantedChat.messages);
    expect(messages.filter((message) => message.recovered)).toHaveLength(wantedChat.deleted_messages);
    expect(messages.filter((message) => message.kind === 'system')).toHaveLength(wantedChat.system);
    expect(messages[2]?.text).toBe(wanted['text_of_message_3']);
    expect(messages[0]?.time).toEqual({
      text: '2025-03-14T15:09:00.000+00:00',
      local: '2025-03-14T15:09:00',
      instant: '2025-03-14T15:09:00.000Z',
    });
    attached(messages[1]!, wantedChat.attachment_of_message_2, contents);
    expect(messages[4]?.event).toMatchObject({ type: 'member-left', actor: 'Pim', targets: [] });

    const persons = of(items, 'person');
    expect(persons.filter((person) => person.kind === 'contact')).toHaveLength(wanted['contacts']);
    expect(persons.filter((person) => person.kind === 'account')).toHaveLength(wanted['accounts']);
    expect(persons[0]?.entries.map(({ kind, value }) => [kind, value])).toEqual([
      ['phone', '+999000101'],
      ['account', '999000101@s.whatsapp.net'],
    ]);
    expect(persons[1]?.entries).toHaveLength(1);

    for (const chunkBytes of [1, 7, 4096]) expect(await readIn(xml, chunkBytes)).toEqual(items);
    expect(sha256(readFileSync(`${FOLDER}${name}`))).toBe((truth['files'] as Json)[name].sha256);
  });
});

const sameFile = (file: ReportFileItem, wanted: Json, contents: ReadonlyMap<string, Buffer>): void => {
  expect(file).toMatchObject({
    fileId: wanted['id'],
    state: wanted['deleted'] === true ? 'deleted' : 'intact',
    sizeBytes: wanted['bytes'],
    md5: wanted['md5'],
    sha256: wanted['sha256'],
    tags: ['Image'],
  });
  if (wanted['path'] !== undefined) expect(file.path).toBe(wanted['path']);
  const bytes = file.localPath === null ? undefined : contents.get(file.localPath);
  if (bytes !== undefined) expect(sha256(bytes)).toBe(file.sha256);
  else expect(wanted['bytes_in_zip']).toBeDefined();
  expect(file.times.every(({ basis, offsetMinutes }) => basis === 'report' && offsetMinutes === 0)).toBe(true);
};

const attached = (message: MessageItem, wanted: Json, contents: ReadonlyMap<string, Buffer>): void => {
  const [attachment, ...more] = message.attachments;
  expect(more).toEqual([]);
  expect(attachment).toMatchObject({ sha256: wanted['sha256'], media: 'image', state: 'named' });
  // Found by the id of the file, wherever the path beside it leads.
  expect(sha256(contents.get(attachment!.path!)!)).toBe(wanted['sha256']);
};
