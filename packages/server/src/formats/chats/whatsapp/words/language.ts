// The words that one language's program puts into a chat. `{a}` who did it, `{t}` to whom, `{s}` the new subject in quotes, `{o}` the old one, `{n}` and
// `{m}` numbers, `*` anything, `(a|b)` either, `[a|b]` either or neither. Words that mean whoever's phone it is stand in `you`; where the verb alone says that
// they did it, the pattern begins with `@`, and where a word says that it was done to them, it ends with `>me`.
import type { ChatEventType } from '@redthread/core/chats';

export interface Language {
  /** BCP 47. */
  readonly code: string;
  readonly you: readonly string[];
  /** Between the last two of several names. */
  readonly and: readonly string[];
  readonly events: Readonly<Partial<Record<ChatEventType, readonly string[]>>>;
  /** Beginnings of a text that stands for a deleted message: by its author or nobody says by whom; by whoever's phone it is; by an administrator. */
  readonly deleted: {
    readonly unknown: readonly string[];
    readonly own: readonly string[];
    readonly admin: readonly string[];
  };
  /** Parts of the tag after a changed message. */
  readonly edited: readonly string[];
  /** Parts of what stands for media that were left out. */
  readonly omitted: readonly string[];
  /** Parts of what says that a file is with the message. */
  readonly attached: readonly string[];
  /** Words before the link of a place that was shared. */
  readonly location: readonly string[];
}
