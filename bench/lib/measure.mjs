// Runs the rows of a suite interleaved and turns what they return into the rows of the report.
import { availableParallelism, tmpdir } from 'node:os';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { interquartileRange, median } from './statistics.mjs';

/**
 * One suite: prepare once, then run 1 of every row, run 2 of every row, ..., so that a machine that slows down slows all alike.
 * @param {(line: string) => void} say progress, one line a measurement
 * @returns {Promise<object[]>} report rows; a row that threw has `value: null` and a reason in `failure`, which is not in the JSON
 */
export const measureSuite = async (suite, { only, seed, runs, dataDir, say }) => {
  const rows = suite.rows.filter((row) => only === null || row.name === only);
  const tempDir = mkdtempSync(join(tmpdir(), `redthread-bench-${suite.name}-`));
  // As root the embedded database runs as another user, who has to pass here.
  chmodSync(tempDir, 0o711);
  const context = { seed, dataDir, tempDir, cores: availableParallelism(), rows: rows.map((row) => row.name), say };
  const taken = new Map(rows.map((row) => [row.name, { results: [], failure: null }]));
  let prepared;
  const leave = async () => {
    try {
      await suite.finish(context, prepared);
    } catch (error) {
      say(`${suite.name} could not finish\n${error.stack ?? error}`);
    }
    rmSync(tempDir, { recursive: true, force: true });
  };
  const interrupted = () => void leave().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted);
  try {
    prepared = await suite.prepare(context);
    await interleave(rows, runs, context, prepared, taken);
  } catch (error) {
    say(`${suite.name} could not be prepared\n${error.stack ?? error}`);
    for (const record of taken.values()) record.failure = error;
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupted);
  await leave();
  return rows.map((row) => toReport(suite.name, row, taken.get(row.name), { seed, dataDir, runs }));
};

const interleave = async (rows, runs, context, prepared, taken) => {
  const most = Math.max(...rows.map((row) => runsOf(row, runs)));
  for (let run = 1; run <= most; run++) {
    for (const row of rows) {
      const record = taken.get(row.name);
      if (run > runsOf(row, runs) || record.failure !== null) continue;
      try {
        const result = await row.run({ ...context, run }, prepared);
        if (!Number.isFinite(result?.value)) throw new Error(`run() returned the value ${result?.value}`);
        record.results.push(result);
        context.say(`${row.name} ${run}/${runsOf(row, runs)}: ${number(result.value)} ${row.unit}`);
      } catch (error) {
        record.failure = error;
        context.say(`${row.name} ${run}/${runsOf(row, runs)}: failed\n${error.stack ?? error}`);
      }
    }
  }
};

/** A row may ask for fewer runs than usual (an hour each), never for more. */
const runsOf = (row, runs) => Math.min(row.runs ?? runs, runs);

const toReport = (suite, row, { results, failure }, { seed, dataDir, runs }) => {
  const complete = failure === null;
  const values = results.map((result) => result.value);
  const last = results.at(-1) ?? {};
  const paired = results.filter((result) => Number.isFinite(result.peerValue));
  const hasPeer = complete && paired.length > 0;
  const value = complete ? median(values) : null;
  const bar = row.bar ?? null;
  // Run by run, since what disturbed one disturbed the other; the ratio of two medians would lose that.
  const ratio = hasPeer ? median(paired.map((result) => result.value / result.peerValue)) : null;
  const held = row.barOn === 'ratio' ? ratio : value;
  return {
    suite,
    name: row.name,
    value,
    unit: row.unit,
    better: row.better,
    n: last.n ?? null,
    set: last.set ?? row.set ?? null,
    seed,
    runs: values.length,
    iqr: complete && values.length > 1 ? interquartileRange(values) : null,
    peer: last.peer ?? row.peer ?? null,
    peerVersion: last.peerVersion ?? row.peerVersion ?? null,
    peerValue: hasPeer ? median(paired.map((result) => result.peerValue)) : null,
    ratio,
    bar,
    holds: bar === null || held === null ? null : row.better === 'higher' ? held >= bar : held <= bar,
    command: commandOf(suite, row.name, { seed, dataDir, runs }),
    failure: failure === null ? null : String(failure.message ?? failure),
    barOn: row.barOn ?? 'value',
  };
};

/** What repeats this one figure. */
const commandOf = (suite, name, { seed, dataDir, runs }) => {
  const data = dataDir === null ? '' : ` --data ${quoted(dataDir)}`;
  return `npm run bench -- ${suite} --only ${name} --seed ${seed} --runs ${runs}${data}`;
};

const quoted = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Four significant digits, thin thousands: enough to compare, not more than was measured. */
export const number = (value) => {
  if (value === null) return '-';
  const digits = value === 0 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 6) });
};
