// redthread graph: what a case, a series or another entity connects with, as a list of what the picture on the web shows.
import type { Command } from 'commander';
import { ASSERTION_TYPES } from '@redthread/core/domain';
import { Id, type GraphEdge, type GraphNeighbours, type GraphNode } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { resolveScope } from '../funnel/index.js';
import { neighboursOf } from './service.js';

const called = (node: GraphNode | undefined): string =>
  node === undefined ? '' : `${node.kind} ${node.name === '' ? node.key.slice(node.key.indexOf(':') + 1) : node.name}`;

const RELATIONS: Readonly<Record<Exclude<GraphEdge['kind'], 'assertion'>, string>> = {
  connection: 'connects with',
  recorded: 'holds the record of',
  shown: 'has media that show or belong to',
};

const relation = ({ kind, type }: GraphEdge): string =>
  kind === 'assertion' ? (type === null ? '' : ASSERTION_TYPES[type].words) : RELATIONS[kind];

const lines = ({ node, nodes, edges }: GraphNeighbours): string[] => {
  const byKey = new Map([node, ...nodes].map((one) => [one.key, one]));
  return table(
    [
      { title: 'from' },
      { title: 'how' },
      { title: 'to' },
      { title: 'bits', align: 'right' },
      { title: 'why' },
      { title: 'by' },
    ],
    edges.map((edge) => [
      called(byKey.get(edge.a)),
      relation(edge),
      called(byKey.get(edge.b)),
      edge.bits === null ? '' : edge.bits.toFixed(1),
      edge.words,
      edge.by ?? '',
    ]),
  );
};

const KINDS = ['case', 'series', 'entity'] as const;

export const registerGraphCommands = (program: Command, io: Io): void => {
  program
    .command('graph <kind> <name>')
    .description(`what one connects with, and how: ${KINDS.join(', ')}; a case by its reference, the others by id`)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ redthread graph case ES-2026-014\n  $ redthread graph entity 3c90…')
    .action(async (kind: string, name: string, { json }: { readonly json?: boolean }) => {
      if (!KINDS.some((one) => one === kind))
        throw fail('ARGUMENT_INVALID', `kind "${kind}": one of ${KINDS.join(', ')}`, { pointer: 'kind' });
      if (kind !== 'case' && !Id.safeParse(name).success)
        throw fail('ARGUMENT_INVALID', `${name}: the id of ${kind === 'series' ? 'a series' : 'an entity'}`, {
          pointer: 'name',
        });
      const found = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const scope = kind === 'case' ? await resolveScope(store, ctx, { case: name }) : null;
        const start =
          scope === null ? ({ kind: 'entity', id: name } as const) : ({ kind: 'case', id: scope.id } as const);
        const answer = await neighboursOf(store, (input) => listConnections(store, ctx, input), ctx, start);
        await recordView(session, 'graph', { object: start, count: answer.edges.length });
        return answer;
      });
      if (json === true) return io.json(found);
      if (found.edges.length === 0) return io.note('nothing is connected with it, as far as you may see');
      lines(found).forEach(io.out);
      if (found.leftOut > 0) io.note(`${found.leftOut} weaker or older ones are left out`);
    });
};
