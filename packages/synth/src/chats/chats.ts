// Draws several groups and the exports that their members' phones make of them, and says what is in them. The same seed gives the same bytes.
import { createRandom, type Random } from '../random/random.js';
import { createZip } from '../archive/zip.js';
import { createGroup, type ChatMedia, type Group, type PlannedPost } from './group.js';
import { CHAT_LOCALES, type ChatLocale } from './locales/index.js';
import { tellGroup, type Teller, type Told } from './told.js';
import { createPeople, type ChatPerson } from './words.js';
import type { Zone } from './zone.js';

export interface DrawChatsOptions {
  readonly seed: string | number;
  readonly groups: number;
  readonly messages: number;
  /** Exports of each group. */
  readonly exports: number;
  readonly people?: number;
  readonly locales?: readonly ChatLocale[];
  /** Those with `of` are sent on: posted once, after what they were made of. The others are posted as it comes. */
  readonly media: readonly ChatMedia[];
  readonly fromMs?: number;
  readonly days?: number;
}

/** One time that a media, or a copy of it, was sent. */
export interface ChatPosting {
  readonly group: string;
  readonly entry: string;
  readonly media: string;
  readonly atMs: number;
  readonly author: string;
}
export interface DrawnChatExport {
  readonly id: string;
  readonly group: string;
  readonly told: Told;
}
export interface DrawnChats {
  readonly people: readonly ChatPerson[];
  readonly groups: readonly Group[];
  readonly exports: readonly DrawnChatExport[];
  readonly media: ReadonlyMap<string, ChatMedia>;
  /** What was posted at times of its own, in the order of time. */
  readonly postings: readonly ChatPosting[];
}

const ZONES: readonly Zone[] = [
  { minutes: 60, saving: 'eu' },
  { minutes: 0, saving: 'eu' },
  { minutes: 180, saving: null },
  { minutes: -300, saving: 'us' },
  { minutes: 330, saving: null },
  { minutes: -180, saving: null },
];
const SUBJECTS = [
  'Stamp swap',
  'Postcards of the coast',
  'Harbour sheets',
  'The blue misprint',
  'Market square',
  'Old lighthouse',
];
const DAY_MS = 86_400_000;

export const drawChats = (options: DrawChatsOptions): DrawnChats => {
  const random = createRandom(`chats/${options.seed}`);
  const perGroup = options.people ?? 8;
  const fromMs = options.fromMs ?? Date.UTC(2025, 1, 3, 9);
  const untilMs = fromMs + (options.days ?? 300) * DAY_MS;
  const people = createPeople(random, Math.min(20, perGroup + options.groups * 2));
  const ordinary = options.media.filter(({ of }) => of === null);
  const chain = Array.from({ length: 6 }, (_, i) => ({
    text: `Send this list of ${people[i]!.name.length * 37 + i} lots to ten collectors before the fair`,
    atMs: fromMs + (0.2 + 0.1 * i) * (untilMs - fromMs),
  }));
  const members = Array.from({ length: options.groups }, (_, g) => membersOf(random, people, perGroup, g));
  const posts = planPosts(random, members, options.media, fromMs, untilMs);
  const groups = members.map((of, g) =>
    createGroup(random.fork(`group-${g}`), {
      id: `group-${g}`,
      people: of,
      subject: `${SUBJECTS[g % SUBJECTS.length]!}${g < SUBJECTS.length ? '' : ` ${g}`}`,
      messages: options.messages,
      fromMs: fromMs + g * 3_600_000,
      untilMs,
      media: ordinary.filter((_, m) => m % options.groups === g),
      posts: posts[g]!,
      chain: chain.map((link) => ({ ...link, atMs: link.atMs + random.int(1, 7200) * 1000 })),
    }),
  );
  const media = new Map(options.media.map((of) => [of.id, of]));
  const exports = groups.flatMap((group, g) =>
    tellersOf(random.fork(`tellers-${g}`), group, options, g).map((teller, e) => ({
      id: `${group.id}-${e}`,
      group: group.id,
      told: tellGroup(random.fork(`told-${g}-${e}`), group, media, teller),
    })),
  );
  return { people, groups, exports, media, postings: postingsOf(groups, media) };
};

/** Neighbouring groups share half of their people. */
const membersOf = (random: Random, people: readonly ChatPerson[], count: number, group: number): ChatPerson[] =>
  random.shuffle(Array.from({ length: count }, (_, i) => people[(group * 2 + i) % people.length]!));

/** Each copy is posted once after what it was made of, in another group, by somebody who was in both. */
const planPosts = (
  random: Random,
  members: readonly (readonly ChatPerson[])[],
  media: readonly ChatMedia[],
  fromMs: number,
  untilMs: number,
): PlannedPost[][] => {
  const posts = members.map((): PlannedPost[] => []);
  media.forEach(({ id, of }, m) => {
    if (of === null) return;
    const to = m % members.length;
    const author = random.pick(members[to]!.slice(0, 3)).id;
    const atMs = Math.round((fromMs + random.range(0.82, 0.98) * (untilMs - fromMs)) / 1000) * 1000;
    posts[to]!.push({ media: id, atMs, author });
  });
  return posts;
};

const tellersOf = (random: Random, group: Group, options: DrawChatsOptions, g: number): Teller[] => {
  const locales = options.locales ?? CHAT_LOCALES;
  const staying = group.stays.filter(({ toMs }) => toMs === null).map(({ person }) => person);
  return random
    .shuffle(staying)
    .slice(0, options.exports)
    .map((person, e) => {
      const [fromMs, untilMs] = [group.entries[0]!.atMs, group.entries.at(-1)!.atMs];
      const lostMs = fromMs + random.range(0.2, 0.6) * (untilMs - fromMs);
      const place = g * options.exports + e;
      return {
        person,
        // Each language on both platforms, once there are twice as many exports as languages.
        platform: (place + Math.floor(place / locales.length)) % 2 === 0 ? 'ios' : 'android',
        locale: locales[place % locales.length]!,
        zone: random.pick(ZONES),
        clockS: random.int(-40, 40),
        withMedia: e % 3 !== 2,
        missing: 0.1,
        forgotten: 0.03,
        lost: e % 2 === 1 ? [lostMs, lostMs + random.range(0.05, 0.15) * (untilMs - fromMs)] : null,
        unaware: 0.2,
        saved: 0.7,
      } satisfies Teller;
    });
};

const postingsOf = (groups: readonly Group[], media: ReadonlyMap<string, ChatMedia>): ChatPosting[] =>
  groups
    .flatMap(({ id, entries }) =>
      entries.flatMap(({ id: entry, atMs, author, said }) =>
        said !== null && said.media !== null && media.has(said.media)
          ? [{ group: id, entry, media: said.media, atMs, author: author! }]
          : [],
      ),
    )
    .sort((x, y) => x.atMs - y.atMs);

/** As an iPhone gives it away: one archive, its files beside each other. */
export const chatZip = ({ files }: Told): Buffer =>
  createZip(files.map(({ name, data, modifiedMs }) => ({ name, data, modifiedMs, compress: name.endsWith('.txt') })));
