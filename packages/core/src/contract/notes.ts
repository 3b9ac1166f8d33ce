// Notes in threads on an operation, a case, a series or a media: each goes as far as its handling code lets it, and says who has read it.
import { z } from 'zod';
import { Handling, Id, Instant, Purpose, visibleCharacters } from './primitives.js';

export const NOTE_SUBJECT_KINDS = ['operation', 'case', 'series', 'media'] as const;
export const NoteSubjectKind = z.enum(NOTE_SUBJECT_KINDS);
export type NoteSubjectKind = z.infer<typeof NoteSubjectKind>;

/** What a note is about. */
export const NoteSubject = z.object({ kind: NoteSubjectKind, id: Id });
export type NoteSubject = z.infer<typeof NoteSubject>;

const one = (given: Readonly<Record<string, string | undefined>>): boolean => Object.keys(given).length === 1;

/** One of them. */
export const NoteQuery = z
  .object({ operation: Id.optional(), case: Id.optional(), series: Id.optional(), media: Id.optional() })
  .refine(one, 'name one: operation, case, series or media');

/** What people write in more than one line: letters, line ends and tabs, and something of it can be seen. */
export const Lines = z
  .string()
  .max(4000)
  .regex(/^[^\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/u)
  .refine((text) => visibleCharacters(text) > 0, 'nothing in it can be seen');

export const ThreadNote = z.object({
  id: Id,
  about: NoteSubject,
  /** The first note of its thread; its own id where it is that. */
  thread: Id,
  /** Empty where it was taken back. */
  text: z.string(),
  /** Of the agency that wrote it; it alone says whom its codes reach. */
  handling: z.string(),
  by: z.string(),
  agency: z.string(),
  /** Whether the reader wrote it. */
  mine: z.boolean(),
  at: Instant,
  /** Whether the reader has read it; what they wrote themselves they have. */
  read: z.boolean(),
  /** Who has read it, for whoever wrote it; null for everybody else. */
  readers: z.array(z.object({ by: z.string(), agency: z.string(), at: Instant })).nullable(),
  retracted: z.object({ at: Instant, reason: z.string() }).nullable(),
});
export type ThreadNote = z.infer<typeof ThreadNote>;
/** Threads in the order in which they began, each with its answers after it. */
export const Notes = z.object({ items: z.array(ThreadNote) });
export type Notes = z.infer<typeof Notes>;

export const NoteCreate = z.object({ about: NoteSubject, text: Lines, handling: Handling });
export type NoteCreate = z.infer<typeof NoteCreate>;
export const NoteAnswer = z.object({ text: Lines, handling: Handling });
export type NoteAnswer = z.infer<typeof NoteAnswer>;
export const NotesRead = z.object({ notes: z.array(Id).min(1).max(1000) });
export const NoteRetract = z.object({ reason: Purpose });
