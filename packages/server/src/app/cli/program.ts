// The list of commands. Only the module of the command at hand is loaded, so that `signals` starts without a database driver.
import { Command } from 'commander';
import { PROGRAM_VERSION } from '../version.js';
import type { Io } from './io.js';

/** Adds its commands to the program; heavy modules are imported inside the actions. */
export type RegisterCommands = (program: Command, io: Io) => void;

type Loader = () => Promise<RegisterCommands>;

const compare: Loader = async () => (await import('../../features/compare/commands.js')).registerCompareCommands;
const camera: Loader = async () => (await import('../../features/camera/commands.js')).registerCameraCommands;
const demo: Loader = async () => (await import('../../features/demo/commands.js')).registerDemoCommands;
const exhibits: Loader = async () => (await import('../../features/exhibits/commands.js')).registerExhibitCommands;
const serve: Loader = async () => (await import('../serve-command.js')).registerServeCommands;
const accounts: Loader = async () => (await import('../../features/accounts/commands.js')).registerAccountCommands;
const operations: Loader = async () =>
  (await import('../../features/operations/commands.js')).registerOperationCommands;
const cases: Loader = async () => {
  const { registerCaseCommands } = await import('../../features/cases/commands.js');
  const { registerCaseRequestCommands } = await import('../../features/requests/case-commands.js');
  return (program, io) => {
    registerCaseCommands(program, io);
    registerCaseRequestCommands(program, io);
  };
};
const reports: Loader = async () => (await import('../../features/reports/commands.js')).registerReportCommands;
const requests: Loader = async () => {
  const { registerRequestCommands } = await import('../../features/requests/commands.js');
  const { registerAddsCommand } = await import('../../features/stacks/adds-command.js');
  return (program, io) => {
    registerRequestCommands(program, io);
    registerAddsCommand(program, io);
  };
};
const work: Loader = async () => (await import('../../features/exhibits/work-commands.js')).registerWorkCommands;
const phones: Loader = async () => (await import('../../features/phone-reports/commands.js')).registerPhoneCommands;
const funnel: Loader = async () => (await import('../../features/funnel/commands.js')).registerFunnelCommands;
const connections: Loader = async () =>
  (await import('../../features/connections/commands.js')).registerConnectionCommands;
const firstGeneration: Loader = async () =>
  (await import('../../features/first-generation/commands.js')).registerFirstGenerationCommand;
const traces: Loader = async () => (await import('../../features/media/commands.js')).registerTracesCommand;
const search: Loader = async () => (await import('../../features/search/commands.js')).registerSearchCommands;
const chats: Loader = async () => (await import('../../features/chats/commands.js')).registerChatCommands;
const standing: Loader = async () =>
  (await import('../../features/search/standing/commands.js')).registerStandingCommands;
const selftest: Loader = async () => (await import('../../features/selftest/commands.js')).registerSelfTestCommands;
const handling: Loader = async () => (await import('../../features/handling/commands.js')).registerHandlingCommands;
const legalBases: Loader = async () =>
  (await import('../../features/legal-bases/commands.js')).registerLegalBasisCommands;
const schemes: Loader = async () => (await import('../../features/schemes/commands.js')).registerSchemeCommands;
const verdicts: Loader = async () => (await import('../../features/verdicts/commands.js')).registerVerdictCommands;
const entities: Loader = async () => (await import('../../features/entities/commands.js')).registerEntityCommands;
const graph: Loader = async () => (await import('../../features/graph/commands.js')).registerGraphCommands;
const whereAndWhen: Loader = async () =>
  (await import('../../features/where-and-when/commands.js')).registerWhereAndWhenCommands;
const series: Loader = async () => (await import('../../features/entities/series-commands.js')).registerSeriesCommands;
const atRisk: Loader = async () => (await import('../../features/at-risk/commands.js')).registerAtRiskCommands;
const outcomes: Loader = async () => (await import('../../features/outcomes/commands.js')).registerOutcomeCommands;
const asks: Loader = async () => (await import('../../features/asks/commands.js')).registerAskCommands;
const notes: Loader = async () => (await import('../../features/notes/commands.js')).registerNoteCommands;
const tasks: Loader = async () => (await import('../../features/tasks/commands.js')).registerTaskCommands;
const contact: Loader = async () => (await import('../../features/contacts/commands.js')).registerContactCommands;
const breakGlass: Loader = async () =>
  (await import('../../features/break-glass/commands.js')).registerBreakGlassCommands;
const lists: Loader = async () => (await import('../../features/lists/commands.js')).registerListCommands;
const exchange: Loader = async () => {
  const { registerExportCommands } = await import('../../features/exchange/commands.js');
  const { registerSendCommand } = await import('../../features/packages/send-command.js');
  return (program, io) => {
    registerExportCommands(program, io);
    registerSendCommand(program, io);
  };
};
const packages: Loader = async () => (await import('../../features/packages/commands.js')).registerPackageCommands;
const notices: Loader = async () => (await import('../../features/notices/commands.js')).registerNoticeCommands;
const audit: Loader = async () => (await import('../../features/audit/commands.js')).registerAuditCommands;
const verify: Loader = async () => (await import('../../features/verify/commands.js')).registerVerifyCommands;
const backup: Loader = async () => (await import('../../features/backup/commands.js')).registerBackupCommands;
const keys: Loader = async () => (await import('../../features/keys/commands.js')).registerKeyCommands;

/** In the order of `--help`. */
const COMMANDS: readonly (readonly [name: string, load: Loader])[] = [
  ['demo', demo],
  ['synth', demo],
  ['serve', serve],
  ['worker', serve],
  ['matcher', serve],
  ['ingest', exhibits],
  ['search', search],
  ['standing', standing],
  ['chats', chats],
  ['signals', compare],
  ['compare', compare],
  ['match', compare],
  ['camera', camera],
  ['work', work],
  ['phone', phones],
  ['funnel', funnel],
  ['connections', connections],
  ['graph', graph],
  ['places', whereAndWhen],
  ['times', whereAndWhen],
  ['first-generation', firstGeneration],
  ['traces', traces],
  ['list', lists],
  ['export', exchange],
  ['package', packages],
  ['scheme', schemes],
  ['verdict', verdicts],
  ['series', series],
  ['entity', entities],
  ['at-risk', atRisk],
  ['outcome', outcomes],
  ['report', reports],
  ['audit', audit],
  ['verify', verify],
  ['backup', backup],
  ['selftest', selftest],
  ['notices', notices],
  ['agency', accounts],
  ['operator', accounts],
  ['user', accounts],
  ['login', accounts],
  ['operation', operations],
  ['ask', asks],
  ['note', notes],
  ['task', tasks],
  ['case', cases],
  ['exhibit', requests],
  ['requests', requests],
  ['undo', requests],
  ['purge', requests],
  ['break-glass', breakGlass],
  ['contact', contact],
  ['handling', handling],
  ['legal-basis', legalBases],
  ['key', keys],
];

const EPILOGUE = `
Examples:
  $ redthread demo                                       draw a sample operation, compare it, serve it
  $ redthread match pictures/ --against archive/ --json  every matching pair of two folders, no database
  $ redthread ingest /mnt/seized --case ES-2026-014 --exhibit 7

Exit codes: 0 it ran, 1 it failed, 2 bad arguments, 3 some files could not be read, 4 refused.
Data goes to stdout, progress to stderr; NO_COLOR is obeyed; every command that prints data takes --json.`;

/** The command among the arguments, whatever global options stand before it. */
const commandIn = (args: readonly string[]): string | undefined => {
  const at = args.findIndex((arg, i) => !arg.startsWith('-') && !['--data', '--as'].includes(args[i - 1] ?? ''));
  return args[at];
};

/** Of the command alone; of all where there is no such command (for --help); of none where only the version is asked. */
const loadersFor = (args: readonly string[]): readonly Loader[] => {
  const wanted = commandIn(args);
  const one = COMMANDS.find(([name]) => name === wanted);
  if (one !== undefined) return [one[1]];
  const asksVersion = wanted === undefined && args.some((arg) => arg === '--version' || arg === '-V');
  return asksVersion ? [] : COMMANDS.map(([, load]) => load);
};

/** Errors of a command point to its own help, and leave the exit code to us. */
const ownHelp = (command: Command, above: string): void => {
  const name = `${above} ${command.name()}`;
  command.exitOverride().showHelpAfterError(`(${name} --help shows what it takes)`);
  for (const part of command.commands) ownHelp(part, name);
};

/** The program with the modules loaded that the command line asks for. */
export const buildProgram = async (io: Io, args: readonly string[], user: string): Promise<Command> => {
  const program = new Command('redthread')
    .description(
      `Compares seized files across exhibits, cases and agencies and shows what connects. You are ${user} to this system.`,
    )
    .version(PROGRAM_VERSION)
    .option('--data <folder>', 'data folder (default: REDTHREAD_DATA or ./.redthread)')
    .option('--as <login>', 'act as this user of the local instance (default: the one bound to your system account)')
    .addHelpText('after', EPILOGUE)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(redthread --help shows what it takes)')
    .configureOutput({ writeErr: (text) => text.trimEnd().split('\n').forEach(io.note) })
    .exitOverride();
  for (const load of new Set(loadersFor(args))) (await load())(program, io);
  for (const command of program.commands) ownHelp(command, 'redthread');
  return program;
};
