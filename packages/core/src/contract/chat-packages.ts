// What an officer hands to a country out of chats: who has a number of it, and where each of them stands.
import { z } from 'zod';
import { PERSON_BASES } from '../chats/same-people.js';
import { ChatMembership } from './chats.js';
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
