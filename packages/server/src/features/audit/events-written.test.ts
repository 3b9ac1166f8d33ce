// Every kind of event that the catalogue knows is written by somebody: what is listed and never happens would be a promise.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AUDIT_EVENTS } from '@redthread/core/audit';

const SOURCES = fileURLToPath(new URL('../../', import.meta.url));

const written = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(SOURCES, name), 'utf8'))
  .join('\n');

it.each(Object.keys(AUDIT_EVENTS))('%s is written somewhere', (type) => {
  // By a service, or by a function of the database that does what it tells of.
  expect(written.includes(`type: '${type}'`) || written.includes(`'${type}', request`)).toBe(true);
});
