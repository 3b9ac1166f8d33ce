// The queue: nothing is held twice, what the dead held comes back at once, what fails in passing waits longer each time.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { liveProcesses, registerProcess, runnerOf } from '../../packages/server/src/app/processes.js';
import {
  completeWork,
  failWork,
  freeDeadLeases,
  leaseWork,
  releaseLeases,
  renewLeases,
  requeueWork,
} from '../../packages/server/src/features/work/index.js';
import { openIngestWorld, type IngestWorld } from './ingest-world.js';

let world: IngestWorld;
const JOBS = 6;

beforeAll(async () => {
  world = await openIngestWorld();
  const ctx = await world.officer('Unit', 'L-1');
  const files = Array.from({ length: JOBS }, (_, i) => ({ content: `content ${i}` }));
  const { id: caseId } = await world.store.owner.selectFrom('cases').select('id').executeTakeFirstOrThrow();
  const person = { id: ctx.actor.userId, agencyId: ctx.actor.agencyId, login: ctx.actor.login };
  const exhibitId = await world.world.exhibit(person, caseId, '1', files);
  const media = await world.store.owner.selectFrom('media').select(['id', 'agency_id']).execute();
  await world.store.owner
    .insertInto('work')
    .values(
      media.map(({ id, agency_id }) => ({
        media_id: id,
        agency_id,
        exhibit_id: exhibitId,
        stage: 'decode' as const,
        version: 1,
        leased_by: null,
        error_code: null,
        error_detail: null,
      })),
    )
    .execute();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.store.owner
    .updateTable('work')
    .set({
      state: 'queued',
      attempts: 0,
      leased_by: null,
      lease_until: null,
      error_code: null,
      not_before: new Date(0),
    })
    .execute();
  await world.store.owner.deleteFrom('processes').execute();
});

const db = () => world.store.worker;
const lease = (processId: string, limit: number) => leaseWork(db(), { stage: 'decode', processId, limit });
const states = async (): Promise<string[]> =>
  (await world.store.owner.selectFrom('work').select('state').execute()).map(({ state }) => state).sort();

describe('leasing', () => {
  it('gives each job to one process, oldest first', async () => {
    const [a, b] = await Promise.all([lease(randomUUID(), 4), lease(randomUUID(), 4)]);
    const ids = [...a, ...b].map(({ workId }) => workId);
    expect(new Set(ids).size).toBe(JOBS);
    expect(a.map(({ workId }) => workId)).toEqual(a.map(({ workId }) => workId).sort((x, y) => x - y));
  });

  it('ends, fails, and gives back what was not begun', async () => {
    const self = await registerProcess(runnerOf(db()), 'worker');
    const [first, second, third] = await lease(self.id, 3);
    await completeWork(db(), [first?.workId ?? 0]);
    await failWork(db(), 'quarantined', [
      { workId: second?.workId ?? 0, code: 'DECODER_QUARANTINED', detail: 'twice' },
    ]);
    await releaseLeases(db(), self.id);
    expect(await states()).toEqual(['done', 'quarantined', 'queued', 'queued', 'queued', 'queued']);
    const again = (await lease(self.id, 1))[0];
    expect(again).toMatchObject({ workId: third?.workId, attempts: 1 });
    await self.leave();
  });

  it('lets a job that failed in passing wait, and says why next time', async () => {
    const [job] = await lease(randomUUID(), 1);
    await requeueWork(db(), [{ workId: job?.workId ?? 0, code: 'DECODER_TIMEOUT', detail: '' }]);
    expect((await lease(randomUUID(), JOBS)).map(({ workId }) => workId)).not.toContain(job?.workId);
    await world.store.owner
      .updateTable('work')
      .set({ not_before: new Date(0) })
      .where('state', '=', 'queued')
      .execute();
    const [retried] = await lease(randomUUID(), 1);
    expect(retried).toMatchObject({ workId: job?.workId, attempts: 2, lastErrorCode: 'DECODER_TIMEOUT' });
  });
});

describe('the leases of the dead', () => {
  it('are free at once when the process is gone from this machine', async () => {
    const dead = randomUUID();
    await db()
      .insertInto('processes')
      .values({ id: dead, kind: 'worker', pid: 2 ** 22 - 1, host: hostname() })
      .execute();
    await lease(dead, JOBS);
    expect(await freeDeadLeases(db())).toBe(JOBS);
    expect(await states()).toEqual(Array(JOBS).fill('queued'));
  });

  it('are free when a process of another machine is silent, and kept while it is heard of', async () => {
    const [silent, heard] = [randomUUID(), randomUUID()];
    for (const id of [silent, heard])
      await db().insertInto('processes').values({ id, kind: 'worker', pid: 1, host: 'elsewhere' }).execute();
    await lease(silent, 2);
    await lease(heard, 2);
    await db()
      .updateTable('processes')
      .set({ last_seen_at: new Date(Date.now() - 30_000) })
      .where('id', '=', silent)
      .execute();
    expect(await freeDeadLeases(db())).toBe(2);
    await renewLeases(db(), heard);
    expect((await liveProcesses(runnerOf(db()), ['worker'])).map(({ id }) => id)).toEqual([heard]);
    expect((await states()).filter((state) => state === 'leased')).toHaveLength(2);
  });

  it('are free when nobody knows their holder', async () => {
    await lease(randomUUID(), 3);
    expect(await freeDeadLeases(db())).toBe(3);
  });
});
