// Shapes that every other schema of the contract is made of.
import { z } from 'zod';
import { GRADES } from '../domain/grade.js';

export const Id = z.uuid();

/** Spaces of every width, controls, marks without a letter, and letters and signs that are drawn as nothing. */
const UNSEEN = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** How many characters of a text a reader sees. */
export const visibleCharacters = (text: string): number => [...text.replace(UNSEEN, '')].length;

/** The one rule for what people name and others read: not blank, and nothing in it that moves a cursor or turns a line. */
export const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u)
    .refine((text) => visibleCharacters(text) > 0, 'nothing in it can be seen');

/** What people call a case, an exhibit or an operation, and the version of a list. */
export const Reference = words(80);
/** The name of an agency, a person, an operation or a list. */
export const Name = words(120);
/** What a case or a code is about, or nothing. */
export const Title = z.union([z.literal(''), words(200)]);

const SHORTEST_PURPOSE = 3;
/** Why somebody looks, for whoever reads the record: words that can be seen. */
export const Purpose = z
  .string()
  .min(SHORTEST_PURPOSE)
  .max(200)
  .refine((text) => visibleCharacters(text) >= SHORTEST_PURPOSE, 'nothing in it can be read');

/** A handling code, such as TLP:AMBER or one of an agency's own. */
export const Handling = z
  .string()
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} :+._/-]*$/u);

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** One of our own events: an instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
export const GradeSchema = z.enum(GRADES);
export const GradeOrNone = z.enum([...GRADES, 'none']);
export const Polarity = z.enum(['known-bad', 'known-good', 'other']);
export const Role = z.enum([
  'administrator',
  'coordinator',
  'officer',
  'reviewer',
  'auditor',
  'welfare-officer',
  'service',
]);
export type Role = z.infer<typeof Role>;

/** A page of rows: pass `next` back as `cursor` to go on; null at the end. `total` is the size of the whole query. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });

export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** RFC 9457 problem details, with the code of our catalogue and what to do next. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  /** The detail with its values apart, where it has any: for whoever words it in another language. */
  said: z.object({ sentence: z.string(), values: z.array(z.string()) }).optional(),
  next: z.string(),
  pointer: z.string().optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** `deleted`: its name is still in its folder. `orphan`: only its record is left, and no folder names it. */
export const DELETIONS = ['deleted', 'orphan'] as const;
export type Deletion = (typeof DELETIONS)[number];

/** A time as a source wrote it: never turned into an instant without an offset. */
export const SourceTime = z.object({
  kind: z.string(),
  text: z.string(),
  offsetMinutes: z.number().nullable(),
  precisionMs: z.number(),
  /** `report`: a report about a device says it of a file there. */
  basis: z.enum(['exif', 'gps', 'file-system', 'message', 'archive', 'report']),
});
export type SourceTime = z.infer<typeof SourceTime>;
