// redthread legal-basis.
import { Option, type Command } from 'commander';
import { Id, LEGAL_BASIS_KINDS, Reference, type LegalBasis } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { idOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { addBasis, listBases, withdrawBasis } from './service.js';

interface Of {
  readonly exhibit?: string;
  readonly media?: string;
}

interface AddOptions extends Of {
  readonly kind: (typeof LEGAL_BASIS_KINDS)[number];
  readonly reference: string;
  readonly text?: string;
}

const resolved = async (
  { store, ctx }: Pick<LocalSession<'app'>, 'store' | 'ctx'>,
  { exhibit, media }: Of,
): Promise<Of> => {
  if (exhibit === undefined && media === undefined)
    throw fail('ARGUMENT_INVALID', 'name --exhibit CASE/EXHIBIT or --media ID');
  if (media !== undefined && !Id.safeParse(media).success)
    throw fail('ARGUMENT_INVALID', `${media}: an id of a media, as the pages and --json show it`, { pointer: 'media' });
  const scope = exhibit === undefined ? null : await resolveScope(store, ctx, { exhibit });
  return { ...(scope !== null && { exhibit: scope.id }), ...(media !== undefined && { media }) };
};

const printed = (io: Io, bases: readonly LegalBasis[]): void =>
  table(
    [{ title: 'id' }, { title: 'of' }, { title: 'basis' }, { title: 'recorded' }, { title: 'withdrawn' }],
    bases.map((basis) => [
      basis.id,
      `${basis.caseReference}/${basis.exhibit}${basis.mediaId === null ? '' : ` media ${basis.mediaId}`}`,
      `${basis.kind} ${basis.reference}`,
      `${basis.recordedAt} ${basis.recordedBy}`,
      basis.withdrawn === null ? '' : `${basis.withdrawn.at} ${basis.withdrawn.by}: ${basis.withdrawn.reason}`,
    ]),
  ).forEach(io.out);

export const registerLegalBasisCommands = (program: Command, io: Io): void => {
  const basis = program
    .command('legal-basis')
    .description('what allows to open files that the provider who reported them has not viewed');

  basis
    .command('add')
    .description('record a basis: the files that it covers are decoded and may be revealed from then on')
    .option('--exhibit <case/exhibit>', 'for every file of this exhibit')
    .option('--media <id>', 'for one media, in this exhibit or wherever it was not viewed')
    .addOption(new Option('--kind <kind>', 'what it is').choices([...LEGAL_BASIS_KINDS]).makeOptionMandatory())
    .requiredOption('--reference <text>', 'number of the warrant, form or file')
    .option('--text <text>', 'what it covers, in words')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExample:\n  $ redthread legal-basis add --exhibit ES-2026-014/7 --kind warrant --reference "JI 3, 114/2026"`,
    )
    .action(async ({ kind, reference, text, json, ...of }: AddOptions & { readonly json?: boolean }) => {
      if (!Reference.safeParse(reference).success) throw fail('ARGUMENT_INVALID', 'a reference has 1 to 80 characters');
      const made = await withLocalSession(program, [], async (session) =>
        addBasis(session.store, session.ctx, { ...(await resolved(session, of)), kind, reference, words: text ?? '' }),
      );
      if (json === true) made.forEach((one) => io.json(one));
      else for (const one of made) io.out(`recorded ${one.id} for ${one.caseReference}/${one.exhibit}`);
    });

  basis
    .command('list')
    .description('bases of an exhibit or a media, withdrawn ones too')
    .option('--exhibit <case/exhibit>', 'of this exhibit')
    .option('--media <id>', 'that cover this media')
    .option('--json', 'print JSON')
    .action(async ({ json, ...of }: Of & { readonly json?: boolean }) => {
      const bases = await withLocalSession(program, [], async (session) => {
        const answer = await listBases(session.store, session.ctx, await resolved(session, of));
        await recordView(session, 'legal bases', { count: answer.length });
        return answer;
      });
      if (json === true) bases.forEach((one) => io.json(one));
      else printed(io, bases);
    });

  basis
    .command('withdraw <id>')
    .description('take back a basis that was recorded by mistake; both stay on record')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const [basisId, why] = [idOf('a legal basis', id), reasonOf(reason)];
      await withLocalSession(program, [], ({ store, ctx }) => withdrawBasis(store, ctx, basisId, why));
      io.out(`withdrawn ${id}`);
    });
};
