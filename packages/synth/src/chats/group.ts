// What really happened in a drawn group, on one true clock: who was in it when, who said what, and which media went where.
import type { Random } from '../random/random.js';
import { TOWNS } from '../world/towns.js';
import { remark } from '../text/words.js';
import type { ChatEventType } from '@redthread/core/chats';
import { caption, chatText, type ChatPerson } from './words.js';

export type MediaKind = 'image' | 'video' | 'audio' | 'sticker' | 'document';
/** A file that is posted; `of` names the media that it is a re-encoded copy of. */
export interface ChatMedia {
  readonly id: string;
  readonly kind: MediaKind;
  readonly extension: string;
  readonly data: Buffer;
  readonly of: string | null;
}

export interface Said {
  readonly kind: 'text' | 'media' | 'location' | 'poll' | 'empty';
  readonly text: string;
  readonly media: string | null;
  /** Name of a document. */
  readonly name: string | null;
  readonly options: readonly { readonly text: string; readonly votes: number }[];
  /** What it said before it was changed. */
  readonly before: string | null;
  readonly deleted: boolean;
  /** Whom it names, at the end of the text. */
  readonly mentions: string | null;
}
export interface Happened {
  readonly type: ChatEventType;
  readonly actor: string | null;
  readonly target: string | null;
  readonly subject: string | null;
  readonly oldSubject: string | null;
}
export interface GroupEntry {
  readonly id: string;
  readonly atMs: number;
  readonly author: string | null;
  readonly said: Said | null;
  readonly happened: Happened | null;
}
/** From and to are instants; null: still in when the last export was made. */
export interface Stay {
  readonly person: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}
export interface Group {
  readonly id: string;
  readonly people: readonly ChatPerson[];
  readonly subjects: readonly string[];
  readonly entries: readonly GroupEntry[];
  readonly stays: readonly Stay[];
}

export interface PlannedPost {
  readonly media: string;
  readonly atMs: number;
  readonly author: string;
}
export interface GroupOptions {
  readonly id: string;
  readonly people: readonly ChatPerson[];
  readonly subject: string;
  readonly messages: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** What may be posted at any time, by kind. */
  readonly media: readonly ChatMedia[];
  /** What is posted at a time of its own, beside the rest. */
  readonly posts?: readonly PlannedPost[];
  /** Texts that several groups get. */
  readonly chain?: readonly { readonly text: string; readonly atMs: number }[];
}

const SECOND_MS = 1000;
const PLAIN: Said = {
  kind: 'text',
  text: '',
  media: null,
  name: null,
  options: [],
  before: null,
  deleted: false,
  mentions: null,
};
const NOTHING: Omit<Happened, 'type'> = { actor: null, target: null, subject: null, oldSubject: null };

/** The first of `people` makes the group; the last two come later, by a link and by hand, and one of them and another one go again. */
export const createGroup = (random: Random, options: GroupOptions): Group => {
  const { people, fromMs, untilMs, id } = options;
  const drafts: Omit<GroupEntry, 'id'>[] = [];
  const stays = new Map<string, Stay>();
  const happen = (atMs: number, type: ChatEventType, more: Partial<Happened>): void => {
    drafts.push({ atMs, author: null, said: null, happened: { ...NOTHING, type, ...more } });
  };
  const [founder, ...others] = people.map((person) => person.id) as [string, ...string[]];
  const come = (person: string, atMs: number): void => void stays.set(person, { person, fromMs: atMs, toMs: null });
  const go = (person: string, atMs: number): void => void stays.set(person, { ...stays.get(person)!, toMs: atMs });
  const at = (share: number): number => Math.round((fromMs + (untilMs - fromMs) * share) / SECOND_MS) * SECOND_MS;

  const [byLink, late] = [others.at(-1)!, others.at(-2)!];
  const early = others.slice(0, -2);
  happen(fromMs, 'group-created', { actor: founder, subject: options.subject });
  come(founder, fromMs);
  early.forEach((person, i) => {
    const joinMs = fromMs + (20 + 25 * i) * SECOND_MS;
    happen(joinMs, 'member-added', { actor: founder, target: person });
    come(person, joinMs);
  });
  happen(at(0.12), 'member-joined-by-link', { actor: byLink });
  come(byLink, at(0.12));
  happen(at(0.3), 'member-added', { actor: early[0]!, target: late });
  come(late, at(0.3));
  const renamed = `${options.subject} ${new Date(untilMs).getUTCFullYear()}`;
  happen(at(0.4), 'subject-changed', { actor: founder, subject: renamed, oldSubject: options.subject });
  happen(at(0.45), 'icon-changed', { actor: early[0]! });
  const mover = early[1]!;
  happen(at(0.55), 'number-changed', { actor: mover, target: mover });
  const removed = early.at(-1)!;
  happen(at(0.7), 'member-removed', { actor: founder, target: removed });
  go(removed, at(0.7));
  happen(at(0.8), 'member-left', { actor: byLink });
  go(byLink, at(0.8));

  const isIn = (person: string, atMs: number): boolean => {
    const stay = stays.get(person)!;
    return atMs > stay.fromMs && (stay.toMs === null || atMs < stay.toMs);
  };
  for (const { media, atMs, author } of options.posts ?? [])
    if (isIn(author, atMs)) drafts.push(saying(atMs, author, { ...PLAIN, kind: 'media', media }));
  for (const { text, atMs } of options.chain ?? []) drafts.push(saying(atMs, founder, { ...PLAIN, text }));
  const begin = fromMs + 200 * SECOND_MS;
  let clock = begin;
  // Bursts and nights: waiting times of very different lengths, scaled to fill the time.
  const waits = Array.from({ length: options.messages }, () => Math.exp(random.range(0, 7)));
  const scale = (untilMs - begin) / waits.reduce((sum, wait) => sum + wait, 0);
  for (const wait of waits) {
    clock += wait * scale;
    const atMs = Math.round(clock / SECOND_MS) * SECOND_MS;
    const present = people.filter((person) => isIn(person.id, atMs)).map((person) => person.id);
    drafts.push(saying(atMs, random.pick(present), sayingOf(random, options.media, present)));
  }
  drafts.sort((x, y) => x.atMs - y.atMs);
  return {
    id,
    people,
    subjects: [options.subject, renamed],
    entries: drafts.map((draft, i) => ({ ...draft, id: `${id}/${i}` })),
    stays: [...stays.values()],
  };
};

const saying = (atMs: number, author: string, said: Said): Omit<GroupEntry, 'id'> => ({
  atMs,
  author,
  said,
  happened: null,
});

const sayingOf = (random: Random, media: readonly ChatMedia[], present: readonly string[]): Said => {
  const roll = random.next();
  if (roll < 0.16 && media.length > 0) {
    const posted = random.pick(media);
    const isDocument = posted.kind === 'document';
    return {
      ...PLAIN,
      kind: 'media',
      media: posted.id,
      name: isDocument ? `lot list ${random.int(1, 99_999)}.${posted.extension}` : null,
      text:
        !isDocument && posted.kind !== 'sticker' && posted.kind !== 'audio' && random.chance(0.3)
          ? caption(random)
          : '',
      deleted: random.chance(0.02),
    };
  }
  if (roll < 0.17) {
    const { latitude, longitude } = random.pick(TOWNS);
    return { ...PLAIN, kind: 'location', text: `https://maps.google.com/?q=${latitude},${longitude}` };
  }
  if (roll < 0.18)
    return {
      ...PLAIN,
      kind: 'poll',
      text: `${remark(random)} ${random.int(1, 999)}?`,
      options: ['yes', 'no', 'swap'].map((text) => ({ text, votes: random.int(0, 9) })),
    };
  if (roll < 0.185) return { ...PLAIN, kind: 'empty' };
  const text = chatText(random);
  if (roll < 0.21) return { ...PLAIN, text, deleted: true };
  if (roll < 0.23) return { ...PLAIN, text: `${text}!`, before: text };
  return roll < 0.26 ? { ...PLAIN, text, mentions: random.pick(present) } : { ...PLAIN, text };
};
