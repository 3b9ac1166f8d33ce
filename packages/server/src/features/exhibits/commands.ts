// redthread ingest: from a source to matches, with a live line a stage, and what came of it at the end.
import type { Command } from 'commander';
import { fail } from '@redthread/core/errors';
import { noneViewed, nothingSaid, type Viewing } from '@redthread/core/sending';
import type { Io } from '../../app/cli/io.js';
import { EXIT } from '../../app/cli/exit-codes.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { passwordsOf } from './passwords.js';

interface IngestFlags {
  readonly case: string;
  readonly exhibit: string;
  readonly inPlace?: boolean;
  readonly wait: boolean;
  readonly parts?: boolean;
  readonly json?: boolean;
  readonly server?: string;
  readonly keyFile?: string;
  readonly certificate?: string;
  readonly patience: number;
  readonly notViewedByProvider?: boolean;
  readonly providerViewed?: string;
  readonly passwordFile?: string;
  readonly askPassword?: boolean;
}

export const registerExhibitCommands = (program: Command, io: Io): void => {
  program
    .command('ingest')
    .description('take an exhibit in: hash, store, decode, match; run again after an interruption, it goes on')
    .argument('<source>', 'a folder, a .zip, .tar, .tar.gz or .7z, or a disk image (by content, not by name)')
    .requiredOption('--case <reference>', 'case of your agency')
    .requiredOption('--exhibit <reference>', 'reference of the exhibit within the case')
    .option('--in-place', 'leave the files where they are, under a root of REDTHREAD_IN_PLACE_ROOTS')
    .option('--no-wait', 'end when everything is stored; workers of the server decode and match')
    .option('--parts', 'end when parts of pictures were compared too, which takes longer than all the rest')
    .option('--server <url>', 'take it in on a server instead: this machine walks, hashes and sends')
    .option('--key-file <file>', 'with --server: file with the API key (scope ingest), readable by you alone')
    .option('--certificate <file>', 'with --server: PEM of a private authority that signed its certificate')
    .option('--patience <minutes>', 'with --server: how long it may be silent', wholeNumber(1, 10_080), 60)
    .option(
      '--not-viewed-by-provider',
      'the provider who reported the files has viewed none: closed until a legal basis',
    )
    .option('--provider-viewed <file>', 'CSV `path,viewed`: which files the provider has viewed (yes or no)')
    .option('--password-file <file>', 'passwords for locked archives, one a line, in a file readable by you alone')
    .option('--ask-password', 'type a password for locked archives, unseen')
    .option('--json', 'one line of JSON for machines')
    .addHelpText(
      'after',
      `
Examples:
  $ redthread ingest /mnt/seized/phone --case ES-2026-014 --exhibit 7
  $ redthread ingest /mnt/seized/phone --case ES-2026-014 --exhibit 7 --server https://redthread.example.org --key-file ~/redthread.key`,
    )
    .action(async (source: string, flags: IngestFlags) => {
      requireOneEnd(flags);
      if (await remotely(io, source, flags)) return;
      const { runIngestCommand } = await import('./ingest-command.js');
      const unread = await runIngestCommand(program, io, {
        source,
        ...flags,
        inPlace: flags.inPlace === true,
        wait: flags.parts === true ? 'parts' : flags.wait,
        viewing: await viewingOf(flags),
        passwords: await passwordsOf(flags),
        json: flags.json === true,
      });
      if (unread) process.exitCode = EXIT.someUnread;
    });
};

/** Errors: ARGUMENT_INVALID. */
const requireOneEnd = ({ parts, wait, server }: IngestFlags): void => {
  if (parts !== true) return;
  if (!wait) throw fail('ARGUMENT_INVALID', 'give --parts or --no-wait, not both', { pointer: 'parts' });
  if (server !== undefined)
    throw fail('ARGUMENT_INVALID', 'a server compares parts by itself: leave --parts out', { pointer: 'parts' });
};

const viewingOf = async ({ notViewedByProvider, providerViewed }: IngestFlags): Promise<Viewing> => {
  const { readViewingList } = await import('./ingest/viewing-list.js');
  if (notViewedByProvider === true && providerViewed !== undefined)
    throw fail('ARGUMENT_INVALID', 'give --not-viewed-by-provider or --provider-viewed, not both', {
      pointer: 'provider-viewed',
    });
  if (providerViewed !== undefined) return readViewingList(providerViewed);
  return notViewedByProvider === true ? noneViewed : nothingSaid;
};

/** Whether it was sent to a server. Errors: ARGUMENT_INVALID for options that do not go together. */
const remotely = async (io: Io, source: string, flags: IngestFlags): Promise<boolean> => {
  const { server, keyFile } = flags;
  if (server === undefined) {
    const alone = [keyFile, flags.certificate].some((value) => value !== undefined);
    if (alone) throw fail('ARGUMENT_INVALID', '--key-file and --certificate go with --server', { pointer: 'server' });
    return false;
  }
  if (keyFile === undefined)
    throw fail('ARGUMENT_INVALID', '--server needs --key-file FILE with an API key', { pointer: 'key-file' });
  if (flags.inPlace === true)
    throw fail('ARGUMENT_INVALID', 'what is sent to a server is copied: leave --in-place out', { pointer: 'in-place' });
  const { runRemoteCommand } = await import('./remote/remote-command.js');
  const unread = await runRemoteCommand(io, {
    source,
    case: flags.case,
    exhibit: flags.exhibit,
    wait: flags.wait,
    viewing: await viewingOf(flags),
    passwords: await passwordsOf(flags),
    json: flags.json === true,
    server,
    keyFile,
    certificate: flags.certificate,
    patienceMinutes: flags.patience,
  });
  if (unread) process.exitCode = EXIT.someUnread;
  return true;
};
