// redthread connections show, confirm, reject, snooze, reopen.
import type { Command } from 'commander';
import { ConnectionDecide, type ConnectionDecision, type ConnectionFile } from '@redthread/core/contract';
import { countedInWords, type DecisionState } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { checkedInput, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { seriesNamed } from '../entities/index.js';
import { resolveScope } from '../funnel/index.js';
import { decide, readConnection } from './decide.js';
import { bothEnds } from './end.js';
import { connectionId } from './id.js';

interface Options {
  readonly cases?: boolean;
  readonly series?: boolean;
  readonly reason?: string;
  readonly until?: string;
  readonly json?: boolean;
}

/** Errors: those of the names. */
const scopeNamed = async (
  { store, ctx }: LocalSession<'app'>,
  kind: 'case' | 'exhibit',
  name: string,
): Promise<string> => (await resolveScope(store, ctx, { [kind]: name }))?.id ?? '';

/** The connection of two ends by what people call them; of a series the first is one, and so is the second unless cases are asked for. */
const idOf = async (
  session: LocalSession<'app'>,
  a: string,
  b: string,
  { cases = false, series = false }: Pick<Options, 'cases' | 'series'>,
): Promise<string> => {
  const kind = cases ? 'case' : 'exhibit';
  const one = series ? await seriesNamed(session, a) : await scopeNamed(session, kind, a);
  const other = series && !cases ? await seriesNamed(session, b) : await scopeNamed(session, kind, b);
  const between = series ? (cases ? 'series-cases' : 'series') : cases ? 'cases' : 'exhibits';
  return connectionId(between, one, other);
};

const decisionLine = ({ at, agency, login, state, until, reason, own }: ConnectionDecision): string =>
  `${at}  ${state}${until === null ? '' : ` until ${until}`} by ${login} of ${agency}${own ? '' : ' (an opinion)'}: ${reason}`;

const fileLines = ({ connection, decisions }: ConnectionFile): string[] => [
  `${bothEnds(connection).join(' and ')}: ${connection.isLead ? 'a lead' : 'connected'}, ${connection.strengthBits.toFixed(1)} bits, ${connection.state}`,
  ...(connection.reopened === null ? [] : [`  ${connection.reopened}`]),
  ...[connection.strongest, ...connection.further].flatMap(
    ({ cause, strengthBits, words, bits, counted, comparisons, holders, mediaA, mediaB }) => [
      `  ${strengthBits.toFixed(1).padStart(6)}  ${cause}: ${words} ${bits} bits, ${comparisons} comparisons, ${holders} holders; ${mediaA} ${mediaB}`,
      ...(counted === null ? [] : [`          ${countedInWords(counted)}`]),
    ],
  ),
  ...decisions.map((one) => `  ${decisionLine(one)}`),
];

const ACTIONS: readonly (readonly [name: string, state: DecisionState, description: string])[] = [
  ['confirm', 'confirmed', 'say for your agency that it holds'],
  ['reject', 'rejected', 'say for your agency that it does not; it stays so until there is more evidence'],
  ['snooze', 'snoozed', 'put it off until a time'],
  ['reopen', 'reopened', 'take back what your agency decided'],
];

export const registerDecisionCommands = (program: Command, connections: Command, io: Io): void => {
  const print = (file: ConnectionFile, json: boolean | undefined): void =>
    json === true ? io.json(file) : fileLines(file).forEach(io.out);
  const between = (command: Command): Command =>
    command
      .option('--cases', 'the two are cases, not exhibits')
      .option('--series', 'the two are series; with --cases a series and a case')
      .option('--json', 'print JSON');

  between(connections.command('show <a> <b>'))
    .description('what connects two exhibits (CASE/EXHIBIT), cases or series: every reason, and all that was decided')
    .action(async (a: string, b: string, { json, ...kinds }: Options) => {
      const file = await withLocalSession(program, [], async (session) => {
        const id = await idOf(session, a, b, kinds);
        const found = await readConnection(session.store, session.ctx, id);
        await recordView(session, 'connection', { object: { kind: 'connection', id }, count: null });
        return found;
      });
      print(file, json);
    });

  for (const [name, state, description] of ACTIONS) {
    const command = between(connections.command(`${name} <a> <b>`))
      .description(description)
      .requiredOption('--reason <text>', 'why');
    if (state === 'snoozed') command.requiredOption('--until <time>', 'such as 2026-12-24 or 2026-12-24T08:00Z');
    command.action(async (a: string, b: string, { json, reason = '', until, ...kinds }: Options) => {
      const asked = decisionOf(state, reason, until);
      const file = await withLocalSession(program, [], async (session) =>
        decide(session.store, session.ctx, await idOf(session, a, b, kinds), asked),
      );
      print(file, json);
    });
  }
};

const decisionOf = (state: DecisionState, reason: string, until: string | undefined): ConnectionDecide => {
  const time = until === undefined ? null : new Date(until);
  if (time !== null && Number.isNaN(time.getTime()))
    throw fail('ARGUMENT_INVALID', `${until}: a time such as 2026-12-24`, { pointer: 'until' });
  return checkedInput(ConnectionDecide, { state, reason: reasonOf(reason), until: time?.toISOString() });
};
