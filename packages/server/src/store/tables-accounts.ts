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
    /** The provider that let its person in; null: a password did. */
    provider_id: NullableText;
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
  sign_in_providers: {
    id: Generated<string>;
    agency_id: string;
    name: string;
    issuer: string;
    client_id: string;
    master_key_id: NullableText;
    wrapped: NullableBytes;
    sealed_secret: NullableBytes;
    scope: string;
    groups_claim: string;
    /** Names of roles by the name of a group. */
    roles: ColumnType<Record<string, string[]>, string, string>;
    factor_acr: Generated<string[]>;
    factor_amr: Generated<string[]>;
    adds_people: boolean;
    set_by: string;
    set_login: string;
    set_at: Instant;
  };
  provider_people: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    issuer: string;
    subject: string;
    bound_at: Instant;
    signed_in_at: NullableInstant;
  };
}
