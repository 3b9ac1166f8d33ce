// Reviews: what a query found for one person, in an order that stays, read window by window; claims on a stretch of it; votes on one.
import { z } from 'zod';
import { StackTile, TileQuery } from './media.js';
import { Id, Instant, Name } from './primitives.js';
import { VerdictVote } from './verdicts.js';

/** The address says it again, so that a colleague who has no part in the review can ask the same. */
export const ReviewQuery = TileQuery;
export type ReviewQuery = z.output<typeof ReviewQuery>;

/** Tiles that are read at once, at most. */
export const WINDOW_LIMIT = 200;
/** Tiles of a stretch that is voted on or claimed at once, at most. */
export const STRETCH_LIMIT = 1000;

const Place = z.number().int().min(0);

export const Review = z.object({
  id: Id,
  /** Null: not kept; a later one of its person takes its place. */
  name: z.string().nullable(),
  query: ReviewQuery,
  /** Tiles, as of `madeAt`. */
  total: z.number().int(),
  /** Where its person was last, from 0. */
  place: Place,
  madeAt: Instant,
  usedAt: Instant,
});
export type Review = z.infer<typeof Review>;

export const ReviewBegin = z.object({
  query: ReviewQuery,
  /** Where to begin: the media that an address names. */
  at: Id.optional(),
});
export type ReviewBegin = z.output<typeof ReviewBegin>;

export const ReviewChange = z.object({
  /** Keeps it under a name; null lets it go. */
  name: Name.nullable().optional(),
  place: Place.optional(),
});
export type ReviewChange = z.output<typeof ReviewChange>;

/** The proportions of all tiles, one byte each, so that a grid knows its rows before it has read a tile. */
export const ReviewShape = z.object({ total: z.number().int(), ratios: z.base64() });
export type ReviewShape = z.infer<typeof ReviewShape>;

/** Steps of a byte to a doubling of width over height, and the byte of a square. */
const RATIO_STEPS = 64;
const RATIO_SQUARE = 128;
/** Extreme proportions are cut, so that no strip or sliver takes a row for itself. */
export const RATIO_RANGE = { least: 0.5, most: 2.4 } as const;
export const RATIO_BYTES = { steps: RATIO_STEPS, square: RATIO_SQUARE } as const;
/** Width over height of a byte of a shape. */
export const ratioOfByte = (byte: number): number => 2 ** ((byte - RATIO_SQUARE) / RATIO_STEPS);

export const ReviewTile = StackTile.extend({
  /** In the review, from 0. */
  place: Place,
  /** Whether the reader has revealed it before, as the record says. */
  looked: z.boolean(),
  /** The code of the reader's own vote in force, of the scheme that they voted in last. */
  own: z.string().nullable(),
  /** Who of their agency is at it now. */
  claim: z.object({ login: z.string(), own: z.boolean(), until: Instant }).nullable(),
});
export type ReviewTile = z.infer<typeof ReviewTile>;

export const WindowQuery = z.object({
  from: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(WINDOW_LIMIT).default(100),
});
export const ReviewWindow = z.object({
  from: Place,
  /** In their order; a place that is missing holds what the reader no longer sees. */
  items: z.array(ReviewTile),
});
export type ReviewWindow = z.infer<typeof ReviewWindow>;

export const REVIEW_FACETS = ['kind', 'camera', 'year', 'place', 'bytes', 'platform', 'structure', 'reviewed'] as const;
/** How many tiles each value of a facet would leave; the commonest of each, as of now. */
export const ReviewFacets = z.object({
  facets: z.record(z.enum(REVIEW_FACETS), z.array(z.object({ value: z.string(), count: z.number().int() }))),
});
export type ReviewFacets = z.infer<typeof ReviewFacets>;

const stretch = { from: Place, to: Place };
const isStretch = ({ from, to }: { from: number; to: number }): boolean => to >= from && to - from < STRETCH_LIMIT;
const STRETCH_WORDS = `\`to\` is not before \`from\`, and at most ${STRETCH_LIMIT - 1} after it`;

export const ClaimAsk = z.object(stretch).refine(isStretch, STRETCH_WORDS);
export type ClaimAsk = z.output<typeof ClaimAsk>;
export const Claimed = z.object({
  /** Media of the stretch that are the asker's now. */
  own: z.number().int(),
  /** Those that a colleague is at. */
  others: z.number().int(),
  until: Instant,
});
export type Claimed = z.infer<typeof Claimed>;

export const StretchVote = VerdictVote.omit({ facts: true }).extend(stretch).refine(isStretch, STRETCH_WORDS);
export type StretchVote = z.output<typeof StretchVote>;
/** What a vote on a stretch came to, media by media. */
export const StretchCast = z.object({
  votes: z.number().int(),
  looked: z.number().int(),
  byStack: z.number().int(),
  /** They count for nothing before somebody looks. */
  notLooked: z.number().int(),
  /** Left as the voter had judged them alone. */
  kept: z.number().int(),
  /** Not viewed by the provider, without a legal basis: nobody votes on them. */
  closed: z.number().int(),
  /** A colleague is at them. */
  claimed: z.number().int(),
});
export type StretchCast = z.infer<typeof StretchCast>;
