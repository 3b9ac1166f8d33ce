// Who sees a case and how far its handling lets it go, as the API shows and takes it.
import { z } from 'zod';
import { Handling, Id, Instant, Purpose, Reference, Title } from './primitives.js';
import { AgencyRef } from './work.js';

/**
 * How far a code lets something go, at most. `named`: people who are named on the case; `agency`: its own agency; `granted`: also
 * agencies and people with access of their own; `shared`: everybody it is shared with; `listed`: those of them that are listed.
 */
export const HANDLING_REACHES = ['named', 'agency', 'granted', 'shared', 'listed'] as const;
export const HandlingReach = z.enum(HANDLING_REACHES);
export type HandlingReach = z.infer<typeof HandlingReach>;

export const HandlingCode = z.object({
  code: z.string(),
  title: z.string(),
  reach: HandlingReach,
  /** For `listed`: the agencies that it reaches, where the case is shared with them. */
  recipients: z.array(AgencyRef),
  /** Cases, exhibits and lists that carry it, as far as the reader sees them. */
  uses: z.number().int(),
});
export type HandlingCode = z.infer<typeof HandlingCode>;
/** Agencies by their exact names. */
export const HandlingSet = z.object({
  title: Title.default(''),
  reach: HandlingReach,
  recipients: z.array(z.string().max(120)).max(200).default([]),
});
export const HandlingMark = z.object({ handling: Handling.nullable() });

/** Absent: left as it is. */
export const CaseChange = z.object({
  title: Title.optional(),
  access: z.enum(['agency', 'named']).optional(),
  handling: Handling.optional(),
  partnerBreakGlass: z.boolean().optional(),
  /** Login of a user of the agency. */
  contact: z.string().max(80).optional(),
  /** Reference or id of the operation to share it with; null: it is shared with none. */
  shareWith: z.string().max(80).nullable().optional(),
});
export type CaseChange = z.infer<typeof CaseChange>;

/** One line of the list of a case: a person of its agency, another agency, or one person of that. */
export const CaseAccess = z.object({
  id: Id,
  agency: AgencyRef,
  /** Null: everybody of the agency. */
  login: z.string().nullable(),
  displayName: z.string().nullable(),
  givenBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type CaseAccess = z.infer<typeof CaseAccess>;

export const CASE_ACCESS_DAYS = 90;
/** `agency`: exact name, the own one when absent. `until`: absent is 90 days for another agency and no end for a colleague. */
export const CaseAccessGive = z.object({
  agency: z.string().max(120).optional(),
  login: z.string().max(80).optional(),
  until: Instant.nullable().optional(),
});
export type CaseAccessGive = z.infer<typeof CaseAccessGive>;

export const BREAK_GLASS_HOURS = { usual: 4, most: 24 } as const;
/** A case that somebody opened in an emergency, as they and the agency of the case see it. */
export const BreakGlass = z.object({
  id: Id,
  case: z.object({ id: Id, reference: z.string(), agency: AgencyRef }),
  by: z.object({ agency: AgencyRef, login: z.string(), displayName: z.string() }),
  /** Whether the reader broke it. */
  mine: z.boolean(),
  reason: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** When it ended, early or by itself; null: it is in force. */
  endedAt: Instant.nullable(),
});
export type BreakGlass = z.infer<typeof BreakGlass>;
/** `agency`: exact name of the agency of the case; the own one when absent. */
export const BreakGlassRequest = z.object({
  case: Reference,
  agency: z.string().max(120).optional(),
  reason: Purpose,
  hours: z.number().int().min(1).max(BREAK_GLASS_HOURS.most).default(BREAK_GLASS_HOURS.usual),
});
