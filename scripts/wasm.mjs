// `node scripts/wasm.mjs`: compiles the kernels (packages/core/assembly, AssemblyScript) to WebAssembly and writes them as TypeScript
// modules, so that core loads them without touching a file. Only what is out of date is compiled.
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './lib/repository.mjs';
import { run } from './lib/run.mjs';

const SOURCES = inRoot('packages/core/assembly');
const OUTPUT = inRoot('packages/core/src/wasm/generated');

// No runtime and no static data: several threads share one memory, and each instantiation would write its data anew. State is by pointer.
const COMMON = ['-O3', '--noAssert', '--converge', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];
/** Pages of 64 kB that a memory may grow to: the same in packages/core/src/wasm/kernel.ts. */
const MAXIMUM_PAGES = 65_536;
const VARIANTS = {
  plain: [],
  shared: ['--enable', 'threads', '--sharedMemory', '--maximumMemory', String(MAXIMUM_PAGES)],
};

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = (folder) =>
  readdirSync(folder, { recursive: true }).reduce((time, name) => Math.max(time, modified(join(folder, name))), 0);

/** One module in one variant, as base64. Throws what the compiler said. */
const compile = async (name, variant) => {
  const binary = join(tmpdir(), `redthread-${name}-${variant}-${process.pid}.wasm`);
  try {
    const { exitCode, output } = await run(process.execPath, [
      inRoot('node_modules/assemblyscript/bin/asc.js'),
      join(SOURCES, name, 'index.ts'),
      ...COMMON,
      ...VARIANTS[variant],
      '--outFile',
      binary,
    ]);
    if (exitCode !== 0) throw new Error(`${name}: ${output}`);
    return readFileSync(binary).toString('base64');
  } finally {
    rmSync(binary, { force: true });
  }
};

const names = readdirSync(SOURCES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && modified(join(SOURCES, entry.name, 'index.ts')) > 0)
  .map(({ name }) => name);
const changed = Math.max(newest(SOURCES), modified(inRoot('scripts/wasm.mjs')));
const stale = names.filter((name) => modified(join(OUTPUT, `${name}.ts`)) < changed);

mkdirSync(OUTPUT, { recursive: true });
for (const name of stale) {
  const variants = [];
  for (const variant of Object.keys(VARIANTS)) variants.push(`  ${variant}: '${await compile(name, variant)}',\n`);
  const text = `// Made by scripts/wasm.mjs from packages/core/assembly/${name}: do not edit.\nexport const ${name} = {\n${variants.join('')}} as const;\n`;
  writeFileSync(join(OUTPUT, `${name}.ts`), text);
}
