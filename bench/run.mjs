// `npm run bench -- SUITE...`: runs benchmark suites, prints a table and writes the rows as JSON. See bench/README.md.
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildTypeScript } from '../scripts/lib/build.mjs';
import { requireReady, stop } from '../scripts/lib/repository.mjs';
import { columns } from '../scripts/lib/terminal.mjs';
import { measureSuite, number } from './lib/measure.mjs';
import { loadSuite, suiteNames } from './lib/suite.mjs';

const HELP = `Runs benchmark suites and prints a table; progress goes to stderr.

  npm run bench -- SUITE...
  npm run bench -- ingest --json ingest.json
  npm run bench -- ingest --only ingest-duplicates --seed 7 --runs 3

  --json FILE    also write the rows as JSON
  --seed S       whole number that the sets are drawn from (default 1)
  --only ROW     only this row
  --data DIR     read sets and truth from DIR instead of drawing them
  --runs N       runs of each row, interleaved; the median is reported (default 5)

Suites: ${suiteNames().join(', ') || 'none yet'}
Exit code 0 when every row was measured (whether or not its bar holds), 1 when one failed, 2 for a wrong argument.
`;

const OPTIONS = {
  json: { type: 'string' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  data: { type: 'string' },
  runs: { type: 'string', default: '5' },
  help: { type: 'boolean' },
};

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    return { ...values, suites: positionals };
  } catch (error) {
    return stop(`${error.message}\n\n${HELP}`, 2);
  }
};

const wholeNumber = (name, text, least) => {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= least
    ? value
    : stop(`--${name} takes a whole number from ${least} on; not "${text}"`, 2);
};

const loadAll = async (names, only) => {
  const suites = [];
  for (const name of names) suites.push(await loadSuite(name).catch((error) => stop(error.message, 2)));
  const rows = suites.flatMap((suite) => suite.rows.map((row) => row.name));
  if (only !== undefined && !rows.includes(only)) stop(`No such row: ${only}. Rows: ${rows.join(', ')}`, 2);
  return suites.filter((suite) => only === undefined || suite.rows.some((row) => row.name === only));
};

const table = (rows) => {
  const head = ['row', 'value', 'unit', 'iqr', 'runs', 'n', 'peer', 'peer value', 'ratio', 'bar', 'holds'];
  const body = rows.map((row) => [
    row.name,
    row.failure === null ? number(row.value) : 'failed',
    row.unit,
    number(row.iqr),
    String(row.runs),
    number(row.n),
    row.peer === null ? '-' : [row.peer, row.peerVersion].filter(Boolean).join(' '),
    number(row.peerValue),
    number(row.ratio),
    row.bar === null
      ? '-'
      : `${row.better === 'higher' ? '≥' : '≤'} ${number(row.bar)}${row.barOn === 'ratio' ? ' x peer' : ''}`,
    row.holds === null ? '-' : row.holds ? 'yes' : 'NO',
  ]);
  return columns([head, ...body], [1, 3, 4, 5, 7, 8, 9]);
};

/** Whole or not at all: what was written before stays readable while the next suite runs. */
const writeJson = (file, rows) => {
  const report = rows.map((row) => ({ ...row, failure: undefined, barOn: undefined }));
  writeFileSync(`${file}.part`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${file}.part`, file);
};

const main = async () => {
  const options = readArguments();
  if (options.help) return void process.stdout.write(HELP);
  if (options.suites.length === 0) stop(HELP, 2);
  const names = suiteNames();
  const unknown = options.suites.filter((name) => !names.includes(name));
  if (unknown.length > 0) stop(`No such suite: ${unknown.join(', ')}. Suites: ${names.join(', ') || 'none yet'}`, 2);
  requireReady();
  const settings = {
    only: options.only ?? null,
    seed: wholeNumber('seed', options.seed, 0),
    runs: wholeNumber('runs', options.runs, 1),
    dataDir: options.data === undefined ? null : resolve(options.data),
    say: (line) => process.stderr.write(`${line}\n`),
  };
  // What is measured is always what the sources say now.
  const built = await buildTypeScript();
  if (built.exitCode !== 0) stop(`${built.output}\nThe program did not build.`);
  const rows = [];
  for (const suite of await loadAll(options.suites, options.only)) {
    rows.push(...(await measureSuite(suite, settings)));
    if (options.json !== undefined) writeJson(resolve(options.json), rows);
  }
  process.stdout.write(`${table(rows)}\n`);
  if (rows.some((row) => row.failure !== null)) process.exitCode = 1;
};

await main();
