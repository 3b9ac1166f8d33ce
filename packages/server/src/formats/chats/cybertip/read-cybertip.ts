// Reader of what a CyberTipline package says: of the incident and whom it names, and of its files, which are read as those of a list are.
import type { ChatItem, ReportFileItem } from '@redthread/core/chats';
import { isRedthreadError } from '@redthread/core/errors';
import { escapeControls } from '@redthread/core/sending';
import { cyberTipFiles, isCyberTip } from '../../lists/cybertip.js';
import { newHeader, type ListEntry } from '../../lists/entry.js';
import { Notes } from '../../lists/notes.js';
import { textChunks } from '../../lists/text-input.js';
import { XmlEvents, type XmlHandler } from '../../xml/xml-events.js';
import { chatInvalid } from '../source.js';
import { Reported, type Incident } from './reported.js';

/** Whether this is the beginning of a report or of what it says of a file: names that others do not use. */
export const isCyberTipReport = (text: string): boolean =>
  isCyberTip(text.trimStart()) &&
  /report\.cybertip\.org|<(?:incidentSummary|personOrUserReported|fileViewedByEsp|fileId)>/.test(text);

/** Errors: CHAT_INVALID with the line. */
export async function* readCyberTipReport(source: {
  open(): AsyncIterable<Uint8Array>;
}): AsyncGenerator<ChatItem, void, undefined> {
  let items: ChatItem[] = [];
  let talks = 0;
  const [header, notes] = [newHeader('cybertip'), new Notes()];
  const files = cyberTipFiles(header, notes, (entry) => items.push(fileItem(entry)));
  const reported = new Reported(
    (item) => items.push(item),
    (incident) => {
      items.push(...conversation(talks, incident));
      talks += 1;
    },
  );
  const inList = <A extends unknown[]>(take: (...given: A) => void): ((...given: A) => void) => {
    return (...given) => {
      try {
        take(...given);
      } catch (error) {
        if (!isRedthreadError(error) || error.code !== 'LIST_INVALID') throw error;
        throw chatInvalid(error.pointer ?? 'file', error.detail, error);
      }
    };
  };
  const [open, text, close] = [inList(files.open), inList(files.text), inList(files.close)];
  const both: XmlHandler = {
    open: (element) => {
      open(element);
      reported.open(element);
    },
    text: (piece) => {
      text(piece);
      reported.text(piece);
    },
    close: (name, line) => {
      close(name, line);
      reported.close(name);
    },
  };
  const events = new XmlEvents(both, chatInvalid);
  for await (const chunk of textChunks(source.open(), header, notes)) {
    events.write(chunk);
    yield* items;
    items = [];
  }
  events.end();
  yield* items;
  for (const { code, count, places } of notes.all())
    yield { item: 'note', code, detail: `${count}: ${places.join('; ')}`.slice(0, 4_000) };
}

const fileItem = (entry: ListEntry): ReportFileItem => {
  const { annotations, fileId, fileRelevance } = entry.properties;
  return {
    item: 'file',
    fileId: typeof fileId === 'string' ? fileId.slice(0, 500) : null,
    path: escapeControls((entry.occurrences[0]?.name ?? (typeof fileId === 'string' ? fileId : '?')).slice(0, 4_096)),
    localPath: null,
    sizeBytes: entry.size,
    state: 'unknown',
    times: [],
    sha256: entry.sha256,
    md5: entry.md5,
    tags: [],
    provider: {
      viewed: entry.flags['viewedByProvider'] ?? null,
      category: categoryOf(entry),
      annotations: Array.isArray(annotations) ? annotations.map((one) => String(one).slice(0, 200)) : [],
      relevance: typeof fileRelevance === 'string' ? fileRelevance.slice(0, 200) : null,
    },
  };
};

const categoryOf = ({ categories: [first] }: ListEntry): { scheme: string; code: string } | null =>
  first === undefined || first.scheme === null ? null : { scheme: first.scheme, code: first.code };

/** Who said which of the words is not marked in it: they stay one message of nobody. */
const conversation = (number: number, { client, room, text }: Incident): ChatItem[] => [
  {
    item: 'conversation',
    conversation: number,
    app: client?.slice(0, 200) ?? 'unknown',
    kind: 'unknown',
    subject: room,
    sourceId: null,
    platform: 'unknown',
    language: null,
    dateOrder: null,
  },
  {
    item: 'message',
    conversation: number,
    position: 0,
    time: { text: '', local: null, instant: null },
    kind: 'text',
    author: null,
    text,
    edited: false,
    forwarded: false,
    recovered: false,
    event: null,
    attachments: [],
    answers: null,
    sourceId: null,
  },
];
