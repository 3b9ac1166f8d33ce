// What a reader of chats is given, and how it refuses: bytes that may be opened again, and the names that lie beside them.
import type { ChatItem, DateOrder } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';

export interface ChatSource {
  /** Where it lies within its exhibit, with `/` between the parts; archives on the way are parts like folders. */
  readonly path: string;
  /** From its start, each time: the order of dates is looked for in the whole of it before anything is given. */
  open(): AsyncIterable<Uint8Array>;
  /** Files beside the text and below its folder, relative to that folder, with `/`. */
  readonly beside: ReadonlySet<string>;
}

export interface ReadOptions {
  /** What an officer said, where the file leaves it open. */
  readonly dateOrder?: DateOrder | undefined;
}

/** Errors: CHAT_INVALID with a line or a JSON pointer; those of the source. */
export type ReadChat = (source: ChatSource, options: ReadOptions) => AsyncIterable<ChatItem>;

export const chatInvalid = (place: string, why: string, cause?: unknown): Error =>
  fail('CHAT_INVALID', `${place}: ${why}`, { pointer: place, ...(cause === undefined ? {} : { cause }) });

/** What one message, one conversation may hold: more is no chat, and would be held in memory. */
export const LONGEST_LINE = 1_048_576;
export const LONGEST_TEXT = 1_048_576;
export const MOST_PARTICIPANTS = 100_000;
