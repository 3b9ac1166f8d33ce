// Telegram Desktop's pages for people: `messages.html`, `messages2.html`. Each page is read by itself.
import { TextDecoder } from 'node:util';
import type {
  AttachmentMedia,
  ChatEvent,
  ChatEventType,
  ChatItem,
  MessageAttachment,
  PollOption,
} from '@redthread/core/chats';
import { utf8Chunks } from '../../lists/text-input.js';
import { mediaOfName } from '../media-of-name.js';
import { People } from '../people.js';
import { lastPart, pathBelow } from '../safe-path.js';
import { chatInvalid, LONGEST_TEXT, type ChatSource } from '../source.js';
import { HtmlEvents, type HtmlOpen } from './html-events.js';

export async function* readTelegramHtml(source: ChatSource): AsyncGenerator<ChatItem> {
  const page = new Page();
  const events = new HtmlEvents(page);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of utf8Chunks(source.open(), { encoding: '' })) {
    events.write(decoder.decode(chunk, { stream: true }));
    yield* page.given();
  }
  events.end();
  page.end();
  yield* page.given();
}

interface Draft {
  readonly depth: number;
  readonly isService: boolean;
  readonly id: string;
  author: string | null;
  time: string;
  text: string;
  isForwarded: boolean;
  answers: string | null;
  files: MessageAttachment[];
  question: string;
  options: PollOption[];
  place: string | null;
}
type Field = 'author' | 'text' | 'service' | 'description' | 'title' | 'question' | 'answer' | 'subject' | 'none';

const MEDIA: readonly (readonly [string, AttachmentMedia])[] = [
  ['sticker', 'sticker'],
  ['photo', 'image'],
  ['animated', 'video'],
  ['video', 'video'],
  ['voice', 'audio'],
  ['audio', 'audio'],
  ['contact', 'contact'],
];

class Page {
  #items: ChatItem[] = [];
  #subject = '';
  #isTold = false;
  #draft: Draft | null = null;
  #position = 0;
  #lastAuthor: string | null = null;
  readonly #people = new People(0);
  readonly #positions = new Map<string, number>();
  /** What text belongs to, by the depth of the element that says so; innermost last. */
  readonly #fields: { readonly field: Field; readonly depth: number }[] = [];
  #forwardedDepth = 0;
  #file: {
    readonly media: AttachmentMedia;
    readonly depth: number;
    href: string | null;
    title: string;
    description: string;
  } | null = null;
  #answer = '';

  given(): ChatItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  open({ name, classes, attributes }: HtmlOpen, depth: number): void {
    const id = attributes['id'] ?? '';
    if (name === 'div' && classes.includes('message') && /^message-?\d+$/.test(id))
      return this.#begin(classes, id, depth);
    const draft = this.#draft;
    const field = (of: Field): void => void this.#fields.push({ field: of, depth });
    if (draft === null) {
      if (name === 'div' && classes.includes('text') && classes.includes('bold') && this.#subject === '')
        field('subject');
      return;
    }
    if (name === 'br' && this.#fields.at(-1)?.field === 'text') draft.text += '\n';
    if (classes.includes('forwarded')) {
      draft.isForwarded = true;
      this.#forwardedDepth = depth;
    }
    if (classes.includes('date') && this.#forwardedDepth === 0 && draft.time === '')
      draft.time = attributes['title'] ?? '';
    if (classes.includes('date') || classes.includes('initials')) return field('none');
    if (classes.includes('from_name')) return field(this.#forwardedDepth > 0 ? 'none' : 'author');
    if (classes.includes('reply_to')) return field('none');
    const target = /#go_to_message(\d+)|GoToMessage\((\d+)\)/.exec(
      `${attributes['href'] ?? ''} ${attributes['onclick'] ?? ''}`,
    );
    if (target !== null && this.#fields.at(-1)?.field === 'none') draft.answers ??= target[1] ?? target[2]!;
    if (draft.isService && classes.includes('details')) return field('service');
    if (classes.includes('question')) return field('question');
    if (classes.includes('answer')) {
      this.#answer = '';
      return field('answer');
    }
    if (classes.includes('text')) return field('text');
    this.#media(name, classes, attributes, depth);
  }

  #media(name: string, classes: readonly string[], attributes: HtmlOpen['attributes'], depth: number): void {
    const draft = this.#draft!;
    const kind = classes.find((one) => /_wrap$|^media_/.test(one) && one !== 'media_wrap' && one !== 'userpic_wrap');
    if (this.#file === null && kind !== undefined) {
      if (/^media_(?:poll|call|game|invoice)/.test(kind)) return;
      const href = name === 'a' ? (attributes['href'] ?? null) : null;
      if (kind.includes('location') || kind.includes('venue')) {
        draft.place = href ?? '';
        return;
      }
      const media = MEDIA.find(([word]) => kind.includes(word))?.[1] ?? 'document';
      this.#file = { media, depth, href, title: '', description: '' };
    } else if (this.#file !== null) {
      if (classes.includes('title')) this.#fields.push({ field: 'title', depth });
      else if (classes.includes('description') || classes.includes('status'))
        this.#fields.push({ field: 'description', depth });
    }
  }

  text(text: string): void {
    const draft = this.#draft;
    const field = this.#fields.at(-1)?.field;
    if (field === 'subject') this.#subject += text;
    if (draft === null || field === undefined) return;
    if (field === 'author') draft.author = (draft.author ?? '') + text;
    else if (field === 'text' || field === 'service') draft.text += draft.text === '' ? text.trimStart() : text;
    else if (field === 'question') draft.question += text;
    else if (field === 'answer') this.#answer += text;
    else if (this.#file !== null && (field === 'title' || field === 'description')) this.#file[field] += text;
    if (draft.text.length > LONGEST_TEXT) throw chatInvalid(draft.id, `a text longer than ${LONGEST_TEXT} characters`);
  }

  close(depth: number): void {
    const field = this.#fields.at(-1);
    if (field !== undefined && field.depth === depth) {
      this.#fields.pop();
      if (field.field === 'answer' && this.#draft !== null) this.#draft.options.push(optionOf(this.#answer));
    }
    if (this.#file !== null && this.#file.depth === depth) this.#endFile();
    if (this.#forwardedDepth === depth) this.#forwardedDepth = 0;
    if (this.#draft !== null && this.#draft.depth === depth) this.#endMessage();
  }

  end(): void {
    this.#tell();
  }

  #begin(classes: readonly string[], id: string, depth: number): void {
    this.#tell();
    this.#fields.length = 0;
    this.#draft = {
      depth,
      isService: classes.includes('service'),
      id: id.slice('message'.length),
      author: classes.includes('joined') ? this.#lastAuthor : null,
      time: '',
      text: '',
      isForwarded: false,
      answers: null,
      files: [],
      question: '',
      options: [],
      place: null,
    };
  }

  #tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const subject = this.#subject.trim();
    this.#items.push({
      item: 'conversation',
      conversation: 0,
      app: 'Telegram',
      kind: 'unknown',
      subject: subject === '' ? null : subject,
      sourceId: null,
      platform: 'unknown',
      language: null,
      dateOrder: 'dmy',
    });
  }

  #endFile(): void {
    const { media, href, title, description } = this.#file!;
    this.#file = null;
    const isOmitted = href === null || /not included|exceeds maximum size/i.test(description);
    const name = isOmitted ? title.trim() : lastPart(href);
    this.#draft?.files.push({
      name: name === '' || (isOmitted && !/\.[A-Za-z0-9]{1,8}$/.test(name)) ? null : name,
      path: isOmitted ? null : pathBelow(href),
      media: media === 'document' && !isOmitted ? mediaOfName(name) : media,
      state: isOmitted ? 'omitted' : 'named',
      sha256: null,
      md5: null,
    });
  }

  #endMessage(): void {
    const draft = this.#draft!;
    this.#draft = null;
    // Days are lines of the page, and no messages.
    if (draft.isService && draft.id.startsWith('-')) return;
    const text = draft.text.trim();
    let author: number | null = null;
    const name = draft.author?.trim() ?? '';
    if (!draft.isService && name !== '') {
      this.#lastAuthor = name;
      const isGone = name === 'Deleted Account';
      const met = this.#people.meet(name, {
        name,
        phone: null,
        account: null,
        isExporter: false,
        accountDeleted: isGone,
      });
      if (met.item !== null) this.#items.push(met.item);
      author = met.number;
    }
    const isPoll = draft.options.length > 0;
    const all = draft.files.every(({ state }) => state === 'omitted');
    const kind = draft.isService
      ? 'system'
      : isPoll
        ? 'poll'
        : draft.place !== null
          ? 'location'
          : draft.files.length > 0
            ? all
              ? 'omitted'
              : 'attachment'
            : text === ''
              ? 'empty'
              : 'text';
    this.#items.push({
      item: 'message',
      conversation: 0,
      position: this.#position,
      time: timeOf(draft.time),
      kind,
      author,
      text: isPoll
        ? draft.question.trim()
        : kind === 'location'
          ? [text, draft.place!].filter((part) => part !== '').join('\n')
          : text,
      edited: false,
      forwarded: draft.isForwarded,
      recovered: false,
      event: draft.isService ? eventOf(text) : null,
      attachments: draft.files,
      answers: draft.answers === null ? null : (this.#positions.get(draft.answers) ?? null),
      sourceId: draft.id,
      ...(isPoll ? { options: draft.options } : {}),
    });
    if (this.#positions.size < 1_000_000) this.#positions.set(draft.id, this.#position);
    this.#position += 1;
  }
}

const optionOf = (raw: string): PollOption => {
  const text = raw.trim().replace(/^- /, '');
  // Bounded at each place where it may begin: a long text of blanks and digits takes no longer than another.
  const found = /\s(\d{1,9})\s{1,100}votes?\b/.exec(text);
  return found === null ? { text, votes: null } : { text: text.slice(0, found.index).trim(), votes: Number(found[1]) };
};

/** `14.03.2025 16:01:00 UTC+01:00`: the program writes days first, whatever its language; older ones say no offset. */
const timeOf = (text: string) => {
  const found = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?$/.exec(text);
  const local = found === null ? null : `${found[3]}-${found[2]}-${found[1]}T${found[4]}`;
  if (local === null || Number.isNaN(Date.parse(`${local}Z`))) return { text, local: null, instant: null };
  const ms = found![5] === undefined ? NaN : Date.parse(`${local}${found![5]}`);
  return { text, local, instant: Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('.000Z', 'Z') };
};

/** Its service lines are in English, whatever the language of the program. */
const EVENTS: readonly (readonly [RegExp, ChatEventType])[] = [
  [/^(?<a>.{1,200}?) created (?:group|channel) «(?<s>.*)»/s, 'group-created'],
  [/^(?<a>.{1,200}?) (?:joined|joined group) (?:group )?by (?:link|request)/s, 'member-joined-by-link'],
  [/^(?<a>.{1,200}?) (?:invited|added) (?<t>.{1,1000})$/s, 'member-added'],
  [/^(?<a>.{1,200}?) removed (?<t>.{1,1000})$/s, 'member-removed'],
  [/^(?<a>.{1,200}?) left (?:the )?group/s, 'member-left'],
  [/^(?<a>.{1,200}?) changed (?:group|channel) title to «(?<s>.*)»/s, 'subject-changed'],
  [/^(?<a>.{1,200}?) (?:changed|removed|deleted) (?:group|channel) photo/s, 'icon-changed'],
  [/^(?<a>.{1,200}?) pinned /s, 'pinned'],
  [/^(?<a>.{1,200}?) (?:started|scheduled|invited .* to) (?:a |the )?(?:group |video |voice )*(?:call|chat)/s, 'call'],
];

const eventOf = (text: string): ChatEvent => {
  for (const [pattern, type] of EVENTS) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const targets = groups['t']?.split(/, | and /).map((name) => name.trim()) ?? [];
    return { type, actor: groups['a'] ?? null, targets, subject: groups['s'] ?? null };
  }
  return { type: 'other', actor: null, targets: [], subject: null };
};
