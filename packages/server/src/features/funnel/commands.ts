// redthread funnel.
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { funnelLines } from './print.js';
import { resolveScope } from './resolve.js';
import { readFunnel } from './service.js';

interface Options {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly json?: boolean;
  readonly explain?: boolean;
}

export const registerFunnelCommands = (program: Command, io: Io): void => {
  program
    .command('funnel')
    .description('from seized to new: how many files repeat, are known, are the same picture, are new')
    .option('--operation <reference>', 'an operation')
    .option('--case <reference>', 'a case')
    .option('--exhibit <case/exhibit>', 'an exhibit')
    .option('--explain', 'say what each step means, and the call that lists it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  $ redthread funnel --operation tantalus\n  $ redthread funnel --exhibit ES-2026-014/7 --explain`,
    )
    .action(async (options: Options) => {
      const funnel = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const scope = await resolveScope(store, ctx, options);
        if (scope === null) throw fail('ARGUMENT_INVALID', 'give --operation, --case or --exhibit');
        const answer = await readFunnel(store, ctx, scope);
        await recordView(session, 'funnel', { object: scope });
        return answer;
      });
      if (options.json === true) return io.json(funnel);
      funnelLines(funnel, io.colour).forEach(io.out);
      if (options.explain !== true) return;
      for (const { step, explanation, query } of funnel.steps) {
        io.out('');
        io.out(`${step}: ${explanation}`);
        io.out(`  ${query}`);
      }
    });
};
