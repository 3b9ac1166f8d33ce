// Makes the reports under docs/examples/reports anew, of a tiny sample operation: node scripts/example-reports.mjs
// What they say follows from the drawing; ids and times are those of this run. A test makes their renditions again from their models.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './lib/repository.mjs';

const place = mkdtempSync(join(tmpdir(), 'redthread-examples-'));
// The database runs as another user where root makes them.
chmodSync(place, 0o711);
const data = join(place, 'data');
const redthread = (...args) =>
  execFileSync(process.execPath, [inRoot('packages/server/bin/redthread.js'), '--data', data, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

redthread('demo', '--scale', 'tiny', '--no-serve');
const connections = redthread('connections', 'list', '--json').trim().split('\n').map(JSON.parse);
const reasons = connections.flatMap(({ strongest, further }) => [strongest, ...further]);
const part = reasons.find(({ grade }) => grade === 'partial');
// Of the agency that the demonstration acts for: of another's case less is told.
const own = connections.flatMap(({ a, b }) => [a, b]).find(({ agency }) => agency.country === 'ES');
const asked = { '--purpose': 'an example for the documentation', '--recipient': 'District court' };
const more = (out) => [...Object.entries(asked).flat(), '--out', out];
const into = mkdtempSync(join(tmpdir(), 'redthread-reports-'));
redthread('report', 'case', own.caseReference, ...more(join(into, 'case')));
redthread('report', 'comparison', part.mediaA, part.mediaB, '--pictures', 'veiled', ...more(join(into, 'comparison')));
const target = inRoot('docs/examples/reports');
for (const kind of readdirSync(into)) {
  rmSync(join(target, kind), { recursive: true, force: true });
  cpSync(join(into, kind), join(target, kind), { recursive: true });
}
rmSync(into, { recursive: true, force: true });
rmSync(place, { recursive: true, force: true });
