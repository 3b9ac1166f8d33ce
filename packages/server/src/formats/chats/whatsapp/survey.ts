// The first reading of a file: its style, the order of its dates, who its authors are, what its notices say of the group. Nothing is given yet.
import { EXPORTER, type ConversationKind, type DateOrder } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';
import { lineBatches } from '../lines.js';
import { withoutMarks } from '../people.js';
import type { ChatSource, ReadOptions } from '../source.js';
import { Authors } from './author.js';
import { OWN_DELETIONS } from './body.js';
import { DateOrders } from './date-order.js';
import { subjectOfPath } from './file-name.js';
import { headOf, styleOf, type Style } from './head.js';
import { isOf, NoticeReader } from './notice.js';

/** Within so many lines the first head stands, or the file is no chat. */
const LINES_TO_HEAD = 200;
/** So many notices are read for what they say of the group; the rest only when they are given. */
const MOST_NOTICES = 20_000;
const MOST_STAND_INS = 1_000;
const MOST_DOUBTFUL = 1_000;

export interface Survey {
  readonly style: Style;
  readonly dateOrder: DateOrder | null;
  readonly authors: Authors;
  readonly notices: NoticeReader;
  readonly subject: string | null;
  readonly kind: ConversationKind;
  readonly language: string | null;
  /** Whoever wrote that they deleted their own message, in the words that only their phone shows. */
  readonly exporter: string | null;
  readonly isStandIn: (text: string) => boolean;
}

interface StandIn {
  count: number;
  by: string | null;
  isByMany: boolean;
}

/** Errors: CHAT_FORMAT_UNKNOWN; those of the source. */
export const surveyOf = async (source: ChatSource, options: ReadOptions): Promise<Survey> => {
  const survey = new Surveyor(source);
  for await (const lines of lineBatches(source)) for (const line of lines) survey.see(line);
  return survey.result(options);
};

class Surveyor {
  #style: Style | null = null;
  #orders: DateOrders | null = null;
  #authors = new Authors(false);
  #notices = new NoticeReader(this.#authors.isName, this.#authors.known);
  #lines = 0;
  #entries = 0;
  #read = 0;
  #subject: string | null = null;
  #isGroup = false;
  #exporter: string | null = null;
  readonly #titles = new Map<string, number>();
  /** Lines by the beginning that may be an author, and stands once so far. */
  readonly #doubtful = new Map<string, string>();
  readonly #standIns = new Map<string, StandIn>();

  constructor(readonly source: ChatSource) {}

  see(line: string): void {
    this.#lines += 1;
    if (this.#style === null) {
      if (this.#lines > LINES_TO_HEAD)
        throw fail('CHAT_FORMAT_UNKNOWN', `no entry in the first ${LINES_TO_HEAD} lines`);
      this.#style = styleOf(line);
      if (this.#style === null) return;
      this.#orders = new DateOrders(this.#style);
      this.#authors = new Authors(this.#style.shape === 'bracket');
      this.#notices = new NoticeReader(this.#authors.isName, this.#authors.known);
    }
    const head = headOf(line, this.#style);
    if (head === null) return;
    this.#entries += 1;
    this.#orders!.see(head.date);
    if (head.rest.includes('-WA') || /-\d\d-\d\d-\d\d/.test(head.rest))
      this.#orders!.seeName(head.date, fileIn(head.rest));
    const found = this.#authors.see(head.rest);
    if (found === null) this.#notice(head.rest);
    else if (found.isMarked && this.#authors.isBracket) this.#marked(found.name, found.text);
    else this.#entry(found.name, found.text, head.rest);
  }

  #entry(name: string, text: string, rest: string): void {
    if (text.length > 100) return;
    if (OWN_DELETIONS.has(text.trim())) this.#exporter ??= name;
    if (text.charCodeAt(0) === 0x3c && text.endsWith('>')) this.#standIn(name, text);
    // Words after a name, once: it may be a notice with a colon in it, which shows when all names are known.
    else if (this.#doubtful.size < MOST_DOUBTFUL && /^\S+ \S+ \S/.test(name) && this.#authors.countOf(name) === 1)
      this.#doubtful.set(name, rest);
    else if (/["“„«»「]/.test(name)) this.#notice(rest);
    else if (this.#doubtful.size > 0) this.#doubtful.delete(name);
  }

  #standIn(name: string, text: string): void {
    const seen = this.#standIns.get(text);
    if (seen === undefined) {
      if (this.#standIns.size < MOST_STAND_INS) this.#standIns.set(text, { count: 1, by: name, isByMany: false });
      return;
    }
    seen.count += 1;
    if (seen.by !== name) seen.isByMany = true;
  }

  /** iPhones write the name of the group, or of whoever did it, before a notice. */
  #marked(name: string, text: string): void {
    if (OWN_DELETIONS.has(text.slice(1).trim())) this.#exporter ??= name;
    this.#notice(text, name);
  }

  /** Whether its words are known. */
  #notice(text: string, before: string | null = null, isStrict = false): boolean {
    if (this.#read >= MOST_NOTICES) return false;
    this.#read += 1;
    const noticed = this.#notices.byWords(withoutMarks(text).trim(), isStrict);
    if (noticed === null) return false;
    const { event } = noticed;
    if (isOf(event, 'encryption-notice') && before !== null)
      this.#titles.set(before, (this.#titles.get(before) ?? 0) + 1);
    if (
      isOf(
        event,
        'group-created',
        'member-added',
        'member-removed',
        'member-left',
        'member-joined-by-link',
        'subject-changed',
        'icon-changed',
      )
    )
      this.#isGroup = true;
    if (isOf(event, 'group-created')) this.#subject ??= event.subject;
    for (const person of [event.actor, ...event.targets])
      if (person !== null && person !== EXPORTER && !isOf(event, 'other', 'call', 'encryption-notice'))
        this.#authors.tell(person);
    return true;
  }

  #settleDoubtful(): void {
    for (const [name, rest] of this.#doubtful) {
      if (this.#authors.countOf(name) !== 1) continue;
      this.#authors.forget(name);
      if (!this.#notice(rest, null, true) && !this.#authors.goesOn(name)) this.#authors.see(rest);
    }
  }

  result({ dateOrder }: ReadOptions): Survey {
    this.#settleDoubtful();
    const style = this.#style;
    if (style === null) throw fail('CHAT_FORMAT_UNKNOWN', 'no line of it begins with a date and a time');
    const ofFile = subjectOfPath(this.source.path);
    const [title = null] = this.#titles.keys();
    const authors = this.#authors;
    const people = [...authors.names()].filter((name) => authors.countOf(name) > 0);
    const subject = this.#subject ?? ofFile ?? (title !== null ? title : null);
    const kind: ConversationKind =
      this.#isGroup || people.length > 2
        ? 'group'
        : subject === null || people.length === 0
          ? 'unknown'
          : people.includes(subject)
            ? 'direct'
            : people.length === 2
              ? 'group'
              : 'unknown';
    const standIns = this.#standIns;
    return {
      style,
      dateOrder: dateOrder ?? this.#orders!.order(),
      authors,
      notices: this.#notices,
      subject,
      kind,
      language: this.#notices.language(),
      exporter: this.#exporter,
      isStandIn: (text) => {
        const seen = standIns.get(text);
        return seen !== undefined && seen.count >= 3 && seen.isByMany;
      },
    };
  }
}

/** What may be the name of a file in a line: the word with the date. */
const fileIn = (rest: string): string =>
  /[^\s<>:]*-(?:20\d{6}-WA|\w+-20\d\d-)[^\s<>]*/.exec(rest.slice(0, 2_000))?.[0] ?? '';
