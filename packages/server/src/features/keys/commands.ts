// redthread key.
import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { checkedReference } from '../../app/reference.js';
import type { Io, Json } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { readKeyFile } from '../../store/index.js';
import { withLocalSession } from '../accounts/index.js';
import { rewrapCase } from './rewrap-case.js';
import { rotateMasterKey, type Rotated } from './rotate.js';
import { readKeyStatus, type KeyStatus } from './status.js';

const OPEN_TO_OTHERS = 0o077;
const REDRAW_MS = 200;

const statusLines = (status: KeyStatus): string[] => {
  const { masterKeyId, rotation, given, state, casesInChange } = status;
  const here = (id: string): string => (given.includes(id) ? 'given here' : 'not given here');
  const head =
    rotation?.phase === 'rewrapping'
      ? [`changing from master key ${rotation.from} (${here(rotation.from)}) to ${rotation.to} (${here(rotation.to)})`]
      : [
          `master key ${masterKeyId ?? 'none yet'}${masterKeyId === null ? '' : ` (${here(masterKeyId)})`}: ${state}`,
          ...(rotation === null ? [] : [`a change to ${rotation.to} was begun; nothing lies under it yet`]),
        ];
  const rows = status.wrapped.map((row) => [
    row.masterKeyId,
    thousands(row.agencyKeys),
    thousands(row.caseKeys),
    thousands(row.signingKeys),
  ]);
  return [
    ...head,
    ...(rotation === null ? [] : ['go on with: redthread key rotate --new-key-file FILE']),
    ...(casesInChange === 0
      ? []
      : [`${thousands(casesInChange)} cases are going over to a new key: redthread key rewrap --case CASE`]),
    ...table(
      [
        { title: 'under master key' },
        { title: 'keys of agencies', align: 'right' },
        { title: 'of cases', align: 'right' },
        { title: 'of the record', align: 'right' },
      ],
      rows,
    ),
  ];
};

const nextStep = ({ to, retired }: Rotated, source: 'default' | 'given'): string =>
  source === 'default'
    ? `The new key is in place${retired === null ? '' : `; the old one is ${retired}`}: keep a copy of each in the safe, the old one for as long as backups from before are kept.`
    : `Put key ${to} where REDTHREAD_MASTER_KEY_FILE points before anything is started again; keep the old one for as long as backups from before are kept.`;

export const registerKeyCommands = (program: Command, io: Io): void => {
  const key = program.command('key').description('the keys of the store: which are in force, and changing them');

  key
    .command('status')
    .description('which master key is in force, and what lies under it')
    .option('--json', 'print JSON')
    .action(async ({ json }: Json) => {
      const status = await withLocalSession(program, ['owner'], ({ store, ctx }) => readKeyStatus(store, ctx));
      if (json === true) io.json(status);
      else statusLines(status).forEach(io.out);
    });

  key
    .command('rotate')
    .description('change the master key, while servers run; interrupted, the same command goes on')
    .requiredOption('--new-key-file <path>', 'file of the new key: 32 bytes as 64 hex digits or base64')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
No content is encrypted again: the keys of agencies and cases go over to the new key.

Example:
  $ (umask 077; openssl rand -hex 32 > /etc/redthread/master.key.new)
  $ redthread key rotate --new-key-file /etc/redthread/master.key.new
  $ mv /etc/redthread/master.key.new /etc/redthread/master.key`,
    )
    .action(async ({ newKeyFile, json }: Json & { readonly newKeyFile: string }) => {
      const next = await readKeyFile(newKeyFile);
      if ((statSync(newKeyFile).mode & OPEN_TO_OTHERS) !== 0)
        io.note(`${newKeyFile} can be read by others: chmod 600 ${newKeyFile}`);
      let drawnAt = 0;
      const { rotated, source } = await withLocalSession(program, ['owner'], async ({ store, ctx, config }) => ({
        source: config.masterKey.kind,
        rotated: await rotateMasterKey(store, ctx, next, {
          onProgress: ({ phase, done, total }) => {
            if (Date.now() - drawnAt < REDRAW_MS && done < total) return;
            drawnAt = Date.now();
            io.live([
              phase === 'handing-over'
                ? 'running processes are given the new key'
                : `${thousands(done)} / ${thousands(total)} keys`,
            ]);
          },
        }),
      }));
      io.settle();
      if (json === true) return io.json(rotated);
      const { keys, from, to, processes } = rotated;
      io.out(
        `${thousands(keys)} keys went over from master key ${from} to ${to}` +
          (processes === 0 ? '' : `; ${thousands(processes)} running processes have it`),
      );
      io.note(nextStep(rotated, source));
    });

  key
    .command('rewrap')
    .description('give a case a new key, while people work on it; interrupted, the same command goes on')
    .requiredOption('--case <reference>', 'case of your agency')
    .option('--json', 'print JSON')
    .action(async (options: Json & { readonly case: string }) => {
      const reference = checkedReference('case', options.case);
      const rewrapped = await withLocalSession(program, ['owner'], ({ store, ctx }) =>
        rewrapCase(store, ctx, reference, (envelopes) => io.live([`${thousands(envelopes)} envelopes`])),
      );
      io.settle();
      if (options.json === true) return io.json(rewrapped);
      io.out(
        rewrapped.generation === 0
          ? `case ${reference} has no key yet: nothing was taken in`
          : `case ${reference} has its key number ${rewrapped.generation}; ${thousands(rewrapped.envelopes)} envelopes went over`,
      );
    });
};
