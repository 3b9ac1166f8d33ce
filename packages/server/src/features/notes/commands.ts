// redthread note: what is written on an operation, a case, a series or a media.
import type { Command } from 'commander';
import { Lines, NOTE_SUBJECT_KINDS, type ThreadNote } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { idOf, reasonOf } from '../../app/cli/arguments.js';
import { minute } from '../../app/cli/minute.js';
import type { Io, Json } from '../../app/cli/io.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { subjectNamed, subjectOptions, type SubjectOptions } from './named-subject.js';
import { addNote, answerNote, listNotes, readNotesOf, retractNote } from './service.js';

const NONE_NAMED = `say on what: ${NOTE_SUBJECT_KINDS.map((kind) => `--${kind}`).join(', ')}`;
/** For those with whom the case is shared. */
const USUAL_CODE = 'TLP:AMBER';

/** Errors: ARGUMENT_INVALID. */
const checkedText = (text: string): string => {
  if (Lines.safeParse(text).success) return text;
  throw fail('ARGUMENT_INVALID', 'a note has up to 4000 characters that can be seen, and no control characters', {
    pointer: 'text',
  });
};

const lines = (note: ThreadNote): string[] => {
  const inset = note.thread === note.id ? '' : '    ';
  const head = `${note.by}, ${note.agency}  ${minute(note.at)} UTC  ${note.handling}${note.read ? '' : '  new'}`;
  const said = note.retracted === null ? note.text : `taken back: ${note.retracted.reason}`;
  const readers = (note.readers ?? []).map(({ by, agency, at }) => `${by} of ${agency}, ${minute(at)}`);
  return [
    `${inset}${head}  ${note.id}`,
    ...said.split('\n').map((line) => `${inset}  ${line}`),
    ...(readers.length === 0 ? [] : [`${inset}  read by ${readers.join('; ')}`]),
  ];
};

export const registerNoteCommands = (program: Command, io: Io): void => {
  const command = program
    .command('note')
    .description('notes in threads on what you work on together, with who has read them');

  const tell = (note: ThreadNote, json: boolean | undefined): void => (json === true ? io.json(note) : io.out(note.id));

  subjectOptions(command.command('list'), NOTE_SUBJECT_KINDS)
    .description('notes on it, thread by thread; whoever wrote them learns that you have read them')
    .option('--json', 'print JSON')
    .action(async ({ json, ...given }: Json & SubjectOptions) => {
      const { items } = await withLocalSession(program, [], async (session) => {
        const about = await subjectNamed(session, given, NOTE_SUBJECT_KINDS);
        if (about === undefined) throw fail('ARGUMENT_INVALID', NONE_NAMED);
        const answer = await listNotes(session.store, session.ctx, about);
        await recordView(session, 'notes', { count: answer.items.length });
        const fresh = answer.items.filter(({ read }) => !read).map(({ id }) => id);
        if (fresh.length > 0) await readNotesOf(session.store, session.ctx, fresh);
        return answer;
      });
      if (json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('no notes');
      items.flatMap(lines).forEach(io.out);
    });

  subjectOptions(command.command('add <text>'), NOTE_SUBJECT_KINDS)
    .description('begin a thread')
    .option('--handling <code>', 'how far it goes, among those who see what it is about', USUAL_CODE)
    .option('--json', 'print JSON')
    .action(async (text: string, { json, handling, ...given }: Json & SubjectOptions & { readonly handling: string }) =>
      tell(
        await withLocalSession(program, [], async (session) => {
          const about = await subjectNamed(session, given, NOTE_SUBJECT_KINDS);
          if (about === undefined) throw fail('ARGUMENT_INVALID', NONE_NAMED);
          return addNote(session.store, session.ctx, { about, text: checkedText(text), handling });
        }),
        json,
      ),
    );

  command
    .command('answer <note> <text>')
    .description('answer in the thread of a note')
    .option('--handling <code>', 'how far it goes', USUAL_CODE)
    .option('--json', 'print JSON')
    .action(async (note: string, text: string, { json, handling }: Json & { readonly handling: string }) =>
      tell(
        await withLocalSession(program, [], ({ store, ctx }) =>
          answerNote(store, ctx, idOf('a note', note), { text: checkedText(text), handling }),
        ),
        json,
      ),
    );

  command
    .command('retract <note>')
    .description('take back what you wrote: its text is shown to nobody from then on')
    .requiredOption('--reason <text>', 'why')
    .action(async (note: string, { reason }: { readonly reason: string }) => {
      await withLocalSession(program, [], ({ store, ctx }) =>
        retractNote(store, ctx, idOf('a note', note), reasonOf(reason)),
      );
      io.out('taken back');
    });
};
