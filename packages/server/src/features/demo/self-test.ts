// The last step of the demonstration: a small self-test, kept so that its page has something to show.
import type { SelfTest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { bold, thousands, thread } from '../../app/cli/table.js';
import type { Store } from '../../store/index.js';
import { keepSelfTest, lastSelfTest, promisedCopies, runSelfTest } from '../selftest/index.js';

/** One room and its edits: seconds, where a self-test of the usual size takes half a minute. */
const PICTURES = 4;

/** Run once a demonstration; shown again after that. */
export const demoSelfTest = async (store: Store, ctx: Context, seed: number): Promise<SelfTest> => {
  const kept = await lastSelfTest(store, ctx);
  if (kept !== null) return kept.result;
  const result = await runSelfTest({ seed, pictures: PICTURES });
  await keepSelfTest(store, ctx, result);
  return result;
};

export const printSelfTest = (io: Io, result: SelfTest): void => {
  const { copies, found } = promisedCopies(result);
  const { comparisons, errors } = result.falseMatches.together;
  io.out(
    (result.holds ? bold : thread)(
      `self-test: ${thousands(found)} of ${thousands(copies)} copies found, ${thousands(errors)} false matches in ${thousands(comparisons)} comparisons; a larger one: redthread selftest`,
      io.colour,
    ),
  );
  io.out('');
};
