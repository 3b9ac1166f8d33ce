#!/usr/bin/env node
// Starts the compiled command line, or says how to compile it.
import { existsSync } from 'node:fs';

const main = new URL('../dist/app/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('redthread: not built yet. Run: npm run build\n');
  process.exit(1);
}
await import(main.href);
