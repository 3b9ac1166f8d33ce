// The table of legal bases as Kysely sees it: rows are added, and withdrawn once.
import type { ColumnType, Generated } from 'kysely';

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface LegalBasesTable {
  id: Generated<string>;
  agency_id: string;
  exhibit_id: string;
  media_id: string | null;
  kind: 'warrant' | 'consent' | 'emergency' | 'other';
  reference: string;
  words: string;
  recorded_by: string;
  login: string;
  recorded_at: Generated<Date>;
  withdrawn_at: Later<Date>;
  withdrawn_by: Later<string>;
  withdrawn_login: Later<string>;
  withdrawn_reason: Later<string>;
}
