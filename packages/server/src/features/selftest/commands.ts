// redthread selftest.
import process from 'node:process';
import type { Command } from 'commander';
import type { SelfTest } from '@redthread/core/contract';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';

const DEFAULT_SEED = 1;
const DEFAULT_PICTURES = 24;
const INTERRUPTED = 130;

interface SelfTestOptions {
  readonly seed: number;
  readonly pictures: number;
  readonly store?: boolean;
  readonly json?: boolean;
}

export const registerSelfTestCommands = (program: Command, io: Io): void => {
  program
    .command('selftest')
    .description('draw planted pictures and edits of them, and print what every method finds and confuses')
    .option('--seed <number>', 'another seed draws another set', wholeNumber(0, 999_999_999), DEFAULT_SEED)
    .option('--pictures <number>', 'how many different pictures', wholeNumber(2, 500), DEFAULT_PICTURES)
    .option('--store', 'keep the result in the data folder: the web application shows the last one')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWithout --store it needs no data folder and leaves nothing behind. Exit code 0 when every copy within the floor was\n' +
        'found and no different pictures were matched, 1 when not.\n\nExample:\n  $ redthread selftest --seed 7 --store',
    )
    .action(async (options: SelfTestOptions) => {
      const controller = interruptible(io);
      try {
        const result =
          options.store === true
            ? await runAndKeep(program, io, options, controller)
            : await run(io, options, controller);
        await print(io, result, options);
      } catch (error) {
        if (!controller.signal.aborted) throw error;
        process.exitCode = INTERRUPTED;
      }
    });
};

/** The first Ctrl-C ends it and tidies up, the second one insists. */
const interruptible = (io: Io): AbortController => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      io.settle();
      io.note('Interrupted: nothing is kept.');
      controller.abort();
    });
  return controller;
};

const STEPS = { draw: 'drawing', decode: 'decoding', compare: 'comparing' } as const;

const run = async (io: Io, { pictures, seed }: SelfTestOptions, { signal }: AbortController): Promise<SelfTest> => {
  const { runSelfTest } = await import('./run.js');
  const result = await runSelfTest({
    seed,
    pictures,
    signal,
    onProgress: (step, done, total) =>
      io.live([step === 'compare' ? STEPS[step] : `${STEPS[step]} ${thousands(done)} of ${thousands(total)}`]),
  });
  io.settle();
  return result;
};

/** Whoever may not keep a result learns it before anything is drawn. */
const runAndKeep = async (
  program: Command,
  io: Io,
  options: SelfTestOptions,
  controller: AbortController,
): Promise<SelfTest> => {
  const { requireRight, withLocalSession } = await import('../accounts/index.js');
  const { keepSelfTest } = await import('./service.js');
  return withLocalSession(program, [], async ({ ctx, store }) => {
    requireRight(ctx, 'keep self-tests');
    const result = await run(io, options, controller);
    await keepSelfTest(store, ctx, result);
    return result;
  });
};

const print = async (io: Io, result: SelfTest, { json }: SelfTestOptions): Promise<void> => {
  if (!result.holds) process.exitCode = EXIT.failed;
  if (json === true) return io.json(result);
  const { selfTestLines } = await import('./print.js');
  selfTestLines(result, io.colour).forEach(io.out);
};
