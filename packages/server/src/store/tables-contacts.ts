// The tables of contact-me notices, and of what agencies write to each other; the SQL in migrations/ is the truth.
import type { Generated } from 'kysely';
import type { ContactStatus } from '@redthread/core/contract';
import type { MatchGrade } from '@redthread/core/domain';
import type { Instant, NullableInstant, NullableText } from './columns.js';
import type { NoteTables } from './tables-notes.js';

export interface ContactTables extends NoteTables {
  contacts: {
    id: Generated<string>;
    agency_id: string;
    case_id: string;
    reference: string;
    far_agency_id: string;
    far_user_id: string;
    far_agency: string;
    officer: string;
    reachable_at: string | null;
    grade: MatchGrade;
    told_on: Instant;
    status: Generated<ContactStatus>;
    note: Generated<string>;
    answered_by: NullableText;
    answered_login: NullableText;
    answered_at: NullableInstant;
    urgent: Generated<boolean>;
    settled_as: NullableText;
    settled_on: NullableInstant;
  };
  contact_media: { contact_id: string; agency_id: string; media_id: string };
  contact_sweeps: { day: Instant; swept_at: Instant };
}
