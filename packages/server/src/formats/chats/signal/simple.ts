// What signal-export writes of one chat: a line `{"date", "sender", "body", "attachments", …}` a message.
import type { ChatItem, MessageAttachment } from '@redthread/core/chats';
import { isInCalendar } from '../calendar.js';
import { mediaOfName } from '../media-of-name.js';
import { People, phoneOf } from '../people.js';
import { lastPart, pathBelow } from '../safe-path.js';
import { isRecord, textOf, type Json } from '../telegram/values.js';

/** The name that it gives whoever's program was exported. */
const EXPORTER_NAME = 'Me';

export class SimpleLines {
  readonly #people = new People(0);
  #position = 0;

  constructor(readonly path: string) {}

  *read(json: Json, _place: string): Generator<ChatItem> {
    if (this.#position === 0) {
      const folder = this.path.split('/').at(-2) ?? null;
      yield {
        item: 'conversation',
        conversation: 0,
        app: 'Signal',
        kind: 'unknown',
        subject: folder,
        sourceId: null,
        platform: 'unknown',
        language: null,
        dateOrder: 'ymd',
      };
    }
    const name = textOf(json['sender']) ?? '';
    let author: number | null = null;
    if (name !== '') {
      const met = this.#people.meet(name, {
        name,
        phone: phoneOf(name),
        account: null,
        isExporter: name === EXPORTER_NAME,
        accountDeleted: false,
      });
      if (met.item !== null) yield met.item;
      author = met.number;
    }
    const text = (textOf(json['body']) ?? '').trim();
    const attachments = Array.isArray(json['attachments']) ? json['attachments'].flatMap(attachmentOf) : [];
    const date = textOf(json['date']) ?? '';
    const local = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)/.exec(date);
    const clock = local === null ? null : `${local[1]}T${local[2]}`;
    yield {
      item: 'message',
      conversation: 0,
      position: this.#position,
      time: {
        text: date,
        local: clock !== null && isInCalendar(clock) ? clock : null,
        instant: null,
      },
      kind: attachments.length > 0 ? 'attachment' : text === '' ? 'empty' : 'text',
      author,
      text,
      edited: false,
      forwarded: false,
      recovered: false,
      event: null,
      attachments,
      answers: null,
      sourceId: null,
    };
    this.#position += 1;
  }
}

const attachmentOf = (value: unknown): readonly MessageAttachment[] => {
  const written = textOf(isRecord(value) ? (value['path'] ?? value['fileName'] ?? value['name']) : value);
  if (written === null || written === '') return [];
  const name = lastPart(written);
  return [{ name, path: pathBelow(written), media: mediaOfName(name), state: 'named', sha256: null, md5: null }];
};
