// A case or a series in which a child is at risk now: marked by a person with a reason, for some hours, and taken back or run out.
import { z } from 'zod';
import { Id, Instant, Purpose } from './primitives.js';
import { AgencyRef } from './work.js';

export const AT_RISK_HOURS = { usual: 24, most: 168 } as const;

export const AtRiskMark = z.object({
  id: Id,
  on: z.object({ kind: z.enum(['case', 'series']), id: Id, name: z.string() }),
  agency: AgencyRef,
  /** Whether the reader's agency marked it, and so may take it back. */
  own: z.boolean(),
  reason: z.string(),
  by: z.string(),
  at: Instant,
  until: Instant,
  ended: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
  /** Neither ended nor run out: it counts. */
  inForce: z.boolean(),
});
export type AtRiskMark = z.infer<typeof AtRiskMark>;

/** Those in force, or all of them: of everything, of a case, or of a series and what is one with it. */
export const AtRiskQuery = z
  .object({ case: Id.optional(), series: Id.optional(), all: z.enum(['true', 'false']).optional() })
  .refine((query) => query.case === undefined || query.series === undefined, 'a case or a series, not both');
export type AtRiskQuery = z.infer<typeof AtRiskQuery>;

/** Of one of the two. What is marked already is marked anew, from now on. */
export const AtRiskMarkAdd = z
  .object({
    case: Id.optional(),
    series: Id.optional(),
    reason: Purpose,
    hours: z.number().int().min(1).max(AT_RISK_HOURS.most).default(AT_RISK_HOURS.usual),
  })
  .refine((given) => (given.case === undefined) !== (given.series === undefined), 'a case or a series: one of the two');
export type AtRiskMarkAdd = z.infer<typeof AtRiskMarkAdd>;
export const AtRiskMarkEnd = z.object({ reason: Purpose });
