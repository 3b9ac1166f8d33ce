// The last step of the demonstration: a small self-test, kept so that its page has something to show.
import type { SelfTest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { bold, thousands, thread } from '../../app/cli/table.js';
import type { Store } from '../../store/index.js';
import { keepSelfTest, lastSelfTest, promisedCopies, runSelfTest } from '../selftest/index.js';

/** One room and its edits: seconds, where a self-test of the usual size takes half a minute. */
const PICTURES = 4;

export interface DemoSelfTest {
  readonly result: SelfTest;
  /** When an earlier start of the demonstration ran it; null: just now. */
  readonly keptSince: string | null;
}

/** Run once a demonstration; shown again after that. */
export const demoSelfTest = async (store: Store, ctx: Context, seed: number): Promise<DemoSelfTest> => {
  const kept = await lastSelfTest(store, ctx);
  if (kept !== null) return { result: kept.result, keptSince: kept.at };
  const result = await runSelfTest({ seed, pictures: PICTURES });
  await keepSelfTest(store, ctx, result);
  return { result, keptSince: null };
};

export const printSelfTest = (io: Io, { result, keptSince }: DemoSelfTest): void => {
  const kept = keptSince === null ? '' : ` (kept from ${minute(keptSince)} UTC)`;
  const { copies, found } = promisedCopies(result);
  const { comparisons, errors } = result.falseMatches.together;
  io.out(
    (result.holds ? bold : thread)(
      `self-test${kept}: ${thousands(found)} of ${thousands(copies)} copies found, ${thousands(errors)} false matches in ${thousands(comparisons)} comparisons; a larger one: redthread selftest`,
      io.colour,
    ),
  );
  io.out('');
};
