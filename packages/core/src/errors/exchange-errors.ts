// Codes about what leaves the system for others.
import { entry, type ErrorEntry } from './entry.js';

export const EXCHANGE_ERRORS = {
  EXPORT_INCOMPLETE: entry(
    409,
    'The export would leave something out',
    'See what is named. Nothing is left out in silence: say that it may be, or export what does not hold it.',
  ),
  EXPORT_HELD_BACK: entry(
    403,
    'Something in it may not leave for that receiver',
    'See the file and its handling code. Its owner may change the code; an export of the rest may leave.',
  ),
  EXPORT_SCHEME: entry(
    422,
    'The format has no place for this scheme',
    'Name a scheme that it writes: see docs/exchange.md.',
  ),
} as const satisfies Record<string, ErrorEntry>;
