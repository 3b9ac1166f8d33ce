// redthread case contact-mode.
import { Argument, type Command } from 'commander';
import { CONTACT_MODES, type ContactMode } from '@redthread/core/contract';
import { reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { withLocalSession } from '../accounts/index.js';
import { changeContactMode } from './contact-mode.js';
import { namedCase } from './named-case.js';

export const registerContactMode = (command: Command, program: Command, io: Io): void => {
  command
    .command('contact-mode <reference>')
    .description('change what a case tells other agencies where files match, and is told')
    .addArgument(
      new Argument('<mode>', 'open: told, and told of; one-way: told, not told of; silent: neither').choices(
        CONTACT_MODES,
      ),
    )
    .requiredOption('--reason <text>', 'why; stands in the record')
    .option('--json', 'print JSON')
    .action(
      async (
        reference: string,
        mode: ContactMode,
        { reason, json }: { readonly reason: string; readonly json?: boolean },
      ) => {
        const why = reasonOf(reason);
        const changed = await withLocalSession(program, [], async (session) =>
          changeContactMode(session.store, session.ctx, await namedCase(session, reference), { mode, reason: why }),
        );
        if (json === true) return io.json(changed);
        io.out(`${reference} is ${mode}`);
        io.note('It holds from the next day on; what was told before stays told.');
      },
    );
};
