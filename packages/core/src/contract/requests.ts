// What two persons do to exhibits and cases, custody, and holds, as the API shows them.
import { z } from 'zod';
import { Id, Instant, Reference, visibleCharacters } from './primitives.js';
import { AgencyRef } from './work.js';

const SHORTEST_REASON = 3;
/** Why something is done to an exhibit or a case: words for whoever reads the record in ten years. */
export const RequestReason = z
  .string()
  .max(1000)
  .refine((text) => visibleCharacters(text) >= SHORTEST_REASON, 'say why, in words that can be read');

export const REQUEST_KINDS = [
  'case-destroy',
  'case-transfer',
  'exhibit-move',
  'exhibit-withdraw',
  'undo',
  'purge',
] as const;
export const RequestKind = z.enum(REQUEST_KINDS);
export type RequestKind = z.infer<typeof RequestKind>;

export const RequestState = z.enum([
  'requested',
  'offered',
  'approved',
  'running',
  'done',
  'refused',
  'cancelled',
  'expired',
  'failed',
]);
export type RequestState = z.infer<typeof RequestState>;

/** Eight digits, as they are printed and typed: a name for one request of one agency, not a count. */
export const RequestNumber = z.string().regex(/^\d{4}-\d{4}$/);

export const TwoPersonRequest = z.object({
  number: RequestNumber,
  kind: RequestKind,
  /** What is undone: the kind of the request that it undoes. */
  undoes: RequestKind.nullable(),
  state: RequestState,
  agency: AgencyRef,
  caseId: Id,
  caseReference: z.string(),
  exhibitId: Id.nullable(),
  exhibit: z.string().nullable(),
  /** The case or the agency that it goes to. */
  to: z.string().nullable(),
  /** Number of the request that is undone or purged. */
  of: RequestNumber.nullable(),
  reason: z.string(),
  /** What whoever decides should know: files, what lies in place, a hold that was released. */
  notes: z.array(z.string()),
  requestedBy: z.string(),
  requestedAt: Instant,
  /** Who has to confirm; null: anybody else who may. */
  second: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionReason: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  expiresAt: Instant,
  finishedAt: Instant.nullable(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** What the viewer may do with it now. */
  may: z.array(z.enum(['confirm', 'refuse', 'cancel', 'accept', 'undo', 'purge'])),
});
export type TwoPersonRequest = z.infer<typeof TwoPersonRequest>;

/** `second`: login of the person who is to confirm. */
const Asked = z.object({ reason: RequestReason, second: z.string().min(1).max(200).optional() });
export const MoveExhibit = Asked.extend({ toCase: z.string().min(1).max(80), as: Reference.optional() });
export const WithdrawExhibit = Asked;
export const TransferCase = Asked.extend({ toAgency: z.string().min(1).max(200) });
/** `leaveInPlace`: sources that lie in place stay where they are, and the record says so. */
export const DestroyCase = Asked.extend({ leaveInPlace: z.boolean().default(false) });
export const UndoRequest = Asked.extend({ as: Reference.optional() });
export const PurgeRequest = Asked;
export const DecideRequest = z.object({ reason: RequestReason.optional() });
export const RefuseRequest = z.object({ reason: RequestReason });
export const AcceptRequest = z.object({ as: Reference.optional() });
export const HoldCase = z.object({ reason: RequestReason });

export const CUSTODY_EVENTS = [
  'registered',
  'ingested',
  'moved',
  'withdrawn',
  'brought-back',
  'handed-over',
  'received',
  'purged',
  'destroyed',
  'hold-placed',
  'hold-released',
] as const;

/** One line of the custody of an exhibit: who had or did what, when, and why. */
export const CustodyEntry = z.object({
  id: Id,
  at: Instant,
  event: z.enum(CUSTODY_EVENTS),
  exhibitId: Id.nullable(),
  person: z.string(),
  secondPerson: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string(),
  request: RequestNumber.nullable(),
  /** The agency in whose hands it was then, when that was another. */
  carriedFrom: z.string().nullable(),
});
export type CustodyEntry = z.infer<typeof CustodyEntry>;

export const Hold = z.object({ reason: z.string(), placedBy: z.string(), placedAt: Instant });
export type Hold = z.infer<typeof Hold>;

/** Who may be the second person of the viewer. */
export const SecondPerson = z.object({ login: z.string(), displayName: z.string() });
export type SecondPerson = z.infer<typeof SecondPerson>;

/** A signed record of what was destroyed; `record` is what was signed, byte for byte. */
export const DestructionRecord = z.object({
  number: z.number().int(),
  caseId: Id,
  exhibitId: Id.nullable(),
  at: Instant,
  record: z.string(),
  /** SHA-256 of `record`. */
  digest: z.string(),
  /** Ed25519, over the line `redthread destruction v1` and `record`. */
  signature: z.string(),
  publicKey: z.string(),
  /** The keys that have signed the audit record, the first one first, each endorsed by the one before it. */
  keys: z.array(
    z.object({
      v: z.literal(1),
      key: z.string(),
      publicKey: z.string(),
      previous: z.string().nullable(),
      at: z.string(),
      endorsement: z.string(),
    }),
  ),
  isSigned: z.boolean(),
});
export type DestructionRecord = z.infer<typeof DestructionRecord>;
