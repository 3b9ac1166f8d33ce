// Codes about reports: one that would leave something out is none.
import { entry, type ErrorEntry } from './entry.js';

export const REPORT_ERRORS = {
  REPORT_INCOMPLETE: entry(
    409,
    'The report would leave something out',
    'Nothing was written. Look into the item that is named, then make the report again.',
  ),
  REPORT_UNSIGNED: entry(
    503,
    'The report could not be signed',
    'The sealer signs it: see redthread audit anchors and /api/v1/status, then make the report again.',
  ),
  REPORT_MODEL_INVALID: entry(
    422,
    'The file is no model of a report',
    'Give the file report.jsonl of a report, as it was written.',
  ),
} as const satisfies Record<string, ErrorEntry>;
