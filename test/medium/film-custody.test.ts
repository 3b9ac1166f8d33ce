// What lies in the vault of a film, storyboards included, goes wherever the film goes: it is verified, wrapped anew, backed up and restored, handed over, destroyed.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { createBackup } from '../../packages/server/src/features/backup/create.js';
import { restoreBackup } from '../../packages/server/src/features/backup/restore.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { rotateMasterKey } from '../../packages/server/src/features/keys/index.js';
import { rewrapCase } from '../../packages/server/src/features/keys/rewrap-case.js';
import { readVeiledStoryboard, revealMedia } from '../../packages/server/src/features/media/index.js';
import { askToDestroy, askToTransfer } from '../../packages/server/src/features/requests/asking.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import { acceptRequest, confirmRequest, requestId } from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { verifyVault } from '../../packages/server/src/features/verify/vault.js';
import { openStore, readKeyFile } from '../../packages/server/src/store/index.js';
import { runWorker } from '../../packages/server/src/worker/index.js';
import { openIngestWorld, type FullStore, type IngestWorld } from './ingest-world.js';
import { configFor, eventually } from './store-fixture.js';

const KINDS = ['clear', 'original', 'storyboard', 'veiled', 'veiled-storyboard'];
const reason = 'the court ordered it';

let world: IngestWorld;
let store: FullStore;
let anna: Context;
let ben: Context;
let carla: Context;
const at = (name: string): string => join(world.folder, name);

beforeAll(async () => {
  world = await openIngestWorld();
  ({ store } = world);
  const [north, south] = [await world.world.agency('North'), await world.world.agency('South')];
  const roles = ['administrator', 'coordinator', 'officer'];
  const contextOf = async (agencyId: string, login: string): Promise<Context> => {
    const { id } = await world.world.person(agencyId, login, roles);
    return { actor: { userId: id, agencyId, login, roles, isOperator: true }, purpose: 'to look', requestId: 'test' };
  };
  [anna, ben, carla] = [await contextOf(north, 'anna'), await contextOf(north, 'ben'), await contextOf(south, 'carla')];
  await world.world.case({ ...anna.actor, id: anna.actor.userId }, 'N-1');
  mkdirSync(at('seized'));
  const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=5:d=3', '-c:v', 'mpeg4', '-g', '5'];
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...drawn, at('seized/film.mkv')]);
  const given = { caseReference: 'N-1', exhibitReference: '1', source: at('seized'), inPlace: false };
  await ingestExhibit(store, anna, given, { wait: false });
  const stopping = new AbortController();
  const working = runWorker(store.config, stopping.signal);
  await eventually('the film is decoded', async () => (await filmOf(anna)).state === 'ready');
  stopping.abort();
  await working;
}, 60_000);
afterAll(() => world.close());

const filmOf = ({ actor }: Context, { owner }: Pick<FullStore, 'owner'> = store) =>
  owner.selectFrom('media').selectAll().where('agency_id', '=', actor.agencyId).executeTakeFirstOrThrow();
const kindsOf = async ({ actor }: Context, { owner }: Pick<FullStore, 'owner'> = store): Promise<string[]> =>
  (await owner.selectFrom('vault_objects').select('kind').where('agency_id', '=', actor.agencyId).execute())
    .map(({ kind }) => kind)
    .sort();
const sealedFiles = (): number =>
  readdirSync(store.config.vaultFolder, { recursive: true }).filter((name) =>
    statSync(join(store.config.vaultFolder, String(name))).isFile(),
  ).length;
const broken = async (of: FullStore = store): Promise<string[]> =>
  (await verifyVault(of)).broken.map(({ detail }) => detail).sort();
/** That it is shown, veiled and clear. */
const opens = async (ctx: Context, of: FullStore = store): Promise<void> => {
  const { id: mediaId, storyboard } = await filmOf(ctx, of);
  expect(storyboard).not.toBeNull();
  expect((await readVeiledStoryboard(of, ctx, mediaId)).length).toBeGreaterThan(100);
  for (const one of ['clear', 'storyboard'] as const)
    expect((await revealMedia(of, ctx, { mediaId, of: one })).length).toBeGreaterThan(100);
};

it('is missed by verify wherever a part of it is gone', async () => {
  expect(await kindsOf(anna)).toEqual(KINDS);
  expect(await broken()).toEqual([]);
  for (const state of ['ready', 'partial'] as const) {
    await store.owner.updateTable('media').set({ state }).execute();
    for (const kind of ['clear', 'storyboard', 'veiled', 'veiled-storyboard'] as const) {
      const gone = await store.owner.deleteFrom('vault_objects').where('kind', '=', kind).returningAll().execute();
      expect(await broken()).toEqual([`film without its ${kind} rendition`]);
      await store.owner.insertInto('vault_objects').values(gone).execute();
    }
  }
  // One that has no stills needs none.
  const { storyboard } = await filmOf(anna);
  const without = await store.owner
    .deleteFrom('vault_objects')
    .where('kind', '<>', 'original')
    .returningAll()
    .execute();
  await store.owner.updateTable('media').set({ storyboard: null }).execute();
  expect(await broken()).toEqual([]);
  await store.owner.insertInto('vault_objects').values(without).execute();
  await store.owner
    .updateTable('media')
    .set({ storyboard: JSON.stringify(storyboard), state: 'ready' })
    .execute();
});

it('comes back from a backup', async () => {
  const places = { folder: at('backup'), keys: at('case-keys'), destructions: at('destructions') };
  await createBackup(store, anna, { ...places, keyFile: null });
  const key = { REDTHREAD_MASTER_KEY_FILE: join(world.data, 'keys', 'master.key') };
  await restoreBackup(configFor(at('restored'), key), places);
  const restored = await openStore(configFor(at('restored'), key), { roles: ['app', 'owner', 'worker'] });
  try {
    expect(await kindsOf(anna, restored)).toEqual(KINDS);
    expect(await broken(restored)).toEqual([]);
    await opens(anna, restored);
  } finally {
    await restored.close();
  }
}, 60_000);

it('opens under a new key of its case, and under a new master key', async () => {
  await rewrapCase(store, anna, 'N-1');
  await opens(anna);
  writeFileSync(at('next.key'), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await rotateMasterKey(store, anna, await readKeyFile(at('next.key')));
  expect(await broken()).toEqual([]);
  await opens(anna);
});

it('goes along to another agency, and is gone from everywhere once it is destroyed', async () => {
  const confirmed = async (number: string): Promise<string> => {
    await confirmRequest(store, ben, { number, origin: SESSION });
    return requestId(store, anna, number);
  };
  const { number } = await askToTransfer(store, anna, SESSION, { case: 'N-1', toAgency: 'South', reason });
  const id = await confirmed(number);
  expect(await runRequest(store, id)).toBe('offered');
  await acceptRequest(store, carla, { number, as: 'S-1' });
  expect(await runRequest(store, id)).toBe('done');
  expect([await kindsOf(anna), await kindsOf(carla), sealedFiles()]).toEqual([[], KINDS, KINDS.length]);
  expect(await broken()).toEqual([]);
  await opens(carla);

  const dan: Context = {
    ...carla,
    actor: {
      ...carla.actor,
      login: 'dan',
      userId: (await world.world.person(carla.actor.agencyId, 'dan', [...carla.actor.roles])).id,
    },
  };
  const asked = await askToDestroy(store, carla, SESSION, { case: 'S-1', reason, leaveInPlace: false });
  await confirmRequest(store, dan, { number: asked.number, origin: SESSION });
  expect(await runRequest(store, await requestId(store, dan, asked.number))).toBe('done');
  expect([await kindsOf(carla), sealedFiles()]).toEqual([[], 0]);
  const { rows } =
    await sql`select 1 from signals union all select 1 from media union all select 1 from contents`.execute(
      store.owner,
    );
  expect(rows).toEqual([]);
}, 60_000);
