// Questions to other countries with a part of a picture, which leaves once a second person has confirmed that it shows no victim; and their answers.
import { z } from 'zod';
import { Lines } from './notes.js';
import { Id, Instant, Name } from './primitives.js';
import { RequestNumber, RequestReason } from './requests.js';
import { CountryCode } from './series-statements.js';

export const ASK_STATES = ['waiting', 'sent', 'refused', 'withdrawn', 'closed'] as const;
export const AskState = z.enum(ASK_STATES);
export type AskState = z.infer<typeof AskState>;
/** Whether the agency that answers knows what it shows. */
export const ASK_SAYS = ['known', 'perhaps', 'unknown'] as const;
export const AskSays = z.enum(ASK_SAYS);
export type AskSays = z.infer<typeof AskSays>;

export const AskAnswer = z.object({
  id: Id,
  says: AskSays,
  text: z.string(),
  by: z.string(),
  agency: z.string(),
  country: z.string(),
  at: Instant,
});
export type AskAnswer = z.infer<typeof AskAnswer>;

export const Ask = z.object({
  id: Id,
  /** By which people speak of it. */
  number: RequestNumber,
  operation: z.object({ id: Id, name: z.string() }),
  by: z.object({ login: z.string(), agency: z.string() }),
  /** Two letters each; empty: every member of the operation. */
  countries: z.array(z.string()),
  question: z.string(),
  due: z.iso.date(),
  overdue: z.boolean(),
  state: AskState,
  at: Instant,
  crop: z.object({ widthPx: z.number().int(), heightPx: z.number().int() }),
  /** Of the reader's own agency: where the crop is from, who confirms or has decided, whether the reader has looked; null for those who are asked. */
  own: z
    .object({
      case: z.object({ id: Id, reference: z.string() }),
      mediaId: Id,
      second: z.string().nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: Instant.nullable(),
      decisionReason: z.string().nullable(),
      looked: z.boolean(),
    })
    .nullable(),
  /** All of them for whoever asked; for those who are asked their own. */
  answers: z.array(AskAnswer),
  /** What the reader may do with it now. */
  may: z.array(z.enum(['confirm', 'refuse', 'withdraw', 'close', 'answer'])),
});
export type Ask = z.infer<typeof Ask>;
export const Asks = z.object({ items: z.array(Ask) });
export type Asks = z.infer<typeof Asks>;

/** `all`: also what is over. */
export const AskQuery = z.object({ operation: Id.optional(), all: z.enum(['true', 'false']).optional() });

/** `region`: left, top, width and height of the crop, in percent of the picture or in pixels of its clear rendition: `10%,20%,30%,30%`. */
export const AskCreate = z.object({
  operation: Id,
  case: Id,
  media: Id,
  region: z.string().max(80),
  question: Lines,
  due: z.iso.date(),
  countries: z.array(CountryCode).max(250).default([]),
  second: Name.optional(),
});
export type AskCreate = z.output<typeof AskCreate>;

/** `showsNoVictim`: what the second person says, having looked at the crop. */
export const AskConfirm = z.object({ showsNoVictim: z.literal(true) });
export const AskRefuse = z.object({ reason: RequestReason });
export const AskAnswerCreate = z.object({ says: AskSays, text: Lines });
export type AskAnswerCreate = z.infer<typeof AskAnswerCreate>;
