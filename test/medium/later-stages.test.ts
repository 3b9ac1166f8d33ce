// A file that takes its worker down, whatever it is that it does: the others get through, and it is set aside in the end. And what people
// do about work that failed: it is tried again, or set aside, from the command line as from a page.
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaTrace } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { retryFailedWork } from '../../packages/server/src/features/exhibits/failed-work.js';
import { registerWorkCommands } from '../../packages/server/src/features/exhibits/work-commands.js';
import { registerTracesCommand } from '../../packages/server/src/features/media/commands.js';
import { showMedia } from '../../packages/server/src/features/media/service.js';
import { failWork } from '../../packages/server/src/features/work/index.js';
import { createDecoder } from '../../packages/server/src/media/index.js';
import { createLaterStage, type LaterStage } from '../../packages/server/src/worker/later-stage.js';
import { createMetadataStage } from '../../packages/server/src/worker/metadata-stage.js';
import { commandLine, jsonOf } from './command-line.js';
import { openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';

const FILES = 10;
/** Tries that a file has before it is given up, and the one that finds that they are spent. */
const MOST_KILLS = 9;
let world: IngestWorld;
let ctx: Context;

const ingest = () =>
  ingestExhibit(
    world.store,
    ctx,
    { caseReference: 'L-1', exhibitReference: '1', source: join(world.folder, 'pictures'), inPlace: false },
    {},
  );

const WHATSAPP = 'WhatsApp Image 2024-03-17 at 14.02.11.jpeg';

/** As the stage of the worker reads them. */
const untilRead = async (): Promise<void> => {
  const decoder = createDecoder();
  const stage = createMetadataStage(world.store, randomUUID(), decoder);
  while (await stage.workOnce());
  await stage.close();
  await decoder.close();
};

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1' });
  ctx = await world.officer('Unit', 'L-1');
  for (let i = 0; i < FILES; i += 1) writeAt(join(world.folder, 'pictures', `${i}.jpg`), await picture(i, 160, 120));
  renameSync(join(world.folder, 'pictures', '0.jpg'), join(world.folder, 'pictures', WHATSAPP));
  await ingest();
  await untilRead();
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

describe('what files say of their way', () => {
  const traces = (login: string, ...words: string[]) =>
    commandLine(world.data, [registerTracesCommand])('--as', login, 'traces', ...words);

  it('is kept for each method and version, and told to whoever sees the media', async () => {
    const { media_id: mediaId } = await world.store.owner
      .selectFrom('occurrences')
      .select('media_id')
      .where('path', 'like', '%WhatsApp Image%')
      .executeTakeFirstOrThrow();
    const said = jsonOf<MediaTrace>((await traces(ctx.actor.login, mediaId!, '--json')).out);
    expect(said.map(({ method, version }) => `${method} ${version}`)).toEqual([
      'jpeg-structure 1',
      'file-name 1',
      'platform 1',
    ]);
    expect(said[0]?.value).toMatchObject({ class: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
    expect(said[2]).toMatchObject({
      value: { class: 'whatsapp' },
      words: expect.stringContaining('by its name') as string,
    });
    const shown = await showMedia(world.store, ctx, mediaId!);
    expect(shown.traces).toEqual(said);
    expect(Object.keys(shown.metadata ?? {})).toEqual(['exiftool']);
    const views = await world.store.owner
      .selectFrom('audit_events')
      .select('object_id')
      .where('type', '=', 'view')
      .execute();
    expect(views.map(({ object_id }) => object_id)).toContain(mediaId);
    const stranger = await world.officer('Strange', 'S-1');
    for (const id of [mediaId!, randomUUID()])
      await expect(traces(stranger.actor.login, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what a person does about it', () => {
  const work = (...words: string[]) =>
    commandLine(world.data, [registerWorkCommands])('--as', ctx.actor.login, 'work', ...words);
  const failures = async () =>
    jsonOf<{ path: string; stage: string; code: string; work: string | null; mediaId: string }>(
      (await work('failures', 'L-1/1', '--json')).out,
    );
  const workOf = (mediaId: string) =>
    world.store.owner.selectFrom('work').selectAll().where('media_id', '=', mediaId).where('version', '>', 0).execute();
  const mediaOf = (mediaId: string) =>
    world.store.owner.selectFrom('media').selectAll().where('id', '=', mediaId).executeTakeFirstOrThrow();
  const firstDecoded = () =>
    world.store.owner
      .selectFrom('work')
      .selectAll()
      .where('stage', '=', 'decode')
      .orderBy('id')
      .executeTakeFirstOrThrow();

  it('tries again what stopped its decoder only where it is named', async () => {
    const [quarantined] = await failures();
    expect(quarantined).toMatchObject({ stage: 'metadata', code: 'DECODER_QUARANTINED', work: 'quarantined' });
    await expect(work('retry', 'L-1/1')).rejects.toMatchObject({ code: 'WORK_NOT_FAILED' });
    await work('retry', 'L-1/1', '--media', quarantined!.mediaId);
    expect(await failures()).toEqual([]);
    expect((await workOf(quarantined!.mediaId)).find(({ stage }) => stage === 'metadata')).toMatchObject({
      state: 'queued',
      attempts: 0,
    });
  });

  it('decodes again what could not be decoded, and compares it again after that', async () => {
    const { media_id: mediaId, id: workId } = await firstDecoded();
    await failWork(world.store.worker, 'failed', [{ workId, code: 'DECODER_MEMORY', detail: 'a loaded machine' }]);
    await world.store.owner
      .updateTable('media')
      .set({ state: 'failed', error_code: 'DECODER_MEMORY' })
      .where('id', '=', mediaId)
      .execute();
    const matchedAt = (await workOf(mediaId)).find(({ stage }) => stage === 'match')?.id;
    expect((await work('retry', 'L-1/1')).out).toEqual([
      '1 media wait to be tried again; redthread work status shows how far they are',
    ]);
    expect(await mediaOf(mediaId)).toMatchObject({ state: 'pending', error_code: null });
    expect((await workOf(mediaId)).map(({ stage }) => stage)).not.toContain('match');
    expect((await work('status', '--exhibit', 'L-1/1')).out.join('\n')).toMatch(/decode +9 +10 +0/);
    // Whatever is still open of an exhibit is done by whoever ingests it again.
    await ingest();
    expect(await mediaOf(mediaId)).toMatchObject({ state: 'ready', error_code: null });
    const again = (await workOf(mediaId)).find(({ stage }) => stage === 'match');
    expect(again).toMatchObject({ state: 'done' });
    expect(again?.id).not.toBe(matchedAt);
  });

  it('sets a file aside with a reason, which no retry of the rest undoes', async () => {
    const { media_id: mediaId, id: workId } = await firstDecoded();
    await failWork(world.store.worker, 'failed', [{ workId, code: 'IMAGE_CORRUPT', detail: '' }]);
    await work('quarantine', 'L-1/1', '--media', mediaId, '--reason', 'hangs the viewer');
    const [aside] = await failures();
    expect(aside).toMatchObject({ code: 'FILE_SET_ASIDE', work: 'quarantined', mediaId });
    expect(aside).toMatchObject({ detail: `IMAGE_CORRUPT | ${ctx.actor.login}: hangs the viewer` });
    await expect(work('retry', 'L-1/1')).rejects.toMatchObject({ code: 'WORK_NOT_FAILED' });
    const told = await world.store.owner
      .selectFrom('audit_events')
      .select('type')
      .where('type', 'like', 'work-%')
      .orderBy('id')
      .execute();
    expect(told.map(({ type }) => type)).toEqual(['work-retry', 'work-retry', 'work-set-aside']);
  });

  it('is nobody else’s to do, and says what is wrong with an id', async () => {
    const other = await world.officer('Other', 'O-1');
    const { id: exhibit } = await world.store.owner.selectFrom('exhibits').select('id').executeTakeFirstOrThrow();
    await expect(retryFailedWork(world.store, other, { exhibit })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(work('retry', 'L-1/1', '--media', 'seven')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      detail: expect.stringContaining('seven') as string,
    });
  });
});
