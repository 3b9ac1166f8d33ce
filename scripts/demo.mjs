// `npm run demo`: check the tools, build what is out of date, then hand over to `redthread demo` with the same arguments.
import { buildTypeScript, buildWeb, webIsStale } from './lib/build.mjs';
import { inRoot, requireReady, stop } from './lib/repository.mjs';
import { become } from './lib/run.mjs';
import { bold, dim, duration } from './lib/terminal.mjs';
import { ensureTools } from './tools.mjs';

const build = async (what, step) => {
  const { exitCode, output, ms } = await step();
  if (exitCode !== 0) stop(`${output}\nThe ${what} did not build.`);
  process.stdout.write(`  ${what} ${dim(duration(ms))}\n`);
};

requireReady();
process.stdout.write(`${bold('Tools')}\n`);
const missing = await ensureTools('demo');
if (missing.length > 0) stop(`The demo needs ${missing.join(', ')}.`);

process.stdout.write(`${bold('Build')}\n`);
await build('program', buildTypeScript);
if (webIsStale()) await build('web application', buildWeb);

process.stdout.write('\n');
become(process.execPath, [inRoot('packages/server/bin/redthread.js'), 'demo', ...process.argv.slice(2)]);
