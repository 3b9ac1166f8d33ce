// `npm run clean`: removes what can be made again. A data folder (.redthread) is never touched.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot, stop } from './lib/repository.mjs';

const MADE = ['core', 'synth', 'server', 'web']
  .map((name) => `packages/${name}/dist`)
  .concat('packages/core/src/wasm/generated', 'test-results', 'coverage');
const HELP = `Removes build output and test results.

  npm run clean
  npm run clean -- --demo            also the demonstrations' data (.demo, .demo-7-tiny, ...)
`;

const demoFolders = () => readdirSync(inRoot('.')).filter((name) => name === '.demo' || name.startsWith('.demo-'));

/** The demonstration's database may still be running: its files must not vanish under it. */
const refuseWhileRunning = (folder) => {
  let pid;
  try {
    pid = Number.parseInt(readFileSync(inRoot(`${folder}/postgres/postmaster.pid`), 'utf8'), 10);
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return;
  }
  stop(`The demonstration in ${folder} is still running (PostgreSQL is process ${pid}). Stop it first.`);
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
  const demos = options.demo ? demoFolders() : [];
  demos.forEach(refuseWhileRunning);
  for (const path of [...MADE, ...demos]) {
    rmSync(inRoot(path), { recursive: true, force: true });
    process.stdout.write(`removed ${path}\n`);
  }
}
