// Codes about one file that a report of a phone or of a provider names.
import { entry, type ErrorEntry } from './entry.js';

export const REPORT_FILE_ERRORS = {
  FILE_NOT_IN_REPORT: entry(
    422,
    'The report names the file, and its bytes are not in it',
    'What the report says of it is kept. Ask whoever made the report for the file.',
  ),
} as const satisfies Record<string, ErrorEntry>;
