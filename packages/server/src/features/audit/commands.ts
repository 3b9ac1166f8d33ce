// redthread audit: show, export, anchors, erase, keys.
import { Option, type Command } from 'commander';
import { fail } from '@redthread/core/errors';
import type { Io, Json } from '../../app/cli/io.js';
import { table, thousands } from '../../app/cli/table.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { Erasure } from '@redthread/core/contract';
import { recordView, withLocalSession } from '../accounts/index.js';
import { listAnchors } from './anchors.js';
import { eraseTexts } from './erase.js';
import { exportRecord } from './export/export-record.js';
import { itemHistory } from './history.js';
import { listSigningKeys, rotateSigningKey } from './keys.js';
import { parseNumbers } from './numbers.js';
import { eventLines, stateLines } from './print.js';
import { readRecordState } from './record-state.js';
import { itemOf, type ItemOptions } from './select.js';
import { listAudit } from './service.js';

interface ShowOptions extends ItemOptions, Json {
  readonly type?: string;
  readonly object?: string;
  readonly limit: number;
}

const SHOWN = 50;
const MOST_SHOWN = 500;

const showCommand = (audit: Command, program: Command, io: Io): void => {
  audit
    .command('show')
    .description('who saw, did and was refused what, newest first; or the history of one item')
    .option('--media <id>', 'only what your people did with this media')
    .option('--case <reference>', 'only what your people did with this case and its exhibits')
    .option('--type <type>', 'only events of this type, such as reveal')
    .option('--object <id>', 'only events about this id')
    .option('--limit <number>', 'how many', wholeNumber(1, MOST_SHOWN), SHOWN)
    .option('--json', 'print JSON, an event a line')
    .addHelpText('after', `\nExample:\n  $ redthread audit show --case ES-2026-014 --type reveal`)
    .action(async ({ json, limit, object, type, ...item }: ShowOptions) => {
      const { page, state } = await withLocalSession(program, [], async (session) => {
        const { ctx, store } = session;
        const of = await itemOf(store, ctx, item);
        const page =
          of === null
            ? await listAudit(store, ctx, { limit, object, type })
            : await itemHistory(store, ctx, of, { limit, type });
        await recordView(session, of === null ? 'audit record' : 'history', {
          object: of === null ? null : 'media' in of ? { kind: 'media', id: of.media } : { kind: 'case', id: of.case },
          count: page.items.length,
        });
        return { page, state: of === null ? await readRecordState(store, ctx) : null };
      });
      if (json === true) return page.items.forEach((event) => io.json(event));
      if (state !== null) stateLines(state).forEach(io.note);
      eventLines(page.items).forEach(io.out);
      if (page.next !== null)
        io.note(`${thousands(page.items.length)} of ${thousands(page.total)}: --limit shows more`);
    });
};

interface ExportOptions extends ItemOptions, Json {
  readonly agency?: boolean;
  readonly out: string;
  readonly recipient?: string;
  readonly texts: boolean;
}

const exportCommand = (audit: Command, program: Command, io: Io): void => {
  audit
    .command('export')
    .description('write events with proofs, heads, keys and anchors into a folder that anybody can verify offline')
    .option('--media <id>', 'the events about this media')
    .option('--case <reference>', 'the events about this case and its exhibits')
    .option('--agency', 'every event of your agency')
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .option('--recipient <name>', 'who is to get it, for the record')
    .option('--no-texts', 'leave clear texts out: what was sealed stays verifiable')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  $ redthread audit export --case ES-2026-014 --out record-ES-2026-014 --recipient "District court"
  $ node tools/verify-record.mjs record-ES-2026-014`,
    )
    .action(async ({ agency, json, out, recipient, texts, ...item }: ExportOptions) => {
      const exported = await withLocalSession(program, ['sealer'], async ({ ctx, store }) => {
        const of = await itemOf(store, ctx, item);
        if ((of === null) !== (agency === true))
          throw fail('ARGUMENT_INVALID', 'one of --media, --case and --agency', { pointer: 'agency' });
        return exportRecord(store, ctx, { of, out, recipient: recipient ?? null, withTexts: texts });
      });
      if (json === true) return io.json(exported);
      io.out(
        `${thousands(exported.events)} events into ${exported.folder}, under the head of ${thousands(exported.size)} events of ${exported.headAt}`,
      );
      if (exported.waiting > 0)
        io.note(
          `${thousands(exported.waiting)} events wait for their seal and are not in it: export again in a moment`,
        );
      io.note(
        exported.anchors === 0
          ? 'No anchor covers it: who verifies it has to trust the signing key alone.'
          : `${thousands(exported.anchors)} anchors are in it.`,
      );
      io.note(`Verify it: node tools/verify-record.mjs ${exported.folder}`);
    });
};

const anchorsCommand = (audit: Command, program: Command, io: Io): void => {
  audit
    .command('anchors')
    .description('where heads of the record were left outside of the database, newest first')
    .addOption(new Option('--limit <number>', 'how many').argParser(wholeNumber(1, MOST_SHOWN)).default(SHOWN))
    .option('--json', 'print JSON, an anchor a line')
    .action(async ({ json, limit }: Json & { readonly limit: number }) => {
      const { anchors, places } = await withLocalSession(program, ['sealer'], ({ ctx, store }) =>
        listAnchors(store, ctx, limit),
      );
      if (json === true) return anchors.forEach((anchor) => io.json(anchor));
      const rows = anchors.map(({ at, kind, number, place, size }) => [
        thousands(number),
        at.slice(0, 19).replace('T', ' '),
        kind,
        thousands(size),
        place,
      ]);
      table(
        [
          { title: 'no.', align: 'right' },
          { title: 'time' },
          { title: 'kind' },
          { title: 'events of yours', align: 'right' },
          { title: 'where' },
        ],
        rows,
      ).forEach(io.out);
      for (const { code, kind } of places) if (code !== null) io.note(`${kind}: ${code}: it is tried again by itself`);
      if (anchors.length === 0)
        io.note(
          'None. Set REDTHREAD_ANCHOR_FILE or REDTHREAD_ANCHOR_TSA_URL: without one, a record that was set back is not found.',
        );
    });
};

interface EraseOptions extends Json {
  readonly events?: string;
  readonly user?: string;
  readonly field?: string[];
  readonly reason: string;
}

const eraseCommand = (audit: Command, program: Command, io: Io): void => {
  audit
    .command('erase')
    .description('erase clear texts of sealed events; hashes, chain and proofs stay as they are')
    .option('--events <numbers>', 'of these events, such as 12,15-20')
    .option('--user <login>', 'of every event that this user did: the login, unless --field says what else')
    .option('--field <names...>', 'login, purpose, object, detail.NAME (default: all)')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExample:\n  $ redthread audit erase --user joost --reason "left the service, request of 2026-03-01"`,
    )
    .action(async ({ events, field, json, reason, user }: EraseOptions) => {
      const input = Erasure.safeParse({
        reason,
        ...(events === undefined ? {} : { numbers: parseNumbers(events) }),
        ...(user === undefined ? {} : { user }),
        ...(field === undefined ? {} : { fields: field }),
      });
      if (!input.success)
        throw fail(
          'ARGUMENT_INVALID',
          input.error.issues.map(({ message, path }) => `${path.join('.')} ${message}`.trim()).join('; '),
        );
      const erased = await withLocalSession(program, [], ({ ctx, store }) => eraseTexts(store, ctx, input.data));
      if (json === true) io.json({ erased });
      else io.out(`erased ${thousands(erased)} texts`);
    });
};

const keyCommands = (audit: Command, program: Command, io: Io): void => {
  audit
    .command('keys')
    .description('public keys that sign the record, for whoever verifies it')
    .option('--pem', 'print them as PEM')
    .option('--json', 'print JSON, a key a line')
    .action(async ({ json, pem }: Json & { readonly pem?: boolean }) => {
      const keys = await withLocalSession(program, [], ({ ctx, store }) => listSigningKeys(store, ctx));
      if (json === true) return keys.forEach((key) => io.json(key));
      if (pem === true) return keys.forEach((key) => key.pem.trimEnd().split('\n').forEach(io.out));
      table(
        [{ title: 'key' }, { title: 'since' }, { title: 'public key (Ed25519)' }, { title: 'endorsed by' }],
        keys.map(({ at, key, previous, publicKey }) => [
          key,
          at.slice(0, 19).replace('T', ' '),
          publicKey,
          previous ?? '',
        ]),
      ).forEach(io.out);
    });

  audit
    .command('rotate-key')
    .description('sign the record with a new key from now on; the present one endorses it')
    .option('--json', 'print JSON')
    .action(async ({ json }: Json) => {
      const { key, previous } = await withLocalSession(program, ['owner'], ({ ctx, store }) =>
        rotateSigningKey(store, ctx),
      );
      if (json === true) io.json({ key, previous });
      else io.out(`the record is signed with ${key} from now on; ${previous} has endorsed it`);
    });
};

export const registerAuditCommands = (program: Command, io: Io): void => {
  const audit = program.command('audit').description('the record: show, export, anchors, erase, keys');
  showCommand(audit, program, io);
  exportCommand(audit, program, io);
  anchorsCommand(audit, program, io);
  eraseCommand(audit, program, io);
  keyCommands(audit, program, io);
};
