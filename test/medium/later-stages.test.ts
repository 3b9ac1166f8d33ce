// A file that takes its worker down, whatever it is that it does: the others get through, and it is set aside in the end.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { createLaterStage, type LaterStage } from '../../packages/server/src/worker/later-stage.js';
import { openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';

const FILES = 10;
/** Tries that a file has before it is given up, and the one that finds that they are spent. */
const MOST_KILLS = 9;
let world: IngestWorld;

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1' });
  const ctx = await world.officer('Unit', 'L-1');
  for (let i = 0; i < FILES; i += 1) writeAt(join(world.folder, 'pictures', `${i}.jpg`), await picture(i, 160, 120));
  const source = join(world.folder, 'pictures');
  await ingestExhibit(world.store, ctx, { caseReference: 'L-1', exhibitReference: '1', source, inPlace: false }, {});
  await world.store.owner
    .updateTable('work')
    .set({ state: 'queued', attempts: 0, leased_by: null, lease_until: null, error_code: null })
    .where('stage', '=', 'metadata')
    .execute();
});
afterAll(() => world.close());

/** Ends as a killed process does, in the middle of its batch, at the file that kills. */
const workerUnder = (deadly: string): LaterStage =>
  createLaterStage<null>(world.store, randomUUID(), {
    stage: 'metadata',
    batch: FILES,
    workOn: (_, { mediaId }) => (mediaId === deadly ? Promise.reject(new Error('killed')) : Promise.resolve(null)),
    failureOf: (_, { code, detail }) => ({ kind: 'failed', code, detail }),
    unreadable: () => ({ code: 'METADATA_UNREADABLE', detail: '' }),
    store: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });

const rows = () =>
  world.store.owner.selectFrom('work').selectAll().where('stage', '=', 'metadata').orderBy('id').execute();

it('sets aside a file that takes its worker down again and again, and no other', async () => {
  const before = await rows();
  expect(before).toHaveLength(FILES);
  const deadly = before[3]!.media_id;
  let kills = 0;
  for (let goesOn = true; goesOn;) {
    goesOn = await workerUnder(deadly)
      .workOnce()
      .catch(() => (kills += 1) > 0);
    // As the next worker finds it: the holder is dead.
    await world.store.owner.updateTable('work').set({ state: 'queued' }).where('state', '=', 'leased').execute();
  }
  expect(kills).toBeLessThan(MOST_KILLS);
  for (const { media_id, state, error_code, attempts } of await rows())
    if (media_id === deadly)
      expect({ state, error_code }).toEqual({ state: 'quarantined', error_code: 'DECODER_QUARANTINED' });
    else {
      expect(state).toBe('done');
      expect(attempts).toBeLessThanOrEqual(2);
    }
});
