// The tables of entities and assertions as Kysely sees them: rows are added, and taken back once.
import type { ColumnType, Generated } from 'kysely';
import type { AgeBandGiven, EvidenceGiven, SeriesState, StatementKind } from '@redthread/core/contract';
import type { AssertionTypeName, EntityKind } from '@redthread/core/domain';
import type { Instant, NullableInstant, NullableText } from './columns.js';

type NullableJson<T> = ColumnType<T | null, string | null | undefined, never>;

interface Retractable {
  retracted_at: NullableInstant;
  retracted_by: NullableText;
  retracted_login: NullableText;
  retract_reason: NullableText;
}

export interface EntityTables {
  entities: {
    id: Generated<string>;
    agency_id: string;
    case_id: NullableText;
    kind: EntityKind;
    name: Generated<string>;
    role: NullableText;
    age: NullableJson<AgeBandGiven>;
    note: Generated<string>;
    created_by: string;
    created_login: string;
    created_at: Instant;
  };
  external_ids: Retractable & {
    id: Generated<string>;
    agency_id: string;
    entity_id: string;
    issuer: string;
    type: string;
    value: string;
    added_by: string;
    added_login: string;
    at: Instant;
  };
  series_steps: {
    id: Generated<string>;
    agency_id: string;
    entity_id: string;
    state: SeriesState;
    note: Generated<string>;
    worked_by: Generated<string>;
    user_id: string;
    login: string;
    at: Instant;
  };
  series_statements: Retractable & {
    id: Generated<string>;
    agency_id: string;
    series_agency_id: string;
    series_id: string;
    kind: StatementKind;
    value: string;
    reason: string;
    user_id: string;
    login: string;
    said_agency: string;
    at: Instant;
  };
  at_risk_marks: {
    id: Generated<string>;
    agency_id: string;
    case_id: NullableText;
    series_id: NullableText;
    reason: string;
    marked_by: string;
    marked_login: string;
    marked_at: Instant;
    until: Instant;
    ended_at: NullableInstant;
    ended_by: NullableText;
    ended_login: NullableText;
    end_reason: NullableText;
    end_told_at: NullableInstant;
  };
  outcome_releases: {
    id: Generated<string>;
    agency_id: string;
    series_id: string;
    reason: string;
    released_by: string;
    released_login: string;
    released_at: Instant;
    withdrawn_at: NullableInstant;
    withdrawn_by: NullableText;
    withdrawn_login: NullableText;
    withdraw_reason: NullableText;
  };
  outcomes: {
    id: Generated<string>;
    agency_id: string;
    release_agency_id: string;
    release_id: string;
    from_agency: string;
    statements: number;
  };
  outcome_media: { outcome_id: string; agency_id: string; media_id: string };
  assertions: Retractable & {
    id: Generated<string>;
    agency_id: string;
    case_id: NullableText;
    type: AssertionTypeName;
    from_agency_id: string;
    from_kind: 'media' | 'entity';
    from_media_id: NullableText;
    from_entity_id: NullableText;
    to_agency_id: string;
    to_entity_id: string;
    confidence: 'certain' | 'probable' | 'possible';
    reason: string;
    method: NullableText;
    evidence: NullableJson<Omit<EvidenceGiven, 'media'>>;
    rests_on_media: Generated<boolean>;
    evidence_agency_id: NullableText;
    evidence_media_id: NullableText;
    valid_from: NullableText;
    valid_to: NullableText;
    user_id: string;
    login: string;
    said_agency: string;
    at: Instant;
  };
}
