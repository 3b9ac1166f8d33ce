// The desktop program's export of a history: frames as JSON, recipients and chats before what was said in them. Times are instants.
import type { ChatItem, ConversationKind, MessageAttachment, MessageKind } from '@redthread/core/chats';
import { mediaOfName } from '../media-of-name.js';
import { People, phoneOf } from '../people.js';
import { lastPart, pathBelow } from '../safe-path.js';
import { chatInvalid, LONGEST_TEXT } from '../source.js';
import { instantOf } from '../telegram/messages.js';
import { isRecord, textOf, type Json } from '../telegram/values.js';

interface Recipient {
  readonly name: string;
  readonly phone: string | null;
  readonly account: string | null;
  readonly kind: ConversationKind;
  readonly isSelf: boolean;
}
interface Chat {
  readonly number: number;
  readonly people: People;
  readonly recipient: Recipient | null;
  readonly id: string;
  position: number;
  readonly times: Map<string, number>;
}

const MOST = 200_000;
const recordOf = (json: Json, key: string): Json | null => (isRecord(json[key]) ? json[key] : null);

export class Frames {
  readonly #recipients = new Map<string, Recipient>();
  /** Which recipient a chat is with. */
  readonly #with = new Map<string, string>();
  readonly #chats = new Map<string, Chat>();

  /** Errors: CHAT_INVALID. */
  *read(json: Json, place: string): Generator<ChatItem> {
    const recipient = recordOf(json, 'recipient');
    if (recipient !== null) this.#recipient(recipient, place);
    const chat = recordOf(json, 'chat');
    if (chat !== null) this.#with.set(textOf(chat['id']) ?? '', textOf(chat['recipientId']) ?? '');
    if (this.#recipients.size > MOST || this.#with.size > MOST) throw chatInvalid(place, `more than ${MOST} chats`);
    const item = recordOf(json, 'chatItem');
    if (item !== null) yield* this.#item(item, place);
  }

  #recipient(json: Json, place: string): void {
    const id = textOf(json['id']);
    if (id === null) throw chatInvalid(place, 'a recipient without an id');
    const [contact, group] = [recordOf(json, 'contact'), recordOf(json, 'group')];
    const isSelf = 'self' in json;
    const words = (...keys: string[]): string =>
      keys
        .flatMap((key) => textOf(contact?.[key]) ?? [])
        .join(' ')
        .trim();
    const title = textOf(recordOf(recordOf(group ?? {}, 'snapshot') ?? {}, 'title')?.['title']);
    const number = textOf(contact?.['e164']);
    const phone = number === null ? null : phoneOf(`+${number.replace(/^\+/, '')}`);
    const saved = words('systemGivenName', 'systemFamilyName') || words('profileGivenName', 'profileFamilyName');
    const account = textOf(contact?.['username']) ?? textOf(contact?.['aci']);
    this.#recipients.set(id, {
      name:
        group !== null
          ? (title ?? `group ${id}`)
          : isSelf
            ? 'Note to Self'
            : saved || phone || account || `recipient ${id}`,
      phone,
      account,
      kind: group !== null ? 'group' : 'direct',
      isSelf,
    });
  }

  *#item(item: Json, place: string): Generator<ChatItem> {
    const id = textOf(item['chatId']) ?? '';
    const known = this.#chats.get(id);
    const chat = known ?? this.#begin(id, place);
    if (known === undefined)
      yield {
        item: 'conversation',
        conversation: chat.number,
        app: 'Signal',
        kind: chat.recipient?.kind ?? 'unknown',
        subject: chat.recipient?.name ?? null,
        sourceId: id,
        platform: 'unknown',
        language: null,
        dateOrder: 'ymd',
      };
    const authorId = textOf(item['authorId']);
    const isUpdate = 'updateMessage' in item;
    let author: number | null = null;
    if (authorId !== null && !isUpdate) {
      const { name, phone, account, isSelf } = this.#recipients.get(authorId) ?? {
        name: `recipient ${authorId}`,
        phone: null,
        account: null,
        isSelf: false,
      };
      const met = chat.people.meet(authorId, {
        name,
        phone,
        account,
        isExporter: isSelf || 'outgoing' in item,
        accountDeleted: false,
      });
      if (met.item !== null) yield met.item;
      author = met.number;
    }
    const sent = textOf(item['dateSent']) ?? '';
    const message = recordOf(item, 'standardMessage') ?? {};
    const text = textOf(recordOf(message, 'text')?.['body']) ?? '';
    if (text.length > LONGEST_TEXT) throw chatInvalid(place, `a text longer than ${LONGEST_TEXT} characters`);
    const attachments = [
      ...(Array.isArray(message['attachments']) ? message['attachments'] : []),
      ...('stickerMessage' in item ? [null] : []),
    ].map(attachmentOf);
    const quoted = textOf(recordOf(message, 'quote')?.['targetSentTimestamp']);
    const kind: MessageKind = isUpdate
      ? 'system'
      : 'remoteDeletedMessage' in item
        ? 'deleted'
        : 'contactMessage' in item
          ? 'contact'
          : attachments.length > 0
            ? attachments.every(({ state }) => state === 'omitted')
              ? 'omitted'
              : 'attachment'
            : text === ''
              ? 'empty'
              : 'text';
    yield {
      item: 'message',
      conversation: chat.number,
      position: chat.position,
      time: { text: sent, local: null, instant: sent === '' ? null : instantOf(Number(sent)) },
      kind,
      author,
      text: isUpdate ? Object.keys(recordOf(item, 'updateMessage') ?? {}).join(', ') : text,
      edited: Array.isArray(item['revisions']) && item['revisions'].length > 0,
      forwarded: false,
      recovered: false,
      event: isUpdate ? { type: 'other', actor: null, targets: [], subject: null } : null,
      attachments,
      answers: quoted === null ? null : (chat.times.get(quoted) ?? null),
      sourceId: sent === '' ? null : sent,
      ...(kind === 'deleted' ? { deletedBy: 'unknown' as const } : {}),
    };
    if (chat.times.size < 1_000_000) chat.times.set(sent, chat.position);
    chat.position += 1;
  }

  #begin(id: string, place: string): Chat {
    if (this.#chats.size >= MOST) throw chatInvalid(place, `more than ${MOST} chats`);
    const number = this.#chats.size;
    const recipient = this.#recipients.get(this.#with.get(id) ?? '') ?? null;
    const chat = { number, people: new People(number), recipient, id, position: 0, times: new Map<string, number>() };
    this.#chats.set(id, chat);
    return chat;
  }
}

const attachmentOf = (value: unknown): MessageAttachment => {
  const outer = isRecord(value) ? value : {};
  const pointer = recordOf(outer, 'pointer') ?? outer;
  const written = textOf(pointer['path']) ?? textOf(pointer['fileName']);
  const [kind = ''] = (textOf(pointer['contentType']) ?? '').split('/');
  const name = written === null ? null : lastPart(written.replaceAll('\\', '/'));
  return {
    name,
    path: written === null ? null : pathBelow(written),
    media:
      value === null
        ? 'sticker'
        : kind === 'image' || kind === 'video' || kind === 'audio'
          ? kind
          : name === null
            ? 'unknown'
            : mediaOfName(name),
    state: name === null ? 'omitted' : 'named',
    sha256: null,
    md5: null,
  };
};
