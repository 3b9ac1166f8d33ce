// Signing in, users, keys, audit and status as the API shows them.
import { z } from 'zod';
import { Id, Instant, page, PageQuery, Purpose, Role, words } from './primitives.js';
import { AgencyRef, WORK_STAGES } from './work.js';

export const SignIn = z.object({ login: z.string().min(1).max(200), password: z.string().min(1).max(1000) });

export const Me = z.object({
  id: Id,
  login: z.string(),
  displayName: z.string(),
  agency: AgencyRef,
  roles: z.array(Role),
  /** Runs the instance: founds agencies. */
  operator: z.boolean(),
  /** How another agency reaches this person. */
  reachableAt: z.string().nullable(),
  /** Asked once per session before the first reveal. */
  purpose: z.string().nullable(),
  demo: z.boolean(),
  readOnly: z.object({ keyId: z.string() }).nullable(),
});
export type Me = z.infer<typeof Me>;

export const PurposeSet = z.object({ purpose: Purpose });

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(z.enum(['read', 'reveal', 'write', 'ingest', 'audit', 'administer'])),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyCreate = z.object({
  name: words(80),
  scopes: ApiKey.shape.scopes.min(1),
  days: z.number().int().min(1).max(365).default(90),
});
/** The secret is shown once and never again. */
export const ApiKeyCreated = ApiKey.extend({ secret: z.string() });

export const AuditEvent = z.object({
  id: Id,
  /** Its place in the log of the agency, dense from 1; null: it waits for its seal. */
  number: z.number().int().nullable(),
  at: Instant,
  login: z.string().nullable(),
  type: z.string(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  purpose: z.string().nullable(),
  requestId: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** Clear texts that were erased: `login`, `purpose`, `object`, `detail.name`. */
  erased: z.array(z.string()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
export const AuditQuery = PageQuery.extend({ type: z.string().optional(), object: z.string().optional() });
export const AuditPage = page(AuditEvent);

/** `sealing`: at work; `broken`: something sealed does not fit its head; `absent`: nobody seals now; `read-only`: no master key. */
const Sealing = z.enum(['sealing', 'broken', 'absent', 'read-only']);
const AnchorPlace = z.object({
  kind: z.enum(['file', 'tsa']),
  /** Why the last try failed; null: it did not. */
  code: z.string().nullable(),
  at: Instant.nullable(),
});

/** The sealed record of the viewer's agency. */
export const RecordState = z.object({
  log: Id,
  size: z.number().int(),
  waiting: z.number().int(),
  oldestWaitingAt: Instant.nullable(),
  head: z.object({ size: z.number().int(), root: z.string(), at: Instant, key: z.string() }).nullable(),
  sealing: Sealing,
  /** Places that the sealer at work anchors at. */
  places: z.array(AnchorPlace),
  /** The newest anchors, and how many events of this log each covers. */
  anchors: z.array(z.object({ kind: z.enum(['file', 'tsa']), at: Instant, size: z.number().int() })),
  /** When somebody of the agency last verified, and how much was found to be broken. */
  verified: z.object({ at: Instant, failed: z.number().int() }).nullable(),
  keys: z.array(z.object({ key: z.string(), publicKey: z.string(), previous: z.string().nullable(), at: Instant })),
});
export type RecordState = z.infer<typeof RecordState>;

/** Which clear texts to erase: of these events, or of all that a user of the agency did. */
export const Erasure = z
  .object({
    numbers: z.array(z.number().int().min(1)).min(1).max(100_000).optional(),
    user: z.string().min(1).max(200).optional(),
    /** All of them unless named. */
    fields: z
      .array(z.string().regex(/^(login|purpose|object|detail\.[\w-]+)$/))
      .min(1)
      .optional(),
    reason: Purpose,
  })
  .refine(({ numbers, user }) => (numbers === undefined) !== (user === undefined), 'Give numbers or a user.');
export const Erased = z.object({ erased: z.number().int() });

/** The status line: always true. */
export const Status = z.object({
  demo: z.boolean(),
  readOnly: z.object({ keyId: z.string() }).nullable(),
  workers: z.number().int(),
  matcher: z.enum(['ready', 'loading', 'stale', 'absent']),
  /** How far the matcher's index is loaded (0..1), and how long the oldest change waits that it has not followed; null: no matcher. */
  index: z.object({ progress: z.number(), lagSeconds: z.number().int() }).nullable(),
  queued: z.record(z.enum(WORK_STAGES), z.number().int()),
  ratePerSecond: z.number(),
  etaSeconds: z.number().nullable(),
  /** Notices that the viewer has not read. */
  notices: z.number().int(),
  record: z.object({ sealing: Sealing, places: z.array(AnchorPlace) }),
});
export type Status = z.infer<typeof Status>;
