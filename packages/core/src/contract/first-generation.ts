// Unknown media that traces speak of as coming straight from a camera, as the API shows them.
import { z } from 'zod';
import { TRACES } from '../domain/generation-traces.js';
import { Id, PageQuery } from './primitives.js';
import { AgencyRef } from './work.js';

export const FirstGenerationItem = z.object({
  mediaId: Id,
  agency: AgencyRef,
  /** The first of its files that you see. */
  caseReference: z.string(),
  exhibit: z.string(),
  path: z.string(),
  /** As its camera wrote it, without a zone where it names none. */
  takenAt: z.string().nullable(),
  /** At least one beside that no copy is known. */
  traces: z.array(z.object({ trace: z.enum(TRACES), words: z.string() })).min(1),
});
export type FirstGenerationItem = z.infer<typeof FirstGenerationItem>;

export const FirstGenerationQuery = z.object({
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
  limit: PageQuery.shape.limit,
});

/** `looked`: new media of the scope whose traces were looked at; `truncated`: there are more of them. */
export const FirstGenerationQueue = z.object({
  items: z.array(FirstGenerationItem),
  total: z.number().int(),
  looked: z.number().int(),
  truncated: z.boolean(),
});
export type FirstGenerationQueue = z.infer<typeof FirstGenerationQueue>;
