// Contact-me notices: whom to ask where files match what the reader may not see, and what was done about it.
import { z } from 'zod';
import { GradeSchema, Id, Instant, Purpose } from './primitives.js';

/** `open`: told, and told of. `one-way`: told, and not told of. `silent`: neither. */
export const CONTACT_MODES = ['open', 'one-way', 'silent'] as const;
export const ContactMode = z.enum(CONTACT_MODES);
export type ContactMode = z.infer<typeof ContactMode>;
export const ContactModeChange = z.object({ mode: ContactMode, reason: Purpose });

export const CONTACT_STATUSES = ['new', 'acknowledged', 'contacted', 'closed'] as const;
export const ContactStatus = z.enum(CONTACT_STATUSES);
export type ContactStatus = z.infer<typeof ContactStatus>;

export const Contact = z.object({
  id: Id,
  /** Drawn for this end alone. */
  reference: z.string(),
  /** The reader's own. */
  case: z.object({ id: Id, reference: z.string() }),
  agency: z.string(),
  officer: z.string(),
  /** How the officer is reached, as they wrote it; null: they wrote nothing. */
  reachableAt: z.string().nullable(),
  grade: GradeSchema,
  toldOn: z.iso.date(),
  /** A child is at risk now in one of the two cases: told at once. */
  urgent: z.boolean(),
  status: ContactStatus,
  answer: z.object({ note: z.string(), by: z.string(), at: Instant }).nullable(),
  /** `shared`: it is seen as matches now. `ended`: the own case holds it no longer. */
  settled: z.object({ as: z.enum(['shared', 'ended']), on: z.iso.date() }).nullable(),
});
export type Contact = z.infer<typeof Contact>;
export const ContactQuery = z.object({ case: Id.optional(), all: z.enum(['true', 'false']).optional() });
/** Forward only: what is closed stays closed. */
export const ContactAnswer = z.object({ status: ContactStatus.exclude(['new']), note: Purpose });
export type ContactAnswer = z.infer<typeof ContactAnswer>;
