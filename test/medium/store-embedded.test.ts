// The embedded PostgreSQL under what really happens to it: killed parents, second processes, closed homes, bare environments.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachableDefault } from '../../packages/server/src/app/data-folder.js';
import { packagedNative, reachableBinaries } from '../../packages/server/src/store/embedded/binaries.js';
import { databaseUser } from '../../packages/server/src/store/embedded/database-user.js';
import { joinEmbedded } from '../../packages/server/src/store/embedded/index.js';
import { openStore } from '../../packages/server/src/store/index.js';
import { layNewStore } from './new-store.js';
import { configFor, eventually, isRoot, lives, startHolder, temporaryFolder } from './store-fixture.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());
const data = (): string => join(folder.path, 'data');

const open = () => openStore(configFor(data()), { roles: ['worker'] });

/** What a process was started with, or null where it ended meanwhile: workers of PostgreSQL come and go. */
const handedTo = (pid: string): { readonly environment: string; readonly commandLine: string } | null => {
  try {
    return {
      environment: readFileSync(`/proc/${pid}/environ`, 'latin1'),
      commandLine: readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
    };
  } catch {
    return null;
  }
};

describe('start', () => {
  it('refuses at once a place that cannot hold a data folder', async () => {
    for (const path of ['/proc/x', '/dev/null/x/y']) {
      const refused = await openStore(configFor(path), { roles: ['worker'] }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'DB_PATH_UNREACHABLE', detail: expect.stringContaining(path) as string });
    }
    const vault = { REDTHREAD_VAULT: '/proc/x/vault' };
    const refused = await openStore(configFor(data(), vault), { roles: ['worker'] }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('makes a UTF-8 cluster in UTC that sorts by bytes of code points, with LANG unset and a hostile time zone', async () => {
    const holder = await startHolder(data(), { PATH: process.env['PATH'], TZ: 'Asia/Tokyo', PGTZ: 'Asia/Tokyo' });
    const store = await open();
    const { rows } = await sql<{ encoding: string; zone: string; provider: string }>`
      select pg_encoding_to_char(encoding) as encoding, current_setting('timezone') as zone, datlocprovider as provider
      from pg_database where datname = current_database()`.execute(store.worker);
    expect(rows[0]).toEqual({ encoding: 'UTF8', zone: 'UTC', provider: 'b' });
    await store.close();
    await holder.close();
  });

  it('hands nothing of ours to any process of PostgreSQL', async () => {
    const holder = await startHolder(data(), {
      PATH: process.env['PATH'],
      REDTHREAD_MASTER_KEY: 'ab'.repeat(32),
      SECRET_OF_SOMEBODY: 'hush',
    });
    const family = readdirSync('/proc').filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      if (Number(pid) === holder.postgres) return true;
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === holder.postgres;
      } catch {
        return false;
      }
    });
    const handed = family.flatMap((pid) => handedTo(pid) ?? []);
    expect(handed.length).toBeGreaterThan(3);
    for (const { environment, commandLine } of handed) {
      expect(environment).not.toMatch(/REDTHREAD_|abab|hush|DATABASE_URL/);
      expect(commandLine).not.toMatch(/password|abab/i);
    }
    await holder.close();
  });

  it('keeps keys and passwords private, whatever the mask', async () => {
    const store = await open();
    for (const name of ['credentials/superuser', 'credentials/owner', 'credentials/worker', 'keys/master.key'])
      expect(statSync(join(data(), name)).mode & 0o777).toBe(0o600);
    for (const name of ['credentials', 'keys', 'vault', 'postgres', 'socket'])
      expect(statSync(join(data(), name)).mode & 0o777).toBe(0o700);
    await store.close();
  });

  it('begins again after an initdb that was cut off, and over a postmaster.pid whose number another process has', async () => {
    mkdirSync(join(data(), 'postgres.new-1', 'base'), { recursive: true });
    const first = await open();
    await first.close();
    expect(readdirSync(data()).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
    const lock = join(data(), 'postgres', 'postmaster.pid');
    writeFileSync(
      lock,
      [process.pid, join(data(), 'postgres'), '1', '5432', join(data(), 'socket'), '', '', 'ready'].join('\n'),
    );
    const second = await open();
    expect(second.databasePid()).not.toBe(process.pid);
    await second.close();
  });

  it('listens on loopback where the path is too long for a socket', async () => {
    const deep = join(folder.path, 'a'.repeat(90));
    const database = await joinEmbedded(deep);
    expect(database.address).toMatchObject({ kind: 'loopback', host: '127.0.0.1' });
    await database.leave();
    expect(lives(database.pid())).toBe(false);
  });
});

describe('many processes, any of them killed', () => {
  it('adopts the orphan of a killed process, and stops it when the last one leaves', async () => {
    await layNewStore(data());
    const killed = await startHolder(data());
    await killed.kill();
    expect(lives(killed.postgres)).toBe(true);
    const next = await startHolder(data());
    expect(next.postgres).toBe(killed.postgres);
    await next.close();
    expect(lives(killed.postgres)).toBe(false);
  });

  it('lets the second process join, and the last living one stop it', async () => {
    await layNewStore(data());
    const first = await startHolder(data());
    const second = await startHolder(data());
    const third = await startHolder(data());
    expect([second.postgres, third.postgres]).toEqual([first.postgres, first.postgres]);
    await first.close();
    expect(lives(first.postgres)).toBe(true);
    await second.kill();
    expect(lives(first.postgres)).toBe(true);
    await third.close();
    expect(lives(first.postgres)).toBe(false);
  });

  it('is started once by three processes that come first together', async () => {
    const holders = await Promise.all([startHolder(data()), startHolder(data()), startHolder(data())]);
    expect(new Set(holders.map(({ postgres }) => postgres)).size).toBe(1);
    expect(holders.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    await Promise.all(holders.map((holder) => holder.close()));
    expect(lives(holders[0]?.postgres ?? 0)).toBe(false);
  });

  it('comes back by itself when PostgreSQL is killed, for queries and for listeners', async () => {
    await layNewStore(data());
    const store = await open();
    const heard: (string | null)[] = [];
    await store.listen('store_test', (payload) => heard.push(payload));
    await sql`notify store_test, 'before'`.execute(store.worker);
    await eventually('the notice', () => heard.includes('before'));
    const killed = store.databasePid() ?? 0;
    process.kill(killed, 'SIGKILL');
    await eventually('another postmaster', () => store.databasePid() !== killed);
    await eventually('queries work', () =>
      sql`select 1`.execute(store.worker).then(
        () => true,
        () => false,
      ),
    );
    await eventually('the listener is told that it may have missed something', () => heard.includes(null));
    await sql`notify store_test, 'after'`.execute(store.worker);
    await eventually('the notice', () => heard.includes('after'));
    await store.close();
    expect(lives(store.databasePid() ?? 0)).toBe(false);
  });

  it('does not begin an empty store when its folder goes away under it', async () => {
    await layNewStore(data());
    const database = await joinEmbedded(data());
    renameSync(data(), `${data()}.away`);
    process.kill(database.pid(), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(existsSync(data())).toBe(false);
    const killed = database.pid();
    renameSync(`${data()}.away`, data());
    await eventually('it is back', () => database.pid() !== killed);
    await database.leave();
    expect(lives(database.pid())).toBe(false);
  });

  it('outlives a Ctrl-C that reaches every process of the terminal', async () => {
    await layNewStore(data());
    const holder = await startHolder(data(), undefined, { detached: true });
    process.kill(-(holder.process.pid ?? 0), 'SIGINT');
    await eventually('the holder is gone', () => !lives(holder.process.pid ?? 0));
    expect(lives(holder.postgres)).toBe(true);
    await (await startHolder(data())).close();
    expect(lives(holder.postgres)).toBe(false);
  });
});

describe('backup', () => {
  it('opens a copy that was made at rest, at another path, even when its owners were lost', async () => {
    await layNewStore(data());
    const store = await openStore(configFor(data()), { roles: ['owner', 'worker'] });
    await store.owner.insertInto('agencies').values({ name: 'Kept', country: 'ZZ' }).execute();
    const name = 'ab'.repeat(32);
    await store.vault.sealBuffer(name, Buffer.alloc(32, 1), Buffer.from('kept'));
    await store.close();
    const copy = join(folder.path, 'copy');
    cpSync(data(), copy, { recursive: true, filter: (path) => !/\/(socket|run)$/.test(path) });
    const restored = await openStore(configFor(copy), { roles: ['worker'] });
    expect(await restored.worker.selectFrom('agencies').select('name').execute()).toEqual([{ name: 'Kept' }]);
    expect((await restored.vault.readAll(name, Buffer.alloc(32, 1))).toString()).toBe('kept');
    expect(restored.keys.ready).toBe(true);
    await restored.close();
  });

  it('refuses the cluster of another major version, and touches nothing', async () => {
    await layNewStore(data());
    writeFileSync(join(data(), 'postgres', 'PG_VERSION'), '17\n');
    await expect(open()).rejects.toThrow(/DB_START_FAILED.*PostgreSQL 17.*brings 18/);
  });
});

describe('below a private home', () => {
  it.runIf(isRoot)(
    'refuses a data folder that the user of the database cannot reach, and names what is closed',
    async () => {
      const home = join(folder.path, 'home');
      mkdirSync(home, { mode: 0o700 });
      const refusal = await openStore(configFor(join(home, 'deep', 'data')), { roles: ['app'] }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({ code: 'DB_PATH_UNREACHABLE' });
      expect((refusal as Error).message).toContain(home);
    },
  );

  it.runIf(isRoot)('copies the programs beside the data when only they are out of reach', async () => {
    const home = join(folder.path, 'home');
    const clone = join(home, 'node_modules', 'native');
    mkdirSync(home, { mode: 0o700 });
    const { native, version } = packagedNative();
    cpSync(native, clone, { recursive: true, verbatimSymlinks: true });
    mkdirSync(data());
    chmodSync(data(), 0o711);
    const user = databaseUser(join(data(), 'postgres'), null);
    const found = await reachableBinaries(data(), user, { native: clone, version });
    expect(found.postgres).toBe(join(data(), 'postgres-bin', version, 'bin', 'postgres'));
    expect(existsSync(found.initdb)).toBe(true);
  });

  it('moves only a default folder, only as root, and always to the same place', () => {
    const home = join(folder.path, 'home');
    mkdirSync(home, { mode: 0o700 });
    const wanted = join(home, 'clone', '.redthread');
    const moved = reachableDefault(wanted, true);
    expect(moved.movedFrom).toBe(wanted);
    expect(moved.path).toMatch(/^\/var\/lib\/redthread-[0-9a-f]{12}$/);
    expect(reachableDefault(wanted, true)).toEqual(moved);
    expect(reachableDefault(wanted, false)).toEqual({ path: wanted, movedFrom: null });
    expect(reachableDefault(join(folder.path, 'x'), true)).toEqual({ path: join(folder.path, 'x'), movedFrom: null });
  });
});
