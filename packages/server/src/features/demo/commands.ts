// redthread demo and redthread synth: the drawn world, and the whole program shown on it.
import { availableParallelism, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import { bytes, duration, thousands } from '../../app/cli/table.js';
import { portNumber, wholeNumber } from '../../app/cli/whole-number.js';
import { makeOutFolder } from '../../app/data-folder.js';
import { DEFAULT_WORLD } from './default-world.js';
import type { WorldScale } from './drawn-world.js';

const SCALES = ['tiny', 'small', 'medium'] as const;

interface DemoOptions {
  readonly seed: number;
  readonly scale: WorldScale;
  readonly serve: boolean;
  readonly port?: number;
}

interface SynthOptions {
  readonly operation: string;
  readonly seed: number;
  readonly scale: WorldScale;
  readonly out: string;
  readonly json?: boolean;
}

const seed = wholeNumber(0, 999_999_999);

const scale = (value: string): WorldScale => {
  const found = SCALES.find((one) => one === value);
  if (found === undefined) throw new InvalidArgumentError(`One of ${SCALES.join(', ')}.`);
  return found;
};

const operation = (value: string): string => {
  if (value !== 'tantalus') throw new InvalidArgumentError('The operation that can be drawn is tantalus.');
  return value;
};

export const registerDemoCommands = (program: Command, io: Io): void => {
  program
    .command('demo')
    .description('draw a harmless sample operation of two agencies, ingest, compare and show it')
    .option('--seed <number>', 'another seed draws another world', seed, DEFAULT_WORLD.seed)
    .option('--scale <scale>', 'tiny (40 files), small (300) or medium (3,000)', scale, DEFAULT_WORLD.scale)
    .option('--no-serve', 'end after the report instead of serving the web application')
    .option('--port <number>', 'port of the web application, 0 for a free one', portNumber)
    .addHelpText(
      'after',
      '\nIts data folder is ./.demo (./.demo-7-tiny for seed 7, tiny) unless --data says otherwise; it never becomes a real instance.',
    )
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./run.js');
      const { data } = program.optsWithGlobals<{ data?: string }>();
      await runDemo(io, { ...options, data, osAccount: userInfo().username });
    });

  program
    .command('synth')
    .description('draw a sample operation into a folder: exhibits, lists, operation.json and the truth beside them')
    .option('--operation <name>', 'which operation', operation, 'tantalus')
    .option('--scale <scale>', 'tiny (40 files), small (300) or medium (3,000)', scale, DEFAULT_WORLD.scale)
    .option('--seed <number>', 'another seed draws another world', seed, DEFAULT_WORLD.seed)
    .option('--out <folder>', 'where to', './tantalus')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread synth --operation tantalus --scale medium --seed 7 --out /tmp/tantalus',
    )
    .action(async ({ out, json, ...options }: SynthOptions) => {
      const { drawOperation } = await import('@redthread/synth');
      makeOutFolder(resolve(out));
      const summary = await drawOperation({
        operation: 'tantalus',
        scale: options.scale,
        seed: options.seed,
        out: resolve(out),
        threads: availableParallelism(),
        onProgress: (done, total) => io.live([`drawing ${thousands(done)} of ${thousands(total)}`]),
      });
      io.settle();
      if (json === true) return io.json(summary);
      io.out(
        `${resolve(out)}: ${thousands(summary.files)} files, ${thousands(summary.pictures)} pictures of ${thousands(summary.frames)} scenes, ` +
          `${bytes(summary.bytes)}, ${thousands(summary.exhibits.length)} exhibits; drawn in ${duration(summary.durationMs / 1000)}`,
      );
    });
};
