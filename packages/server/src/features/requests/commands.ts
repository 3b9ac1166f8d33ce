// redthread exhibit move, withdraw, custody; undo, purge, requests.
import type { Command } from 'commander';
import type { CustodyEntry, TwoPersonRequest } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { listCustody } from '../custody/index.js';
import { withContext } from '../../store/index.js';
import { askToMove, askToPurge, askToUndo, askToWithdraw } from './asking.js';
import { awaitRequest } from './await-request.js';
import { ownExhibit } from './find.js';
import {
  acceptRequest,
  cancelRequest,
  confirmRequest,
  listRequests,
  refuseRequest,
  showRequest,
} from './steps/decide.js';
import { decides, HERE, originOf, type DecideOptions } from './origin.js';
import { kindInWords, nextStep, requestLines, subjectOf } from './words.js';

export interface AskOptions {
  readonly reason: string;
  readonly second?: string;
  readonly json?: boolean;
}

/** Options that every request takes. */
export const asks = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', 'why; it stays in the custody of the exhibit')
    .option('--second <login>', 'who is to confirm (default: anybody else of your agency who may)')
    .option('--json', 'print JSON');

export const tellAsked = (io: Io, request: TwoPersonRequest, json: boolean | undefined): void => {
  if (json === true) return io.json(request);
  io.out(`asked: ${kindInWords(request)} ${subjectOf(request)}: request ${request.number}`);
  request.notes.forEach((note) => io.out(`  ${note}`));
  io.note(nextStep(request));
};

const custodyTable = (entries: readonly CustodyEntry[]): string[] =>
  table(
    [
      { title: 'at (UTC)' },
      { title: 'what' },
      { title: 'who' },
      { title: 'second' },
      { title: 'from' },
      { title: 'to' },
      { title: 'reason' },
    ],
    entries.map((entry) => [
      minute(entry.at),
      entry.event,
      entry.carriedFrom === null ? entry.person : `${entry.person} (${entry.carriedFrom})`,
      entry.secondPerson ?? '',
      entry.from ?? '',
      entry.to ?? '',
      entry.reason,
    ]),
  );

const exhibitCommands = (program: Command, io: Io): void => {
  const exhibit = program
    .command('exhibit')
    .description('exhibits: what one adds, and those of your agency: move, withdraw, custody');

  asks(exhibit.command('move <exhibit>'))
    .description('ask to move an exhibit (CASE/EXHIBIT) to another case')
    .requiredOption('--to-case <reference>', 'case of your agency')
    .option('--as <reference>', 'its reference there, where that is taken')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread exhibit move ES-2026-014/7 --to-case ES-2026-015 --reason "seized at the other address"',
    )
    .action(async (name: string, options: AskOptions & { readonly toCase: string; readonly as?: string }) => {
      const { json, ...input } = options;
      tellAsked(
        io,
        await withLocalSession(program, [], ({ store, ctx }) =>
          askToMove(store, ctx, HERE, { ...input, exhibit: name }),
        ),
        json,
      );
    });

  asks(exhibit.command('withdraw <exhibit>'))
    .description('ask to withdraw an exhibit (CASE/EXHIBIT): nobody sees it any more; undone until it is purged')
    .action(async (name: string, { json, ...input }: AskOptions) => {
      tellAsked(
        io,
        await withLocalSession(program, [], ({ store, ctx }) =>
          askToWithdraw(store, ctx, HERE, { ...input, exhibit: name }),
        ),
        json,
      );
    });

  exhibit
    .command('custody <exhibit>')
    .description('who had an exhibit (CASE/EXHIBIT, or its id), what was done to it, when and why')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const entries = await withLocalSession(program, [], async (session) => {
        const id = await exhibitId(session, name);
        const answer = await listCustody(session.store, session.ctx, { exhibitId: id });
        await recordView(session, 'custody', { object: { kind: 'exhibit', id }, count: answer.length });
        return answer;
      });
      if (json === true) entries.forEach((entry) => io.json(entry));
      else custodyTable(entries).forEach(io.out);
    });
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A withdrawn exhibit has no row: its custody is asked for by its id. */
const exhibitId = ({ store, ctx }: LocalSession<'app'>, name: string): Promise<string> =>
  UUID.test(name)
    ? Promise.resolve(name)
    : withContext(store.app, ctx, async (trx) => (await ownExhibit(trx, ctx, name)).id);

const tellDecided = (io: Io, request: TwoPersonRequest, json: boolean | undefined): void => {
  if (json === true) io.json(request);
  else requestLines(request).forEach(io.out);
};

const requestCommands = (program: Command, io: Io): void => {
  const requests = program.command('requests').description('what takes two persons: see, confirm, refuse, accept');

  requests
    .command('list', { isDefault: true })
    .description('requests that are open or running')
    .option('--all', 'also those that are over')
    .option('--json', 'print JSON')
    .action(async ({ all, json }: { readonly all?: boolean; readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const answer = await listRequests(session.store, session.ctx, all === true);
        await recordView(session, 'requests', { count: answer.length });
        return answer;
      });
      if (json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note(all === true ? 'none' : 'none is open');
      table(
        [
          { title: 'number' },
          { title: 'what' },
          { title: 'of' },
          { title: 'state' },
          { title: 'asked by' },
          { title: 'you may' },
        ],
        items.map((item) => [
          item.number,
          kindInWords(item),
          subjectOf(item),
          item.state,
          item.requestedBy,
          item.may.join(', '),
        ]),
      ).forEach(io.out);
    });

  requests
    .command('show <number>')
    .description('one request')
    .option('--json', 'print JSON')
    .action(async (number: string, { json }: { readonly json?: boolean }) => {
      const found = await withLocalSession(program, [], async (session) => {
        const answer = await showRequest(session.store, session.ctx, number);
        await recordView(session, 'request', { object: { kind: 'case', id: answer.caseId } });
        return answer;
      });
      tellDecided(io, found, json);
    });

  decides(requests.command('confirm <number>'))
    .description('confirm as the second person; it is carried out at once')
    .option('--reason <text>', 'why')
    .action(async (number: string, options: DecideOptions) => {
      const decided = await withLocalSession(program, ['worker'], async (session) => {
        const { store, ctx } = session;
        await confirmRequest(store, ctx, { number, reason: options.reason, origin: await originOf(session, options) });
        return awaitRequest(session, number, io);
      });
      tellDecided(io, decided, options.json);
    });

  decides(requests.command('refuse <number>'))
    .description('refuse as the second person, or for the agency that a case is offered to')
    .requiredOption('--reason <text>', 'why')
    .action(async (number: string, options: DecideOptions & { readonly reason: string }) => {
      const decided = await withLocalSession(program, [], async (session) =>
        refuseRequest(session.store, session.ctx, {
          number,
          reason: options.reason,
          origin: await originOf(session, options),
        }),
      );
      tellDecided(io, decided, options.json);
    });

  requests
    .command('accept <number>')
    .description('take a case that another agency offers')
    .option('--as <reference>', 'its reference here, where that is taken')
    .option('--json', 'print JSON')
    .action(async (number: string, { as, json }: { readonly as?: string; readonly json?: boolean }) => {
      const taken = await withLocalSession(program, ['worker'], async (session) => {
        await acceptRequest(session.store, session.ctx, { number, as });
        return awaitRequest(session, number, io);
      });
      tellDecided(io, taken, json);
    });

  requests
    .command('cancel <number>')
    .description('take a request back')
    .option('--json', 'print JSON')
    .action(async (number: string, { json }: { readonly json?: boolean }) => {
      const done = await withLocalSession(program, [], ({ store, ctx }) => cancelRequest(store, ctx, number));
      tellDecided(io, done, json);
    });
};

export const registerRequestCommands = (program: Command, io: Io): void => {
  exhibitCommands(program, io);

  asks(program.command('undo <number>'))
    .description('ask to undo a move or a withdrawal by the number of its request')
    .option('--as <reference>', 'the reference that the exhibit gets back in its case, where its own is taken')
    .action(async (number: string, { json, ...input }: AskOptions & { readonly as?: string }) => {
      const asked = await withLocalSession(program, [], ({ store, ctx }) =>
        askToUndo(store, ctx, HERE, { ...input, number }),
      );
      tellAsked(io, asked, json);
    });

  asks(program.command('purge <number>'))
    .description('ask to destroy what a withdrawal keeps aside, by the number of its request: there is no way back')
    .action(async (number: string, { json, ...input }: AskOptions) => {
      const asked = await withLocalSession(program, [], ({ store, ctx }) =>
        askToPurge(store, ctx, HERE, { ...input, number }),
      );
      tellAsked(io, asked, json);
    });

  requestCommands(program, io);
};
