// What people state of a series: clues to where it was made, claims to work on it, votes for a country; each with a reason, and taken back
// instead of changed. Whoever sees the series may state something of it, of whatever agency.
import { z } from 'zod';
import { Id, Instant, Purpose, words } from './primitives.js';

/** What speaks for a place: what is heard or written, what things are there, what grows, how the light falls. */
export const CLUE_KINDS = [
  'language',
  'writing',
  'socket',
  'plug',
  'brand',
  'plant',
  'light',
  'sound',
  'other',
] as const;
export type ClueKind = (typeof CLUE_KINDS)[number];
export const STATEMENT_KINDS = [...CLUE_KINDS, 'claim', 'country'] as const;
export const StatementKind = z.enum(STATEMENT_KINDS);
export type StatementKind = z.infer<typeof StatementKind>;

/** Two capital letters, as ISO 3166-1 gives them. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'a country is named by its two capital letters: ES');

export const SeriesStatementCreate = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(CLUE_KINDS), value: words(120), reason: Purpose }),
    /** The agency works on it. */
    z.object({ kind: z.literal('claim'), reason: Purpose }),
    /** One's own vote; an earlier one is taken back by it. */
    z.object({ kind: z.literal('country'), value: CountryCode, reason: Purpose }),
  ])
  .transform((given) => ({ value: '', ...given }));
export type SeriesStatementCreate = z.output<typeof SeriesStatementCreate>;

export const SeriesStatement = z.object({
  id: Id,
  kind: StatementKind,
  /** Of a country its two letters; of a claim empty. */
  value: z.string(),
  reason: z.string(),
  by: z.string(),
  agency: z.string(),
  /** Whether the reader's agency stated it, and so may take it back. */
  own: z.boolean(),
  at: Instant,
  retracted: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type SeriesStatement = z.infer<typeof SeriesStatement>;

/** Newest first, also of the series that are one with it; what was taken back too. */
export const SeriesStatements = z.object({
  items: z.array(SeriesStatement),
  /** Votes in force by country, the most first. */
  countries: z.array(z.object({ country: CountryCode, votes: z.number().int(), agencies: z.number().int() })),
});
export type SeriesStatements = z.infer<typeof SeriesStatements>;
