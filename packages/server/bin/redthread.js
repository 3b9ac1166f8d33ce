#!/usr/bin/env node
// Starts the packed command line, or says how to make it.
import { existsSync } from 'node:fs';

const main = new URL('../dist/program/app/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('redthread: not built yet. Run: npm run build\n');
  process.exit(1);
}
// A stack names the sources.
process.setSourceMapsEnabled(true);
await import(main.href);
