// Signing in, users, keys, audit and status as the API shows them.
import { z } from 'zod';
import { Id, Instant, page, PageQuery, Purpose, Role } from './primitives.js';
import { AgencyRef } from './work.js';

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
  name: z.string().min(1).max(80),
  scopes: ApiKey.shape.scopes.min(1),
  days: z.number().int().min(1).max(365).default(90),
});
/** The secret is shown once and never again. */
export const ApiKeyCreated = ApiKey.extend({ secret: z.string() });

export const AuditEvent = z.object({
  id: z.number().int(),
  at: Instant,
  login: z.string().nullable(),
  type: z.string(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  purpose: z.string().nullable(),
  requestId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
export const AuditQuery = PageQuery.extend({ type: z.string().optional(), object: z.string().optional() });
export const AuditPage = page(AuditEvent);

/** The status line: always true. */
export const Status = z.object({
  demo: z.boolean(),
  readOnly: z.object({ keyId: z.string() }).nullable(),
  workers: z.number().int(),
  matcher: z.enum(['ready', 'loading', 'stale', 'absent']),
  /** How far the matcher's index is loaded (0..1), and how long the oldest change waits that it has not followed; null: no matcher. */
  index: z.object({ progress: z.number(), lagSeconds: z.number().int() }).nullable(),
  queued: z.object({ decode: z.number().int(), match: z.number().int(), metadata: z.number().int() }),
  ratePerSecond: z.number(),
  etaSeconds: z.number().nullable(),
  /** Notices that the viewer has not read. */
  notices: z.number().int(),
});
export type Status = z.infer<typeof Status>;
