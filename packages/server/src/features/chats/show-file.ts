// redthread chats show-file: what a reader finds in chat exports, with the files that lie beside them. No database, nothing kept. Its JSON is a contract.
import { isRedthreadError, fail } from '@redthread/core/errors';
import {
  EXPORTER,
  leadsIn,
  type ChatItem,
  type DateOrder,
  type MessageItem,
  type ParticipantItem,
} from '@redthread/core/chats';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { readChat } from '../../formats/chats/index.js';
import { chatFiles, type ChatFile } from './chat-files.js';

export interface ShowFileOptions {
  readonly dateOrder?: DateOrder;
  readonly json?: boolean;
}

/** Answers the exit code: 3 when an export could not be read. */
export const runShowFile = async (io: Io, path: string, { dateOrder, json }: ShowFileOptions): Promise<number> => {
  let isSomeUnread = false;
  let exports = 0;
  for await (const file of chatFiles(path)) {
    exports += 1;
    const printer = new Printer(io, file, json === true);
    try {
      for await (const item of readChat(file.source, file.format, { dateOrder })) printer.print(item);
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      isSomeUnread = true;
      io.note(`${error.code}: ${file.source.path}: ${error.message}`);
    }
  }
  if (exports === 0) throw fail('CHAT_FORMAT_UNKNOWN', path);
  return isSomeUnread ? EXIT.someUnread : EXIT.ok;
};

class Printer {
  readonly #people: ParticipantItem[][] = [];

  constructor(
    readonly io: Io,
    readonly file: ChatFile,
    readonly isJson: boolean,
  ) {}

  print(item: ChatItem): void {
    if (item.item === 'participant') (this.#people[item.conversation] ??= []).push(item);
    if (this.isJson) this.io.json(this.#line(item));
    else if (item.item === 'message') this.#message(item);
    else if (item.item === 'note') this.io.note(`${item.code}: ${item.detail}`);
    else if (item.item === 'conversation') {
      const { app, kind, subject, platform, language, dateOrder } = item;
      this.io.out(`${this.file.source.path}`);
      this.io.out(
        `  ${[app, platform, kind, language].filter((word) => word !== null && word !== 'unknown').join(', ')}: ${subject ?? 'no name'}`,
      );
      if (dateOrder === null)
        this.io.note(
          'nothing in it tells days from months: times are as written; --date-order dmy, mdy or ymd says it',
        );
    }
  }

  #line(item: ChatItem): object {
    if (item.item === 'conversation') return { ...item, file: this.file.source.path, format: this.file.format };
    if (item.item !== 'message') return item;
    const attachments = item.attachments.map((one) => ({ ...one, present: this.#isPresent(one) }));
    return { ...item, attachments, leads: leadsIn(item.text) };
  }

  #isPresent({ name, path }: MessageItem['attachments'][number]): boolean {
    const { beside } = this.file.source;
    return (path !== null && beside.has(path)) || (name !== null && beside.has(name));
  }

  #message(item: MessageItem): void {
    const author = item.author === null ? null : (this.#people[item.conversation]?.[item.author]?.name ?? '?');
    const files = item.attachments.map((one) =>
      one.state === 'omitted'
        ? `[${one.name ?? one.media} left out]`
        : `[${one.name}${this.#isPresent(one) ? '' : ', not there'}]`,
    );
    const options = (item.options ?? []).map(({ text, votes }) => `(${text}: ${votes ?? '?'})`);
    const marks = [
      item.kind === 'deleted' ? '(deleted)' : '',
      item.edited ? '(edited)' : '',
      item.forwarded ? '(forwarded)' : '',
    ];
    const said = [item.text, ...files, ...options, ...marks].filter((part) => part !== '').join(' ');
    const [first = '', ...more] = said.split('\n');
    this.io.out(
      `  ${item.time.local ?? item.time.text}  ${author === null ? `- ${eventWords(item)}` : `${author}: `}${first}`,
    );
    for (const line of more) this.io.out(`      ${line}`);
  }
}

const eventWords = ({ event }: MessageItem): string => {
  if (event === null || event.type === 'other') return '';
  const name = (person: string): string => (person === EXPORTER ? 'the exporter' : person);
  const people = [event.actor ?? '', ...event.targets].filter((person) => person !== '').map(name);
  return `[${[event.type, ...people].join(' | ')}] `;
};
