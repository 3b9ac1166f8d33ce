// Telegram Desktop's machine-readable export: `result.json` of one chat, or of all chats of an account. Read twice: what a chat is called may stand
// after its messages.
import { isRedthreadError } from '@redthread/core/errors';
import type { ChatItem, ConversationItem, ConversationKind } from '@redthread/core/chats';
import { JsonElements } from '../../lists/json-elements.js';
import { utf8Chunks } from '../../lists/text-input.js';
import { chatInvalid, type ChatSource } from '../source.js';
import { ConversationReader } from './messages.js';
import { isRecord, textOf, type Json } from './values.js';

const ARRAYS = [
  ['messages'],
  ['chats', 'list'],
  ['chats', 'list', 0, 'messages'],
  ['left_chats', 'list'],
  ['left_chats', 'list', 0, 'messages'],
] as const;
const [ONE, CHATS, , LEFT] = [0, 1, 2, 3];
const MOST_CHATS = 100_000;

interface Header {
  readonly name: string | null;
  readonly type: string | null;
  readonly id: string | null;
}
interface Headers {
  /** By the pointer of the chat; empty for a file of one chat. */
  readonly chats: ReadonlyMap<string, Header>;
  readonly exporterId: string | null;
}

export async function* readTelegramJson(source: ChatSource): AsyncGenerator<ChatItem> {
  const { chats, exporterId } = await headersOf(source);
  const readers = new Map<string, ConversationReader>();
  let current: ConversationReader | null = null;
  let pointer = '';
  for await (const { array, value, pointer: at } of elements(source)) {
    if (array === CHATS || array === LEFT) continue;
    const of = array === ONE ? '' : at.slice(0, at.indexOf('/messages/'));
    if (current === null || of !== pointer) {
      if (readers.has(of)) throw chatInvalid(at, 'messages of one chat in two places');
      current = new ConversationReader(readers.size, exporterId, at);
      readers.set(of, current);
      pointer = of;
      yield conversationOf(readers.size - 1, chats.get(of) ?? { name: null, type: null, id: null });
    }
    yield* current.read(value, at);
  }
  // Chats without a message are chats too.
  for (const [of, header] of chats)
    if (!readers.has(of)) {
      readers.set(of, new ConversationReader(readers.size, exporterId, of));
      yield conversationOf(readers.size - 1, header);
    }
}

const headersOf = async (source: ChatSource): Promise<Headers> => {
  const chats = new Map<string, Header>();
  let outside: unknown;
  const keep = (of: string, value: unknown): void => {
    if (chats.size >= MOST_CHATS) throw chatInvalid(of, `more than ${MOST_CHATS} chats`);
    const json = isRecord(value) ? value : {};
    chats.set(of, { name: textOf(json['name']), type: textOf(json['type']), id: textOf(json['id']) });
  };
  for await (const { array, value, pointer } of elements(source, (found) => (outside = found)))
    if (array === CHATS || array === LEFT) keep(pointer, value);
  const root: Json = isRecord(outside) ? outside : {};
  if ('messages' in root) keep('', root);
  if (chats.size === 0) throw chatInvalid('', 'no chat with messages');
  const personal = isRecord(root['personal_information']) ? root['personal_information'] : {};
  const id = textOf(personal['user_id']);
  return { chats, exporterId: id === null ? null : `user${id.replace(/^user/, '')}` };
};

/** Errors: CHAT_INVALID with a JSON pointer. */
async function* elements(source: ChatSource, outside?: (found: unknown) => void) {
  const found = new JsonElements(ARRAYS);
  try {
    for await (const chunk of utf8Chunks(source.open(), { encoding: '' })) yield* found.write(chunk);
    found.end();
  } catch (error) {
    throw isRedthreadError(error) && error.code === 'LIST_INVALID'
      ? chatInvalid(error.pointer ?? '', error.message, error)
      : error;
  }
  outside?.(found.outside);
}

const DIRECT = new Set(['personal_chat', 'bot_chat', 'saved_messages', 'verification_codes', 'replies']);
const kindOf = (type: string | null): ConversationKind =>
  type === null ? 'unknown' : DIRECT.has(type) ? 'direct' : /group|channel/.test(type) ? 'group' : 'unknown';

const conversationOf = (conversation: number, { name, type, id }: Header): ConversationItem => ({
  item: 'conversation',
  conversation,
  app: 'Telegram',
  kind: kindOf(type),
  subject: name === '' ? null : name,
  sourceId: id,
  platform: 'unknown',
  language: null,
  dateOrder: 'ymd',
});
