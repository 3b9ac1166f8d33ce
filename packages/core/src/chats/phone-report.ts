// What a report about a phone or an account says beside its conversations: the device, its files with their state, contacts and accounts. A report is
// somebody else's word: everything is as written, and what follows from it says that it rests on the report.
import type { SourceTime } from '../contract/primitives.js';

/** What became of something on the phone, as the report says. */
export const REPORT_STATES = ['intact', 'deleted', 'trash', 'unknown'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** One thing said of the device, the extraction or the case. */
export interface FactItem {
  readonly item: 'fact';
  /** As the report groups it: `Device Info`. */
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

export const REPORT_PERSON_KINDS = ['contact', 'account', 'reported', 'reporter'] as const;
export type ReportPersonKind = (typeof REPORT_PERSON_KINDS)[number];
export const REPORT_ENTRY_KINDS = ['phone', 'email', 'account', 'url', 'ip', 'other'] as const;
export type ReportEntryKind = (typeof REPORT_ENTRY_KINDS)[number];

/** By what somebody can be found. */
export interface ReportEntry {
  readonly kind: ReportEntryKind;
  readonly value: string;
  /** As the report names it: `Mobile`, `Login`. */
  readonly category: string | null;
  /** As written, and as an instant where an offset stands beside it. */
  readonly time: { readonly text: string; readonly instant: string | null } | null;
}

export interface ReportPersonItem {
  readonly item: 'person';
  readonly kind: ReportPersonKind;
  /** The program that knows them: `WhatsApp`. */
  readonly app: string | null;
  readonly name: string | null;
  readonly state: ReportState;
  readonly entries: readonly ReportEntry[];
}

export interface ReportFileItem {
  readonly item: 'file';
  /** By which messages name it. */
  readonly fileId: string | null;
  /** Where it lay on the device; a name where no more is said. */
  readonly path: string;
  /** Where its bytes lie, from the folder of the report; null where they are not there under its own name. */
  readonly localPath: string | null;
  readonly sizeBytes: number | null;
  readonly state: ReportState;
  readonly times: readonly SourceTime[];
  /** Lower-case hex. */
  readonly sha256: string | null;
  readonly md5: string | null;
  readonly tags: readonly string[];
  /** What a provider says of it; null in reports of phones. */
  readonly provider: ProviderWord | null;
}

/** What the provider who reported a file says of it: its word, never a verdict. */
export interface ProviderWord {
  /** Null: nothing was said, which counts as no. */
  readonly viewed: boolean | null;
  readonly category: { readonly scheme: string; readonly code: string } | null;
  readonly annotations: readonly string[];
  readonly relevance: string | null;
}

/** In the order of the report. */
export type PhoneReportItem = FactItem | ReportPersonItem | ReportFileItem;
