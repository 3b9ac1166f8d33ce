// From where somebody asks or decides at the command line.
import type { Command } from 'commander';
import { osAccount, provePassword, readSecret, type LocalSession } from '../accounts/index.js';
import type { Origin } from './steps/people.js';

export const HERE: Origin = { osAccount: osAccount() };

export interface DecideOptions {
  readonly reason?: string;
  readonly passwordStdin?: boolean;
  readonly password?: boolean;
  readonly json?: boolean;
}

/** With a password the session is the own one of whoever knows it, at whatever account of the system. */
export const originOf = async (
  { store, ctx }: LocalSession<'app'>,
  { password, passwordStdin }: DecideOptions,
): Promise<Origin> => {
  if (password !== true && passwordStdin !== true) return HERE;
  await provePassword(store, ctx, await readSecret('Password', passwordStdin === true, '--password-stdin'));
  return { osAccount: null };
};

export const decides = (command: Command): Command =>
  command
    .option('--password', 'type your password: where you share an account of the system with whoever asked')
    .option('--password-stdin', 'read it from stdin')
    .option('--json', 'print JSON');
