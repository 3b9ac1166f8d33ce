// redthread package: the keys by which agencies know each other, and what they sent.
import type { Command } from 'commander';
import {
  Acknowledgement,
  type ExchangePeer,
  type PackageManifest,
  type PackageReceipt,
} from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io, Json } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { table, thousands } from '../../app/cli/table.js';
import { jsonOf } from '../../formats/package/json.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { acknowledgePackage } from './acknowledge.js';
import { withPackage } from './check.js';
import { addPeer, makeKey, packageKeys, removePeer } from './keys.js';
import { importPackage, listReceipts } from './receive.js';
import { textAt } from './send-command.js';

export const registerPackageCommands = (program: Command, io: Io): void => {
  const group = program.command('package').description('sealed packages between agencies: keys, and what came in');
  registerKeyCommands(group, program, io);

  group
    .command('check <file>')
    .description(
      'open a package, check its seal, its signature and its digests, and say what it holds; nothing comes in',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: Json) => {
      const { manifest, sender } = await withLocalSession(program, [], async (session) => {
        const checked = await withPackage(session.store, session.ctx, file, (one) => Promise.resolve(one));
        await recordView(session, 'package', { count: checked.manifest.counts.media });
        return { manifest: checked.manifest, sender: checked.sender.name };
      });
      if (json === true) io.json(manifest);
      else manifestLines(manifest, sender).forEach(io.out);
    });

  group
    .command('import <file>')
    .description('take a package in, once: what it says is a list of its sender, never that somebody here has looked')
    .option('--handling <code>', 'code of the list (default: that of the package)')
    .option('--acknowledgement <file>', 'write there, signed, that it came in: for its sender')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ redthread package import from-nowhere.package --acknowledgement came-in.json',
    )
    .action(
      async (
        file: string,
        {
          acknowledgement: out,
          handling,
          json,
        }: Json & { readonly acknowledgement?: string; readonly handling?: string },
      ) => {
        const taken = await withLocalSession(program, ['worker'], ({ store, ctx }) =>
          importPackage(store, ctx, { path: file, handling }),
        );
        if (out !== undefined)
          await intoNewFile(out, (take) =>
            Promise.resolve(take(`${JSON.stringify(taken.acknowledgement, null, 2)}\n`)),
          );
        const { again, receipt } = taken;
        if (json === true) io.json({ ...receipt, again });
        else {
          const { items, list, sender } = receipt;
          io.out(
            `${again ? 'was there already: ' : ''}${thousands(items)} media from ${sender}, as list ${list.name} ${list.version}`,
          );
        }
      },
    );

  group
    .command('list')
    .description('packages that came in, newest first')
    .option('--json', 'print JSON')
    .action(async ({ json }: Json) => {
      const receipts = await withLocalSession(program, [], async (session) => {
        const found = await listReceipts(session.store, session.ctx);
        await recordView(session, 'packages', { count: found.length });
        return found;
      });
      if (json === true) receipts.forEach((one) => io.json(one));
      else if (receipts.length === 0) io.out('No package came in.');
      else receiptLines(receipts).forEach(io.out);
    });

  group
    .command('acknowledge <file>')
    .description('note in the ledger that a package of yours came in, as its receiver has signed')
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: Json) => {
      const said = Acknowledgement.safeParse(jsonOf(textAt(file)));
      if (!said.success) throw fail('PACKAGE_ACKNOWLEDGEMENT_INVALID', `${file} is none`);
      const line = await withLocalSession(program, [], ({ store, ctx }) => acknowledgePackage(store, ctx, said.data));
      if (json === true) io.json(line);
      else
        io.out(`${line.receiver} has taken in ${thousands(line.acknowledged?.items ?? 0)} media of package ${line.id}`);
    });
};

const registerKeyCommands = (group: Command, program: Command, io: Io): void => {
  group
    .command('keys')
    .description('the key of your agency, and those of others that it trusts')
    .option('--make', 'make the own key where there is none')
    .option('--out <file>', 'write the own key there: the file that others are given')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread package keys --make --out ours.key')
    .action(async ({ json, make, out }: Json & { readonly make?: boolean; readonly out?: string }) => {
      const keys = await withLocalSession(program, [], async (session) => {
        if (make === true) await makeKey(session.store, session.ctx);
        const found = await packageKeys(session.store, session.ctx);
        await recordView(session, 'package keys', { count: found.trusted.length });
        return found;
      });
      const { own, trusted } = keys;
      if (out !== undefined) {
        if (own === null) throw fail('PACKAGE_KEY_MISSING', 'there is nothing to write');
        await intoNewFile(out, (take) => Promise.resolve(take(own.file)));
      }
      if (json === true) io.json(keys);
      else {
        io.out(own === null ? 'Your agency has no key for packages yet: --make' : `${own.agency}: ${own.fingerprint}`);
        if (trusted.length > 0) peerLines(trusted).forEach(io.out);
      }
    });

  group
    .command('trust <keyfile>')
    .description('trust the key of another agency, once its fingerprint was compared over another way')
    .requiredOption('--fingerprint <words>', 'as its agency read it to you')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ redthread package trust nowhere.key --fingerprint "5f0c 91aa …"')
    .action(async (file: string, { fingerprint, json }: Json & { readonly fingerprint: string }) => {
      const peer = await withLocalSession(program, [], ({ store, ctx }) =>
        addPeer(store, ctx, { file: textAt(file), fingerprint }),
      );
      if (json === true) io.json(peer);
      else io.out(`${peer.name} (${peer.country}) is trusted: ${peer.fingerprint}`);
    });

  group
    .command('distrust <id>')
    .description('trust a key no longer: nothing is sealed for it, and nothing of it comes in')
    .action(async (id: string) => {
      await withLocalSession(program, [], ({ store, ctx }) => removePeer(store, ctx, id));
      io.out('That key is trusted no longer.');
    });
};

const peerLines = (peers: readonly ExchangePeer[]): string[] =>
  table(
    [{ title: 'trusted' }, { title: 'country' }, { title: 'fingerprint' }, { title: 'by' }, { title: 'id' }],
    peers.map(({ by, country, fingerprint, id, name }) => [name, country, fingerprint, by, id]),
  );

const manifestLines = (
  { at, counts, handling, id, notes, scheme, subject }: PackageManifest,
  sender: string,
): string[] => [
  `package ${id} of ${sender}, ${minute(at)}: its seal, its signature and its digests hold`,
  `${subject}: ${thousands(counts.media)} media at ${thousands(counts.files)} paths, ${handling}, categories in ${scheme}`,
  ...notes.map(({ code, count }) => `${code} ${thousands(count)}`),
];

const receiptLines = (receipts: readonly PackageReceipt[]): string[] =>
  table(
    [
      { title: 'when (UTC)' },
      { title: 'sender' },
      { title: 'media', align: 'right' },
      { title: 'handling' },
      { title: 'list' },
      { title: 'by' },
      { title: 'package' },
    ],
    receipts.map((one) => [
      minute(one.at),
      one.sender,
      thousands(one.items),
      one.handling,
      `${one.list.name} ${one.list.version}`,
      one.by,
      one.package,
    ]),
  );
