// Builds what is out of date and nothing else: tsc knows by itself, vite is asked only when a source is newer than its output.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './repository.mjs';
import { run } from './run.mjs';

const TYPESCRIPT = ['packages/core', 'packages/synth', 'packages/server'];
const node = (script, args) => run(process.execPath, [inRoot(script), ...args]);

/** The kernels to WebAssembly, then core, synth and server into their dist/, and the program packed of these; incremental. */
export const buildTypeScript = async () => {
  const kernels = await node('scripts/wasm.mjs', []);
  if (kernels.exitCode !== 0) return kernels;
  const compiled = await node('node_modules/typescript/bin/tsc', ['-b', ...TYPESCRIPT]);
  if (compiled.exitCode !== 0) return compiled;
  const packed = await node('scripts/program.mjs', []);
  return { ...packed, ms: kernels.ms + compiled.ms + packed.ms };
};

/** The web application into packages/web/dist. */
export const buildWeb = () => run('npm', ['run', '--silent', 'build', '-w', '@redthread/web']);

/** True when the web application was never built, or one of its sources (core's compiled code is one) is newer. */
export const webIsStale = () => {
  const built = modifiedMs(inRoot('packages/web/dist/index.html'));
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map(
    (name) => `packages/web/${name}`,
  );
  return built === 0 || [...sources, 'packages/core/dist'].some((path) => newestMs(inRoot(path)) > built);
};

const modifiedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newestMs = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return path.endsWith('.tsbuildinfo') ? 0 : stat.mtimeMs;
  // A folder's own time tells of files that were removed.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs);
};
