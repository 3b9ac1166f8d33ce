// Rows of sessions and of what proves a person beyond the password.
import type { ColumnType, Generated } from 'kysely';
import type { Instant, NullableInstant, NullableText } from './columns.js';

type NullableBytes = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;

export interface AccountTables {
  sessions: {
    token_hash: Buffer;
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    purpose: string | null;
    /** What the sign-in still waits for; `full`: for nothing. */
    stage: ColumnType<'second-factor' | 'enrol' | 'full', 'second-factor' | 'enrol' | 'full' | undefined, never>;
    created_at: Instant;
    expires_at: ColumnType<Date, Date, Date>;
    proven_at: Instant;
    seen_at: Instant;
    address: NullableText;
    agent: NullableText;
    challenge: NullableBytes;
  };
  second_factors: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    kind: 'totp' | 'passkey';
    name: string;
    created_at: Instant;
    confirmed_at: NullableInstant;
    used_at: NullableInstant;
    master_key_id: NullableText;
    wrapped: NullableBytes;
    last_step: Generated<number>;
    failures: Generated<number>;
    failing_since: NullableInstant;
    credential_id: NullableBytes;
    public_key: NullableBytes;
    sign_count: Generated<number>;
    transports: Generated<string[]>;
  };
  recovery_codes: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    code_hash: Buffer;
    created_at: Instant;
    used_at: NullableInstant;
  };
  sign_in_rules: {
    agency_id: string;
    second_factor: boolean;
    set_by: string;
    set_login: string;
    set_at: Instant;
  };
}
