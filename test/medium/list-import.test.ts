// Lists of the field in a real store: what is read counts, what is taken back does not, what the file contradicts is refused, and an import that is
// killed leaves nothing.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { List } from '../../packages/core/src/contract/index.js';
import { registerAccountCommands } from '../../packages/server/src/features/accounts/commands.js';
import { registerListCommands } from '../../packages/server/src/features/lists/commands.js';
import type { ListEntry } from '../../packages/server/src/formats/lists/index.js';
import { tellOfEndedLists } from '../../packages/server/src/matcher/ended-lists.js';
import { convertStoredLists } from '../../packages/server/src/store/convert-lists.js';
import { type Store } from '../../packages/server/src/store/index.js';
import { ApiWorld } from './api-world.js';
import { commandLine, jsonOf, type Said } from './command-line.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const data = join(folder.path, 'data');
let store: Store<'app' | 'owner' | 'worker'>;

const redthread = (...words: string[]): Promise<Said> =>
  commandLine(data, [registerAccountCommands, registerListCommands])(...words);

const fileOf = (name: string, content: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
};

/** Imports and answers the list, with what was noted. */
const imported = async (files: readonly string[], ...options: string[]): Promise<List> => {
  const { out } = await redthread('list', 'import', ...files, '--json', ...options);
  return jsonOf<List>(out)[0]!;
};

/** What stands in the files of a version. */
const entriesOf = (list: string): ListEntry[] => {
  const entries = store.lists.folders.of(list).openEntries();
  try {
    return [...entries.batches()].flatMap((batch) => batch.entries);
  } finally {
    entries.close();
  }
};

const digestsOf = (list: string): string[] =>
  [
    ...new Set(entriesOf(list).flatMap(({ md5, sha1, sha256 }) => [md5, sha1, sha256].filter((one) => one !== null))),
  ].sort();

const hex = (sign: string, length = 32): string => sign.repeat(length);
const VICS = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media';
const VICS_12 = 'http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media';
const vics = (context: string, value: unknown[]): string => JSON.stringify({ '@odata.context': context, value });

const page = (...entries: string[]): string =>
  `<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images>${entries.join('')}</images></queryResult>`;
const shared = (member: string, id: string, md5: string, code: string): string =>
  `<image><member id="${member}">Toys</member><id>${id}</id><classification>${code}</classification><fingerprints><md5>${md5}</md5></fingerprints></image>`;
const deleted = (member: string, id: string): string =>
  `<deletedImage><member id="${member}">Toys</member><id>${id}</id></deletedImage>`;

beforeAll(async () => {
  store = await openNewStore(data, ['app', 'owner', 'worker']);
  const roles = 'administrator,officer';
  await redthread('user', 'add', 'anna', '--agency', 'Norte', '--country', 'ES', '--role', roles, '--no-password');
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

describe('a list that lies in tables', () => {
  it('becomes files when the store is opened, with what its source says, and the tables go', async () => {
    const { owner } = store;
    const { agency_id: agencyId, id: userId } = await owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .executeTakeFirstOrThrow();
    // As before migration 0044.
    await sql`create table list_entries (list_id uuid not null, agency_id uuid not null, digest bytea not null, primary key (digest, list_id))`.execute(
      owner,
    );
    await sql`create table list_items (agency_id uuid not null, list_id uuid not null, id uuid not null default gen_random_uuid(),
      item_key text, digests bytea[] not null, facts jsonb not null)`.execute(owner);
    const { id } = await owner
      .insertInto('lists')
      .values({
        agency_id: agencyId,
        name: 'old',
        polarity: 'known-bad',
        version: '1',
        source_name: 'old.json',
        source_sha256: Buffer.alloc(32),
        entry_count: 3,
        created_by: userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [md5, sha1, bare] = [hex('6'), hex('7', 40), hex('8', 64)];
    for (const digest of [md5, sha1, bare])
      await sql`insert into list_entries values (${id}::uuid, ${agencyId}::uuid, decode(${digest}, 'hex'))`.execute(
        owner,
      );
    const facts = { categories: [{ scheme: 'vic-us@2.0', code: '1' }], size: 12, properties: { series: 'Attic' } };
    await sql`insert into list_items (agency_id, list_id, item_key, digests, facts)
      values (${agencyId}::uuid, ${id}::uuid, 'k', array[decode(${md5}, 'hex'), decode(${sha1}, 'hex')], ${JSON.stringify(facts)}::jsonb)`.execute(
      owner,
    );
    await convertStoredLists(owner, store.config.vaultFolder);
    expect(entriesOf(id)).toMatchObject([
      { key: 'k', md5, sha1, sha256: null, ...facts },
      { key: null, md5: null, sha1: null, sha256: bare, categories: [], properties: {} },
    ]);
    const { rows } = await sql<{
      left: string | null;
    }>`select coalesce(to_regclass('list_entries'), to_regclass('list_items')) as left`.execute(owner);
    expect(rows).toEqual([{ left: null }]);
    const row = await owner.selectFrom('lists').select(['item_count', 'files_sha256']).executeTakeFirstOrThrow();
    expect(row).toEqual({ item_count: 2, files_sha256: store.lists.folders.of(id).checksum() });
    await convertStoredLists(owner, store.config.vaultFolder);
  });
});

describe('list import', () => {
  it('keeps categories as codes of their scheme, conflicts as votes, and what PostgreSQL cannot hold as a mark', async () => {
    const file = fileOf(
      'set.json',
      vics(VICS, [
        { MD5: hex('A'), SHA1: hex('1', 40), Category: 1, Series: 'nul \u0000 and half \ud800' },
        { MD5: hex('a'), Category: 2 },
        { MD5: hex('b'), Category: null, IsPrecategorized: true },
        { MD5: 'd41d8cd98f00b204e9800998ecf8427e', Category: 1 },
      ]),
    );
    const list = await imported([file], '--name', 'set', '--polarity', 'known-bad', '--owner', 'Cloudberry Police');
    expect(list).toMatchObject({ format: 'vics', owner: 'Cloudberry Police', version: '1', entryCount: 3 });
    expect(list.notes.map(({ code, count }) => [code, count])).toEqual([
      ['HASH_OF_EMPTY_FILE', 1],
      ['CATEGORY_CONFLICT', 1],
    ]);
    expect(digestsOf(list.id)).toEqual([hex('1', 40), hex('a'), hex('b')]);
    expect(entriesOf(list.id).map(({ categories }) => categories)).toEqual([
      [{ scheme: 'vic-us@2.0', code: '1' }],
      [{ scheme: 'vic-us@2.0', code: '2' }],
      [],
    ]);
    expect(entriesOf(list.id)[0]?.properties['series']).toBe('nul \u0000 and half \uFFFD');
  });

  it('applies pages in order, and the next download to the version before', async () => {
    const first = fileOf('page1.xml', page(shared('501', 'a', hex('a'), 'B2'), shared('502', 'a', hex('b'), 'A1')));
    const second = fileOf('page2.xml', page(shared('501', 'a', hex('c'), 'A1'), shared('501', 'd', hex('d'), 'A2')));
    const bad = ['--name', 'shared', '--polarity', 'known-bad'];
    const may = await imported([first, second], ...bad, '--list-version', 'may');
    expect(digestsOf(may.id)).toEqual([hex('b'), hex('c'), hex('d')]);
    expect(entriesOf(may.id).map(({ key }) => key)).toEqual(['502-a', '501-a', '501-d']);

    const next = fileOf('page3.xml', page(deleted('502', 'a'), deleted('999', 'x')));
    await expect(imported([next], ...bad, '--onto', 'none')).rejects.toThrow(/NOT_FOUND.*version none/);
    const june = await imported([next], ...bad, '--onto', 'may', '--list-version', 'june');
    expect(digestsOf(june.id)).toEqual([hex('c'), hex('d')]);
    expect(digestsOf(may.id)).toHaveLength(3);
  });

  it('applies a delta of NSRL: what it deletes takes MD5 and SHA-1 with it', async () => {
    const good = ['--name', 'rds', '--polarity', 'known-good'];
    const row = (sign: string, packageId: number): string =>
      `INSERT INTO FILE(sha256,sha1,md5,package_id) VALUES('${hex(sign, 64)}','${hex(sign, 40)}','${hex(sign)}',${packageId});\n`;
    const delta = fileOf('one.sql', row('a', 1) + row('b', 1) + row('b', 2));
    await expect(imported([delta], ...good)).rejects.toThrow(/ARGUMENT_INVALID.*--onto/);
    const base = fileOf('base.txt', `${hex('e')}\n`);
    await imported([base], ...good, '--list-version', '0');
    await imported([delta], ...good, '--onto', '0', '--list-version', '1');
    const next = fileOf(
      'two.sql',
      `DELETE FROM FILE WHERE sha256='${hex('a', 64)}';DELETE FROM FILE WHERE sha256='${hex('b', 64)}' AND package_id=1;\n` +
        `INSERT INTO VERSION(version,build_set) VALUES('2026.06.1','x');`,
    );
    const list = await imported([next], ...good, '--onto', '1');
    expect(list.version).toBe('2026.06.1');
    expect(digestsOf(list.id)).toEqual([hex('b'), hex('b', 40), hex('b', 64), hex('e')].sort());

    // By another hash than the best, and from a version of bare hashes.
    const last = fileOf(
      'three.sql',
      `DELETE FROM FILE WHERE md5='${hex('b')}';DELETE FROM FILE WHERE sha256='${hex('f', 64)}' AND md5='${hex('e')}';${row('c', 1)}`,
    );
    const left = await imported([last], ...good, '--onto', '2026.06.1', '--list-version', '3');
    expect(digestsOf(left.id)).toEqual([hex('c'), hex('c', 40), hex('c', 64)].sort());
  });

  it('takes entries whose names and facts are longer than a block', async () => {
    const vpdq = (sign: string): string => Array.from({ length: 400 }, (_, i) => `${i}${sign}`).join('-');
    const records = ['a', 'b', 'b'].map((sign) => ({ signalType: 'VideoPDQ', hashValue: vpdq(sign), hashStatus: '' }));
    const file = fileOf('stop.json', JSON.stringify({ hasMoreRecords: false, hashRecords: records }));
    const list = await imported([file], '--name', 'stop', '--polarity', 'other');
    expect(entriesOf(list.id).map(({ key }) => key?.at(-1))).toEqual(['a', 'b']);
    const megabytes = 'x'.repeat(12_000_000);
    const large = fileOf(
      'long.json',
      vics(
        VICS,
        ['a', 'b', 'c', 'd'].map((sign) => ({ MD5: hex(sign), Comments: megabytes })),
      ),
    );
    expect((await imported([large], '--name', 'long', '--polarity', 'other')).entryCount).toBe(4);
  });

  it('refuses a polarity that the file contradicts', async () => {
    const nist = fileOf('nist.json', vics(VICS_12, [{ MD5: hex('a'), Category: 8 }]));
    const unsure = fileOf('unsure.json', vics(VICS_12, [{ MD5: hex('a'), Category: 1 }]));
    const icse = fileOf(
      'icse.csv',
      `MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline\n${hex('a')};;;T1;Y;N;N;;1;True;Image;Yes\n`,
    );
    const bad = ['--name', 'x', '--polarity', 'known-bad'];
    await expect(imported([nist], ...bad, '--not-nist')).rejects.toThrow(/LIST_POLARITY_REFUSED/);
    await expect(imported([unsure], ...bad)).rejects.toThrow(/LIST_POLARITY_REFUSED.*--not-nist/);
    await expect(imported([icse], '--name', 'x', '--polarity', 'known-good')).rejects.toThrow(/LIST_POLARITY_REFUSED/);
    const reported = fileOf('reported.xml', page(shared('501', 'a', hex('a'), 'B2')));
    await expect(imported([reported], '--name', 'x', '--polarity', 'known-good')).rejects.toThrow(
      /LIST_POLARITY_REFUSED/,
    );
    expect((await imported([nist], '--name', 'nist', '--polarity', 'known-good')).format).toBe('nist-caid');
    expect((await imported([unsure], '--name', 'unsure', '--polarity', 'known-bad', '--not-nist')).entryCount).toBe(1);
    expect((await redthread('list', 'list', '--json')).out.join()).not.toContain('"x"');
  });

  it('tells versions apart, says until when one counts, and gives one out as it was said', async () => {
    const good = ['--name', 'toys', '--polarity', 'other', '--list-version'];
    const media = (sign: string, category: number) => ({ MD5: hex(sign), SHA1: hex(sign, 40), Category: category });
    await imported([fileOf('toys1.json', vics(VICS, [media('a', 1), media('b', 2)]))], ...good, '1');
    const { id } = await imported([fileOf('toys2.json', vics(VICS, [media('b', 2), media('c', 1)]))], ...good, '2');
    const { out } = await redthread('list', 'diff', 'toys', '1', '2', '--digests', '--json');
    const lines = jsonOf<Record<string, unknown>>(out);
    expect(lines.slice(0, 2)).toEqual([
      { change: 'removed', kind: 'md5', digest: hex('a') },
      { change: 'added', kind: 'md5', digest: hex('c') },
    ]);
    expect(lines.at(-1)).toMatchObject({
      changes: [
        { kind: 'md5', added: 1, removed: 1, same: 1 },
        { kind: 'sha1', added: 1, removed: 1, same: 1 },
        { kind: 'sha256', added: 0, removed: 0, same: 0 },
      ],
    });
    await expect(redthread('list', 'diff', 'toys', '1', '3')).rejects.toThrow(/NOT_FOUND.*version 3/);

    const target = join(folder.path, 'given.json');
    const out2 = ['--out', target, '--format', 'vics'];
    await expect(redthread('list', 'export', 'toys', ...out2)).rejects.toThrow(/say which version: 1, 2/);
    await redthread('list', 'export', 'toys', ...out2, '--list-version', '2');
    await expect(redthread('list', 'export', 'toys', ...out2, '--list-version', '2')).rejects.toThrow(/EEXIST/);
    const again = await imported([target], '--name', 'again', '--polarity', 'other');
    expect(entriesOf(again.id)).toEqual(entriesOf(id));
    const events = await store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'list-export')
      .execute();
    expect(events.map(({ detail }) => detail)).toContainEqual({
      name: 'toys',
      version: '2',
      format: 'vics',
      entries: 2,
    });
    const mixed = fileOf('both.txt', `${hex('a')}\n`);
    await imported([mixed], '--name', 'mixed again', '--polarity', 'other');
    await redthread('list', 'export', 'mixed again', '--out', join(folder.path, 'bare.txt'), '--format', 'hashes');
    expect(readFileSync(join(folder.path, 'bare.txt'), 'utf8')).toBe(`${hex('a')}\n`);

    const expiring = (...words: string[]) => redthread('list', 'expire', 'toys', '--list-version', '1', ...words);
    await expect(expiring('--on', 'soon')).rejects.toThrow(/ARGUMENT_INVALID: soon/);
    await expect(expiring('--on', '2020-01-01')).rejects.toThrow(/ARGUMENT_INVALID: 2020-01-01 has passed/);
    const expired = jsonOf<List>((await expiring('--on', '2099-12-31', '--json')).out)[0];
    expect(expired).toMatchObject({ expiresAt: '2099-12-31T00:00:00.000Z', expired: false });
  });

  it('tells whose exhibits hold what it names, and again when it counts no longer', async () => {
    const world = new ApiWorld(store);
    const { id, agency_id: agencyId } = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', 'anna')
      .executeTakeFirstOrThrow();
    const anna = { id, agencyId, login: 'anna' };
    const south = await world.agency('South', 'IT');
    const [ben, gil] = [await world.person(agencyId, 'ben'), await world.person(south, 'gil')];
    await world.operation('Attic', [agencyId, south]);
    const toys = [{ content: 'toy 1' }, { content: 'toy 2' }];
    await world.exhibit(anna, await world.case(anna, 'N-1'), 'E-1', toys);
    await world.exhibit(anna, await world.case(anna, 'N-2'), 'E-1', toys.slice(0, 1));
    await world.exhibit(gil, await world.case(gil, 'S-1'), 'E-1', toys);
    // What ben registered is in a case that he is not on any more.
    const closed = await world.case(anna, 'N-3');
    await world.exhibit(ben, closed, 'E-1', toys);
    await sql`update cases set access = 'named' where id = ${closed}::uuid`.execute(store.owner);
    const told = async () =>
      (
        await store.owner
          .selectFrom('notices')
          .innerJoin('users', 'users.id', 'notices.user_id')
          .select(['login', 'kind', 'detail'])
          .orderBy('login')
          .execute()
      ).map(({ detail, kind, login }) => ({
        login,
        kind,
        ...(detail as { readonly version: string; readonly exhibits: string }),
      }));
    const md5 = (content: string) => createHash('md5').update(content).digest('hex');
    const file = fileOf('toys.txt', `${md5('toy 1')}\n${md5('toy 2')}\n`);
    const list = await imported([file], '--name', 'Toys', '--polarity', 'known-bad');
    const naming = { list: 'Toys', version: '1', polarity: 'known-bad', media: '2' };
    const ours = { login: 'anna', ...naming, exhibits: '2', exhibit: 'N-1/E-1' };
    // Not shared: whose list it is alone.
    expect(await told()).toEqual([{ ...ours, kind: 'list-hits' }]);
    expect(list.hits).toBe(2);
    const shared = ['--name', 'Toys', '--list-version', '2', '--polarity', 'known-bad', '--share', 'Attic'];
    await store.owner.updateTable('handling_codes').set({ reach: 'shared' }).where('code', '=', 'TLP:AMBER').execute();
    await imported([file], ...shared);
    expect((await told()).map(({ login, version, exhibits }) => [login, version, exhibits])).toEqual([
      ['anna', '1', '2'],
      ['anna', '2', '2'],
      ['gil', '2', '1'],
    ]);
    await redthread('list', 'withdraw', 'Toys', '--list-version', '1', '--reason', 'a mistake');
    expect(await tellOfEndedLists(store.owner)).toBe(1);
    expect(await tellOfEndedLists(store.owner)).toBe(0);
    expect((await told()).filter(({ kind }) => kind === 'list-ended')).toEqual([{ ...ours, kind: 'list-ended' }]);
  });

  it('says a bad line, and takes the rest where it is told to', async () => {
    const file = fileOf('mixed.txt', `# toys\n${hex('a')}\nnot-a-hash\n${hex('b', 40)}\n`);
    const options = ['--name', 'mixed', '--polarity', 'other'];
    await expect(imported([file], ...options)).rejects.toThrow(
      /LIST_INVALID: no hash in line 3: not-a-hash; --skip-bad-lines/,
    );
    const list = await imported([file], ...options, '--skip-bad-lines');
    expect(list.notes).toEqual([{ code: 'LINE_SKIPPED', count: 1, places: ['line 3: not-a-hash'] }]);
    await expect(imported([fileOf('a.bin', '\u0001\u0002')], '--name', 'y', '--polarity', 'other')).rejects.toThrow(
      /LIST_FORMAT_UNKNOWN/,
    );
  });

  it('leaves nothing of an import that is killed', async () => {
    const file = fileOf(
      'large.txt',
      Array.from({ length: 400_000 }, (_, i) => i.toString(16).padStart(32, '0')).join('\n'),
    );
    const child = spawn(
      process.execPath,
      [
        'packages/server/bin/redthread.js',
        'list',
        'import',
        file,
        '--name',
        'large',
        '--polarity',
        'other',
        '--data',
        data,
      ],
      { stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const { folders } = store.lists;
    const before = folders.ids();
    // Killed while the files are written.
    while (folders.ids().length === before.length && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(await store.owner.selectFrom('lists').select('id').where('name', '=', 'large').execute()).toEqual([]);
    const left = folders.ids().filter((id) => !before.includes(id));
    expect(left).toHaveLength(1);
    expect((await imported([file], '--name', 'large', '--polarity', 'other')).entryCount).toBe(400_000);
    expect(folders.ids()).not.toContain(left[0]);
    expect(folders.ids().length).toBe(before.length + 1);
  });
});
