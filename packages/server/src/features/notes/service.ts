// Notes: written on what the actor sees, answered in threads, read by named people, taken back by whoever wrote them.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ThreadNote, NoteAnswer, NoteCreate, NoteSubject, Notes } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireHandling } from '../handling/index.js';
import { aboutIs, insertNote, markNotesRead, readNotes, retractNoteRow, toNote } from './queries.js';
import { requireSubject, subjectObject, type FoundSubject } from './subject.js';

const WRITE = 'write notes and tasks';

/** Errors: NOT_FOUND for what is not seen. */
export const listNotes = (store: Store, ctx: Context, about: NoteSubject): Promise<Notes> =>
  withContext(
    store.app,
    ctx,
    async (trx) => ({ items: (await readNotes(trx, aboutIs(await requireSubject(trx, about)))).map(toNote) }),
    { access: 'read only' },
  );

const oneNote = async (trx: Trx, id: string) => {
  const [row] = await readNotes(trx, sql`n.id = ${id}::uuid`);
  if (row === undefined) throw fail('NOT_FOUND', 'no such note');
  return row;
};

const put = async (
  trx: Trx,
  ctx: Context,
  about: FoundSubject,
  { text, handling }: NoteAnswer,
  thread: { readonly id: string; readonly agencyId: string } | null,
): Promise<ThreadNote> => {
  await requireHandling(trx, handling);
  const id = randomUUID();
  await insertNote(trx, ctx, { id, about, thread, text, handling });
  await audit(trx, ctx, {
    type: 'note-add',
    object: subjectObject(about),
    detail: { note: id, thread: thread?.id ?? id, handling },
  });
  return toNote(await oneNote(trx, id));
};

/** Begins a thread. Errors: FORBIDDEN, NOT_FOUND, HANDLING_UNKNOWN, CASE_ENDED. */
export const addNote = (store: Store, ctx: Context, { about, ...said }: NoteCreate): Promise<ThreadNote> => {
  requireRight(ctx, WRITE);
  return withContext(store.app, ctx, async (trx) => put(trx, ctx, await requireSubject(trx, about), said, null));
};

/** Goes into the thread of the note that it answers. Errors: those of `addNote`. */
export const answerNote = (store: Store, ctx: Context, id: string, said: NoteAnswer): Promise<ThreadNote> => {
  requireRight(ctx, WRITE);
  return withContext(store.app, ctx, async (trx) => {
    // Of the first note of its thread they may see nothing.
    const { kind, aboutId, aboutAgencyId, thread, threadAgencyId } = await oneNote(trx, id);
    const about: FoundSubject = { kind, id: aboutId, agencyId: aboutAgencyId };
    return put(trx, ctx, about, said, { id: thread, agencyId: threadAgencyId });
  });
};

/** Those of them that the actor sees; whoever wrote them learns of it. Answers how many had not been read by them. */
export const readNotesOf = (store: Store, ctx: Context, notes: readonly string[]): Promise<number> =>
  withContext(store.app, ctx, async (trx) => {
    const read = await markNotesRead(trx, ctx, notes);
    if (read.length > 0) await audit(trx, ctx, { type: 'note-read', object: null, detail: { notes: read } });
    return read.length;
  });

/** Its text is shown to nobody from then on. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_RETRACTED. */
export const retractNote = (store: Store, ctx: Context, id: string, reason: string): Promise<ThreadNote> => {
  requireRight(ctx, WRITE);
  return withContext(store.app, ctx, async (trx) => {
    const { kind, aboutId, mine, retractedAt } = await oneNote(trx, id);
    if (!mine) throw fail('FORBIDDEN', 'a note is taken back by whoever wrote it');
    if (retractedAt !== null || !(await retractNoteRow(trx, id, reason))) throw fail('ASSERTION_RETRACTED', id);
    const object = subjectObject({ kind, id: aboutId });
    await audit(trx, ctx, { type: 'note-retract', object, detail: { note: id, reason } });
    return toNote(await oneNote(trx, id));
  });
};
