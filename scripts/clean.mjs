// `npm run clean`: removes what can be made again. A data folder (.redthread) is never touched.
import { readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot, stop } from './lib/repository.mjs';

const MADE = ['core', 'synth', 'server', 'web']
  .map((name) => `packages/${name}/dist`)
  .concat('packages/core/src/wasm/generated', 'test-results', 'coverage');
const HELP = `Removes build output and test results.

  npm run clean
  npm run clean -- --demo            also the demonstration's data (.demo)
`;

/** The demonstration's database may still be running: its files must not vanish under it. */
const refuseWhileDemoRuns = () => {
  let pid;
  try {
    pid = Number.parseInt(readFileSync(inRoot('.demo/postgres/postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return;
  }
  stop(`The demonstration is still running (PostgreSQL is process ${pid}). Stop it first.`);
};

let options;
try {
  options = parseArgs({ options: { demo: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
} catch (error) {
  stop(`${error.message}\n\n${HELP}`, 2);
}
if (options.help) {
  process.stdout.write(HELP);
} else {
  if (options.demo) refuseWhileDemoRuns();
  for (const path of options.demo ? [...MADE, '.demo'] : MADE) {
    rmSync(inRoot(path), { recursive: true, force: true });
    process.stdout.write(`removed ${path}\n`);
  }
}
