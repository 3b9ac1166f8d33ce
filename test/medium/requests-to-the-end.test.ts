// Requests to their end. Destroying and purging, killed before and after each commit of it: whoever goes on ends with the rows, the
// vault and the record of a run that nothing disturbed, and a hold stops it for as long as nothing is gone. Then what checks the
// records of it; and a case that is handed over and back.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import {
  askToDestroy,
  askToPurge,
  askToTransfer,
  askToUndo,
  askToWithdraw,
} from '../../packages/server/src/features/requests/asking.js';
import { listCustody } from '../../packages/server/src/features/custody/index.js';
import { listDestructions } from '../../packages/server/src/features/requests/destructions.js';
import { placeHold } from '../../packages/server/src/features/requests/holds.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import {
  acceptRequest,
  confirmRequest,
  requestId,
  showRequest,
} from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { verifyRecord } from '../../packages/server/src/features/verify/record/verify-record.js';
import { openStore } from '../../packages/server/src/store/index.js';
import { dump, openIngestWorld, writeAt, type IngestWorld } from './ingest-world.js';

const KILLED = fileURLToPath(new URL('./request-killed.mjs', import.meta.url));
const MOST_KILLS = 60;
type When = 'before' | 'after';
const reason = 'the court ordered it';

interface Scene {
  readonly world: IngestWorld;
  readonly anna: Context;
  readonly ben: Context;
}

let calm: Scene;
let killed: Scene;

/** Exhibits of a case that share a picture with each other, and one of another case that shares one with them. */
const FILES: readonly (readonly [exhibit: string, caseReference: string, seeds: readonly number[]])[] = [
  ['1', 'N-1', [1, 2, 3, 4]],
  ['2', 'N-1', [4, 5, 6]],
  ['3', 'N-1', [3, 8]],
  ['1', 'N-2', [1, 7]],
  ['1', 'N-3', [9]],
];

const openScene = async (): Promise<Scene> => {
  const world = await openIngestWorld();
  const agencyId = await world.world.agency('North');
  const roles = ['administrator', 'coordinator', 'officer'];
  const people = await Promise.all(['anna', 'ben'].map((login) => world.world.person(agencyId, login, roles)));
  const [anna, ben] = people.map(({ id, login }): Context => ({
    actor: { userId: id, agencyId, login, roles },
    purpose: null,
    requestId: 'test',
  }));
  if (anna === undefined || ben === undefined || people[0] === undefined) throw new Error('two persons');
  for (const reference of ['N-1', 'N-2', 'N-3']) await world.world.case(people[0], reference);
  for (const [exhibitReference, caseReference, seeds] of FILES) {
    const source = join(world.folder, caseReference, exhibitReference);
    for (const seed of seeds) writeAt(join(source, `${seed}.txt`), `what was seized, number ${seed}`);
    await ingestExhibit(
      world.store,
      anna,
      { caseReference, exhibitReference, source, inPlace: false },
      { wait: false },
    );
  }
  // As if decoded: by these the indexes find them.
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    select id, 'pdq', 1, 'drawn', 100, sha256 from contents`.execute(world.store.owner);
  return { world, anna, ben };
};

beforeAll(async () => {
  [calm, killed] = await Promise.all([openScene(), openScene()]);
}, 60_000);
afterAll(async () => {
  await calm.world.close();
  await killed.world.close();
});

const confirmed = async ({ world, ben }: Scene, number: string): Promise<string> => {
  await confirmRequest(world.store, ben, { number, origin: SESSION });
  return requestId(world.store, ben, number);
};

/** What a process that is killed around its commit number `at` says; null when it was killed. */
const runKilled = async (
  { world }: Scene,
  id: string,
  at: number,
  when: 'before' | 'after',
): Promise<string | null> => {
  const child = spawn(process.execPath, [KILLED, world.data, id, String(at), when], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') return null;
  expect(code).toBe(0);
  return said;
};

/** Killed around its first commit, then its second, and so on, until nothing is left to kill. Answers how often. */
const killOn = async (
  scene: Scene,
  id: string,
  around: readonly When[],
  between: () => Promise<void> = async () => undefined,
): Promise<number> => {
  let kills = 0;
  for (let at = 1; kills < MOST_KILLS; at += 1)
    for (const when of around) {
      const said = await runKilled(scene, id, at, when);
      if (said !== null) {
        expect(said).toBe('done');
        return kills;
      }
      kills += 1;
      await between();
    }
  throw new Error(`${MOST_KILLS} kills and no end`);
};

interface RecordText {
  readonly number: number;
  readonly case: { readonly reference: string };
  readonly exhibit: { readonly reference: string } | null;
  readonly request: { readonly askedBy: string; readonly confirmedBy: string };
  readonly destroyed: {
    readonly exhibits: readonly { readonly reference: string; readonly files: number }[];
    readonly keyOfCase: unknown;
  };
  readonly remains: unknown;
}

/** Rows, vault and record, without ids and times. */
const state = async ({ world, anna }: Scene): Promise<unknown> => {
  const rowsOf = async (query: string): Promise<unknown[]> =>
    (await sql.raw<{ row: unknown }>(`select jsonb_build_array(${query}`).execute(world.store.owner)).rows
      .map(({ row }) => JSON.stringify(row).replaceAll(world.folder, ''))
      .sort();
  const records = (await listDestructions(world.store, anna)).map(({ record, isSigned }) => {
    const { number, case: ofCase, exhibit, request, destroyed, remains } = JSON.parse(record) as RecordText;
    const { exhibits, keyOfCase, ...counts } = destroyed;
    return {
      number,
      case: ofCase.reference,
      exhibit: exhibit?.reference,
      people: [request.askedBy, request.confirmedBy],
      hasKeyGone: keyOfCase !== null,
      exhibits: exhibits.map(({ reference, files }) => [reference, files]),
      counts,
      remains,
      isSigned,
    };
  });
  return {
    ...(await dump(world.store)),
    contents: await rowsOf(`encode(sha256, 'hex')) as row from contents`),
    aside: await rowsOf(`source, value ->> 'reference', value ->> 'path') as row from set_aside`),
    listed: await rowsOf(`media_id) as row from request_media`),
    keys: await rowsOf(`c.reference, k.generation, octet_length(k.wrapped) > 0) as row
      from case_keys k join cases c on c.id = k.case_id`),
    cases: await rowsOf(`reference, title, state, ended_at is null) as row from cases`),
    requests: await rowsOf(`kind, state, error_code, outcome - 'digest') as row from requests`),
    custody: await rowsOf(`event, person, second_person, from_place, to_place, reason) as row from custody_entries`),
    events: await rowsOf(`type, login, object_kind) as row from audit_events`),
    records,
  };
};

const count = async ({ world }: Scene, from: string): Promise<number> =>
  (await sql.raw<{ n: number }>(`select count(*) as n from ${from}`).execute(world.store.owner)).rows[0]?.n ?? -1;

const withdrawn = async (scene: Scene, exhibit: string): Promise<string> => {
  const { number } = await askToWithdraw(scene.world.store, scene.anna, SESSION, { exhibit, reason });
  expect(await runRequest(scene.world.store, await confirmed(scene, number))).toBe('done');
  return number;
};

it('purges an exhibit to the same end, wherever it is killed', async () => {
  const purge = async (scene: Scene): Promise<string> => {
    const number = await withdrawn(scene, 'N-1/2');
    return confirmed(scene, (await askToPurge(scene.world.store, scene.anna, SESSION, { number, reason })).number);
  };
  expect(await runRequest(calm.world.store, await purge(calm))).toBe('done');
  expect(await killOn(killed, await purge(killed), ['before'])).toBeGreaterThan(3);
  expect(await state(killed)).toEqual(await state(calm));
}, 60_000);

it('destroys a case to the same end, wherever it is killed, and takes no hold once its key is gone', async () => {
  const destroy = async (scene: Scene): Promise<string> => {
    await withdrawn(scene, 'N-1/3');
    const input = { case: 'N-1', reason, leaveInPlace: false };
    return confirmed(scene, (await askToDestroy(scene.world.store, scene.anna, SESSION, input)).number);
  };
  expect(await runRequest(calm.world.store, await destroy(calm))).toBe('done');
  const id = await destroy(killed);
  let refusals = 0;
  const kills = await killOn(killed, id, ['before', 'after'], async () => {
    if ((await count(killed, `cases where reference = 'N-1' and state = 'destroying'`)) === 0 || refusals > 0) return;
    refusals += 1;
    await expect(placeHold(killed.world.store, killed.ben, { case: 'N-1', reason })).rejects.toMatchObject({
      code: 'CASE_ENDED',
    });
    // From here on what the case alone held opens for nobody.
    expect(
      await count(
        killed,
        `case_keys k join cases c on c.id = k.case_id where c.reference = 'N-1' and octet_length(k.wrapped) > 0`,
      ),
    ).toBe(0);
  });
  expect([kills > 8, refusals]).toEqual([true, 1]);
  expect(await state(killed)).toEqual(await state(calm));
  // What follows the indexes is told of each content that is gone.
  for (const scene of [calm, killed])
    expect(
      await count(
        scene,
        `contents c full join (select distinct content_id from index_changes) x on x.content_id = c.id
      where c.id is null`,
      ),
    ).toBe(6);
}, 60_000);

it('stops at a hold that was placed after a kill, with nothing gone', async () => {
  const before = await dump(killed.world.store);
  const input = { case: 'N-3', reason, leaveInPlace: false };
  const { number } = await askToDestroy(killed.world.store, killed.anna, SESSION, input);
  const id = await confirmed(killed, number);
  // Its first commit notes that it has begun.
  expect(await runKilled(killed, id, 1, 'after')).toBe(null);
  await placeHold(killed.world.store, killed.ben, { case: 'N-3', reason: 'the appeal is open' });
  // Busy for as long as the database has not noticed that whoever ran it is gone.
  await expect.poll(() => runRequest(killed.world.store, id), { timeout: 30_000 }).toBe('failed');
  expect(await showRequest(killed.world.store, killed.anna, number)).toMatchObject({ errorCode: 'CASE_ON_HOLD' });
  expect(await dump(killed.world.store)).toEqual(before);
});

const NORTH = 'North';

it('are checked by verify: a record of destruction that was changed, taken out or added is found', async () => {
  const { world, anna } = calm;
  const store = await openStore(world.store.config, { roles: ['sealer'] });
  const { owner } = world.store;
  const faults = async (): Promise<string[]> => {
    const agencies = new Map([[anna.actor.agencyId, NORTH]]);
    const { faults: found } = await verifyRecord(store.sealer, { keys: store.keys, anchors: null, agencies });
    return found.map(({ code, object }) => `${code} ${object}`).sort();
  };
  try {
    expect(await faults()).toEqual([]);
    const rows = await owner.selectFrom('destructions').selectAll().orderBy('number').execute();
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('two records');
    const record = second.record.replace(reason, 'another reason');
    const forged = { record, digest: createHash('sha256').update(record).digest() };
    await owner.updateTable('destructions').set(forged).where('id', '=', second.id).execute();
    expect(await faults()).toEqual(['RECORD_CHANGED record of destruction 2 of North']);
    await owner.deleteFrom('destructions').where('id', '=', first.id).execute();
    expect(await faults()).toEqual([
      'RECORD_CHANGED record of destruction 2 of North',
      'RECORD_MISSING record of destruction 2 of North',
      'RECORD_MISSING the log of North',
    ]);
    await owner.deleteFrom('destructions').execute();
    const added = { ...second, id: anna.actor.agencyId, number: 3 };
    await owner
      .insertInto('destructions')
      .values([...rows, added])
      .execute();
    expect(await faults()).toEqual([
      'RECORD_CHANGED record of destruction 3 of North',
      'RECORD_INSERTED the log of North',
    ]);
    await owner.deleteFrom('destructions').where('number', '=', 3).execute();
  } finally {
    await store.close();
  }
});

it('are checked offline, by the script', async () => {
  const records = await listDestructions(calm.world.store, calm.anna);
  const file = join(calm.world.folder, 'destructions.jsonl');
  const script = fileURLToPath(new URL('../../tools/verify-record.mjs', import.meta.url));
  const check = (text: string): [number | null, string] => {
    writeFileSync(file, text);
    const { status, stdout } = spawnSync(process.execPath, [script, '--destructions', file], { encoding: 'utf8' });
    return [status, stdout];
  };
  const text = records.map((one) => JSON.stringify(one)).join('\n');
  expect(check(text)).toEqual([0, expect.stringContaining('all of it holds') as string]);
  expect(check(text.replaceAll(reason, 'another reason'))[0]).toBe(1);
});

it('hand a case over once the other agency accepts, with files, media and keys of its own, and back to its old line', async () => {
  const { world, anna, ben } = calm;
  const { store } = world;
  const [north, south] = [anna.actor.agencyId, await world.world.agency('South')];
  const [carla, dan] = await Promise.all(
    ['carla', 'dan'].map(async (login): Promise<Context> => {
      const { id } = await world.world.person(south, login, [...anna.actor.roles]);
      return { ...anna, actor: { ...anna.actor, userId: id, login, agencyId: south } };
    }),
  );
  if (carla === undefined || dan === undefined) throw new Error('two persons');
  const exhibitOf = async (reference: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`select e.id from exhibits e join cases c on c.id = e.case_id
      where c.reference = ${reference}`.execute(store.owner);
    return rows[0]?.id ?? '';
  };
  const holders = async (): Promise<number[]> => [
    await count(calm, `media where agency_id = '${north}'`),
    await count(calm, `media where agency_id = '${south}'`),
  ];
  const [before, media, ours] = [await dump(store), await holders(), await exhibitOf('N-2')];
  const hand = async (by: Context, second: Context, reference: string, toAgency: string): Promise<string> => {
    const input = { case: reference, toAgency, reason: 'it happened there' };
    const { number } = await askToTransfer(store, by, SESSION, input);
    await confirmRequest(store, second, { number, origin: SESSION });
    return number;
  };
  const run = async (number: string): Promise<string> => runRequest(store, await requestId(store, anna, number));

  const other = await exhibitOf('N-3');
  await sql`insert into connection_decisions (agency_id, agency, user_id, login, ends, end_a, end_b, state, reason, counts)
    values (${anna.actor.agencyId}::uuid, 'North', ${anna.actor.userId}::uuid, 'anna', 'exhibits', least(${ours}::uuid, ${other}::uuid),
      greatest(${ours}::uuid, ${other}::uuid), 'rejected', 'a wallpaper', '[]')`.execute(store.owner);
  /** Decisions on what is there now, as `agency state case case`. */
  const decided = async (): Promise<string[]> => {
    const { rows } = await sql<{
      words: string;
    }>`select concat_ws(' ', d.agency, d.state, least(a.reference, b.reference), greatest(a.reference, b.reference)) as words
      from connection_decisions d join exhibits x on x.id = d.end_a join cases a on a.id = x.case_id
        join exhibits y on y.id = d.end_b join cases b on b.id = y.case_id`.execute(store.owner);
    return rows.map(({ words }) => words);
  };
  expect(await decided()).toEqual(['North rejected N-2 N-3']);

  const number = await hand(anna, ben, 'N-2', 'South');
  expect(await run(number)).toBe('offered');
  expect(await dump(store)).toEqual(before);
  await acceptRequest(store, carla, { number, as: 'S-1' });
  expect(await run(number)).toBe('done');
  const after = await dump(store);
  expect(after['occurrences']).toEqual(before['occurrences']?.map((line) => line.replace('"N-2"', '"S-1"')).sort());
  expect(await holders()).toEqual([(media[0] ?? 0) - 2, 2]);
  expect(await count(calm, `case_keys where case_id = (select id from cases where reference = 'N-2')`)).toBe(0);
  expect((await listCustody(store, anna, { exhibitId: ours })).at(-1)).toMatchObject({ event: 'handed-over' });
  expect(await decided()).toEqual(['North rejected N-3 S-1']);
  const theirs = await exhibitOf('S-1');
  expect((await listCustody(store, carla, { exhibitId: theirs })).map(({ event }) => event)).toEqual([
    'registered',
    'received',
  ]);
  await expect(listCustody(store, anna, { exhibitId: theirs })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(askToUndo(store, anna, SESSION, { number, reason })).rejects.toMatchObject({
    code: 'REQUEST_IMPOSSIBLE',
    detail: expect.stringContaining('they hand it back') as string,
  });

  const back = await hand(carla, dan, 'S-1', NORTH);
  await acceptRequest(store, anna, { number: back, as: 'N-2' });
  expect(await run(back)).toBe('done');
  expect(await decided()).toEqual(['North rejected N-2 N-3']);
  const again = await dump(store);
  for (const part of ['exhibits', 'occurrences', 'media', 'signals', 'vault'])
    expect([part, again[part]]).toEqual([part, before[part]]);
  expect(await holders()).toEqual(media.map((n, i) => (i === 1 ? 0 : n)));
  expect(await count(calm, `cases where reference = 'N-2' and agency_id = '${north}'`)).toBe(1);
});
