// The CyberTipline package among the samples that were made independently of us, held against what its makers say of it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ChatItem } from '@redthread/core/chats';
import { expected, FOLDER } from '../../../../test-support/sample-lists.js';
import { detectChat, readChat } from '../index.js';

const read = async (text: string | Buffer, chunkBytes = 65_536): Promise<ChatItem[]> => {
  const bytes = Buffer.from(text as string);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
  const items: ChatItem[] = [];
  for await (const item of readChat({ path: 'report.xml', open, beside: new Set() }, 'cybertip')) items.push(item);
  return items;
};
const sample = (name: string): Buffer => readFileSync(`${FOLDER}cybertip/${name}`);

describe.skipIf(FOLDER === undefined)('a CyberTipline package made independently of us', () => {
  it('says who was reported, when and where from, and what happened', async () => {
    const bytes = sample('report-900001.xml');
    expect(detectChat('x/report.xml', bytes)).toBe('cybertip');
    const items = await read(bytes);
    const wanted = expected('cybertip/report-900001.xml');
    const facts = items.filter((item) => item.item === 'fact');
    const fact = (name: string) => facts.find((item) => item.name === name)?.value;
    expect(fact('incidentType')).toBe(wanted['incident_type']);
    expect(fact('incidentDateTime')).toBe(wanted['incident_time']);
    expect(fact('chatClient')).toBe('Paperboat Chat');
    // No words were reported: there is no conversation.
    expect(items.filter(({ item }) => item === 'conversation' || item === 'message')).toEqual([]);
    const people = items.filter((item) => item.item === 'person');
    const reported = people.find(({ kind }) => kind === 'reported')!;
    const values = (kind: string) => reported.entries.filter((entry) => entry.kind === kind).map(({ value }) => value);
    expect(values('email')).toEqual(wanted['reported'].emails);
    expect(values('account')).toEqual([wanted['reported'].espIdentifier, wanted['reported'].screenName]);
    expect(values('ip')).toHaveLength(wanted['reported'].ip_events);
    expect(reported.entries.at(-1)).toEqual({
      kind: 'ip',
      value: '2001:db8::44',
      category: 'Upload, port 50123, possible proxy',
      time: { text: '2025-02-03T04:05:06Z', instant: '2025-02-03T04:05:06.000Z' },
    });
    expect(people.find(({ kind }) => kind === 'reporter')).toMatchObject({ name: 'Desk' });
    for (const chunkBytes of [1, 7]) expect(await read(bytes, chunkBytes)).toEqual(items);
  });

  it.each(['fileDetails-f-aaa1.xml', 'fileDetails-f-aaa2.xml'])('says of %s what the provider says', async (name) => {
    expect(detectChat(name, sample(name))).toBe('cybertip');
    const items = await read(sample(name));
    const wanted = expected(`cybertip/${name}`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ item: 'file', fileId: wanted['fileId'] });
    const { provider, md5 } = items[0] as Extract<ChatItem, { item: 'file' }>;
    expect(provider?.viewed).toBe(wanted['viewed_by_provider']);
    expect(provider?.category?.code ?? null).toBe(wanted['classification']);
    if (provider !== null && provider.category !== null) expect(provider.category.scheme).toBe('ncmec@1');
    expect(provider?.annotations).toEqual(wanted['annotations'] ?? []);
    if (wanted['md5'] !== undefined) expect(md5).toBe(wanted['md5']);
    if (wanted['relevance'] !== undefined) expect(provider?.relevance).toBe(wanted['relevance']);
  });
});

describe('a CyberTipline report', () => {
  it('has a conversation where it has the words of one', async () => {
    const items = await read(
      '<report><incidentSummary><incidentType>x</incidentType></incidentSummary><internetDetails><chatImIncident><chatClient>Toy</chatClient><content>a: green stamps?\nb: yes</content></chatImIncident></internetDetails></report>',
    );
    expect(items.filter(({ item }) => item === 'conversation')).toMatchObject([{ app: 'Toy', kind: 'unknown' }]);
    expect(items.filter(({ item }) => item === 'message')).toMatchObject([
      { author: null, text: 'a: green stamps?\nb: yes' },
    ]);
  });

  it.each([
    '<!DOCTYPE report><report/>',
    '<report>&x;</report>',
    '<report><reporter>',
    '<report><fileDetails></fileDetails></report>',
    `<report>${'<a>'.repeat(100)}`,
  ])('is refused with a place where it is %s', async (xml) => {
    await expect(read(xml)).rejects.toMatchObject({
      code: 'CHAT_INVALID',
      pointer: expect.stringMatching(/^line \d+$/),
    });
  });

  it('is not every XML file of that root', () => {
    expect(detectChat('report.xml', Buffer.from('<report><title>x</title></report>'))).toBeNull();
  });
});
