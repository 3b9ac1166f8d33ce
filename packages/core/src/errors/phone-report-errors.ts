// Codes about reports of phones and of providers.
import { entry, type ErrorEntry } from './entry.js';

export const PHONE_REPORT_ERRORS = {
  PHONE_REPORT_INVALID: entry(
    422,
    'The report cannot be read',
    'See the line that is named. Its files are there; ask whoever made the report for a whole one.',
  ),
} as const satisfies Record<string, ErrorEntry>;
