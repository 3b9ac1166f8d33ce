// The tables of reports of phones and of providers as Kysely sees them: read by a worker, and never changed but by reading the report again.
import type { ProviderWord, ReportEntryKind, ReportPersonKind, ReportState } from '@redthread/core/chats';
import type { SourceTime } from '@redthread/core/contract';
import type { Json, NullableBig, NullableInstant, NullableText } from './columns.js';

interface OfReport {
  agency_id: string;
  case_id: string;
  exhibit_id: string;
  export_id: string;
  number: number;
}

export type ReportBytes = 'own' | 'shared' | 'absent';

export interface PhoneReportTables {
  report_facts: OfReport & { section: string; name: string; value: string };
  report_people: OfReport & { kind: ReportPersonKind; app: NullableText; name: NullableText; state: ReportState };
  report_entries: OfReport & {
    ordinal: number;
    kind: ReportEntryKind;
    value: string;
    category: NullableText;
    time_text: NullableText;
    at_instant: NullableInstant;
  };
  report_files: OfReport & {
    file_id: NullableText;
    path: string;
    local_path: NullableText;
    size_bytes: NullableBig;
    state: ReportState;
    times: Json<SourceTime[]>;
    sha256: Buffer | null;
    md5: Buffer | null;
    tags: string[];
    provider: Json<ProviderWord> | null;
    occurrence_path: NullableText;
    bytes: ReportBytes | null;
    agrees: boolean | null;
  };
}
