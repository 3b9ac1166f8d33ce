// redthread connections.
import { Option, type Command } from 'commander';
import type { Connection, ConnectionPage } from '@redthread/core/contract';
import { CONNECTION_STATES, type ConnectionState } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { mediaNamed } from '../media/index.js';
import { connectionEnd } from './end.js';
import { registerExpandCommand } from './expand-command.js';
import { registerDecisionCommands } from './decision-commands.js';
import { registerSeriesCommand } from './series-command.js';
import { listConnections } from './service.js';

const MOST = 100_000;

interface Options {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly media?: string;
  readonly cases?: boolean;
  readonly state?: ConnectionState;
  readonly limit: number;
  readonly json?: boolean;
}

const pairsOf = ({ counts }: Connection, grade: Connection['counts'][number]['grade']): string =>
  thousands(counts.find((count) => count.grade === grade)?.pairs ?? 0);

export const connectionLines = (connections: readonly Connection[]): string[] =>
  table(
    [
      { title: 'strength', align: 'right' },
      { title: 'between' },
      { title: 'and' },
      { title: 'identical', align: 'right' },
      { title: 'same content', align: 'right' },
      { title: 'partial', align: 'right' },
      { title: 'same scene', align: 'right' },
      { title: 'state' },
      { title: 'strongest' },
    ],
    connections.map((connection) => [
      connection.strengthBits.toFixed(1),
      connectionEnd(connection.a),
      connectionEnd(connection.b),
      pairsOf(connection, 'identical'),
      pairsOf(connection, 'same content'),
      pairsOf(connection, 'partial'),
      pairsOf(connection, 'same scene'),
      connection.state,
      connection.strongest.words,
    ]),
  );

const printPage = (io: Io, { items, total, leads }: ConnectionPage, askedForLeads: boolean): void => {
  if (items.length === 0)
    io.note(
      askedForLeads ? 'no leads here, as far as you may see' : 'nothing is connected here, as far as you may see',
    );
  else connectionLines(items).forEach(io.out);
  if (total > items.length) io.note(`${items.length} of ${total}; --limit shows more`);
  if (!askedForLeads && leads > 0)
    io.note(`and ${thousands(leads)} leads, which chance might bring as well: redthread connections leads`);
};

export const registerConnectionCommands = (program: Command, io: Io): void => {
  const list = async (options: Options, leads: boolean): Promise<void> => {
    const page = await withLocalSession(program, [], async (session) => {
      const { store, ctx } = session;
      const scope = await resolveScope(store, ctx, options);
      const answer = await listConnections(store, ctx, {
        ...(scope === null ? {} : { [scope.kind]: scope.id }),
        media: options.media === undefined ? undefined : await mediaNamed(session, options.media),
        between: options.cases === true ? 'cases' : 'exhibits',
        leads,
        state: options.state,
        limit: options.limit,
      });
      await recordView(session, 'connections', { object: scope, count: answer.items.length });
      return answer;
    });
    if (options.json === true) page.items.forEach((connection) => io.json(connection));
    else printPage(io, page, leads);
  };
  const listing = (command: Command, leads: boolean): Command =>
    command
      .option('--operation <reference>', 'those of an operation')
      .option('--case <reference>', 'those of a case')
      .option('--exhibit <case/exhibit>', 'those of an exhibit')
      .option('--media <media>', 'those that a media has part in, by its id or SHA-256')
      .option('--cases', 'between cases in place of exhibits')
      .addOption(new Option('--state <state>', 'as your agency decided').choices([...CONNECTION_STATES]))
      .option('--limit <n>', 'at most so many', wholeNumber(1, MOST), 50)
      .option('--json', 'print one JSON line a connection')
      .action((options: Options) => list(options, leads));

  const connections = program
    .command('connections')
    .description('what links exhibits or cases, with the reasons; leads, which chance might bring, are apart');
  listing(connections.command('list', { isDefault: true }).description('strongest first'), false);
  registerDecisionCommands(program, connections, io);
  registerExpandCommand(program, connections, io);
  registerSeriesCommand(program, connections, io);
  listing(connections.command('leads').description('too weak to stand by themselves, strongest first'), true);
};
