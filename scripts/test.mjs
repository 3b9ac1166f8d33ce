// `npm test`: everything that the project's checks run, in one command; the last line says "N passed, N failed", and ", N skipped" where tests were.
import { parseArgs } from 'node:util';
import { buildTypeScript, buildWeb, webIsStale } from './lib/build.mjs';
import { inRoot, requireReady, stop } from './lib/repository.mjs';
import { run } from './lib/run.mjs';
import { find } from './lib/system-tools.mjs';
import { bold, columns, dim, duration, green, red } from './lib/terminal.mjs';
import { runTier } from './lib/vitest-tier.mjs';
import { ensureTools } from './tools.mjs';

const HELP = `Runs every check: tools, build, lint, format, licences, types, unit, medium and browser tests.

  npm test
  npm test -- --only unit,medium     only these steps (tools and build always come first)

Steps: lint, format, licences, types, unit, medium, e2e. A failing step that is not a tier of tests counts as one failure.
Exit code 0 when nothing failed, 1 when something did, 2 for a wrong argument.
`;

/** For what is only slow: it yields to the tiers beside it, and may have to wait for most of them. */
const LONGEST_CHECK_MS = 40 * 60_000;
const node = (script, ...args) =>
  run(process.execPath, [inRoot(script), ...args], { timeoutMs: LONGEST_CHECK_MS, yielding: true });

/** A check is right or wrong: silent when right, all that it said when wrong. */
const check = (work) => async () => {
  for (const part of work) {
    const { exitCode, output } = await part();
    if (exitCode !== 0) return { passed: 0, failed: 1, skipped: 0, note: output.trimEnd() || `ended with ${exitCode}` };
  }
  return { passed: 0, failed: 0, skipped: 0, note: null };
};

const tier = (name, minutes) => () => {
  const chromium = find('chromium')?.path;
  if (name === 'e2e' && chromium === undefined)
    return { passed: 0, failed: 1, skipped: 0, note: 'there is no Chromium' };
  return runTier(name, { timeoutMs: minutes * 60_000, env: chromium ? { CHROME_PATH: chromium } : {} });
};

const tsc = 'node_modules/typescript/bin/tsc';
const STEPS = {
  lint: check([() => node('node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0')]),
  format: check([() => node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')]),
  licences: check([() => node('scripts/licences.mjs')]),
  types: check([() => node(tsc, '-p', 'tsconfig.check.json'), () => node(tsc, '-p', 'packages/web/tsconfig.json')]),
  // A limit is for what hangs, not for a machine that is slow or busy.
  unit: tier('unit', 10),
  medium: tier('medium', 20),
  e2e: tier('e2e', 10),
};
/** One after the other: they start servers and browsers, and their time limits count on it. */
const TIERS = ['unit', 'medium', 'e2e'];
/** Ask for nothing that is built: they run while the build keeps one core busy. What else there is runs in what the tiers leave idle. */
const BESIDE_BUILD = ['format', 'licences'];
const PREPARATION = {
  tools: async () => {
    const missing = await ensureTools('test');
    return { passed: 0, failed: 0, skipped: 0, note: missing.length > 0 ? `without ${missing.join(', ')}` : null };
  },
  build: check([buildTypeScript, () => (webIsStale() ? buildWeb() : { exitCode: 0 })]),
};

const readOptions = () => {
  try {
    return parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    return stop(`${error.message}\n\n${HELP}`, 2);
  }
};

const begin = (name) => process.stdout.write(`\n${bold(name)}\n`);

const tell = ({ failed, note, ms }) => {
  if (note !== null) process.stdout.write(`${note}\n`);
  process.stdout.write(`${failed > 0 ? red('failed') : green('ok')} ${dim(duration(ms))}\n`);
};

const timed = async (name, work) => {
  const started = performance.now();
  const result = await work();
  return { name, ...result, ms: performance.now() - started };
};

/** Runs one step between two lines: its name before, its result and time after. */
const runStep = async (name, work) => {
  begin(name);
  const result = await timed(name, work);
  tell(result);
  return result;
};

/** Runs steps beside each other, and beside the tiers: each keeps one core busy at most, and is silent until its end. */
const runBeside = (steps) =>
  Promise.all(
    steps.map(async ([name, work]) => {
      const result = await timed(name, work);
      begin(name);
      tell(result);
      return result;
    }),
  );

const summary = (results, totalMs) => {
  const cells = results.map(({ name, passed, failed, skipped, ms }) => [
    `  ${name}`,
    failed > 0 ? 'failed' : 'ok',
    passed > 0 ? `${passed} passed` : '',
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
    duration(ms),
  ]);
  return `\n${columns([...cells, ['  total', '', '', '', '', duration(totalMs)]], [2, 3, 4, 5])}\n`;
};

const main = async () => {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const wanted = options.only?.split(',') ?? Object.keys(STEPS);
  const unknown = wanted.filter((name) => !(name in STEPS));
  if (unknown.length > 0) stop(`No such step: ${unknown.join(', ')}. Steps: ${Object.keys(STEPS).join(', ')}`, 2);
  requireReady();

  const started = performance.now();
  const ordered = Object.keys(STEPS).filter((step) => wanted.includes(step));
  const stepsOf = (names) => ordered.filter((name) => names.includes(name)).map((name) => [name, STEPS[name]]);
  const rest = Object.keys(STEPS).filter((name) => ![...TIERS, ...BESIDE_BUILD].includes(name));
  const results = [await runStep('tools', PREPARATION.tools)];
  results.push(...(await runBeside([['build', PREPARATION.build], ...stepsOf(BESIDE_BUILD)])));
  // Without a build nothing after it says anything true.
  if (results.every(({ name, failed }) => failed === 0 || !(name in PREPARATION))) {
    const beside = runBeside(stepsOf(rest));
    const tiers = [];
    for (const [name, work] of stepsOf(TIERS)) tiers.push(await runStep(name, work));
    results.push(...(await beside), ...tiers);
  }

  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
  process.stdout.write(summary(results, performance.now() - started));
  process.exitCode = total('failed') > 0 ? 1 : 0;
  process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed${skipped}\n`);
};

await main();
