// The chats of an operation: two groups of collectors, whose members' phones are exhibits of both agencies. What they post are pictures of the drawn world, some of them sent on from
// the one group to the other, so that chats hang together with what comparison finds. Beside the files that a scale promises.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isWithinFloor } from '../edit/edits.js';
import { createRandom, type Random } from '../random/random.js';
import { createGroup, type ChatMedia, type Group, type PlannedPost } from '../chats/group.js';
import { chatLocale } from '../chats/locales/index.js';
import { chatZip } from '../chats/chats.js';
import { tellGroup, type Teller, type Told } from '../chats/told.js';
import { createPeople, type ChatPerson } from '../chats/words.js';
import type { TruthChats, TruthFile } from '../truth/truth.js';
import type { Cast, Exhibit, Scale } from './cast.js';
import { WORLD_FROM_MS, WORLD_UNTIL_MS } from './clock.js';
import type { ExhibitFile } from './exhibit-writer.js';
import type { Plan, Variant } from './plan.js';
import { variantPath } from './tasks.js';

export interface DrawnChatFile extends ExhibitFile {
  readonly exhibit: string;
  readonly truth: Pick<TruthFile, 'kind' | 'frames' | 'edits' | 'floor' | 'device' | 'fault'>;
  /** Files of an archive; those lie in it, not beside it. */
  readonly inside: readonly DrawnChatFile[];
}
export interface WorldChats {
  readonly files: readonly DrawnChatFile[];
  readonly truth: TruthChats;
}

const SCALES: ReadonlySet<Scale> = new Set(['small']);
const NONE: WorldChats = { files: [], truth: { groups: [], exports: [], postings: [] } };
const DAY_MS = 86_400_000;
const [FROM_MS, UNTIL_MS] = [WORLD_FROM_MS + 12 * DAY_MS, WORLD_UNTIL_MS - 4 * DAY_MS];

interface Tale {
  readonly exhibit: string;
  readonly group: Group;
  readonly told: Told;
}

export const drawWorldChats = async (staging: string, plan: Plan): Promise<WorldChats> => {
  const phones = phonesOf(plan.cast);
  if (!SCALES.has(plan.scale) || phones === null) return NONE;
  const random = createRandom(`world-chats/${plan.seed}`);
  const posted = choosePictures(random, plan.variants);
  const people = createPeople(random, 13, 200);
  const posts = planPosts(random, posted, people);
  const at = (...indexes: number[]): ChatPerson[] => indexes.map((index) => people[index]!);
  const common = { messages: 48, untilMs: UNTIL_MS, media: [] };
  const groups = [
    { id: 'swap', subject: 'Stamp swap', people: at(0, 1, 2, 3, 4, 5, 6, 7), fromMs: FROM_MS, posts: posts[0] },
    {
      id: 'coast',
      subject: 'Postcards coast',
      people: at(1, 8, 9, 0, 10, 11, 2, 12),
      fromMs: FROM_MS + DAY_MS,
      posts: posts[1],
    },
  ].map((options) => createGroup(random.fork(options.id), { ...common, ...options }));
  const media = new Map<string, ChatMedia>();
  for (const { id } of posted.flat())
    media.set(id, { id, kind: 'image', extension: 'jpg', data: await readFile(variantPath(staging, id)), of: null });
  const tales = tellersOf(phones, people).map(({ exhibit, group, teller }): Tale => {
    const of = groups[group]!;
    return {
      exhibit: exhibit.reference,
      group: of,
      told: tellGroup(random.fork(`${of.id}/${exhibit.reference}`), of, media, teller),
    };
  });
  const variants = new Map(posted.flat().map((variant) => [variant.id, variant]));
  return { files: tales.flatMap((tale) => filesOf(tale, variants)), truth: truthOf(groups, tales, media, variants) };
};

/** Two exhibits of each agency, phones before others; null where there are not as many. */
const phonesOf = ({ agencies, exhibits }: Cast): readonly [Exhibit, Exhibit, Exhibit, Exhibit] | null => {
  const rank = ({ device }: Exhibit): number => (device === 'phone' ? 0 : device === 'chat' ? 1 : 2);
  const chosen = agencies.flatMap(({ slug }) =>
    exhibits
      .filter(({ agency }) => agency === slug)
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, 2),
  );
  const [a, otherA, b, otherB] = chosen;
  return a && otherA && b && otherB ? [a, b, otherA, otherB] : null;
};

const SINGLE = 5;

/** Pictures for the first group alone, for the second alone, and pairs: what is sent on, as the same bytes or made anew. */
const choosePictures = (
  random: Random,
  variants: readonly Variant[],
): readonly [Variant[], Variant[], Variant[], Variant[]] => {
  const frames = new Map<string, Variant[]>();
  for (const variant of variants) {
    const { frame, edits, camera } = variant;
    const isSent = camera === null && (frame.kind === 'room' || frame.kind === 'card') && isWithinFloor(edits);
    const isJpeg = edits.every((edit) => edit.kind !== 'reencode' || edit.format === 'jpeg');
    if (isSent && isJpeg) frames.set(frame.id, [...(frames.get(frame.id) ?? []), variant]);
  }
  const shuffled = random.shuffle([...frames.values()]);
  const several = shuffled.filter((of) => of.length > 1);
  const anew = several.slice(0, 2);
  const rest = shuffled.filter((of) => !anew.includes(of)).map(([first]) => first!);
  const same = rest.slice(0, 2);
  return [
    rest.slice(2, 2 + SINGLE),
    rest.slice(2 + SINGLE, 2 + 2 * SINGLE),
    [...same, ...anew.map(([first]) => first!)],
    [...same, ...anew.map(([, second]) => second!)],
  ];
};

/** The members who are in both groups from their beginnings. */
const SENDERS = [0, 1] as const;

const planPosts = (
  random: Random,
  [first, second, before, after]: ReturnType<typeof choosePictures>,
  people: readonly ChatPerson[],
): [PlannedPost[], PlannedPost[]] => {
  const sender = (): string => people[random.pick(SENDERS)]!.id;
  const when = ({ frame }: Variant): number => {
    const earliest = Math.max(frame.takenMs, FROM_MS + 2 * DAY_MS);
    return Math.round(random.range(earliest, UNTIL_MS - 8 * DAY_MS) / 1000) * 1000;
  };
  const post = (variant: Variant, atMs = when(variant)): PlannedPost => ({ media: variant.id, atMs, author: sender() });
  const sent = before.map((variant) => post(variant));
  const sentOn = after.map((variant, i) => post(variant, sent[i]!.atMs + random.int(3_600, 6 * 86_400) * 1000));
  return [
    [...first.map((variant) => post(variant)), ...sent],
    [...second.map((variant) => post(variant)), ...sentOn],
  ];
};

/** Two phones of each agency: the first of each is in both groups. */
const tellersOf = (
  [a, b, otherA, otherB]: readonly [Exhibit, Exhibit, Exhibit, Exhibit],
  people: readonly ChatPerson[],
): { exhibit: Exhibit; group: number; teller: Teller }[] => {
  const phone = (person: number, language: string, more: Partial<Teller>): Teller => ({
    person: people[person]!.id,
    platform: 'android',
    locale: chatLocale(language),
    zone: { minutes: 60, saving: 'eu' },
    clockS: 0,
    withMedia: true,
    missing: 0.1,
    forgotten: 0.03,
    lost: null,
    unaware: 0.1,
    saved: 0.7,
    ...more,
  });
  const first = phone(0, 'es', { clockS: 7 });
  const second = phone(1, 'nl', { platform: 'ios', clockS: -12, missing: 0.3 });
  return [
    { exhibit: a, group: 0, teller: first },
    { exhibit: b, group: 0, teller: second },
    { exhibit: otherA, group: 0, teller: phone(3, 'es', { withMedia: false, clockS: 31 }) },
    { exhibit: a, group: 1, teller: first },
    { exhibit: b, group: 1, teller: second },
    {
      exhibit: otherB,
      group: 1,
      teller: phone(8, 'en-GB', { platform: 'ios', zone: { minutes: 0, saving: 'eu' }, clockS: 3 }),
    },
  ];
};

const PLAIN = { frames: [], edits: [], floor: false, device: null, fault: null } as const;

/** An iPhone gives an archive; from an Android phone the files lie in a folder. */
const filesOf = ({ exhibit, told }: Tale, variants: ReadonlyMap<string, Variant>): DrawnChatFile[] => {
  const shown = new Map(
    told.entries.flatMap(({ attachment }) => (attachment === null ? [] : [[attachment.name, attachment.of] as const])),
  );
  const files = told.files.map(({ name, data, modifiedMs }): DrawnChatFile => {
    const variant = variants.get(shown.get(name) ?? '');
    const truth =
      variant === undefined
        ? ({ ...PLAIN, kind: 'text' } as const)
        : ({ ...PLAIN, kind: 'picture', frames: [variant.frame.id], edits: variant.edits, floor: true } as const);
    return { exhibit, path: name, data, modifiedMs, truth, inside: [] };
  });
  const folder = `WhatsApp/${told.title}`;
  if (told.teller.platform === 'android') return files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  const { modifiedMs } = told.files[0]!;
  return [
    {
      exhibit,
      path: `${folder}.zip`,
      data: chatZip(told),
      modifiedMs,
      truth: { ...PLAIN, kind: 'archive' },
      inside: files,
    },
  ];
};

const truthOf = (
  groups: readonly Group[],
  tales: readonly Tale[],
  media: ReadonlyMap<string, ChatMedia>,
  variants: ReadonlyMap<string, Variant>,
): TruthChats => ({
  groups: groups.map(({ id, subjects, people, stays }) => ({ id, subjects, people, stays })),
  exports: tales.map(({ exhibit, group, told: { title, files, teller, entries, names } }) => ({
    exhibit,
    path: `WhatsApp/${title}${teller.platform === 'ios' ? '.zip' : ''}/${files[0]!.name}`,
    group: group.id,
    person: teller.person,
    platform: teller.platform,
    language: teller.locale.tag,
    clockS: teller.clockS,
    names: Object.fromEntries(names),
    entries,
  })),
  postings: groups
    .flatMap(({ id, entries }) =>
      entries.flatMap(({ id: entry, atMs, author, said }) => {
        const variant = said === null || said.media === null ? undefined : variants.get(said.media);
        if (variant === undefined) return [];
        const sha256 = createHash('sha256').update(media.get(variant.id)!.data).digest('hex');
        return [{ group: id, entry, atMs, author: author!, frame: variant.frame.id, sha256 }];
      }),
    )
    .sort((a, b) => a.atMs - b.atMs),
});
