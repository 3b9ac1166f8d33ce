// Runs one tier of tests through vitest and counts what it did, also when it had to be stopped; a file that cannot even load
// counts as one failure.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot, ROOT } from './repository.mjs';
import { run } from './run.mjs';
import { duration } from './terminal.mjs';

/**
 * @param {'unit' | 'medium' | 'e2e'} tier
 * @param {{ timeoutMs: number, env?: Record<string, string>, root?: string }} options `root`: whose tests, this repository's by default
 * @returns {Promise<{ passed: number, failed: number, skipped: number, ms: number, note: string | null }>}
 */
export const runTier = async (tier, { timeoutMs, env, root = ROOT }) => {
  mkdirSync(inRoot('test-results'), { recursive: true });
  const tally = inRoot(`test-results/${root === ROOT ? tier : 'other'}.ndjson`);
  writeFileSync(tally, '');
  const { exitCode, ms, timedOut } = await run(
    process.execPath,
    [
      inRoot('node_modules/vitest/vitest.mjs'),
      ...['run', '--root', root, '--project', tier, '--passWithNoTests', '--silent=passed-only'],
      ...['--reporter=default', `--reporter=${inRoot('scripts/lib/tally-reporter.mjs')}`],
    ],
    { show: true, timeoutMs, env: { ...env, VITEST_TALLY: tally } },
  );
  const tests = readTally(tally);
  const having = (wanted) => tests.filter(({ state }) => state === wanted);
  const counts = {
    passed: having('passed').length,
    failed: having('failed').length,
    skipped: having('skipped').length,
  };
  if (timedOut) {
    // Vitest prints why a test failed at its end, which it did not reach.
    const note = [`stopped after ${duration(timeoutMs)}: counted as one failure`, ...having('failed').map(failure)];
    return { ...counts, failed: counts.failed + 1, ms, note: note.join('\n\n') };
  }
  // Failed as a whole without a failed test: vitest itself.
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1, ms, note: `vitest ended with ${exitCode}` };
  return { ...counts, ms, note: null };
};

/** The last line may have been cut off by the end of the process. */
const readTally = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });

const failure = ({ file, name, errors }) => [`FAIL ${file} > ${name}`, ...errors].join('\n');
