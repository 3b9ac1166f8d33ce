// redthread chats show-file: no database, no account, nothing kept.
import { DATE_ORDERS, type DateOrder } from '@redthread/core/chats';
import { InvalidArgumentError, type Command } from 'commander';
import type { Io } from '../../app/cli/io.js';
import type { ShowFileOptions } from './show-file.js';

const orderOf = (value: string): DateOrder => {
  const found = DATE_ORDERS.find((order) => order === value);
  if (found === undefined) throw new InvalidArgumentError(`One of ${DATE_ORDERS.join(', ')}.`);
  return found;
};

/** Adds it to the command `chats`. */
export const addShowFile = (chats: Command, io: Io): void => {
  chats
    .command('show-file <path>')
    .description('what a chat export says: a text, a folder or an archive, read without a database')
    .option(
      '--date-order <order>',
      'in which order its dates stand: dmy, mdy, ymd; where the file leaves it open',
      orderOf,
    )
    .option('--json', 'print one JSON line for each conversation, participant, message and note')
    .addHelpText('after', '\nExample:\n  $ redthread chats show-file "WhatsApp Chat - Kites.zip" --json')
    .action(async (path: string, options: ShowFileOptions) => {
      const { runShowFile } = await import('./show-file.js');
      process.exitCode = await runShowFile(io, path, options);
    });
};
