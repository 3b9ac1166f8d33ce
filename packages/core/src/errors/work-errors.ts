// Codes about work on files that failed, and what a person does about it.
import { entry, type ErrorEntry } from './entry.js';
import { REPORT_FILE_ERRORS } from './phone-report-errors.js';

/** On a file. */
export const SET_ASIDE_ERRORS = {
  ...REPORT_FILE_ERRORS,
  FILE_SET_ASIDE: entry(
    422,
    'Somebody set the file aside after its work had failed',
    'No worker opens it; retry it by its media to have it tried again.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export const WORK_ERRORS = {
  WORK_NOT_FAILED: entry(
    409,
    'Nothing failed that could be done about',
    'redthread work failures CASE/EXHIBIT lists what failed, with the media.',
  ),
} as const satisfies Record<string, ErrorEntry>;
