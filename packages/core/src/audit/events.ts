// Every kind of audit event, typed once: what it says, about which object, with which parameters. No event holds file
// content, a password or a key; a path or a search value stands in it only where the record would be worthless without.
import type { ErrorCode } from '../errors/index.js';
import type { MatchGrade } from '../domain/index.js';

/** How much an event weighs when somebody reads the record: `content` means that a person saw or took content. */
export type AuditClass = 'access' | 'content' | 'work' | 'administration' | 'refusal';

interface EventKind<Detail> {
  readonly title: string;
  readonly class: AuditClass;
  /** Type only: carries the parameters. */
  readonly detail?: Detail;
}

const kind = <Detail>(title: string, eventClass: AuditClass): EventKind<Detail> => ({ title, class: eventClass });

export const AUDIT_EVENTS = {
  'sign-in': kind<{ method: 'password' | 'os-account' | 'api-key'; address: string | null }>('Signed in', 'access'),
  'sign-out': kind<Record<string, never>>('Signed out', 'access'),
  view: kind<{ what: string; count: number | null }>('Viewed', 'content'),
  reveal: kind<{ kind: 'clear' | 'original' }>('Revealed a picture', 'content'),
  download: kind<{ kind: 'clear' | 'original' | 'report'; bytes: number | null }>('Downloaded', 'content'),
  search: kind<{ by: string; grades: readonly MatchGrade[]; results: number; queryDigest: string | null }>(
    'Searched',
    'content',
  ),
  export: kind<{ format: string; items: number; recipient: string | null }>('Exported', 'content'),
  'ingest-start': kind<{ source: string; kind: string; resumed: boolean; inPlace: boolean }>('Began an ingest', 'work'),
  'ingest-end': kind<{ files: number; bytes: number; failed: number; interrupted: boolean }>('Ended an ingest', 'work'),
  'legal-basis-add': kind<{ basis: string; kind: string; reference: string; media: string | null }>(
    'Recorded a legal basis',
    'work',
  ),
  'legal-basis-withdraw': kind<{ basis: string; reason: string }>('Withdrew a legal basis', 'work'),
  'work-retry': kind<{ stage: string; items: number }>('Asked for work again', 'work'),
  'list-import': kind<{ name: string; version: string; polarity: string; entries: number; sha256: string }>(
    'Imported a list',
    'work',
  ),
  'list-withdraw': kind<{ name: string; version: string; reason: string }>('Withdrew a list', 'work'),
  'operation-add': kind<{ reference: string }>('Added an operation', 'administration'),
  'operation-invite': kind<{ reference: string; agency: string }>('Invited to an operation', 'administration'),
  'operation-join': kind<{ reference: string; agency: string }>('Joined an operation', 'administration'),
  'operation-decline': kind<{ reference: string }>('Declined an operation', 'administration'),
  'operation-leave': kind<{ reference: string; cases: number; lists: number }>('Left an operation', 'administration'),
  'case-add': kind<{ reference: string; operation: string | null }>('Opened a case', 'work'),
  'case-share': kind<{ operation: string; shared: boolean }>('Changed the sharing of a case', 'administration'),
  'case-change': kind<{ changed: readonly string[] }>('Changed a case', 'administration'),
  'case-access': kind<{ agency: string; login: string | null; given: boolean; until: string | null }>(
    'Changed who may see a case',
    'administration',
  ),
  'break-glass': kind<{ reference: string; until: string; reason: string }>('Broke the glass of a case', 'access'),
  'break-glass-end': kind<{ officer: string }>('Ended a break-glass access', 'administration'),
  'handling-change': kind<{ code: string; reach: string | null; recipients: readonly string[] }>(
    'Changed whom a handling code reaches',
    'administration',
  ),
  'handling-mark': kind<{ code: string | null }>('Marked with a handling code', 'administration'),
  'agency-add': kind<{ name: string }>('Added an agency', 'administration'),
  'user-add': kind<{ login: string; roles: readonly string[] }>('Added a user', 'administration'),
  'user-change': kind<{ login: string; changed: readonly string[] }>('Changed a user', 'administration'),
  'user-disable': kind<{ login: string }>('Disabled a user', 'administration'),
  'user-enable': kind<{ login: string }>('Enabled a user', 'administration'),
  'set-up': kind<{ address: string | null }>('Set the instance up', 'administration'),
  'operator-change': kind<{ login: string; operates: boolean }>('Changed who operates the instance', 'administration'),
  'key-create': kind<{ name: string; scopes: readonly string[]; expiresAt: string }>(
    'Made an API key',
    'administration',
  ),
  'key-revoke': kind<{ name: string }>('Revoked an API key', 'administration'),
  'key-rotate': kind<{ from: string; to: string; step: 'begun' | 'done'; keys: number }>(
    'Changed the master key',
    'administration',
  ),
  'key-rewrap': kind<{ generation: number; step: 'begun' | 'done'; envelopes: number }>(
    'Changed the key of a case',
    'administration',
  ),
  configuration: kind<{ changed: readonly string[]; version: string }>('Changed the configuration', 'administration'),
  verify: kind<{ checked: number; failed: number }>('Verified the store', 'administration'),
  'self-test': kind<{ seed: number; pictures: number; holds: boolean }>('Kept a self-test', 'work'),
  refusal: kind<{ code: ErrorCode; attempted: string }>('Was refused', 'refusal'),
} as const satisfies Record<string, EventKind<unknown>>;

export type AuditType = keyof typeof AUDIT_EVENTS;
export type AuditDetail<T extends AuditType> = NonNullable<(typeof AUDIT_EVENTS)[T]['detail']>;

/** What an event is about; `id` is the id that the API uses, never a global sequence. */
export interface AuditObject {
  readonly kind:
    | 'agency'
    | 'user'
    | 'api-key'
    | 'operation'
    | 'invitation'
    | 'notice'
    | 'handling-code'
    | 'break-glass'
    | 'case'
    | 'exhibit'
    | 'occurrence'
    | 'media'
    | 'match'
    | 'list'
    | 'self-test'
    | 'store';
  readonly id: string;
}

/** One event to be written: `{ type: 'reveal', object: { kind: 'media', id }, detail: { kind: 'clear' } }`. */
export type AuditEvent = {
  [T in AuditType]: { readonly type: T; readonly object: AuditObject | null; readonly detail: AuditDetail<T> };
}[AuditType];

export const isAuditType = (type: string): type is AuditType => Object.hasOwn(AUDIT_EVENTS, type);
