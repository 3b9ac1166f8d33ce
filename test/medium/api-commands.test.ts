// The commands that administer a real instance, from an empty folder on: founding, users, operations, cases, lists, search
// and verification, each as a named user and on record.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAccountCommands } from '../../packages/server/src/features/accounts/commands.js';
import { osAccount } from '../../packages/server/src/features/accounts/index.js';
import { registerBreakGlassCommands } from '../../packages/server/src/features/break-glass/commands.js';
import { registerCaseCommands } from '../../packages/server/src/features/cases/commands.js';
import { registerConnectionCommands } from '../../packages/server/src/features/connections/commands.js';
import { registerFunnelCommands } from '../../packages/server/src/features/funnel/commands.js';
import { registerHandlingCommands } from '../../packages/server/src/features/handling/commands.js';
import { registerListCommands } from '../../packages/server/src/features/lists/commands.js';
import { registerOperationCommands } from '../../packages/server/src/features/operations/commands.js';
import { registerRequestCommands } from '../../packages/server/src/features/requests/commands.js';
import { registerSearchCommands } from '../../packages/server/src/features/search/commands.js';
import { registerAddsCommand } from '../../packages/server/src/features/stacks/adds-command.js';
import { registerVerifyCommands } from '../../packages/server/src/features/verify/commands.js';
import { dataKeyFor, ensureObjectNamer, kindKey, type Store } from '../../packages/server/src/store/index.js';
import { ApiWorld } from './api-world.js';
import { commandLine } from './command-line.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const data = join(folder.path, 'data');
let store: Store<'app' | 'owner' | 'worker'>;

const COMMANDS = [
  registerAccountCommands,
  registerOperationCommands,
  registerCaseCommands,
  registerBreakGlassCommands,
  registerHandlingCommands,
  registerFunnelCommands,
  registerConnectionCommands,
  registerListCommands,
  registerSearchCommands,
  registerRequestCommands,
  registerAddsCommand,
  registerVerifyCommands,
];

const notes: string[] = [];

/** Of the last command. */
let exitCode: typeof process.exitCode;
/** Runs one command line and answers what it printed on stdout. */
const redthread = async (...words: string[]): Promise<string[]> => {
  const said = await commandLine(data, COMMANDS)(...words);
  notes.push(...said.notes);
  exitCode = said.exitCode;
  return said.out;
};

const events = async (type: string) =>
  (await store.owner.selectFrom('audit_events').selectAll().where('type', '=', type).orderBy('id').execute()).map(
    ({ login, detail }) => ({ login, detail }),
  );

beforeAll(async () => {
  store = await openNewStore(data, ['app', 'owner', 'worker']);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

describe('an empty instance', () => {
  it('names the command that founds it', async () => {
    await expect(redthread('case', 'list')).rejects.toThrow(
      new RegExp(`USER_UNKNOWN.*${osAccount()}.*redthread user add`),
    );
  });

  it('takes no first user without an agency, and none who could not add others', async () => {
    await expect(redthread('user', 'add', 'anna', '--no-password')).rejects.toThrow(/--agency/);
    const officer = [
      'user',
      'add',
      'anna',
      '--agency',
      'Norte',
      '--country',
      'ES',
      '--role',
      'officer',
      '--no-password',
    ];
    await expect(redthread(...officer)).rejects.toThrow(/administrator/);
    await expect(
      redthread('user', 'add', 'anna', '--agency', 'Norte', '--country', 'Spain', '--no-password'),
    ).rejects.toThrow(/country/);
  });

  it('is founded with its first administrator, bound to the account of the system', async () => {
    const roles = 'administrator,officer';
    await redthread('user', 'add', 'anna', '--agency', 'Norte', '--country', 'ES', '--role', roles, '--no-password');
    expect(await redthread('login')).toEqual(['anna (administrator, officer)']);
    await expect(redthread('login', '--server', 'https://redthread.example.org')).rejects.toThrow('unknown option');
    expect(await events('agency-add')).toEqual([{ login: 'anna', detail: { name: 'Norte' } }]);
  });
});

describe('administration', () => {
  it('adds users, who act under their own name, and no login twice', async () => {
    await redthread('user', 'add', 'ben', '--role', 'reviewer', '--no-password');
    await expect(redthread('user', 'add', 'ben', '--no-password')).rejects.toThrow(/ALREADY_EXISTS/);
    await expect(redthread('user', 'add', 'cleo', '--role', 'king', '--no-password')).rejects.toThrow(/king/);
    await expect(redthread('user', 'add', 'cleo', '--no-password', '--as', 'ben')).rejects.toThrow(/FORBIDDEN/);
    expect(await events('refusal')).toContainEqual({
      login: 'ben',
      detail: { code: 'FORBIDDEN', attempted: 'redthread user' },
    });
  });

  it('runs an operation of two agencies', async () => {
    await redthread('agency', 'add', 'Sul', '--country', 'PT', '--administrator', 'rui', '--no-password');
    await redthread('operation', 'add', 'tantalus', '--name', 'Operation Tantalus');
    await redthread('operation', 'invite', 'tantalus', '--agency', 'Sul');
    await expect(redthread('operation', 'invite', 'tantalus', '--agency', 'Nowhere')).rejects.toThrow(/NOT_FOUND/);
    expect(await redthread('operation', 'list', '--json', '--as', 'rui')).toEqual([]);
    await redthread('operation', 'accept', 'tantalus', '--as', 'rui');
    await redthread('case', 'add', 'ES-1', '--operation', 'tantalus', '--share');
    await redthread('case', 'add', 'ES-2');
    const [operation] = await redthread('operation', 'list', '--json', '--as', 'rui');
    expect(JSON.parse(operation ?? '')).toMatchObject({ agencies: [{ name: 'Norte' }, { name: 'Sul' }], caseCount: 1 });
    expect(
      (await redthread('case', 'list', '--json', '--as', 'rui')).map((line) => JSON.parse(line).reference),
    ).toEqual(['ES-1']);
  });

  it('keeps a case to named people, gives it away for a time, and opens it in an emergency', async () => {
    await redthread('user', 'add', 'olga', '--role', 'officer', '--no-password');
    expect((await redthread('case', 'add', 'ES-3', '--access', 'named'))[0]).toContain('ES-3');
    expect((await redthread('case', 'list', '--as', 'olga')).join()).not.toContain('ES-3');
    await expect(redthread('case', 'show', 'ES-3', '--as', 'olga')).rejects.toThrow(/CASE_UNKNOWN/);
    await redthread('case', 'grant', 'ES-3', '--user', 'olga');
    expect((await redthread('case', 'show', 'ES-3', '--as', 'olga')).join()).toContain('named people');
    expect((await redthread('case', 'access', 'ES-3')).join()).toContain('olga');
    await redthread('case', 'revoke', 'ES-3', '--user', 'olga');
    expect(await redthread('case', 'grant', 'ES-3', '--agency', 'Sul', '--until', '2099-12-31')).toEqual([
      'Sul may see ES-3 until 2099-12-31',
    ]);
    await redthread('case', 'show', 'ES-3', '--as', 'rui');

    const reason = ['--reason', 'the child is at this address', '--as', 'olga'];
    const [opened] = await redthread('break-glass', 'open', 'ES-3', '--hours', '1', '--json', ...reason);
    const { id } = JSON.parse(opened ?? '') as { id: string };
    await redthread('case', 'show', 'ES-3', '--as', 'olga');
    expect((await redthread('break-glass', 'list')).join()).toContain('the child is at this address');
    expect((await redthread('break-glass', 'end', id))[0]).toContain('ES-3 has ended');
    await expect(redthread('case', 'show', 'ES-3', '--as', 'olga')).rejects.toThrow(/CASE_UNKNOWN/);
    await expect(redthread('break-glass', 'open', 'ES-9', ...reason)).rejects.toThrow(/NOT_FOUND/);

    await redthread('handling', 'set', 'ES:COURT', '--reach', 'listed', '--agency', 'Sul', '--title', 'Under seal');
    expect((await redthread('handling', 'list')).join()).toMatch(/ES:COURT.*Sul/);
    await redthread('case', 'set', 'ES-3', '--handling', 'TLP:RED');
    await expect(redthread('case', 'show', 'ES-3', '--as', 'rui')).rejects.toThrow(/CASE_UNKNOWN/);
    await redthread('handling', 'remove', 'ES:COURT');
  });

  it('ends an account', async () => {
    await redthread('user', 'disable', 'ben');
    await expect(redthread('case', 'list', '--as', 'ben')).rejects.toThrow(/USER_UNKNOWN/);
    await expect(redthread('user', 'disable', 'anna')).rejects.toThrow(/LAST_ADMINISTRATOR/);
  });
});

describe('the work', () => {
  let mediaId: string;

  beforeAll(async () => {
    const world = new ApiWorld(store);
    const anna = await store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', 'anna')
      .executeTakeFirstOrThrow();
    const person = { id: anna.id, agencyId: anna.agency_id, login: 'anna' };
    const { id: caseId } = await store.owner
      .selectFrom('cases')
      .select('id')
      .where('reference', '=', 'ES-1')
      .executeTakeFirstOrThrow();
    await world.exhibit(person, caseId, '1', [{ content: 'lamp', path: 'DCIM/lamp.jpg' }, { content: 'vase' }]);
    await world.exhibit(person, caseId, '2', [{ content: 'lamp' }]);
    mediaId = await world.media(anna.agency_id, 'lamp');
    await store.worker.transaction().execute(async (trx) => {
      for (const content of ['lamp', 'vase']) {
        const id = await world.media(anna.agency_id, content);
        const { sha256 } = await trx
          .selectFrom('media')
          .select('sha256')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const key = await dataKeyFor(trx, store.keys, { agencyId: anna.agency_id, mediaId: id, caseId });
        const nameOf = await ensureObjectNamer(trx, store.keys, anna.agency_id);
        for (const kind of ['original', 'clear', 'veiled'] as const) {
          const name = nameOf(sha256, kind);
          await store.vault.sealBuffer(name, kindKey(key, kind), Buffer.from(content));
          await trx
            .insertInto('vault_objects')
            .values({ agency_id: anna.agency_id, media_id: id, kind, name, size_bytes: content.length })
            .execute();
        }
      }
    });
  });

  it('imports a list as a whole or not at all, and never twice', async () => {
    const good = join(folder.path, 'good.txt');
    const bad = join(folder.path, 'bad.txt');
    const { md5 } = await store.owner
      .selectFrom('media')
      .select('md5')
      .where('id', '=', mediaId)
      .executeTakeFirstOrThrow();
    writeFileSync(
      good,
      `\uFEFF# from a colleague\r\n${md5.toString('hex').toUpperCase()}\r\nd41d8cd98f00b204e9800998ecf8427e\r\n`,
    );
    writeFileSync(bad, `${md5.toString('hex')}\nnot a hash\n`);
    const list = ['--name', 'baseline', '--polarity', 'known-bad', '--json'];
    await expect(redthread('list', 'import', bad, ...list)).rejects.toThrow(/LIST_INVALID.*line 2/);
    expect(await redthread('list', 'list', '--json')).toEqual([]);
    const [imported] = await redthread('list', 'import', good, ...list);
    expect(JSON.parse(imported ?? '')).toMatchObject({ entryCount: 1, hits: 1, polarity: 'known-bad' });
    await expect(redthread('list', 'import', good, ...list)).rejects.toThrow(/ALREADY_EXISTS/);
    const empty = join(folder.path, 'empty.txt');
    writeFileSync(empty, '# cut off\n');
    const other = ['--name', 'other', '--polarity', 'other'];
    await expect(redthread('list', 'import', empty, ...other)).rejects.toThrow(/LIST_INVALID.*holds no hash/);
    await expect(redthread('list', 'import', good, ...other, '--expires', '2020-01-01')).rejects.toThrow(/has passed/);
    for (const name of ['', '  ', 'red\u001b[31m', 'x'.repeat(121)])
      await expect(redthread('list', 'import', good, '--name', name, '--polarity', 'other')).rejects.toThrow(
        /ARGUMENT_INVALID: name/,
      );
    await expect(redthread('list', 'import', good, ...other, '--list-version', '1'.repeat(81))).rejects.toThrow(
      /ARGUMENT_INVALID: list-version/,
    );
    await expect(redthread('list', 'import', join(folder.path, 'none.txt'), ...list)).rejects.toThrow(
      /SOURCE_UNREADABLE|ALREADY_EXISTS/,
    );
    await expect(
      redthread('list', 'import', join(folder.path, 'none.txt'), '--name', 'none', '--polarity', 'other'),
    ).rejects.toThrow(/SOURCE_UNREADABLE/);
  });

  it('prints the funnel of a case by its reference, and the connections', async () => {
    const [funnel] = await redthread('funnel', '--case', 'ES-1', '--json');
    const steps = JSON.parse(funnel ?? '').steps as { step: string; files: number }[];
    expect(Object.fromEntries(steps.map(({ step, files }) => [step, files]))).toMatchObject({
      seized: 3,
      duplicate: 1,
      unique: 2,
      known: 1,
      new: 1,
    });
    expect((await redthread('funnel', '--exhibit', 'ES-1/2')).join('\n')).toMatch(/ {4}known +1 /);
    for (const exhibit of ['ES-1/1', 'ES-1/2']) {
      const [alone] = await redthread('funnel', '--exhibit', exhibit, '--json');
      const counts = new Map(
        (JSON.parse(alone ?? '').steps as { step: string; files: number }[]).map(({ step, files }) => [step, files]),
      );
      const [adds] = await redthread('exhibit', 'adds', exhibit, '--json');
      const { added, unique, items } = JSON.parse(adds ?? '') as { added: number; unique: number; items: unknown[] };
      expect([added, unique, items.length]).toEqual([counts.get('new'), counts.get('unique'), counts.get('new')]);
    }
    expect((await redthread('exhibit', 'adds', 'ES-1/1')).join('\n')).toMatch(
      /^ES-1 \/ 1 adds \d+ of its \d+ contents/,
    );
    await expect(redthread('exhibit', 'adds', 'ES-9/1')).rejects.toThrow(/CASE_UNKNOWN/);
    const [connection] = await redthread('connections', '--case', 'ES-1', '--json');
    expect(JSON.parse(connection ?? '')).toMatchObject({
      counts: [{ grade: 'identical', pairs: 1 }],
      a: { caseReference: 'ES-1' },
    });
    const ends = ['ES-1/1', 'ES-1/2'];
    expect((await redthread('connections', 'show', ...ends)).join('\n')).toMatch(/connected, 12\d\.\d bits, new/);
    const confirmed = await redthread('connections', 'confirm', ...ends, '--reason', 'the same file');
    expect(confirmed.join('\n')).toMatch(/confirmed by anna of .*: the same file/);
    expect((await redthread('connections', '--state', 'confirmed', '--json')).length).toBe(1);
    const [reached] = await redthread('connections', 'expand', ends[0] ?? '', '--exhibit', '--json');
    expect(JSON.parse(reached ?? '')).toMatchObject({ hops: 1, ways: 1, path: [{ state: 'confirmed' }] });
    await expect(redthread('connections', 'snooze', ...ends, '--reason', 'later', '--until', 'later')).rejects.toThrow(
      /ARGUMENT_INVALID/,
    );
    await expect(redthread('funnel', '--case', 'ES-9')).rejects.toThrow(/CASE_UNKNOWN/);
    await expect(redthread('funnel', '--exhibit', '7')).rejects.toThrow(/CASE\/EXHIBIT/);
    expect(await events('view')).toContainEqual({ login: 'anna', detail: { what: 'funnel', count: null } });
  });

  it('finds a hash and a path, on record by digest', async () => {
    const { sha256 } = await store.owner
      .selectFrom('media')
      .select('sha256')
      .where('id', '=', mediaId)
      .executeTakeFirstOrThrow();
    const [byHash] = await redthread('search', sha256.toString('hex'), '--json', '--purpose', 'ES-1');
    expect(JSON.parse(byHash ?? '').occurrences).toHaveLength(2);
    expect((await redthread('search', 'lamp.jpg')).join('\n')).toContain('DCIM/lamp.jpg');
    expect(await events('search')).toHaveLength(2);
  });

  it('withdraws a list that was imported wrongly, and counts it nowhere', async () => {
    const wrong = join(folder.path, 'good.txt');
    await redthread('list', 'import', wrong, '--name', 'wrong', '--polarity', 'known-good');
    await expect(redthread('list', 'withdraw', 'wrong')).rejects.toThrow(/--reason/);
    await expect(redthread('list', 'withdraw', 'none', '--reason', 'a mistake')).rejects.toThrow(/NOT_FOUND/);
    await redthread('list', 'withdraw', 'wrong', '--reason', 'the wrong polarity');
    const [shown] = await redthread('list', 'show', 'wrong', '--json');
    expect(JSON.parse(shown ?? '')).toMatchObject({ expired: true, hits: 0, entryCount: 1 });
    const again = ['list', 'withdraw', 'wrong', '--list-version', '1', '--reason', 'a mistake'];
    await expect(redthread(...again)).rejects.toThrow(/LIST_EXPIRED/);
    expect(await events('list-withdraw')).toEqual([
      { login: 'anna', detail: { name: 'wrong', version: '1', reason: 'the wrong polarity' } },
    ]);
  });

  it('finds an exhibit by its name, and says what it looked for where it finds nothing', async () => {
    for (const name of ['ES-1/2', 'es-1 / 2']) expect(await redthread('search', name)).toEqual(['exhibit ES-1/2']);
    notes.length = 0;
    expect(await redthread('search', '/nowhere/missing.jpg')).toEqual([]);
    expect(notes.join()).toContain('"/nowhere/missing.jpg", and there is no file of that name here (--picture FILE');
    expect(await redthread('search', '--picture', '/nowhere/missing.jpg')).toEqual([]);
    expect(notes.join()).toContain('FILE_UNREADABLE: /nowhere/missing.jpg');
    expect(exitCode).toBe(3);
    await expect(redthread('search')).rejects.toThrow(/ARGUMENT_INVALID/);
  });

  it('verifies the store, and names what was changed, what is gone, and what claims too much', async () => {
    const whole = async () =>
      JSON.parse((await redthread('verify', '--json'))[0] ?? '') as {
        checkedObjects: number;
        broken: { code: string; object: string }[];
      };
    const before = await whole();
    // The world of this test counts no files as seen: the walk of its exhibits never ran.
    expect(before).toMatchObject({ checkedObjects: 6, broken: [] });
    const objects = await store.owner
      .selectFrom('vault_objects')
      .select(['name', 'kind', 'media_id'])
      .orderBy('name')
      .execute();
    const [first, second] = objects;
    if (first === undefined || second === undefined) throw new Error('two objects are needed');
    const path = store.vault.pathOf(first.name);
    chmodSync(path, 0o600);
    writeFileSync(path, Buffer.alloc(100, 1));
    await store.vault.remove(second.name);
    const { broken } = await whole();
    expect(broken.map(({ code }) => code).sort()).toEqual(['VAULT_CORRUPT', 'VAULT_MISSING']);
    expect(broken.map(({ object }) => object).join(' ')).toContain(first.name);
    expect(exitCode).toBe(1);
  });
});
