// What one member's phone tells of a group when it writes the chat down: what it saw, by its clock, in its language, under the names that it has for the others. Beside the
// text stands what a right reading of it finds.
import { createHash } from 'node:crypto';
import { EXPORTER, type AttachmentMedia, type ChatEvent, type MessageKind } from '@redthread/core/chats';
import type { Random } from '../random/random.js';
import { compactDay, dashedTime } from '../world/clock.js';
import type { ChatMedia, Group, GroupEntry, MediaKind, Said } from './group.js';
import type { ChatLocale, SystemLines } from './locales/index.js';
import { wallClock, writtenTime, zoneSeconds, type Zone } from './zone.js';

export interface Teller {
  readonly person: string;
  readonly platform: 'ios' | 'android';
  readonly locale: ChatLocale;
  readonly zone: Zone;
  /** How far the phone's clock is ahead of the true one. */
  readonly clockS: number;
  /** Whether files go with it; without, each is said to be left out. */
  readonly withMedia: boolean;
  /** Share of the files that are not there though others are. */
  readonly missing: number;
  /** Share of the messages that were deleted on this phone only. */
  readonly forgotten: number;
  /** A stretch that is missing. */
  readonly lost: readonly [fromMs: number, toMs: number] | null;
  /** Share of changes and deletions that this phone never got. */
  readonly unaware: number;
  /** Share of the others who are saved, under a name of the phone's own. */
  readonly saved: number;
}

export interface ToldAttachment {
  readonly name: string | null;
  readonly media: AttachmentMedia;
  readonly state: 'present' | 'named' | 'omitted';
  readonly sha256: string | null;
  /** Which media of the group it is. */
  readonly of: string;
}
/** One message, as a right reader gives it. */
export interface ToldEntry {
  /** The entry of the group; null for the notice that each phone has for itself. */
  readonly of: string | null;
  readonly position: number;
  readonly local: string;
  /** The head of its line, as written. */
  readonly head: string;
  readonly kind: MessageKind;
  /** As the line names them, without marks that cannot be seen. */
  readonly author: string | null;
  readonly text: string;
  readonly edited: boolean;
  readonly event: ChatEvent | null;
  readonly attachment: ToldAttachment | null;
  readonly options: readonly { readonly text: string; readonly votes: number }[];
}
export interface ToldFile {
  readonly name: string;
  readonly data: Buffer;
  readonly modifiedMs: number;
}
export interface Told {
  readonly teller: Teller;
  /** What the export is called, without an ending. */
  readonly title: string;
  /** The text first. */
  readonly files: readonly ToldFile[];
  readonly entries: readonly ToldEntry[];
  /** For each person of the group, the names under which this phone shows them, in the order of time. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const LRM = '\u200e';
const MEDIA_NAMES: Readonly<Record<MediaKind, readonly [ios: string, android: string]>> = {
  image: ['PHOTO', 'IMG'],
  video: ['VIDEO', 'VID'],
  audio: ['AUDIO', 'PTT'],
  sticker: ['STICKER', 'STK'],
  document: ['', ''],
};

export const tellGroup = (random: Random, group: Group, media: ReadonlyMap<string, ChatMedia>, teller: Teller): Told =>
  new Telling(random, group, media, teller).told();

class Telling {
  private readonly lines: string[] = [];
  private readonly entries: ToldEntry[] = [];
  private readonly files = new Map<string, ToldFile>();
  private readonly book = new Map<string, string>();
  private readonly moved = new Set<string>();
  private readonly shown = new Map<string, string[]>();
  private readonly perDay = new Map<string, number>();

  constructor(
    private readonly random: Random,
    private readonly group: Group,
    private readonly media: ReadonlyMap<string, ChatMedia>,
    private readonly teller: Teller,
  ) {
    for (const { id, name } of group.people)
      if (id === teller.person) this.book.set(id, name);
      else if (random.chance(teller.saved)) this.book.set(id, this.savedName(name));
  }

  told(): Told {
    const { group, teller } = this;
    const stay = group.stays.find(({ person }) => person === teller.person)!;
    const seen = group.entries.filter(({ atMs }) => atMs >= stay.fromMs && (stay.toMs === null || atMs <= stay.toMs));
    this.notice(seen[0]!);
    for (const entry of seen) this.tell(entry);
    const subject = group.subjects.at(-1)!;
    const ios = teller.platform === 'ios';
    const title = ios ? `WhatsApp Chat - ${subject}` : teller.locale.fileName.replace('{s}', subject);
    const text = `${this.lines.join(ios ? '\r\n' : '\n')}\n`;
    const modifiedMs = Math.floor((seen.at(-1)!.atMs + 86_400_000) / 2000) * 2000;
    const file = { name: ios ? '_chat.txt' : `${title}.txt`, data: Buffer.from(text, 'utf8'), modifiedMs };
    return { teller, title, files: [file, ...this.files.values()], entries: this.entries, names: this.shown };
  }

  /** What this phone has for somebody. */
  private savedName(name: string): string {
    const [first, last] = name.split(' ') as [string, string];
    return this.random.pick([name, first, `${first} ${last[0]}`, `${first} stamps`, `${last}, ${first}`]);
  }

  private nameOf(id: string): string {
    const person = this.group.people.find((of) => of.id === id)!;
    const saved = this.book.get(id);
    const name =
      saved !== undefined && (id === this.teller.person || !this.moved.has(id))
        ? saved
        : this.moved.has(id)
          ? person.nextPhone
          : person.phone;
    const names = this.shown.get(id) ?? [];
    if (!names.includes(name)) this.shown.set(id, [...names, name]);
    return name;
  }

  /** iPhones wrap numbers in marks that cannot be seen. */
  private written(name: string): string {
    return this.teller.platform === 'ios' && name.startsWith('+')
      ? `\u202a${name.replaceAll(' ', '\u00a0')}\u202c`
      : name;
  }

  private wallMs(atMs: number): number {
    return atMs + (zoneSeconds(this.teller.zone, atMs) + this.teller.clockS) * 1000;
  }

  private head(atMs: number): { head: string; local: string } {
    const { platform, locale } = this.teller;
    const wallMs = this.wallMs(atMs);
    return {
      head: writtenTime(locale[platform], locale.halves, wallMs),
      local: wallClock(wallMs, platform === 'ios'),
    };
  }

  private notice({ atMs }: GroupEntry): void {
    const event: ChatEvent = { type: 'encryption-notice', actor: null, targets: [], subject: null };
    this.system(null, atMs, this.teller.locale.lines.notice, event, this.group.subjects.at(-1)!);
  }

  private system(of: string | null, atMs: number, text: string, event: ChatEvent, iosAuthor: string | null): void {
    const { head, local } = this.head(atMs);
    const ios = this.teller.platform === 'ios';
    this.lines.push(ios ? `${head} ${iosAuthor === null ? '' : `${iosAuthor}: `}${LRM}${text}` : `${head} - ${text}`);
    this.add({ of, local, head, kind: 'system', author: null, text, event });
  }

  private add(entry: Partial<ToldEntry> & Pick<ToldEntry, 'of' | 'local' | 'head' | 'kind' | 'author'>): void {
    const plain = { text: '', edited: false, event: null, attachment: null, options: [] };
    this.entries.push({ ...plain, ...entry, position: this.entries.length });
  }

  private tell(entry: GroupEntry): void {
    const { lost, forgotten } = this.teller;
    const isLost = lost !== null && entry.atMs >= lost[0] && entry.atMs < lost[1];
    if (entry.happened !== null) {
      const line = this.systemLine(entry.happened);
      if (line !== null && !isLost) this.system(entry.id, entry.atMs, line.text, line.event, null);
      // What follows is told under the new number, whether the line is there or not.
      if (entry.happened.type === 'number-changed') this.moved.add(entry.happened.target!);
    } else if (!isLost && !this.random.chance(forgotten)) this.tellSaid(entry, entry.author!, entry.said!);
  }

  private systemLine({ type, actor, target, subject, oldSubject }: NonNullable<GroupEntry['happened']>) {
    const { lines } = this.teller.locale;
    const you = (id: string | null): boolean => id === this.teller.person;
    const make = (key: keyof SystemLines, who: string | null, whom: string | null) => {
      const [a, t] = [who === null ? '' : this.nameOf(who), whom === null ? '' : this.nameOf(whom)];
      const words = { a: this.written(a), t: this.written(t), s: subject ?? '', o: oldSubject ?? '' };
      return {
        text: lines[key].replace(/\{([atso])\}/gu, (_, word: keyof typeof words) => words[word]),
        event: {
          type,
          actor: who === null ? null : you(who) ? EXPORTER : a,
          targets: whom === null ? [] : [you(whom) ? EXPORTER : t],
          subject,
        } satisfies ChatEvent,
      };
    };
    switch (type) {
      case 'group-created':
        return make(you(actor) ? 'youCreated' : 'created', actor, null);
      case 'member-added':
        return make(you(actor) ? 'youAdded' : you(target) ? 'addedYou' : 'added', actor, target);
      case 'member-removed':
        return make(you(actor) ? 'youRemoved' : you(target) ? 'removedYou' : 'removed', actor, target);
      case 'member-joined-by-link':
        return make(you(actor) ? 'youJoined' : 'joined', actor, null);
      case 'member-left':
        return make(you(actor) ? 'youLeft' : 'left', actor, null);
      case 'subject-changed':
        return make(you(actor) ? 'youSubject' : 'subject', actor, null);
      case 'icon-changed':
        return make(you(actor) ? 'youIcon' : 'icon', actor, null);
      default:
        return you(target) ? null : this.numberLine(target!);
    }
  }

  private numberLine(id: string): { text: string; event: ChatEvent } {
    const before = this.nameOf(id);
    const after = this.group.people.find((of) => of.id === id)!.nextPhone;
    const text = this.teller.locale.lines.number
      .replace('{a}', this.written(before))
      .replace('{t}', this.written(after));
    return { text, event: { type: 'number-changed', actor: before, targets: [after], subject: null } };
  }

  private tellSaid(entry: GroupEntry, authorId: string, said: Said): void {
    const { locale, person, unaware } = this.teller;
    const author = this.nameOf(authorId);
    const isUnaware = authorId !== person && this.random.chance(unaware);
    if (said.deleted && !isUnaware) {
      const text = authorId === person ? locale.youDeleted : locale.deleted;
      this.line(entry, author, { kind: 'deleted', body: `${this.ios ? LRM : ''}${text}` });
    } else if (said.kind === 'media') this.tellMedia(entry, author, said);
    else if (said.kind === 'location')
      this.line(entry, author, {
        kind: 'location',
        body: this.ios ? `${LRM}${locale.location}: ${said.text}` : `${locale.location.toLowerCase()}: ${said.text}`,
        text: said.text,
      });
    else if (said.kind === 'poll') this.tellPoll(entry, author, said);
    else if (said.kind === 'empty') this.line(entry, author, { kind: 'empty', body: '' });
    else {
      const mention = said.mentions === null ? '' : ` @\u2068${this.nameOf(said.mentions)}\u2069`;
      const edited = said.before !== null && !isUnaware;
      const text = (isUnaware && said.before !== null ? said.before : said.text) + mention;
      this.line(entry, author, { kind: 'text', body: edited ? `${text} ${LRM}${locale.edited}` : text, text, edited });
    }
  }

  private get ios(): boolean {
    return this.teller.platform === 'ios';
  }

  private line(
    { id, atMs }: GroupEntry,
    author: string,
    told: { kind: MessageKind; body: string; mark?: boolean } & Partial<ToldEntry>,
  ): void {
    const { head, local } = this.head(atMs);
    const { body, mark = false, ...entry } = told;
    const name = this.written(author);
    this.lines.push(this.ios ? `${mark ? LRM : ''}${head} ${name}: ${body}` : `${head} - ${name}: ${body}`);
    this.add({ of: id, local, head, author, ...entry });
  }

  private tellPoll(entry: GroupEntry, author: string, { text, options }: Said): void {
    const { poll, option, votes } = this.teller.locale;
    const mark = this.ios ? LRM : '';
    const counted = options.map(
      (of) => `${mark}${option} ${of.text} (${mark}${votes.replace('{n}', String(of.votes))})`,
    );
    this.line(entry, author, {
      kind: 'poll',
      body: [`${mark}${poll}`, text, ...counted].join('\n') + '\n',
      text,
      options,
    });
  }

  private tellMedia(entry: GroupEntry, author: string, said: Said): void {
    const { locale, withMedia, missing } = this.teller;
    const media = this.media.get(said.media!)!;
    const { text } = said;
    // A file that the phone had lost is said to be left out, or named as if it were there.
    const isThere = withMedia && !this.random.chance(missing);
    if (!withMedia || (!isThere && this.random.chance(0.5))) {
      const body = this.ios
        ? `${text === '' ? '' : `${text} `}${LRM}${locale.omitted[media.kind]}`
        : `${locale.omitted.android}${text === '' ? '' : `\n${text}`}`;
      const attachment: ToldAttachment = {
        name: null,
        media: this.ios ? media.kind : 'unknown',
        state: 'omitted',
        sha256: null,
        of: media.id,
      };
      this.line(entry, author, { kind: 'omitted', body, mark: this.ios, text, attachment });
      return;
    }
    const name = this.fileName(entry, media, said.name);
    if (isThere) this.files.set(name, { name, data: media.data, modifiedMs: Math.floor(entry.atMs / 2000) * 2000 });
    const body = this.ios
      ? `${text === '' ? '' : `${text} `}${LRM}<${locale.attached.ios}: ${name}>`
      : `${LRM}${name} (${locale.attached.android})${text === '' ? '' : `\n${text}`}`;
    const attachment: ToldAttachment = {
      name,
      media: media.kind,
      state: isThere ? 'present' : 'named',
      sha256: isThere ? createHash('sha256').update(media.data).digest('hex') : null,
      of: media.id,
    };
    this.line(entry, author, { kind: 'attachment', body, mark: this.ios, text, attachment });
  }

  /** As each platform names files: by their place in the chat and time, or by day and number. */
  private fileName({ atMs }: GroupEntry, { kind, extension }: ChatMedia, own: string | null): string {
    const wallMs = this.wallMs(atMs);
    const place = String(this.entries.length + 1).padStart(8, '0');
    if (own !== null) return this.ios ? `${place}-${own}` : own;
    const [ios, android] = MEDIA_NAMES[kind];
    if (this.ios) return `${place}-${ios}-${dashedTime(wallMs)}.${extension}`;
    const day = compactDay(wallMs);
    const number = this.perDay.get(day) ?? 0;
    this.perDay.set(day, number + 1);
    return `${android}-${day}-WA${String(number).padStart(4, '0')}.${extension}`;
  }
}
