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
const series = 'The room with the striped bed';
redthread('series', 'create', series, '--case', own.caseReference, '--note', 'one room, seen in several exhibits');
redthread('series', 'add', series, part.mediaA, '--reason', 'the bed and the shelf beside it');
const suggested = redthread('series', 'suggest', series, '--json').trim().split('\n').filter(Boolean).map(JSON.parse);
redthread(
  'series',
  'add',
  series,
  ...suggested.slice(0, 3).map(({ mediaId }) => mediaId),
  '--reason',
  'matched, and looked at',
);
redthread('series', 'state', series, 'other', 'cover of the bed', '--reason', 'its pattern is in three exhibits');
redthread('series', 'state', series, 'country', 'PT', '--reason', 'a shop there sells the cover');
const asked = { '--purpose': 'an example for the documentation', '--recipient': 'District court' };
const more = (out) => [...Object.entries(asked).flat(), '--out', out];
const into = mkdtempSync(join(tmpdir(), 'redthread-reports-'));
redthread('report', 'case', own.caseReference, ...more(join(into, 'case')));
redthread('report', 'exhibit', `${own.caseReference}/${own.exhibit}`, ...more(join(into, 'exhibit')));
redthread('report', 'comparison', part.mediaA, part.mediaB, '--pictures', 'veiled', ...more(join(into, 'comparison')));
redthread('report', 'series', series, ...more(join(into, 'series')));
const target = inRoot('docs/examples/reports');
for (const kind of readdirSync(into)) {
  rmSync(join(target, kind), { recursive: true, force: true });
  cpSync(join(into, kind), join(target, kind), { recursive: true });
}
rmSync(into, { recursive: true, force: true });
rmSync(place, { recursive: true, force: true });
