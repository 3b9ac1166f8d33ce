// Codes about searching by a picture or by a part of one, and about the process that does.
import { entry, type ErrorEntry } from './entry.js';

export const SEARCH_ERRORS = {
  REGION_INVALID: entry(
    400,
    'The region is not written as one',
    'Give left,top,width,height, each in percent of a side (10%) or in pixels.',
  ),
  REGION_OUTSIDE: entry(
    422,
    'The region reaches beyond the picture',
    'Left and width together are at most its width, top and height its height.',
  ),
  REGION_TOO_SMALL: entry(422, 'The region is too small to look for', 'Take more of what surrounds it.'),
  SEARCH_TOO_WIDE: entry(
    422,
    'The search finds too much to be kept',
    'Say more of what you look for: a longer part of the path, or a digest.',
  ),
  STANDING_LIMIT: entry(409, 'You keep as many searches as one person may', 'End one: redthread standing end NAME.'),
  STANDING_ENDED: entry(409, 'The search is not kept any more', 'Keep it anew: redthread search --keep NAME.'),
  SEARCH_UNAVAILABLE: entry(
    503,
    'The process that searches, by picture and in the lists, is not there',
    'Try again in a moment; it is started again.',
  ),
} as const satisfies Record<string, ErrorEntry>;
