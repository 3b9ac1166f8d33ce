// Runs one tier of tests through vitest and counts what it did; a file that cannot even load counts as one failure.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot } from './repository.mjs';
import { run } from './run.mjs';

/**
 * @param {'unit' | 'medium' | 'e2e'} tier
 * @returns {Promise<{ passed: number, failed: number, skipped: number, ms: number, note: string | null }>}
 */
export const runTier = async (tier, { timeoutMs, env }) => {
  mkdirSync(inRoot('test-results'), { recursive: true });
  const report = inRoot(`test-results/${tier}.json`);
  rmSync(report, { force: true });
  const { exitCode, ms, timedOut } = await run(
    process.execPath,
    [
      inRoot('node_modules/vitest/vitest.mjs'),
      ...['run', '--project', tier, '--passWithNoTests', '--silent=passed-only'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { show: true, timeoutMs, env },
  );
  const counts = count(report);
  if (timedOut) return { ...counts, failed: counts.failed + 1, ms, note: 'stopped: it took too long' };
  // Failed as a whole without a failed test: an unhandled error, or vitest itself.
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1, ms, note: `vitest ended with ${exitCode}` };
  return { ...counts, ms, note: null };
};

const count = (report) => {
  let files;
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const statuses = files.flatMap((file) => {
    const ofFile = file.assertionResults.map((test) => test.status);
    return file.status === 'failed' && !ofFile.includes('failed') ? [...ofFile, 'failed'] : ofFile;
  });
  const having = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  return {
    passed: having('passed'),
    failed: having('failed'),
    skipped: having('skipped', 'pending', 'todo', 'disabled'),
  };
};
