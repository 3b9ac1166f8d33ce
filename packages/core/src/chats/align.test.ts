import { describe, expect, it } from 'vitest';
import { alignChats, couldBeOne, rareKeys, wallSeconds, type AlignConversation, type AlignMessage } from './align.js';
import { EXPORTER } from './conversation.js';
import { textKey } from './text-key.js';

/** Numbers that look random and are the same each time (mulberry32). */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const WORDS =
  'stamp postcard album perforation watermark exchange lighthouse harbour blue red rare kiosk letter sheet'.split(' ');

const message = (
  position: number,
  timeS: number,
  author: string | null,
  text: string,
  more: Partial<AlignMessage> = {},
): AlignMessage => ({
  position,
  timeS,
  precisionS: 1,
  kind: 'text',
  author,
  text,
  edited: false,
  event: null,
  attachments: [],
  ...more,
});
const START = wallSeconds('2025-03-01T10:00');

/** A group of `count` messages: every fifth short, every seventh a picture. */
const group = (seed: number, count: number): AlignMessage[] => {
  const next = random(seed);
  let time = START;
  return Array.from({ length: count }, (_, i) => {
    time += Math.ceil(next() * 900);
    const author = ['Ada', 'Bo', 'Cy', 'Di'][Math.floor(next() * 4)]!;
    if (i % 7 === 3)
      return message(i, time, author, '', {
        kind: 'attachment',
        attachments: [
          { name: `IMG-20250301-WA${String(i).padStart(4, '0')}.jpg`, media: 'image', sha256: `${seed}-${i}` },
        ],
      });
    if (i % 5 === 2) return message(i, time, author, next() < 0.5 ? 'ok' : 'hi');
    return message(
      i,
      time,
      author,
      Array.from({ length: 5 }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' '),
    );
  });
};
type Told = AlignMessage & { readonly of: number };
/** How another phone tells it: what it leaves out, its clock and names. */
const told = (
  messages: readonly AlignMessage[],
  change: (message: AlignMessage) => Partial<AlignMessage> | null,
  minutes = false,
): Told[] =>
  messages
    .flatMap((m) => {
      const changed = change(m);
      return changed === null ? [] : [{ ...m, ...changed, of: m.position }];
    })
    .map((m, position) => ({
      ...m,
      position,
      ...(minutes && m.timeS !== null ? { timeS: Math.floor(m.timeS / 60) * 60, precisionS: 60 } : {}),
    }));
const chat = (messages: readonly AlignMessage[], ...subjects: string[]): AlignConversation => ({ subjects, messages });

const rightOf = (a: readonly Told[], b: readonly Told[], pairs: readonly { a: number; b: number }[]) => {
  const inB = new Map(b.map((m) => [m.of, m.position]));
  const both = a.filter((m) => inB.has(m.of)).length;
  const right = pairs.filter((pair) => a[pair.a]!.of === b[pair.b]!.of).length;
  return { found: right / both, wrong: pairs.length - right };
};
const moved = (seconds: number) => (m: AlignMessage) => ({ timeS: m.timeS! + seconds });

describe('alignChats', () => {
  it('finds the same messages, the clock to the second and who is called what', () => {
    const all = group(1, 600);
    const a = told(all, (m) => (m.position % 11 === 4 ? null : { author: `${m.author} K` }));
    const b = told(all, (m) =>
      m.position > 200 && m.position < 260
        ? null
        : {
            ...moved(3607)(m),
            attachments: m.attachments.map((x) => ({ ...x, sha256: null })),
            kind: m.kind === 'attachment' ? 'omitted' : m.kind,
          },
    );
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    expect(rightOf(a, b, found.pairs)).toEqual({ found: 1, wrong: 0 });
    expect(found.offsetS).toBe(3607);
    expect(found.spreadS).toBe(0);
    expect(found.overlap).toBeGreaterThanOrEqual(found.pairs.length);
    expect(found.aliases.map(({ a, b }) => `${a}=${b}`).sort()).toEqual(['Ada K=Ada', 'Bo K=Bo', 'Cy K=Cy', 'Di K=Di']);
  });
  it.each([
    ['one in minutes', false, true],
    ['the other in minutes', true, false],
  ])('narrows the offset to seconds: %s', (_, minutesA, minutesB) => {
    const all = group(2, 400);
    const [a, b] = [told(all, () => ({}), minutesA), told(all, moved(-7193), minutesB)];
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    const { found: share, wrong } = rightOf(a, b, found.pairs);
    expect(share).toBeGreaterThan(0.99);
    expect(wrong).toBe(0);
    expect(Math.abs(found.offsetS! + 7193)).toBeLessThan(2);
  });
  it('tells the best that minutes allow where both tell minutes', () => {
    const all = group(3, 1500);
    const [a, b] = [told(all, () => ({}), true), told(all, moved(17), true)];
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    expect(rightOf(a, b, found.pairs).wrong).toBe(0);
    expect(Math.abs(found.offsetS! - 17)).toBeLessThan(3);
  });
  it('follows a clock through zones and daylight saving', () => {
    const all = group(4, 500);
    const a = told(all, () => ({}), true);
    const b = told(all, (m) =>
      moved(m.position < 180 ? 3605 : m.position < 200 ? 19805 : m.position < 400 ? 3605 : 7205)(m),
    );
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    const { found: share, wrong } = rightOf(a, b, found.pairs);
    expect(share).toBeGreaterThan(0.99);
    expect(wrong).toBe(0);
    expect(found.stretches.map(({ offsetS }) => Math.round(offsetS / 5) * 5)).toEqual([3605, 19805, 3605, 7205]);
  });
  it('bears phones that note messages as they arrive, up to half a minute apart', () => {
    const all = group(11, 400);
    const next = random(12);
    const [a, b] = [told(all, () => ({})), told(all, (m) => moved(120 + Math.floor(next() * 30))(m))];
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    const { found: share, wrong } = rightOf(a, b, found.pairs);
    expect(share).toBeGreaterThan(0.99);
    expect(wrong).toBe(0);
    expect(Math.abs(found.offsetS! - 135)).toBeLessThan(3);
    expect(found.spreadS).toBeGreaterThan(5);
  });
  it('pairs what one phone saw before it was taken back, and messages that crossed', () => {
    const all = group(5, 200);
    // 50 and 51 were sent in the same second; the other phone got them the other way round.
    const at = all[50]!.timeS!;
    const near = (m: AlignMessage, second: number) => ({ ...m, timeS: at + second });
    const crossed = [...all.slice(0, 50), near(all[51]!, 1), near(all[50]!, 2), ...all.slice(52)];
    const a = told(all, (m) => (m.position === 51 ? { timeS: at + 1 } : {}));
    const b = told(crossed, (m) => (m.position % 20 === 6 ? { kind: 'deleted', text: '', attachments: [] } : {}));
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    expect(rightOf(a, b, found.pairs)).toEqual({ found: 1, wrong: 0 });
  });
  it('aligns lines of the system in two languages, with their people', () => {
    const system = (
      position: number,
      timeS: number,
      text: string,
      event: Partial<NonNullable<AlignMessage['event']>>,
    ) =>
      message(position, timeS, null, text, {
        kind: 'system',
        event: { type: 'other', actor: null, targets: [], subject: null, ...event },
      });
    const t = START;
    const a = [
      system(0, t, 'You created group “Trip”', { type: 'group-created', actor: EXPORTER, subject: 'Trip' }),
      system(1, t + 60, 'You added Timo', { type: 'member-added', actor: EXPORTER, targets: ['Timo'] }),
      system(2, t + 60, 'You added Eve', { type: 'member-added', actor: EXPORTER, targets: ['Eve'] }),
      message(3, t + 120, 'Mia H', 'Bus at nine'),
      message(4, t + 180, 'Eve', 'see you'),
    ].map((m) => ({ ...m, precisionS: 60 }));
    const b = [
      system(0, t + 3602, 'Mia Holz hat die Gruppe „Trip“ erstellt.', {
        type: 'group-created',
        actor: 'Mia Holz',
        subject: 'Trip',
      }),
      system(1, t + 3660, 'Mia Holz hat dich hinzugefügt.', {
        type: 'member-added',
        actor: 'Mia Holz',
        targets: [EXPORTER],
      }),
      system(2, t + 3661, 'Mia Holz hat +999 000 555 hinzugefügt.', {
        type: 'member-added',
        actor: 'Mia Holz',
        targets: ['+999 000 555'],
      }),
      message(3, t + 3731, 'Mia Holz', 'Bus at nine'),
      message(4, t + 3780, '+999 000 555', 'see you'),
    ];
    const found = alignChats(chat(a, 'Trip'), chat(b, 'Trip'))!;
    expect(found.pairs).toEqual([0, 1, 2, 3, 4].map((i) => ({ a: i, b: i })));
    expect(found.aliases).toContainEqual(expect.objectContaining({ a: 'Eve', b: '+999 000 555' }));
  });
  it('aligns by order alone where the order of dates is open', () => {
    const all = group(6, 100);
    const [a, b] = [told(all, () => ({ timeS: null })), told(all, (m) => (m.position % 9 === 0 ? null : {}))];
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    expect(rightOf(a, b, found.pairs).wrong).toBe(0);
    expect(found.offsetS).toBeNull();
  });
  it('does not merge groups that share chain messages, sent on at once or hours apart', () => {
    for (const apart of [() => 1, (i: number) => ((i * 7919) % 50_000) + 60]) {
      const chain = Array.from({ length: 40 }, (_, i) => `chain message ${i}: send this to ten collectors of stamps`);
      const [a, b] = [7, 8].map((seed) => group(seed, 400));
      const inOne = [...a!, ...chain.map((text, i) => message(0, START + i * 4000, 'Ada', text))];
      const inOther = [...b!, ...chain.map((text, i) => message(0, START + i * 4000 + apart(i), 'Ada', text))];
      const [one, other] = [inOne, inOther].map((of) =>
        [...of].sort((x, y) => x.timeS! - y.timeS!).map((m, position) => ({ ...m, position })),
      );
      expect(couldBeOne(rareKeys(one!), rareKeys(other!))).toBe(true);
      expect(alignChats(chat(one!, 'Stamps'), chat(other!, 'Stamps'))).toBeNull();
      expect(alignChats(chat(one!, 'Stamps'), chat(other!, 'Postcards'))).toBeNull();
    }
  });
  it('does not merge a group with the one that only gets its announcements', () => {
    const all = group(9, 600);
    const announced = told(all, (m) =>
      m.position % 12 === 0 && m.text.length > 5 ? { ...moved(2)(m), author: 'Ada' } : null,
    );
    expect(alignChats(chat(all, 'Stamps'), chat(announced, 'Announcements'))).toBeNull();
  });
  it('holds at 40,000 messages told in minutes', () => {
    const all = group(10, 40_000);
    const [a, b] = [
      told(all, () => ({}), true),
      told(all, (m) => (m.position > 9000 && m.position < 19_000 ? null : moved(40)(m)), true),
    ];
    const found = alignChats(chat(a, 'Stamps'), chat(b, 'Stamps'))!;
    const { found: share, wrong } = rightOf(a, b, found.pairs);
    expect(share).toBeGreaterThan(0.99);
    expect(wrong / found.pairs.length).toBeLessThan(0.01);
  });
});

describe('textKey', () => {
  it('is the same whatever cannot be seen, in whichever case and under whichever name somebody is saved', () => {
    const key = textKey('Café @\u2068Mia H\u2069: no. 5');
    expect(textKey('\u200ecafe\u0301  @\u2068+999 000 201\u2069: NO. 5\u200f ')).toBe(key);
    expect(textKey('cafe @Mia: no. 5')).not.toBe(key);
    expect(textKey(' \u200e')).toBeNull();
    expect(BigInt.asIntN(64, key!)).toBe(key);
  });
});
