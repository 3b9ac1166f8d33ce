// The sealer in a real PostgreSQL: dense numbers for each agency whichever transaction ends last, one sealer at a time, and nothing
// lost or doubled when it is killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTANCE_LOG } from '../../packages/core/src/audit/index.js';
import { childEnvironment } from '../../packages/server/src/app/child-environment.js';
import { entryPath } from '../../packages/server/src/app/entry-path.js';
import { audit, auditRefusal, KeyRing, type Store } from '../../packages/server/src/store/index.js';
import { rotateSigner } from '../../packages/server/src/store/keys/index.js';
import { sealWhatWaits } from '../../packages/server/src/sealer/index.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { countOf, openRecordWorld, type RecordWorld } from './record-world.js';
import { eventually } from './store-fixture.js';

let world: RecordWorld;
let anna: Person;
let ben: Person;

const SIGN_OUT = { type: 'sign-out', object: null, detail: {} } as const;
const numbersOf = async (log: string): Promise<number[]> =>
  (
    await world.store.sealer
      .selectFrom('audit_sealed')
      .select('number')
      .where('agency_id', '=', log)
      .orderBy('number')
      .execute()
  ).map(({ number }) => number);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

beforeAll(async () => {
  world = await openRecordWorld();
  const [alpha, beta] = [await world.world.agency('Alpha'), await world.world.agency('Beta')];
  [anna, ben] = [await world.world.person(alpha, 'anna'), await world.world.person(beta, 'ben')];
});
afterAll(() => world.close());

describe('sealing', () => {
  it('numbers the events of each agency without a gap, those of nobody in a log of their own', async () => {
    for (let i = 0; i < 3; i += 1) {
      await world.write(anna, {
        type: 'view',
        object: { kind: 'agency', id: anna.agencyId },
        detail: { what: 'x', count: i },
      });
      await world.write(ben, SIGN_OUT);
    }
    const nobody = { actor: null, login: 'stranger', purpose: null, requestId: 'r' } as const;
    await auditRefusal(world.store.app, nobody, { code: 'SIGN_IN_FAILED', attempted: 'sign-in from 192.0.2.7' });
    expect(await world.seal()).toBe(7);
    expect(await numbersOf(anna.agencyId)).toEqual(upTo(3));
    expect(await numbersOf(ben.agencyId)).toEqual(upTo(3));
    expect(await numbersOf(INSTANCE_LOG)).toEqual([1]);
    expect(await world.seal()).toBe(0);
    const { faults, summary } = await world.verify();
    expect(faults).toEqual([]);
    expect(summary).toMatchObject({ logs: 3, events: 7, heads: 4, waiting: { count: 0 } });
    expect(summary.limits.join(' ')).toContain('No anchor was found');
  });

  it('loses nothing and leaves no gap when the older transaction ends last', async () => {
    const before = (await numbersOf(anna.agencyId)).length;
    const older = await world.store.worker.startTransaction().execute();
    await audit(older, contextOfPerson(anna), { type: 'sign-out', object: { kind: 'user', id: anna.id }, detail: {} });
    await world.write(anna, SIGN_OUT);
    // The younger one has ended, and waits all the same: the older one could still end before it.
    expect(await world.seal()).toBe(0);
    expect((await world.verify()).summary.waiting.count).toBe(1);
    await older.commit().execute();
    expect(await world.seal()).toBe(2);
    expect(await numbersOf(anna.agencyId)).toEqual(upTo(before + 2));
    const { rows } = await sql<{ object_id: string | null }>`select e.object_id from audit_sealed s
      join audit_events e on e.uid = s.event where s.agency_id = ${anna.agencyId} and s.number > ${before}
      order by s.number`.execute(world.store.sealer);
    expect(rows.map(({ object_id }) => object_id)).toEqual([anna.id, null]);
    const undone = await world.store.worker.startTransaction().execute();
    await audit(undone, contextOfPerson(anna), SIGN_OUT);
    await undone.rollback().execute();
    await world.write(anna, SIGN_OUT);
    expect(await world.seal()).toBe(1);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('seals what came with a database of another cluster, whose transactions have numbers of the future', async () => {
    await world.hand.transaction().execute(async (trx) => {
      await sql`insert into audit_events (agency_id, user_id, type, request_id, xid)
        values (${anna.agencyId}, ${anna.id}, 'sign-out', 'restored', '9000000000')`.execute(trx);
    });
    expect(await world.seal()).toBe(1);
    await world.write(anna, SIGN_OUT);
    expect(await world.seal()).toBe(1);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('goes on across many leaves, and resumes from what is kept of the tree', async () => {
    await sql`insert into audit_events (agency_id, user_id, login, type, request_id)
      select ${ben.agencyId}, ${ben.id}, 'ben', 'sign-out', i::text from generate_series(1, 6000) i`.execute(
      world.store.owner,
    );
    expect(await world.seal()).toBe(6000);
    await world.write(ben, SIGN_OUT);
    expect(await world.seal()).toBe(1);
    expect(await countOf(world.store.sealer, 'audit_tree_nodes')).toBe(Math.floor(6004 / 256));
    expect((await world.verify()).faults).toEqual([]);
  });

  it('does nothing without the master key, and loses nothing by it', async () => {
    await world.write(anna, SIGN_OUT);
    const { state } = world.store.keys;
    const keys = new KeyRing(null, { keyId: state.kind === 'ready' ? state.keyId : null, rotation: null });
    expect(await sealWhatWaits({ ...world.store, keys } as Store<'sealer'>)).toBeNull();
    expect(await world.seal()).toBe(1);
  });

  it('signs with a new key that the one before it endorses', async () => {
    const { previous, signer } = await rotateSigner(world.store.owner, world.store.keys);
    expect(signer.key).not.toBe(previous.key);
    await world.write(anna, SIGN_OUT);
    expect(await world.seal()).toBe(1);
    const last = await world.store.sealer
      .selectFrom('audit_record_heads')
      .select('key')
      .orderBy('round', 'desc')
      .limit(1)
      .executeTakeFirst();
    expect(last?.key).toBe(signer.key);
    expect((await world.verify()).faults).toEqual([]);
  });
});

describe('a log that does not fit its head', () => {
  const undo = async (change: string, back: string): Promise<number | null> => {
    await sql.raw(change).execute(world.hand);
    try {
      return await world.seal();
    } finally {
      await sql.raw(back).execute(world.hand);
    }
  };

  it('is not sealed upon, keeps nobody else from being sealed, and loses nothing', async () => {
    await world.seal();
    await world.write(anna, SIGN_OUT);
    await world.write(ben, SIGN_OUT);
    const leaf = `leaf = set_bit(leaf, 3, 1 - get_bit(leaf, 3)) where agency_id = '${anna.agencyId}' and number = 2`;
    expect(await undo(`update audit_sealed set ${leaf}`, `update audit_sealed set ${leaf}`)).toBe(1);
    expect((await world.verify()).summary.waiting.count).toBe(1);
    expect(await world.seal()).toBe(1);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('nor is anything when the head over all logs was changed', async () => {
    await world.write(anna, SIGN_OUT);
    const head = `signature = set_bit(signature, 3, 1 - get_bit(signature, 3)) where round = (select max(round) from audit_record_heads)`;
    expect(await undo(`update audit_record_heads set ${head}`, `update audit_record_heads set ${head}`)).toBe(0);
    expect(await world.seal()).toBe(1);
    expect((await world.verify()).faults).toEqual([]);
  });
});

describe('what is sealed', () => {
  it('is changed or deleted by none of the roles, and seen by an agency as far as it is its own', async () => {
    const denied = { code: '42501' };
    for (const table of [
      'audit_events',
      'audit_sealed',
      'audit_salts',
      'audit_heads',
      'audit_record_heads',
      'audit_tree_nodes',
    ])
      for (const change of [
        `delete from ${table}`,
        `update ${table} set ${table === 'audit_events' ? 'login' : 'agency_id'} = null`,
      ])
        for (const role of ['worker', 'sealer'] as const)
          await expect(sql.raw(change).execute(world.store[role]), `${role}: ${change}`).rejects.toMatchObject(
            table === 'audit_salts' || table === 'audit_record_heads'
              ? { code: expect.stringMatching(/42501|42703/) as string }
              : denied,
          );
    await expect(
      sql`insert into audit_events (type, request_id) values ('view', 'x')`.execute(world.store.sealer),
    ).rejects.toMatchObject(denied);
    for (const table of ['agencies', 'users', 'cases', 'media', 'contents', 'case_keys', 'agency_keys'])
      await expect(sql`select from ${sql.table(table)}`.execute(world.store.sealer)).rejects.toMatchObject(denied);
  });
});

describe('two sealers, and one that is killed', () => {
  const running = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const startSealer = (): ChildProcess => {
    const child = spawn(process.execPath, [entryPath(import.meta.url, '../../packages/server/dist/sealer/main.js')], {
      env: childEnvironment(world.store.config, ['sealer']),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    running.add(child);
    return child;
  };
  const sealers = async (): Promise<number[]> =>
    (await world.store.owner.selectFrom('processes').select('pid').where('kind', '=', 'sealer').execute()).map(
      ({ pid }) => pid,
    );
  const waiting = () => countOf(world.store.sealer, 'audit_waiting');

  it('one is at work, the other takes over, and every event is sealed once', async () => {
    const [first, second] = [startSealer(), startSealer()];
    await eventually('a sealer is at work', async () => (await sealers()).length === 1);
    expect(await world.seal()).toBeNull();
    await world.write(anna, SIGN_OUT);
    await eventually('it is sealed', async () => (await waiting()) === 0);
    const active = (await sealers())[0] === first.pid ? first : second;
    active.kill('SIGKILL');
    await once(active, 'exit');
    await world.write(anna, SIGN_OUT);
    await eventually('the other one seals', async () => (await waiting()) === 0);
    const rest = active === first ? second : first;
    rest.stdin?.end();
    await once(rest, 'exit');
    const { faults } = await world.verify();
    expect(faults).toEqual([]);
  });

  it('leaves nothing half done, whenever it is killed', async () => {
    const before = (await numbersOf(ben.agencyId)).length;
    let written = 0;
    for (let life = 0; life < 5; life += 1) {
      const child = startSealer();
      const dead = once(child, 'exit');
      await eventually('it is at work', async () => (await sealers()).includes(child.pid ?? 0));
      // Rounds begin every second and a half: the kills fall before, into and after them.
      const until = Date.now() + Math.random() * 1_800;
      while (Date.now() < until) {
        await sql`insert into audit_events (agency_id, user_id, login, type, request_id)
          select ${ben.agencyId}, ${ben.id}, 'ben', 'sign-out', i::text from generate_series(1, 200) i`.execute(
          world.store.owner,
        );
        written += 200;
        // A kill needs a round to fall into, not all that the machine can write in the meantime: what is verified below grows with it.
        await sleep(50);
      }
      child.kill('SIGKILL');
      await dead;
    }
    await eventually('the last one is gone from the database', async () => (await world.seal()) !== null);
    expect(await waiting()).toBe(0);
    expect(await numbersOf(ben.agencyId)).toEqual(upTo(before + written));
    expect((await world.verify()).faults).toEqual([]);
  });
});
