// Reader of phone reports as Cellebrite's programs write them (`report.xml` of an UFDR, styles 7 to 10), in one pass and in bounded memory. The layout is
// not published: it follows what independent open readers and samples agree on (docs/phone-reports.md).
import type { ChatItem } from '@redthread/core/chats';
import { textChunks } from '../../lists/text-input.js';
import { XmlEvents } from '../../xml/xml-events.js';
import { chatInvalid } from '../source.js';
import { Conversation } from './conversation.js';
import { fileItem } from './file.js';
import { FileIndex } from './file-index.js';
import type { Model } from './model.js';
import { personItem } from './person.js';
import { ReportEvents } from './report-events.js';

/** One thing in another, far beyond what such reports have. */
const DEPTH = 128;
const MOST_FACTS = 5_000;
const LONGEST_FACT = 4_000;
const MOST_NOTE_KINDS = 200;

/** Whether this is the beginning of such a report. */
export const isUfdr = (text: string): boolean =>
  /^\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<project\s/.test(text) &&
  /pa\.cellebrite\.com\/report|extractionType=|<sourceExtractions/.test(text);

/** Errors: CHAT_INVALID with the line. */
export async function* readUfdr(source: {
  open(): AsyncIterable<Uint8Array>;
}): AsyncGenerator<ChatItem, void, undefined> {
  let items: ChatItem[] = [];
  const reading = new Reading((item) => items.push(item));
  const events = new XmlEvents(new ReportEvents(reading), chatInvalid, DEPTH);
  const told = { encoding: '' };
  for await (const chunk of textChunks(source.open(), told, { add: (code, place) => reading.note(code, place) })) {
    events.write(chunk);
    yield* items;
    items = [];
  }
  events.end();
  reading.end();
  yield* items;
}

class Reading {
  readonly #files = new FileIndex();
  readonly #notes = new Map<string, { count: number; detail: string }>();
  readonly #unread = new Map<string, number>();
  #chat: { model: Model; conversation: Conversation } | null = null;
  #chats = 0;
  #facts = 0;
  #platform: 'ios' | 'android' | 'unknown' = 'unknown';

  constructor(readonly emit: (item: ChatItem) => void) {}

  readonly root = (attributes: Readonly<Record<string, string>>): void => {
    for (const name of ['name', 'reportVersion', 'extractionType'])
      if ((attributes[name] ?? '') !== '') this.fact('Report', name, attributes[name]!);
  };

  readonly fact = (section: string, name: string, value: string): void => {
    this.#facts += 1;
    if (this.#facts > MOST_FACTS) return this.note('FACTS_LEFT_OUT', `more than ${MOST_FACTS}`);
    if (/^(?:os.?type|deviceinfoostype|osversion|platform)$/i.test(name.replace(/\s/g, '')))
      this.#platform = /android/i.test(value) ? 'android' : /ios|iphone/i.test(value) ? 'ios' : this.#platform;
    this.emit({
      item: 'fact',
      section: section.slice(0, 200),
      name: name.slice(0, 200),
      value: value.trim().slice(0, LONGEST_FACT),
    });
  };

  readonly file = (element: Parameters<typeof fileItem>[0]): void => {
    const item = fileItem(element);
    if (item.fileId !== null && item.fileId.length <= 200) this.#files.add(item.fileId, item);
    this.emit(item);
  };

  readonly message = (chat: Model, message: Model): void => this.#conversation(chat).take(message);

  readonly decoded = (model: Model): void => {
    if (model.type === 'Chat') {
      // One without a message is there all the same.
      this.#conversation(model);
      this.#chat = null;
    } else if (model.type === 'Contact' || model.type === 'UserAccount') this.emit(personItem(model));
    else if (this.#unread.size < MOST_NOTE_KINDS || this.#unread.has(model.type))
      this.#unread.set(model.type, (this.#unread.get(model.type) ?? 0) + 1);
  };

  readonly note = (code: string, detail: string): void => {
    const before = this.#notes.get(code);
    this.#notes.set(code, { count: (before?.count ?? 0) + 1, detail: before?.detail ?? detail });
  };

  end(): void {
    for (const [code, { count, detail }] of this.#notes)
      this.emit({ item: 'note', code, detail: count === 1 ? detail : `${detail} (${count})` });
    for (const [type, count] of this.#unread)
      this.emit({ item: 'note', code: 'KIND_NOT_READ', detail: `${type.slice(0, 100)}: ${count}` });
  }

  #conversation(model: Model): Conversation {
    if (this.#chat?.model !== model) {
      const conversation = new Conversation(this.#chats, model, this.#platform, this.#files, this.emit);
      this.#chats += 1;
      this.#chat = { model, conversation };
    }
    return this.#chat.conversation;
  }
}
