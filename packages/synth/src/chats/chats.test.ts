import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHAT_LOCALES, drawChats, zoneSeconds, type ChatMedia, type DrawnChats } from './index.js';

const media = Array.from({ length: 24 }, (_, i): ChatMedia => {
  const kind = (['image', 'video', 'audio', 'sticker', 'document'] as const)[i % 5]!;
  const extension = { image: 'jpg', video: 'mp4', audio: 'opus', sticker: 'webp', document: 'pdf' }[kind];
  return { id: `m${i}`, kind, extension, data: Buffer.from(`file ${i}`), of: i >= 20 ? `m${i - 20}` : null };
});
const draw = (seed: number): DrawnChats => drawChats({ seed, groups: 12, messages: 150, exports: 2, media });
const drawn = draw(1);
const textOf = ({ told }: DrawnChats['exports'][number]): string => told.files[0]!.data.toString('utf8');

describe('drawChats', () => {
  it('draws the same bytes from the same seed, and others from another', () => {
    const bytes = (chats: DrawnChats) =>
      chats.exports.map(({ told }) => told.files.map(({ data }) => data.toString('hex')).join());
    expect(bytes(draw(1))).toEqual(bytes(drawn));
    expect(bytes(draw(2))).not.toEqual(bytes(drawn));
  });
  it('tells chats in every language and on both platforms, each message on a line that begins with its time', () => {
    expect(new Set(drawn.exports.map(({ told }) => told.teller.locale.tag)).size).toBe(CHAT_LOCALES.length);
    for (const chat of drawn.exports) {
      const text = textOf(chat);
      let at = 0;
      for (const entry of chat.told.entries) {
        at = text.indexOf(entry.head, at);
        expect(at).toBeGreaterThanOrEqual(0);
        at += entry.head.length;
        if (entry.kind === 'text') expect(text.slice(at)).toContain(entry.text);
      }
      const names = chat.told.entries.flatMap(({ attachment }) =>
        attachment?.state === 'present' ? [attachment.name] : [],
      );
      expect(
        chat.told.files
          .slice(1)
          .map(({ name }) => name)
          .sort(),
      ).toEqual([...new Set(names)].sort());
    }
  });
  it('tells only what a member of that time could see', () => {
    for (const { group, told } of drawn.exports) {
      const { stays, entries } = drawn.groups.find(({ id }) => id === group)!;
      const stay = stays.find(({ person }) => person === told.teller.person)!;
      const at = new Map(entries.map(({ id, atMs }) => [id, atMs]));
      for (const { of } of told.entries) if (of !== null) expect(at.get(of)).toBeGreaterThanOrEqual(stay.fromMs);
    }
  });
  it('posts each copy after what it was made of, in some group', () => {
    expect(drawn.postings.some(({ media: id }) => drawn.media.get(id)!.of !== null)).toBe(true);
    expect(drawn.postings.map(({ atMs }) => atMs)).toEqual(
      drawn.postings.map(({ atMs }) => atMs).sort((a, b) => a - b),
    );
  });
});

describe('what drawn chats write', () => {
  const said = drawn.groups.flatMap(({ entries, people, subjects }) => [
    ...entries.map((entry) => entry.said?.text ?? ''),
    ...people.map(({ name }) => name),
    ...subjects,
  ]);
  it('uses only words that were read and found harmless', () => {
    const read = new Set(readFileSync(new URL('../world/read-words.txt', import.meta.url), 'utf8').split(/\s+/u));
    const plain = said.map((text) => text.replace(/https:\S+|bc1\S+|0x\S+/gu, ''));
    const words = new Set(plain.flatMap((text) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []));
    expect([...words].filter((word) => !read.has(word)).sort()).toEqual([]);
  });
  it('names reserved hosts and numbers, invitations that are examples, and squares of towns', () => {
    for (const text of said) {
      for (const [, host = '', rest = ''] of text.matchAll(/(?:https:\/\/|@)([\w.-]+)([^\s!]*)/gu))
        expect(`${host}${rest}`).toMatch(/\.example(\/|$)|^chat\.whatsapp\.com\/Example|^maps\.google\.com\/\?q=/u);
      for (const [number] of text.matchAll(/\+\d[\d ]+/gu)) expect(number).toMatch(/^\+999 /u);
    }
    for (const { phone, nextPhone } of drawn.people)
      expect(`${phone}${nextPhone}`).toMatch(/^\+999 00\d \d{3}\+999 00\d \d{3}$/u);
  });
});

describe('zoneSeconds', () => {
  it('saves daylight as each region does', () => {
    const eu = { minutes: 60, saving: 'eu' } as const;
    expect(
      [
        Date.UTC(2025, 2, 30, 0, 59),
        Date.UTC(2025, 2, 30, 1),
        Date.UTC(2025, 9, 26, 0, 59),
        Date.UTC(2025, 9, 26, 1),
      ].map((at) => zoneSeconds(eu, at)),
    ).toEqual([3600, 7200, 7200, 3600]);
    const us = { minutes: -300, saving: 'us' } as const;
    expect(
      [
        Date.UTC(2025, 2, 9, 6, 59),
        Date.UTC(2025, 2, 9, 7),
        Date.UTC(2025, 10, 2, 5, 59),
        Date.UTC(2025, 10, 2, 6),
      ].map((at) => zoneSeconds(us, at)),
    ).toEqual([-18_000, -14_400, -14_400, -18_000]);
    expect(zoneSeconds({ minutes: 330, saving: null }, Date.UTC(2025, 6, 1))).toBe(19_800);
  });
});
