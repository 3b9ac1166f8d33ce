// Checks the programs that npm cannot bring, installs what is missing where it may, otherwise prints the command to type.
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNode, stop } from './lib/repository.mjs';
import { NEEDED_FOR, TOOLS, find, installCommands, needsRoot, packageManager, which } from './lib/system-tools.mjs';
import { run } from './lib/run.mjs';
import { columns, dim } from './lib/terminal.mjs';

const HELP = `Checks perl, openssl, ffmpeg, sleuthkit, 7-Zip and Chromium, and installs what is missing.

  npm run setup                      everything, also what is optional
  npm run setup -- --check           only look
  npm run setup -- --for demo        what the demo needs
  npm run setup -- --for test        what the tests need

Exit code 0 when everything needed is there, 1 when something is missing, 2 for a wrong argument.
`;

/** How to become root without a question: [] as root, ['sudo', '-n'] where sudo asks nothing, undefined otherwise. */
const rootPrefix = () => {
  if (process.getuid?.() === 0) return [];
  if (which('sudo') === undefined) return undefined;
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: 5_000 });
    return ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'];
  } catch {
    return undefined;
  }
};

const report = (needed) => {
  const rows = Object.keys(TOOLS).map((name) => {
    const found = find(name);
    const state = found ? found.version : needed.includes(name) ? 'MISSING' : 'not here, optional';
    return { name, found, cells: [`  ${name}`, state, found?.path ?? '', dim(TOOLS[name].why)] };
  });
  const node = ['  node', process.versions.node, process.execPath, ''];
  process.stdout.write(`${columns([node, ...rows.map((row) => row.cells)])}\n`);
  return rows.filter((row) => !row.found && needed.includes(row.name)).map((row) => row.name);
};

/** Only apt-get is run by itself: it is the one that the project's own checks run on. The others are printed. */
const install = async (names) => {
  const manager = packageManager();
  if (manager === undefined) return `Install by hand: ${names.join(', ')}.`;
  const commands = installCommands(manager, names);
  const typed = commands.map((words) => (needsRoot(manager) ? ['sudo', ...words] : words).join(' ')).join(' && ');
  const prefix = manager === 'apt-get' ? rootPrefix() : undefined;
  if (prefix === undefined) return `Type: ${typed}`;
  for (const words of commands) {
    process.stdout.write(`  ${words.join(' ')} …\n`);
    const [command, ...args] = [...prefix, ...words];
    const { exitCode, output } = await run(command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    // A failing update may only mean one stale mirror: whether the install works decides.
    if (exitCode !== 0 && words[1] !== 'update') return `${tail(output)}\nThat failed. Type: ${typed}`;
  }
  return undefined;
};

const tail = (text) => text.trimEnd().split('\n').slice(-15).join('\n');

/**
 * Looks, installs unless `checkOnly`, looks again.
 * @param {'demo' | 'test' | 'everything'} use
 * @returns {Promise<string[]>} the needed tools that are still missing
 */
export const ensureTools = async (use, { checkOnly = false } = {}) => {
  const needed = NEEDED_FOR[use];
  const missing = report(needed);
  if (missing.length === 0 || checkOnly) return missing;
  const problem = await install(missing);
  if (problem === undefined) return report(needed);
  process.stdout.write(`${problem}\n`);
  return missing;
};

const main = async () => {
  let options;
  try {
    const known = { check: { type: 'boolean' }, for: { type: 'string' }, help: { type: 'boolean' } };
    options = parseArgs({ options: known }).values;
  } catch (error) {
    stop(`${error.message}\n\n${HELP}`, 2);
  }
  if (options.help) return void process.stdout.write(HELP);
  const use = options.for ?? 'everything';
  if (!(use in NEEDED_FOR)) stop(`--for takes ${Object.keys(NEEDED_FOR).join(', ')}; not "${use}"`, 2);
  const missing = await ensureTools(use, { checkOnly: options.check ?? false });
  if (missing.length > 0) stop(`Missing: ${missing.join(', ')}.`);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  requireNode();
  await main();
}
