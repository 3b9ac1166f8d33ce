// What became of a contribution: the owner of an identified series releases that, and each contributor learns of their own media alone.
import { z } from 'zod';
import { Id, Instant, Purpose } from './primitives.js';

/** As the agency of the series sees it: whether it is released. */
export const OutcomeRelease = z.object({ id: Id, reason: z.string(), by: z.string(), at: Instant });
export type OutcomeRelease = z.infer<typeof OutcomeRelease>;
export const SeriesOutcome = z.object({ release: OutcomeRelease.nullable() });
export type SeriesOutcome = z.infer<typeof SeriesOutcome>;
export const OutcomeReason = z.object({ reason: Purpose });

/** As a contributor sees it: no series, no person, no day. */
export const Outcome = z.object({
  id: Id,
  /** Who says that the series is identified. */
  agency: z.string(),
  /** Own media that the reader sees, and how many they are. */
  media: z.array(Id),
  count: z.number().int(),
  /** What the own agency stated of the series. */
  statements: z.number().int(),
});
export type Outcome = z.infer<typeof Outcome>;
/** So many media of each are named. */
export const OUTCOME_MEDIA = 100;
