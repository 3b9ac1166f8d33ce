// WhatsApp's text: `_chat.txt` of iPhones, `WhatsApp Chat with ….txt` of Android. It is read twice: see survey.ts for what the first reading is for.
import type { ChatEvent, ChatItem, DateOrder, MessageItem } from '@redthread/core/chats';
import { lineBatches } from '../lines.js';
import { People, phoneOf, withoutMarks } from '../people.js';
import { chatInvalid, LONGEST_TEXT, type ChatSource, type ReadOptions } from '../source.js';
import { bodyOf, type BodyContext } from './body.js';
import { halfDayOf, hourOf } from './clock.js';
import { dateOf } from './date-order.js';
import { headOf, type Head } from './head.js';
import { surveyOf, type Survey } from './survey.js';

const MOST_NOTES = 20;
const LEFT_OUT = {
  kind: 'omitted',
  text: '',
  edited: false,
  event: null,
  attachments: [{ name: null, path: null, media: 'unknown', state: 'omitted', sha256: null, md5: null }],
} as const;

export async function* readWhatsApp(source: ChatSource, options: ReadOptions): AsyncGenerator<ChatItem> {
  const survey = await surveyOf(source, options);
  yield {
    item: 'conversation',
    conversation: 0,
    app: 'WhatsApp',
    kind: survey.kind,
    subject: survey.subject,
    sourceId: null,
    platform: survey.style.shape === 'bracket' ? 'ios' : 'android',
    language: survey.language,
    dateOrder: survey.dateOrder,
  };
  const reading = new Reading(source, survey);
  for await (const lines of lineBatches(source)) {
    for (const line of lines) reading.line(line);
    yield* reading.given();
  }
  reading.end();
  yield* reading.given();
}

class Reading {
  #items: ChatItem[] = [];
  #head: Head | null = null;
  #lines: string[] = [];
  #characters = 0;
  #line = 0;
  #position = 0;
  #notes = 0;
  #date: Head['date'] = [0, 0, 0];
  #day: string | null = null;
  readonly #people = new People(0);
  readonly #context: BodyContext;

  constructor(
    source: ChatSource,
    readonly survey: Survey,
  ) {
    this.#context = {
      beside: source.beside,
      isBracket: survey.style.shape === 'bracket',
      isStandIn: survey.isStandIn,
    };
  }

  given(): ChatItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  line(line: string): void {
    this.#line += 1;
    const head = headOf(line, this.survey.style);
    if (head !== null) {
      this.end();
      this.#head = head;
      this.#characters = head.rest.length;
    } else if (this.#head === null) {
      if (line.trim() !== '' && line !== '\ufeff')
        this.#note('LINE_OUTSIDE', `line ${this.#line}: before the first entry; left out`);
    } else {
      this.#lines.push(line);
      this.#characters += line.length + 1;
      if (this.#characters > LONGEST_TEXT)
        throw chatInvalid(`line ${this.#line}`, `an entry longer than ${LONGEST_TEXT} characters`);
    }
  }

  /** What was gathered is one entry. */
  end(): void {
    const head = this.#head;
    if (head === null) return;
    const more = this.#lines.length === 0 ? '' : `\n${this.#lines.join('\n')}`;
    this.#lines = [];
    this.#head = null;
    const { authors, notices } = this.survey;
    const isFirst = this.#position === 0;
    const { author, text } = authors.split(head.rest, isFirst, notices);
    if (author === null) return this.#system(head, text + more, isFirst);
    const isMarked = text.charCodeAt(0) === 0x200e;
    const body = bodyOf(text + more, isMarked, this.#context);
    if (this.#context.isBracket && isMarked && body.kind === 'text' && !body.edited) {
      // A mark, and nothing that a person sends: a notice under the name of the group or of whoever did it.
      const isPerson = authors.countOf(author) > 0;
      if (!isPerson || !this.#isUnknown(text + more))
        return this.#system(head, text + more, isFirst, isPerson ? author : null);
      // Words that say nothing of the group, under the name of somebody who writes: what they sent, left out where the entry is marked as such.
      if (head.isMarked) return this.#give(head, { ...LEFT_OUT, author: this.#personOf(author) });
    }
    const { kind, edited, attachments, options, deletedBy } = body;
    this.#give(head, {
      kind,
      author: this.#personOf(author),
      text: body.text,
      edited,
      event: null,
      attachments,
      ...(options === undefined ? {} : { options }),
      ...(deletedBy === undefined ? {} : { deletedBy }),
    });
  }

  /** Short, about nobody and nothing, in words that are not known. */
  #isUnknown(raw: string): boolean {
    const text = withoutMarks(raw).trim();
    if (text.length > 60 || /["“”„«»「\n\d]/.test(text)) return false;
    const { authors, notices } = this.survey;
    const { event, language } = notices.read(text, false, authors.names);
    return language === null && event.type === 'other' && event.actor === null;
  }

  #system(head: Head, raw: string, isFirst: boolean, before: string | null = null): void {
    const { authors, notices } = this.survey;
    const text = withoutMarks(raw).trim();
    const { event: found } = notices.read(text, isFirst, authors.names);
    const event: ChatEvent =
      found.actor === null && before !== null && found.type !== 'encryption-notice'
        ? { ...found, actor: before }
        : found;
    this.#give(head, { kind: 'system', author: null, text, edited: false, event, attachments: [] });
  }

  #personOf(name: string): number {
    const { number, item } = this.#people.meet(name, {
      name,
      phone: phoneOf(name),
      account: null,
      isExporter: name === this.survey.exporter,
      accountDeleted: false,
    });
    if (item !== null) this.#items.push(item);
    return number;
  }

  #give(
    head: Head,
    of: Pick<MessageItem, 'kind' | 'author' | 'text' | 'edited' | 'event' | 'attachments' | 'options' | 'deletedBy'>,
  ): void {
    const local = this.#localOf(head);
    if (local === null && this.survey.dateOrder !== null)
      this.#note('TIME_UNREADABLE', `entry ${this.#position}: ${head.text}`);
    this.#items.push({
      item: 'message',
      conversation: 0,
      position: this.#position,
      time: { text: head.text, local, instant: null },
      forwarded: false,
      recovered: false,
      answers: null,
      sourceId: null,
      ...of,
    });
    this.#position += 1;
  }

  #localOf({ date, hour, minute, second, marker }: Head): string | null {
    const { dateOrder } = this.survey;
    if (dateOrder === null) return null;
    const day = this.#dayOf(date, dateOrder);
    const at = hourOf(hour, halfDayOf(marker));
    if (day === null || at < 0 || minute > 59 || second > 60) return null;
    const seconds = second < 0 ? '' : `:${two(second)}`;
    return `${day}T${two(at)}:${two(minute)}${seconds}`;
  }

  /** Most entries are of the day of the one before. */
  #dayOf(date: Head['date'], order: DateOrder): string | null {
    const [a, b, c] = this.#date;
    if (date[0] === a && date[1] === b && date[2] === c) return this.#day;
    const day = dateOf(date, order);
    this.#date = date;
    this.#day = day === null ? null : `${day[0]}-${two(day[1])}-${two(day[2])}`;
    return this.#day;
  }

  #note(code: string, detail: string): void {
    if ((this.#notes += 1) <= MOST_NOTES) this.#items.push({ item: 'note', code, detail });
  }
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
