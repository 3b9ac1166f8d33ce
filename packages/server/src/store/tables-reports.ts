// The table of reports as Kysely sees it.
import type { ReportFile, ReportKind } from '@redthread/core/contract';
import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.js';

export interface ReportTables {
  reports: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    kind: ReportKind;
    about: string[];
    files: Json<ReportFile[]>;
    record_size: number;
    at: Instant;
    key: string | null;
    signature: Buffer | null;
  };
}
