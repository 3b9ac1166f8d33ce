// Every kind of audit event, typed once: what it says, about which object, with which parameters, and which of them are words
// that somebody chose. No event holds file content, a password or a key; a path or a search value stands in it only where the
// record would be worthless without.
import type { ErrorCode } from '../errors/index.js';
import type { DecisionState, MatchGrade } from '../domain/index.js';
import { kind, type EventKind, type Wording } from './event-kind.js';
import { LIST_EVENTS } from './list-events.js';
import { TOGETHER_EVENTS } from './together-events.js';

/** `provider`: the agency's own, by OpenID Connect. */
type FirstStep = 'password' | 'provider';
export type SignInMethod = FirstStep | `${FirstStep} and ${'totp' | 'passkey' | 'recovery'}` | 'os-account' | 'api-key';

export const AUDIT_EVENTS = {
  'sign-in': kind<{ method: SignInMethod; address: string | null }>('Signed in', 'access', { address: 'text' }),
  'sign-in-begin': kind<{ waitsFor: 'second-factor' | 'enrol'; address: string | null }>(
    'Took the first step of a sign-in, which is not enough',
    'access',
    { address: 'text' },
  ),
  'sign-out': kind<Record<string, never>>('Signed out', 'access'),
  proof: kind<{ way: 'totp' | 'passkey' | 'recovery' | 'password' | 'provider' }>(
    'Proved again who they are',
    'access',
  ),
  'session-end': kind<{ sessions: number }>('Ended sessions of their own', 'access'),
  view: kind<{ what: string; count: number | null }>('Viewed', 'content', { what: 'plain' }),
  reveal: kind<{ kind: 'clear' | 'original' | 'storyboard' }>('Revealed a picture', 'content'),
  search: kind<{
    by: string;
    grades: readonly MatchGrade[];
    results: number;
    queryDigest: string | null;
    /**
     * Of a search that found nothing, and of one for which a list could not be asked: the lists that were asked, with version, date and count,
     * and those that were not, with why. That they did not know it is a result.
     */
    lists: readonly string[] | null;
    region?: string | null;
  }>(
    'Searched',
    'content',
    // A digest without salt gives short words away to whoever tries some.
    { by: 'plain', queryDigest: 'text', lists: 'text', region: 'plain' },
  ),
  export: kind<{ format: string; items: number; recipient: string | null }>('Exported', 'content', {
    format: 'plain',
    recipient: 'text',
  }),
  'contribution-acknowledge': kind<{ receiver: string; items: number }>('Noted that a package had come in', 'work', {
    receiver: 'text',
  }),
  'exchange-key': kind<{ change: 'made' | 'trusted' | 'removed'; agency: string; fingerprint: string }>(
    'Changed the keys of packages',
    'administration',
    { agency: 'text', fingerprint: 'plain' },
  ),
  'package-import': kind<{ sender: string; fingerprint: string; package: string; items: number; sha256: string }>(
    'Took a package in',
    'work',
    { sender: 'text', fingerprint: 'plain', package: 'plain', sha256: 'plain' },
  ),
  'contribution-withdraw': kind<{ receiver: string; items: number; reason: string }>(
    'Took back what was given to others',
    'work',
    { receiver: 'text', reason: 'text' },
  ),
  'ingest-start': kind<{ source: string; kind: string; resumed: boolean; inPlace: boolean }>(
    'Began an ingest',
    'work',
    { source: 'text', kind: 'plain' },
  ),
  'ingest-end': kind<{ files: number; bytes: number; failed: number; interrupted: boolean }>('Ended an ingest', 'work'),
  'work-retry': kind<{ media: number }>('Had failed work tried again', 'work'),
  'work-set-aside': kind<{ media: number; reason: string }>('Set files aside whose work had failed', 'work', {
    reason: 'text',
  }),
  'legal-basis-add': kind<{ basis: string; kind: string; reference: string; media: string | null }>(
    'Recorded a legal basis',
    'work',
    { basis: 'plain', kind: 'plain', reference: 'text', media: 'plain' },
  ),
  'legal-basis-withdraw': kind<{ basis: string; reason: string }>('Withdrew a legal basis', 'work', {
    basis: 'plain',
    reason: 'text',
  }),
  'verdict-vote': kind<{
    verdict: string;
    code: string;
    seen: 'looked' | 'by-stack' | 'not-looked';
    ofStack: boolean;
  }>('Voted on a media', 'work', { verdict: 'plain', code: 'plain' }),
  'verdict-retract': kind<{ verdict: string; code: string; reason: string }>('Took a vote back', 'work', {
    verdict: 'plain',
    code: 'plain',
    reason: 'text',
  }),
  'connection-decision': kind<{ decision: string; state: DecisionState; reason: string }>(
    'Decided on a connection',
    'work',
    { decision: 'plain', reason: 'text' },
  ),
  'verdict-rule': kind<{ scheme: string; quorum: number }>('Set the rule of verdicts', 'administration', {
    scheme: 'plain',
  }),
  'care-floor': kind<{ tilePx: number; reveal: string; knownBad: string; breakMinutes: number; breakReveals: number }>(
    'Set the floor of care',
    'administration',
    { reveal: 'plain', knownBad: 'plain' },
  ),
  'entity-add': kind<{ kind: string; name: string }>('Recorded an entity or a series', 'work', {
    kind: 'plain',
    name: 'text',
  }),
  'external-id-add': kind<{ issuer: string; type: string; value: string }>('Recorded an external number', 'work', {
    issuer: 'text',
    type: 'plain',
    value: 'text',
  }),
  'external-id-retract': kind<{ externalId: string; reason: string }>('Took an external number back', 'work', {
    externalId: 'plain',
    reason: 'text',
  }),
  'assertion-add': kind<{ assertion: string; type: string; from: string; to: string }>(
    'Said what relates to what',
    'work',
    { assertion: 'plain', type: 'plain', from: 'plain', to: 'plain' },
  ),
  'assertion-retract': kind<{ assertion: string; type: string; reason: string }>(
    'Took back what was said to relate',
    'work',
    { assertion: 'plain', type: 'plain', reason: 'text' },
  ),
  'series-statement': kind<{ statement: string; kind: string; value: string }>('Stated something of a series', 'work', {
    statement: 'plain',
    kind: 'plain',
    value: 'text',
  }),
  'series-statement-retract': kind<{ statement: string; kind: string; reason: string }>(
    'Took back what was stated of a series',
    'work',
    { statement: 'plain', kind: 'plain', reason: 'text' },
  ),
  'series-state': kind<{ state: 'open' | 'being-worked' | 'identified' | 'closed'; workedBy: string }>(
    'Changed the state of a series',
    'work',
    { workedBy: 'text' },
  ),
  'competence-test': kind<{
    test: string;
    scheme: string;
    step: 'begun' | 'passed' | 'failed';
    right: number | null;
    questions: number;
  }>('Took a test of competence', 'work', { test: 'plain', scheme: 'plain' }),
  'scheme-load': kind<{
    schemes: readonly string[];
    maps: readonly string[];
    retired: readonly string[];
    sha256: string;
  }>('Loaded schemes', 'administration', { schemes: 'plain', maps: 'plain', retired: 'plain', sha256: 'plain' }),
  ...LIST_EVENTS,
  'operation-add': kind<{ reference: string }>('Added an operation', 'administration', { reference: 'text' }),
  'operation-invite': kind<{ reference: string; agency: string }>('Invited to an operation', 'administration', {
    reference: 'text',
    agency: 'text',
  }),
  'operation-join': kind<{ reference: string; agency: string }>('Joined an operation', 'administration', {
    reference: 'text',
    agency: 'text',
  }),
  'operation-decline': kind<{ reference: string }>('Declined an operation', 'administration', { reference: 'text' }),
  'operation-leave': kind<{ reference: string; cases: number; lists: number }>('Left an operation', 'administration', {
    reference: 'text',
  }),
  'case-add': kind<{ reference: string; operation: string | null }>('Opened a case', 'work', {
    reference: 'text',
    operation: 'text',
  }),
  'case-share': kind<{ operation: string; shared: boolean }>('Changed the sharing of a case', 'administration', {
    operation: 'text',
  }),
  'case-change': kind<{ changed: readonly string[] }>('Changed a case', 'administration', { changed: 'plain' }),
  'case-access': kind<{ agency: string; login: string | null; given: boolean; until: string | null }>(
    'Changed who may see a case',
    'administration',
    { agency: 'text', login: 'text', until: 'plain' },
  ),
  'contact-mode': kind<{ from: string; to: string; reason: string }>(
    'Changed what a case tells other agencies',
    'administration',
    { from: 'plain', to: 'plain', reason: 'text' },
  ),
  'contact-answer': kind<{ contact: string; status: string; note: string }>('Answered a contact', 'work', {
    contact: 'plain',
    status: 'plain',
    note: 'text',
  }),
  'outcome-release': kind<{ reason: string }>('Released that a series is identified', 'work', { reason: 'text' }),
  'outcome-withdraw': kind<{ reason: string }>('Took back that a series is identified', 'work', { reason: 'text' }),
  'at-risk-mark': kind<{ mark: string; name: string; reason: string; until: string }>(
    'Marked that a child is at risk now',
    'work',
    { mark: 'plain', name: 'text', reason: 'text', until: 'plain' },
  ),
  'at-risk-end': kind<{ mark: string; name: string; reason: string }>('Took back that a child is at risk now', 'work', {
    mark: 'plain',
    name: 'text',
    reason: 'text',
  }),
  ...TOGETHER_EVENTS,
  'break-glass': kind<{ reference: string; until: string; reason: string }>('Broke the glass of a case', 'access', {
    reference: 'text',
    until: 'plain',
    reason: 'text',
  }),
  'break-glass-end': kind<{ officer: string }>('Ended a break-glass access', 'administration', { officer: 'text' }),
  'handling-change': kind<{ code: string; reach: string | null; recipients: readonly string[] }>(
    'Changed whom a handling code reaches',
    'administration',
    { code: 'text', reach: 'plain', recipients: 'text' },
  ),
  'handling-mark': kind<{ code: string | null }>('Marked with a handling code', 'administration', { code: 'text' }),
  'agency-add': kind<{ name: string }>('Added an agency', 'administration', { name: 'text' }),
  'user-add': kind<{ login: string; roles: readonly string[] }>('Added a user', 'administration', {
    login: 'text',
    roles: 'plain',
  }),
  'user-change': kind<{ login: string; changed: readonly string[] }>('Changed a user', 'administration', {
    login: 'text',
    changed: 'plain',
  }),
  'user-disable': kind<{ login: string }>('Disabled a user', 'administration', { login: 'text' }),
  'user-enable': kind<{ login: string }>('Enabled a user', 'administration', { login: 'text' }),
  'sign-in-rule': kind<{ secondFactor: boolean }>('Changed what a sign-in takes', 'administration'),
  'provider-change': kind<{ change: 'set' | 'removed'; name: string; issuer: string; groups: readonly string[] }>(
    'Changed the provider that people sign in at',
    'administration',
    { name: 'text', issuer: 'text', groups: 'text' },
  ),
  'set-up': kind<{ address: string | null }>('Set the instance up', 'administration', { address: 'text' }),
  'operator-change': kind<{ login: string; operates: boolean }>('Changed who operates the instance', 'administration', {
    login: 'text',
  }),
  'key-create': kind<{ name: string; scopes: readonly string[]; expiresAt: string }>(
    'Made an API key',
    'administration',
    { name: 'text', scopes: 'plain', expiresAt: 'plain' },
  ),
  'key-revoke': kind<{ name: string }>('Revoked an API key', 'administration', { name: 'text' }),
  'request-add': kind<{ number: string; kind: string; second: string | null; reason: string }>(
    'Asked for what takes two persons',
    'administration',
    { number: 'plain', kind: 'plain', second: 'text', reason: 'text' },
  ),
  'request-decide': kind<{
    number: string;
    kind: string;
    decision: 'confirmed' | 'refused' | 'cancelled' | 'accepted';
    reason: string | null;
  }>('Decided a request', 'administration', { number: 'plain', kind: 'plain', reason: 'text' }),
  'request-done': kind<{
    number: string;
    kind: string;
    requestedBy: string;
    files: number;
    from: string | null;
    to: string | null;
  }>('Carried out a request', 'administration', {
    number: 'plain',
    kind: 'plain',
    requestedBy: 'text',
    from: 'text',
    to: 'text',
  }),
  'case-hold': kind<{ placed: boolean; reason: string }>('Changed the hold on a case', 'administration', {
    reason: 'text',
  }),
  'key-rotate': kind<{ from: string; to: string; step: 'begun' | 'done'; keys: number }>(
    'Changed the master key',
    'administration',
    { from: 'plain', to: 'plain' },
  ),
  'key-rewrap': kind<{ generation: number; step: 'begun' | 'done'; envelopes: number }>(
    'Changed the key of a case',
    'administration',
  ),
  configuration: kind<{ changed: readonly string[]; version: string }>('Changed the configuration', 'administration', {
    changed: 'plain',
    version: 'plain',
  }),
  backup: kind<{ folder: string; underKeyId: string }>('Backed the store up', 'administration', {
    folder: 'text',
    underKeyId: 'plain',
  }),
  restore: kind<{ backup: string; takenAt: string; destroyedAgain: number }>('Restored a backup', 'administration', {
    backup: 'plain',
    takenAt: 'plain',
  }),
  verify: kind<{ checked: number; failed: number; events: number }>('Verified the store', 'administration'),
  'signing-key': kind<{ key: string; publicKey: string; previous: string }>(
    'Began a new signing key of the record',
    'administration',
    { key: 'plain', publicKey: 'plain', previous: 'plain' },
  ),
  /** `numbers`: of the events in the log of the agency, as ranges; `fields`: which clear texts of them. */
  'audit-erase': kind<{ numbers: string; fields: readonly string[]; erased: number; reason: string }>(
    'Erased clear text of the record',
    'administration',
    { numbers: 'plain', fields: 'plain', reason: 'text' },
  ),
  'self-test': kind<{ seed: number; pictures: number; holds: boolean }>('Kept a self-test', 'work'),
  refusal: kind<{ code: ErrorCode; attempted: string }>('Was refused', 'refusal', { attempted: 'text' }),
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
    | 'contact'
    | 'case'
    | 'exhibit'
    | 'chat'
    | 'occurrence'
    | 'media'
    | 'match'
    | 'entity'
    | 'list'
    | 'negative-digest'
    | 'standing-search'
    | 'connection'
    | 'contribution'
    | 'self-test'
    | 'scheme-file'
    | 'store';
  readonly id: string;
}

/** One event to be written: `{ type: 'reveal', object: { kind: 'media', id }, detail: { kind: 'clear' } }`. */
export type AuditEvent = {
  [T in AuditType]: { readonly type: T; readonly object: AuditObject | null; readonly detail: AuditDetail<T> };
}[AuditType];

export const isAuditType = (type: string): type is AuditType => Object.hasOwn(AUDIT_EVENTS, type);

/** Which parameters of an event of this type are clear text; of a type that this version does not know: all of them. */
export const isTextField = (type: string, field: string): boolean => {
  if (!isAuditType(type)) return true;
  const { words }: { readonly words: Readonly<Record<string, Wording>> } = AUDIT_EVENTS[type];
  return words[field] === 'text';
};
