// Searches that are kept: by words, by a digest, by a picture or a part of one, or by what a review filters by; what each found, and what each look was made in.
import { z } from 'zod';
import { GradeSchema, Id, Instant, Name, Purpose } from './primitives.js';
import { StackTile, TileQuery } from './media.js';

/** The longest that a search is kept; it may be kept anew. */
export const STANDING_DAYS = 366;
/** Searches that one person keeps at a time. */
export const STANDING_OPEN = 50;

/** What a review filters by, a list or a camera among it; of a list, every version that counts. */
export const StandingFilter = TileQuery.omit({ sort: true, collapse: true }).refine(
  (filter) => Object.values(filter).some((value) => value !== undefined),
  'say at least one thing to filter by',
);
export type StandingFilter = z.output<typeof StandingFilter>;

const kept = { name: Name, purpose: Purpose, expiresAt: Instant };
/** By words or a digest (`q`), or by a filter. */
export const StandingKeep = z
  .object({ ...kept, q: z.string().trim().min(1).max(400).optional(), filter: StandingFilter.optional() })
  .refine(({ filter, q }) => (q === undefined) !== (filter === undefined), 'give either q or filter');
export type StandingKeep = z.output<typeof StandingKeep>;
/** By the picture whose bytes are the body, or a part of it: its signals are kept, and the picture is not. */
export const StandingPictureKeep = z.object({ ...kept, region: z.string().max(80).optional() });
export type StandingPictureKeep = z.output<typeof StandingPictureKeep>;
export const StandingEnd = z.object({ reason: Purpose });

export const StandingLook = z.object({
  at: Instant,
  /** What it was looked for in, as its owner saw it: unique files, those that compare by sight, and lists that were asked. */
  media: z.number().int(),
  comparable: z.number().int(),
  lists: z.number().int(),
  found: z.number().int(),
  /** Of these, what no earlier look had found. */
  added: z.number().int(),
  /** There was more than a search keeps. */
  truncated: z.boolean(),
});
export type StandingLook = z.infer<typeof StandingLook>;

export const StandingSearch = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['words', 'picture', 'filter']),
  q: z.string().nullable(),
  picture: z.object({ sha256: z.string(), region: z.string().nullable(), note: z.string().nullable() }).nullable(),
  filter: z.record(z.string(), z.string()).nullable(),
  purpose: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  state: z.enum(['open', 'expired', 'ended']),
  end: z.object({ at: Instant, reason: z.string() }).nullable(),
  lookedAt: Instant.nullable(),
  /** The code of why the last look failed. */
  failure: z.string().nullable(),
  /** Methods that compare otherwise today than when the picture was given: keep it again with the picture. */
  outdated: z.array(z.string()),
  /** What it has found and its owner still sees. */
  hits: z.number().int(),
  lastLook: StandingLook.nullable(),
});
export type StandingSearch = z.infer<typeof StandingSearch>;

export const StandingHit = z.object({
  id: Id,
  foundAt: Instant,
  /** Of a picture: how it was found. */
  grade: GradeSchema.nullable(),
  /** Found by a later look than the first. */
  isAdded: z.boolean(),
  media: z.object({ id: Id, kind: z.string(), state: StackTile.shape.state }).nullable(),
  exhibit: z.object({ id: Id, reference: z.string(), caseReference: z.string() }).nullable(),
  case: z.object({ id: Id, reference: z.string() }).nullable(),
  list: z.object({ id: Id, name: z.string(), version: z.string() }).nullable(),
  agency: z.string(),
});
export type StandingHit = z.infer<typeof StandingHit>;

/** The newest first of both; `looks` also holds those that found nothing. */
export const StandingDetail = StandingSearch.extend({ found: z.array(StandingHit), looks: z.array(StandingLook) });
export type StandingDetail = z.infer<typeof StandingDetail>;
