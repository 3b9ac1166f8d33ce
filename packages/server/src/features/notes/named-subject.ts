// What a note or a task is about, as the command line names it.
import type { Command } from 'commander';
import { Id, type NoteSubjectKind } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { withContext } from '../../store/index.js';
import type { LocalSession } from '../accounts/index.js';
import { namedCase } from '../cases/index.js';
import { seriesNamed } from '../entities/index.js';
import { mediaNamed } from '../media/index.js';
import { namedOperation } from '../operations/index.js';

export type SubjectOptions = Readonly<Partial<Record<NoteSubjectKind, string>>>;
type Session = Pick<LocalSession<'app'>, 'store' | 'ctx'>;

const WORDS: Readonly<Record<NoteSubjectKind, string>> = {
  operation: '--operation <reference>',
  case: '--case <reference>',
  series: '--series <series>',
  media: '--media <media>',
};

const MEANS: Readonly<Record<NoteSubjectKind, string>> = {
  operation: 'an operation of your agency',
  case: 'a case that you see',
  series: 'a series that you see: id, name or number',
  media: 'a media that you see: id, or SHA-256 of one of yours',
};

/** Gives a command the options that name what it is about. */
export const subjectOptions = (command: Command, kinds: readonly NoteSubjectKind[]): Command => {
  for (const kind of kinds) command.option(WORDS[kind], MEANS[kind]);
  return command;
};

const NAMED: Readonly<Record<NoteSubjectKind, (session: Session, name: string) => Promise<string>>> = {
  operation: ({ store, ctx }, name) => withContext(store.app, ctx, (trx) => namedOperation(trx, name)),
  case: namedCase,
  series: seriesNamed,
  media: mediaNamed,
};

/** Undefined where none is named. Errors: ARGUMENT_INVALID where more than one is, and those of each name. */
export const subjectNamed = async <K extends NoteSubjectKind>(
  session: Session,
  given: SubjectOptions,
  kinds: readonly K[],
): Promise<{ readonly kind: K; readonly id: string } | undefined> => {
  const named = kinds.filter((kind) => given[kind] !== undefined);
  const [kind, ...others] = named;
  if (others.length > 0)
    throw fail('ARGUMENT_INVALID', saying`give one of ${kinds.map((one) => `--${one}`).join(', ')}`);
  if (kind === undefined) return undefined;
  const name = given[kind] ?? '';
  return { kind, id: Id.safeParse(name).success ? name : await NAMED[kind](session, name) };
};
