// Codes about lists of hashes, and about what leaves for others.
import { entry, type ErrorEntry } from './entry.js';
import { EXCHANGE_ERRORS } from './exchange-errors.js';

export const LIST_ERRORS = {
  ...EXCHANGE_ERRORS,
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
  LIST_PART_MISPLACED: entry(
    409,
    'The bytes do not begin where what is here ends',
    'Ask for the upload: `received` of the file says from where to send.',
  ),
  LIST_NOT_READY: entry(
    409,
    'The upload is not so far, or is past it',
    'Ask for the upload: its state says what is to come next.',
  ),
  NEGATIVE_DECIDED: entry(
    409,
    'Somebody has decided that already',
    'See redthread list negative --all for who and why.',
  ),
  LIST_READER_ENDED: entry(
    422,
    'The process that read the list ended before it was through',
    'Nothing of it counts. If it is the list that is meant, import it by the command line and see where it stops.',
  ),
  LIST_DAMAGED: entry(
    500,
    'The files of a list are damaged',
    'Put its folder back from a backup, then run redthread list check: what came in meanwhile is looked up in it.',
  ),
  LIST_INVALID: entry(422, 'The list cannot be read', 'See the line that is named.'),
} as const satisfies Record<string, ErrorEntry>;
