// What leaves the system in forms that other programs read, and the ledger of what was given to whom.
import { z } from 'zod';
import { Handling, Id, Instant, Name, Purpose } from './primitives.js';
import { SchemeName } from './schemes.js';

export const EXCHANGE_FORMATS = ['vics', 'icse', 'csv', 'case', 'ftm', 'graphml'] as const;
export const ExchangeFormat = z.enum(EXCHANGE_FORMATS);
export type ExchangeFormat = z.infer<typeof ExchangeFormat>;

/** What may be left out of an export; digests and sizes always leave. Without verdicts there is no category either. */
export const EXCHANGE_FIELDS = [
  'paths',
  'times',
  'series',
  'verdicts',
  'lists',
  'metadata',
  'signals',
  'names',
] as const;
export const ExchangeField = z.enum(EXCHANGE_FIELDS);
export type ExchangeField = z.infer<typeof ExchangeField>;

/** One of them: an exhibit, a case, an operation, a series, or a review of one's own (its query, asked anew). */
const Subject = {
  exhibit: Id.optional(),
  case: Id.optional(),
  operation: Id.optional(),
  series: Id.optional(),
  review: Id.optional(),
};
export const EXCHANGE_SUBJECTS = Object.keys(Subject) as readonly (keyof typeof Subject)[];

export const ExchangeAsk = z.object({
  ...Subject,
  format: ExchangeFormat,
  /** Of VICS: a case export with files, or a media set. */
  shape: z.enum(['case', 'media-set']).default('case'),
  /** Scheme of the categories that are written; that of the agency's rule unless given. */
  scheme: SchemeName.optional(),
  leaveOut: z.array(ExchangeField).default([]),
  /** Exact name of who receives it; without one it stays with the agency. */
  to: Name.optional(),
  /** The code under which the file is to be handled; has to be said where one of its codes reaches named people alone. */
  handling: Handling.optional(),
  /** Files that could not be read have no digest and no place in these formats: says that the export goes without them. */
  withoutUnread: z.boolean().default(false),
  purpose: Purpose.optional(),
});
export type ExchangeAsk = z.output<typeof ExchangeAsk>;

export const EXCHANGE_NOTES = {
  CATEGORY_NOT_MAPPED: 'decided in a scheme of which no map leads to the one that is written: no category stands there',
  CATEGORY_UNDECIDED: 'votes that have not decided yet: no category stands there',
  CLOSED: 'not viewed by the provider and without a legal basis: its digests leave, and nothing of its content',
  UNREAD_LEFT_OUT: 'could not be read, and has no digest',
} as const;
export type ExchangeNoteCode = keyof typeof EXCHANGE_NOTES;

/** What an export holds, said before it leaves. */
export const ExchangeSummary = z.object({
  format: ExchangeFormat,
  /** What it is of, in words. */
  subject: z.string(),
  /** Distinct media, and files at their paths. */
  media: z.number().int(),
  files: z.number().int(),
  /** Strictest of what is in it, or what was said. */
  handling: z.string(),
  scheme: z.string(),
  to: z.string().nullable(),
  notes: z.array(
    z.object({
      code: z.enum(Object.keys(EXCHANGE_NOTES) as [ExchangeNoteCode, ...ExchangeNoteCode[]]),
      count: z.number().int(),
      /** The first ones, by path or digest. */
      places: z.array(z.string()),
    }),
  ),
});
export type ExchangeSummary = z.infer<typeof ExchangeSummary>;

/** A line of the ledger: what left, to whom, and what became of it. */
export const Contribution = z.object({
  id: Id,
  receiver: z.string(),
  format: z.string(),
  subject: z.string(),
  handling: z.string(),
  items: z.number().int(),
  withdrawnItems: z.number().int(),
  by: z.string(),
  at: Instant,
  /** SHA-256 of the file, once it was whole. */
  sha256: z.string().nullable(),
  acknowledged: z.object({ at: Instant, items: z.number().int() }).nullable(),
  withdrawn: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
});
export type Contribution = z.infer<typeof Contribution>;
export const Contributions = z.object({ items: z.array(Contribution) });

/** Of all of it, or of some media. */
export const ContributionWithdraw = z.object({ reason: Purpose, media: z.array(Id).min(1).max(5000).optional() });
export type ContributionWithdraw = z.infer<typeof ContributionWithdraw>;

/** The baseline list for somebody: see docs/exchange.md for what it takes to be on it. */
export const BaselineAsk = z.object({ to: Name, purpose: Purpose.optional() });
export type BaselineAsk = z.output<typeof BaselineAsk>;
export const BaselineSummary = z.object({
  to: z.string(),
  entries: z.number().int(),
  /** Given to them earlier, and on the list no longer. */
  withdrawn: z.number().int(),
  /** Held back: somebody who looked says that it is not baseline. */
  disputed: z.number().int(),
  /** Held back: people of one country alone have looked. */
  alone: z.number().int(),
  handling: z.string(),
});
export type BaselineSummary = z.infer<typeof BaselineSummary>;
