// Verdicts as the API shows them: votes of named people, what they come to under the rule of the agency, and the tests that entitle
// somebody to vote. A hit on a list is no vote, and stands apart.
import { z } from 'zod';
import { ListHit, StackTile } from './media.js';
import { Id, Instant, page, PageQuery, Purpose } from './primitives.js';
import { Code, CodeName, Facts, SchemeName, Translated } from './schemes.js';
import { AgencyRef } from './work.js';

/** `looked`: they revealed this media before they voted, which the record shows. `by-stack`: they looked at another of its stack. */
export const Seen = z.enum(['looked', 'by-stack', 'not-looked']);
export type Seen = z.infer<typeof Seen>;

const VoteNote = z.string().max(2000);

export const Verdict = z.object({
  id: Id,
  mediaId: Id,
  /** scheme@version:code; the code may be `cannot-say`. */
  code: CodeName,
  seen: Seen,
  /** When they last revealed it before the vote. */
  revealedAt: Instant.nullable(),
  by: z.string(),
  agency: z.string(),
  /** Whether the voter is of the agency that holds the media: only such votes count for its rule, others are opinions. */
  counts: z.boolean(),
  /** One decision about the whole stack. */
  ofStack: z.boolean(),
  /** Whether it is the reader's own. */
  own: z.boolean(),
  facts: Facts.nullable(),
  note: z.string(),
  at: Instant,
  retracted: z.object({ at: Instant, reason: z.string(), replacedBy: Id.nullable() }).nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

export const Tally = z.object({
  code: Code,
  looked: z.number().int(),
  byStack: z.number().int(),
  /** Kept and shown; such a vote counts for nothing. */
  notLooked: z.number().int(),
});
export type Tally = z.infer<typeof Tally>;

/** What the votes in one version of a scheme come to. */
export const VerdictState = z.object({
  scheme: SchemeName,
  state: z.enum(['decided', 'waiting', 'disputed']),
  /** The code that leads; null where none has a vote that counts, or several have as many. */
  code: Code.nullable(),
  quorum: z.number().int(),
  /** Undisputed votes that are still missing; 0 where it is decided. */
  missing: z.number().int(),
  /** Votes that count, for another code than the one that leads. */
  dissent: z.number().int(),
  cannotSay: z.number().int(),
  tallies: z.array(Tally),
});
export type VerdictState = z.infer<typeof VerdictState>;

export const MediaVerdicts = z.object({
  /** Newest first, retracted ones too. */
  votes: z.array(Verdict),
  states: z.array(VerdictState),
  /** What lists say: no examiner has looked because of them. */
  listHits: z.array(ListHit),
});
export type MediaVerdicts = z.infer<typeof MediaVerdicts>;

export const VerdictVote = z.object({
  code: z.string().max(80),
  note: VoteNote.default(''),
  facts: Facts.optional(),
  /** Also of every other media of its stack, `by-stack` where it was not revealed. */
  stack: z.boolean().default(false),
  /** Made by whoever sends it: what comes again by the same id was cast already, and by it all of it is undone. */
  decision: Id.optional(),
});
export type VerdictVote = z.output<typeof VerdictVote>;

export const VotesCast = z.object({
  /** That of the media itself first. */
  votes: z.array(Verdict),
  /** Media of the stack on which the voter's own earlier vote was left as it is. */
  kept: z.array(Id),
  /** What the votes on the media itself come to now; null where none of its own agency is among them. */
  state: VerdictState.nullable(),
});
export type VotesCast = z.infer<typeof VotesCast>;

/** What taking back a decision came to: votes that went, and earlier ones of the same person that hold again. */
export const DecisionUndone = z.object({
  retracted: z.number().int(),
  restored: z.number().int(),
  /** To whom media of it were given since, by the ledger, and not taken back: they hold what was voted. Newest first. */
  given: z.array(z.object({ contribution: Id, receiver: z.string(), at: Instant, media: z.number().int() })),
});
export type DecisionUndone = z.infer<typeof DecisionUndone>;

export const VerdictRetract = z.object({ reason: Purpose });

export const QUEUES = ['disagreement', 'second-look'] as const;
export const QueueQuery = PageQuery.extend({
  /** `disagreement`: votes are against each other. `second-look`: more votes are needed, and the asker has given none. */
  kind: z.enum(QUEUES).default('disagreement'),
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
});
export type QueueQuery = z.output<typeof QueueQuery>;
export const QueueItem = StackTile.pick({
  mediaId: true,
  agency: true,
  mime: true,
  kind: true,
  width: true,
  height: true,
  state: true,
}).extend({ verdict: VerdictState, lastAt: Instant });
export type QueueItem = z.infer<typeof QueueItem>;
export const QueuePage = page(QueueItem);

export const VerdictRule = z.object({
  agency: AgencyRef,
  /** What its people vote in, unless they say otherwise. */
  scheme: SchemeName,
  /** How many more votes a code needs than all others together. */
  quorum: z.number().int().min(1).max(3),
  /** Null: nobody has set it. */
  setBy: z.string().nullable(),
  setAt: Instant.nullable(),
});
export type VerdictRule = z.infer<typeof VerdictRule>;
export const VerdictRuleSet = z.object({
  scheme: SchemeName.optional(),
  quorum: z.number().int().min(1).max(3).optional(),
});
export type VerdictRuleSet = z.output<typeof VerdictRuleSet>;

/** What a drawn sign stands for in a test. */
export const StandIn = z.object({ sign: Translated, code: Code, title: Translated });
export const CompetenceTest = z.object({
  id: Id,
  scheme: SchemeName,
  by: z.string(),
  questions: z.number().int(),
  begunAt: Instant,
  answeredAt: Instant.nullable(),
  right: z.number().int().nullable(),
  passed: z.boolean().nullable(),
  expiresAt: Instant.nullable(),
  /** While it is not answered: what each sign stands for. */
  standIns: z.array(StandIn),
});
export type CompetenceTest = z.infer<typeof CompetenceTest>;
export const CompetenceTestBegin = z.object({ scheme: SchemeName });
export const CompetenceAnswers = z.object({ answers: z.array(Code).max(64) });
