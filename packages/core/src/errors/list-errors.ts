// Codes about lists of hashes.
import { entry, type ErrorEntry } from './entry.js';

export const LIST_ERRORS = {
  LIST_EXPIRED: entry(409, 'The list counts no longer already', 'Nothing to do: see redthread list list.'),
  LIST_FORMAT_UNKNOWN: entry(
    422,
    'The format of the list is not known',
    'See docs/lists.md for the formats that are read; --format names one of them.',
  ),
  LIST_POLARITY_REFUSED: entry(
    422,
    'The file says otherwise than the polarity that was given',
    'Look whose list it is. A list of harmless files taken for an alert flags the world, and an alert taken for harmless hides it.',
  ),
  LIST_NOT_WRITABLE: entry(
    422,
    'The list says what the format has no place for',
    'See the entry that is named. --format csv writes everything; nothing is left out in silence.',
  ),
  LIST_INVALID: entry(422, 'The list cannot be read', 'See the line that is named.'),
} as const satisfies Record<string, ErrorEntry>;
