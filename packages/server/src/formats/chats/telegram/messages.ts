// Messages of one chat of Telegram's JSON.
import { isInCalendar } from '../calendar.js';
import type {
  AttachmentMedia,
  ChatEvent,
  ChatEventType,
  ChatItem,
  MessageAttachment,
  MessageItem,
  MessageKind,
  MessageTime,
  PollOption,
} from '@redthread/core/chats';
import { mediaOfName } from '../media-of-name.js';
import { People } from '../people.js';
import { lastPart, pathBelow } from '../safe-path.js';
import { chatInvalid, LONGEST_TEXT } from '../source.js';
import { isRecord, richText, textOf, textsOf, type Json } from './values.js';

/** Answers are followed this far back: twice as many ids are held. */
const ANSWERS_BACK = 500_000;

export class ConversationReader {
  readonly #people: People;
  #position = 0;
  #ids = new Map<string, number>();
  #olderIds: ReadonlyMap<string, number> = new Map();

  constructor(
    readonly conversation: number,
    readonly exporterId: string | null,
    readonly place: string,
  ) {
    this.#people = new People(conversation);
  }

  /** Errors: CHAT_INVALID where there are more people, or more text, than a message has. */
  *read(value: unknown, pointer: string): Generator<ChatItem> {
    const json: Json = isRecord(value) ? value : {};
    const isService = json['type'] === 'service';
    let author: number | null = null;
    if (!isService) {
      const met = this.#meet(json);
      if (met !== null) {
        if (met.item !== null) yield met.item;
        author = met.number;
      }
    }
    const content = isService ? serviceOf(json) : contentOf(json);
    if (content.text.length > LONGEST_TEXT) throw chatInvalid(pointer, `a text longer than ${LONGEST_TEXT} characters`);
    const id = textOf(json['id']);
    const answered = textOf(json['reply_to_message_id']);
    const answers = answered === null ? null : (this.#ids.get(answered) ?? this.#olderIds.get(answered) ?? null);
    yield {
      item: 'message',
      conversation: this.conversation,
      position: this.#position,
      time: timeOf(json),
      author,
      edited: textOf(json['edited']) !== null || textOf(json['edited_unixtime']) !== null,
      forwarded: 'forwarded_from' in json || 'forwarded_from_id' in json,
      recovered: false,
      answers,
      sourceId: id,
      ...content,
    };
    if (id !== null) this.#remember(id);
    this.#position += 1;
  }

  #remember(id: string): void {
    if (this.#ids.size >= ANSWERS_BACK) {
      this.#olderIds = this.#ids;
      this.#ids = new Map();
    }
    this.#ids.set(id, this.#position);
  }

  #meet(json: Json) {
    const [name, account] = [textOf(json['from']), textOf(json['from_id'])];
    if (name === null && account === null) return null;
    return this.#people.meet(account ?? `name ${name}`, {
      name: name ?? account!,
      phone: null,
      account,
      isExporter: account !== null && account === this.exporterId,
      // Telegram writes no name for an account that is gone.
      accountDeleted: name === null,
    });
  }
}

type Content = Pick<MessageItem, 'kind' | 'text' | 'event' | 'attachments'> & {
  readonly options?: readonly PollOption[];
};

const ACTIONS: Readonly<Record<string, ChatEventType>> = {
  create_group: 'group-created',
  create_channel: 'group-created',
  migrate_from_group: 'setting-changed',
  migrate_to_supergroup: 'setting-changed',
  invite_members: 'member-added',
  remove_members: 'member-removed',
  join_group_by_link: 'member-joined-by-link',
  join_group_by_request: 'member-joined-by-link',
  edit_group_title: 'subject-changed',
  edit_group_photo: 'icon-changed',
  delete_group_photo: 'icon-changed',
  pin_message: 'pinned',
  phone_call: 'call',
  group_call: 'call',
  group_call_scheduled: 'call',
  invite_to_group_call: 'call',
  set_messages_ttl: 'setting-changed',
  edit_chat_theme: 'setting-changed',
};

const serviceOf = (json: Json): Content => {
  const action = textOf(json['action']) ?? '';
  const actor = textOf(json['actor']) ?? textOf(json['actor_id']);
  const inviter = textOf(json['inviter']);
  const members = textsOf(json['members']);
  const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action]! : 'other';
  // Who removes themselves has left.
  const isLeaving = known === 'member-removed' && members.length === 1 && members[0] === actor;
  const type = isLeaving ? 'member-left' : known;
  const event: ChatEvent = {
    type,
    actor,
    targets: isLeaving ? [] : type === 'member-joined-by-link' && inviter !== null ? [] : members,
    subject: type === 'group-created' || type === 'subject-changed' ? textOf(json['title']) : null,
  };
  const text = richText(json['text']);
  return { kind: 'system', text: text === '' ? action : text, event, attachments: [] };
};

const MEDIA: Readonly<Record<string, AttachmentMedia>> = {
  sticker: 'sticker',
  animation: 'video',
  video_message: 'video',
  video_file: 'video',
  voice_message: 'audio',
  audio_file: 'audio',
};

const contentOf = (json: Json): Content => {
  const text = richText(json['text']);
  const attachments: MessageAttachment[] = [];
  if ('photo' in json) attachments.push(attachmentOf(json, textOf(json['photo']), 'image'));
  if ('file' in json) {
    const kind = textOf(json['media_type']) ?? '';
    const type = textOf(json['mime_type']) ?? '';
    const media = Object.hasOwn(MEDIA, kind) ? MEDIA[kind]! : mediaOfMime(type);
    attachments.push(attachmentOf(json, textOf(json['file']), media));
  }
  if ('contact_vcard' in json) attachments.push(attachmentOf(json, textOf(json['contact_vcard']), 'contact'));
  const poll = isRecord(json['poll']) ? json['poll'] : null;
  if (poll !== null) {
    const answers = Array.isArray(poll['answers']) ? poll['answers'].filter(isRecord) : [];
    const options = answers.map((one) => ({
      text: richText(one['text']),
      votes: typeof one['voters'] === 'number' ? one['voters'] : null,
    }));
    return { kind: 'poll', text: joined(richText(poll['question']), text), event: null, attachments, options };
  }
  const place = isRecord(json['location_information']) ? json['location_information'] : null;
  if (place !== null) {
    const at = [place['latitude'], place['longitude']].map(textOf);
    const words = [
      textOf(json['place_name']),
      textOf(json['address']),
      at.every((one) => one !== null) ? at.join(', ') : null,
    ];
    return { kind: 'location', text: joined(text, ...words.flatMap((one) => one ?? [])), event: null, attachments };
  }
  const contact = isRecord(json['contact_information']) ? json['contact_information'] : null;
  if (contact !== null) {
    const words = ['first_name', 'last_name', 'phone_number'].flatMap((key) => textOf(contact[key]) ?? []);
    return { kind: 'contact', text: joined(text, words.join(' ').trim()), event: null, attachments };
  }
  return { kind: kindOf(text, attachments), text, event: null, attachments };
};

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');
const kindOf = (text: string, attachments: readonly MessageAttachment[]): MessageKind => {
  if (attachments.length > 0) return attachments.every(({ state }) => state === 'omitted') ? 'omitted' : 'attachment';
  return text === '' ? 'empty' : 'text';
};

const mediaOfMime = (type: string): AttachmentMedia => {
  const [kind] = type.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : type === '' ? 'unknown' : 'document';
};

/** Where a file was left out, its place is taken by a remark in brackets. */
const attachmentOf = (json: Json, written: string | null, media: AttachmentMedia): MessageAttachment => {
  const isOmitted = written === null || /^\(.*\)$/s.test(written.trim());
  const stated = textOf(json['file_name']);
  const name = stated ?? (isOmitted ? null : lastPart(written.replaceAll('\\', '/')));
  return {
    name,
    path: isOmitted ? null : pathBelow(written),
    media: media === 'unknown' && name !== null ? mediaOfName(name) : media,
    state: isOmitted ? 'omitted' : 'named',
    sha256: null,
    md5: null,
  };
};

const timeOf = (json: Json): MessageTime => {
  const text = textOf(json['date']) ?? '';
  const seconds = Number(textOf(json['date_unixtime']) ?? NaN);
  return {
    text: text === '' && Number.isFinite(seconds) ? String(seconds) : text,
    local: isWallClock(text) ? text : null,
    instant: instantOf(seconds * 1000),
  };
};

/** ISO 8601 in UTC; null for what no calendar of ours has. */
export const instantOf = (ms: number): string | null =>
  Number.isFinite(ms) && ms >= 0 && ms < 32_503_680_000_000 ? new Date(ms).toISOString().replace('.000Z', 'Z') : null;

export const isWallClock = (text: string): boolean =>
  /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) && isInCalendar(text);
