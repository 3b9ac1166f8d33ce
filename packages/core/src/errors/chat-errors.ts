// Codes about chat exports and phone reports.
import { entry, type ErrorEntry } from './entry.js';

export const CHAT_ERRORS = {
  CHAT_INVALID: entry(
    422,
    'The chat export cannot be read',
    'See the place that is named. Nothing of it was taken in; look for a complete copy.',
  ),
  CHAT_FORMAT_UNKNOWN: entry(
    422,
    'This is no chat export of a form that is read',
    'See docs/chat-exports.md for the programs whose exports are read.',
  ),
  CHAT_DATES_KNOWN: entry(
    409,
    'The dates of this chat export are not open',
    'Nothing is to be said of it: redthread chats exports shows the state of each.',
  ),
} as const satisfies Record<string, ErrorEntry>;
