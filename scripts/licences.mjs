// Checks that docs/licences.md names every direct dependency with the licence that its package declares, and nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inRoot } from './lib/repository.mjs';

const PACKAGES = ['', 'packages/core/', 'packages/synth/', 'packages/server/', 'packages/web/'];
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The manifest of an installed package as seen from one of ours; not every package exports its own. */
const installed = (name, from) => {
  const folders = createRequire(inRoot(`${from}package.json`)).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return readJson(join(folder, name, 'package.json'));
    } catch {
      // Not in this node_modules: look in the next one up.
    }
  }
  throw new Error(`${name} is not installed (looked from ${dirname(inRoot(`${from}package.json`))}). Run: npm ci`);
};

/** Direct dependencies of all packages, ours left out: name -> licence as declared. */
const direct = () => {
  const licences = new Map();
  for (const from of PACKAGES) {
    const { dependencies, devDependencies, optionalDependencies } = readJson(inRoot(`${from}package.json`));
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      if (!name.startsWith('@redthread/')) licences.set(name, installed(name, from).license ?? 'none declared');
    }
  }
  return licences;
};

/** Rows of the tables under "## Packages": the first cell is the name in backquotes, the second the licence. */
const documented = () => {
  const text = readFileSync(inRoot('docs/licences.md'), 'utf8');
  const section = /^## Packages[^\n]*\n(.*?)(?=^## )/ms.exec(text)?.[1] ?? '';
  return new Map([...section.matchAll(/^\| `([^`]+)` \| ([^|]+?) \|/gm)].map(([, name, licence]) => [name, licence]));
};

const have = direct();
const listed = documented();
const problems = [];
for (const [name, licence] of have) {
  if (!listed.has(name)) problems.push(`${name} (${licence}) is missing`);
  else if (listed.get(name) !== licence)
    problems.push(`${name} declares ${licence}, the page says ${listed.get(name)}`);
}
for (const name of listed.keys()) if (!have.has(name)) problems.push(`${name} is listed but no longer a dependency`);

if (problems.length > 0) {
  process.stderr.write(`docs/licences.md:\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
  process.exit(1);
}
process.stdout.write(`docs/licences.md agrees with ${have.size} direct dependencies.\n`);
