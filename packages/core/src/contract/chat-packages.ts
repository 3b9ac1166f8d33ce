// What an officer takes out of chats: what is handed to a country, and what is kept as entities.
import { z } from 'zod';
import { PERSON_BASES } from '../chats/same-people.js';
import { ChatMembership } from './chats.js';
import { Confidence } from './entities.js';
import { Handling, Id, Name, Purpose } from './primitives.js';
import { CountryCode } from './series-statements.js';

/** What is handed to a country: those whose numbers have its prefix, with where each stands. */
export const ChatPackageAsk = z.object({
  country: CountryCode,
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
  format: z.enum(['json', 'csv']).default('json'),
  /** Exact name of who receives it; without one it stays with the agency. */
  to: Name.optional(),
  /** The code under which the file is to be handled; has to be said where one of its codes reaches named people alone. */
  handling: Handling.optional(),
  purpose: Purpose.optional(),
});
export type ChatPackageAsk = z.output<typeof ChatPackageAsk>;

/** A number, and the query of the API that anybody who sees the same gets it by. */
const Counted = z.object({ count: z.number().int(), query: z.string() });

export const ChatPackageSummary = z.object({
  country: z.string(),
  /** What it is of, in words. */
  subject: z.string(),
  handling: z.string(),
  to: z.string().nullable(),
  people: Counted,
  groups: z.number().int(),
  chats: z.number().int(),
  messages: z.number().int(),
  media: z.number().int(),
});
export type ChatPackageSummary = z.infer<typeof ChatPackageSummary>;

export const ChatPackage = z.object({
  /** Of this shape. */
  version: z.literal(1),
  summary: ChatPackageSummary,
  people: z.array(
    z.object({
      phones: z.array(z.string()),
      prefix: z.string(),
      names: z.array(z.string()),
      accounts: z.array(z.string()),
      /** In each export: where it lies, by what it is known that this is them, when they were in, what they wrote and sent. */
      in: z.array(
        z.object({
          by: z.enum(PERSON_BASES),
          name: z.string(),
          chat: Id,
          subject: z.string().nullable(),
          app: z.string(),
          agency: z.string(),
          case: z.string(),
          exhibit: z.string(),
          path: z.string(),
          spans: ChatMembership.shape.spans,
          messages: Counted,
          /** Of the first and the last message that they wrote there: its number and time as written. */
          first: z.object({ message: z.number().int(), time: z.string() }).nullable(),
          last: z.object({ message: z.number().int(), time: z.string() }).nullable(),
          media: z.array(
            z.object({
              message: z.number().int(),
              time: z.string(),
              name: z.string().nullable(),
              /** Null where its file is not known. */
              sha256: z.string().nullable(),
              query: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type ChatPackage = z.infer<typeof ChatPackage>;

/** Kinds of leads that are kept as web sites, with which the group is related. */
export const KEPT_LEADS = ['url', 'onion', 'invitation'] as const;

/** The group is kept with whom and what is named; members of whom only a name is known are not. */
export const ChatKeep = z.object({
  /** Numbers of participants; all that have a number or an account. */
  people: z.union([z.literal('all'), z.array(z.number().int().min(0)).max(5000)]).default([]),
  /** As the leads of the chat say them (`normal`). */
  links: z.array(z.string().min(1).max(2000)).max(500).default([]),
  confidence: Confidence.default('probable'),
  reason: Purpose.optional(),
});
export type ChatKeep = z.output<typeof ChatKeep>;

const Kept = z.object({ entity: Id, name: z.string(), isNew: z.boolean(), assertions: z.number().int() });
export const ChatKept = z.object({ group: Kept, people: z.array(Kept), links: z.array(Kept) });
export type ChatKept = z.infer<typeof ChatKept>;
