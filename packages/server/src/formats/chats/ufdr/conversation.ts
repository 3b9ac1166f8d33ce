// A chat of a phone report, as its messages come: said once its first message is there, and its people before it.
import type { ChatItem, ConversationItem, ConversationKind } from '@redthread/core/chats';
import { type FileIndex } from './file-index.js';
import { idsOf, messageItem } from './message.js';
import { detached, said, within, type Model } from './model.js';
import { isSystem, partyOf } from './person.js';

/** Ids of earlier messages that an answer may name; those of longer ago are forgotten. */
const MOST_IDS = 150_000;
const MOST_PEOPLE = 200_000;

export class Conversation {
  readonly #people = new Map<string, number>();
  readonly #names = new Set<string>();
  readonly #ids = new Map<string, number>();
  #messages = 0;

  constructor(
    readonly number: number,
    readonly chat: Model,
    readonly platform: ConversationItem['platform'],
    readonly files: FileIndex,
    readonly emit: (item: ChatItem) => void,
  ) {
    const parties = within(chat, 'Participants').filter((party) => !isSystem(party));
    emit({
      item: 'conversation',
      conversation: number,
      app: said(chat, 'Source')?.slice(0, 200) ?? 'unknown',
      kind: kindOf(chat, parties.length),
      subject: said(chat, 'Name')?.slice(0, 1_000) ?? null,
      sourceId: (said(chat, 'Id') ?? chat.id)?.slice(0, 500) ?? null,
      platform,
      language: null,
      dateOrder: null,
    });
    for (const party of parties) this.#participant(party);
  }

  take(message: Model): void {
    const position = this.#messages;
    this.#messages += 1;
    const item = messageItem(message, {
      conversation: this.number,
      position,
      files: this.files,
      names: this.#names,
      participant: (party) => this.#participant(party),
      earlier: (ids) => {
        for (const id of ids) if (this.#ids.has(id)) return this.#ids.get(id)!;
        return null;
      },
    });
    for (const id of idsOf(message)) this.#ids.set(detached(id), position);
    for (const id of this.#ids.keys()) {
      if (this.#ids.size <= MOST_IDS) break;
      this.#ids.delete(id);
    }
    this.emit(item);
  }

  #participant(model: Model | undefined): number | null {
    const party = partyOf(model);
    if (party === null) return null;
    const key = party.account === null ? `n ${party.name}` : `a ${party.account}`;
    const known = this.#people.get(key);
    if (known !== undefined) return known;
    const participant = this.#people.size;
    if (participant >= MOST_PEOPLE) return null;
    this.#people.set(detached(key), participant);
    this.#names.add(detached(party.name));
    const { account, name, phone, isExporter } = party;
    this.emit({
      item: 'participant',
      conversation: this.number,
      participant,
      name,
      phone,
      account,
      isExporter: isExporter || (account !== null && account === said(this.chat, 'Account')),
      accountDeleted: false,
    });
    return participant;
  }
}

const kindOf = (chat: Model, parties: number): ConversationKind => {
  const type = said(chat, 'ChatType')?.toLowerCase() ?? '';
  const id = said(chat, 'Id') ?? '';
  if (/^(?:group|channel|broadcast)$/.test(type) || id.endsWith('@g.us')) return 'group';
  if (type === 'oneonone' || id.endsWith('@s.whatsapp.net')) return 'direct';
  return parties > 2 ? 'group' : parties === 2 ? 'direct' : 'unknown';
};
