// An ingest that was interrupted, or whose source changed, goes on where it was: nothing twice, nothing lost.
import { renameSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit, type IngestOptions } from '../../packages/server/src/features/exhibits/index.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';

let world: IngestWorld;
let ctx: Context;
const PICTURES = 24;

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1', REDTHREAD_IN_PLACE_ROOTS: tmpdir() });
  ctx = await world.officer('Unit', 'ES-2026-002');
});
afterAll(() => world.close());

const ingest = (exhibitReference: string, source: string, options: IngestOptions & { inPlace?: boolean } = {}) =>
  ingestExhibit(
    world.store,
    ctx,
    {
      caseReference: 'ES-2026-002',
      exhibitReference,
      source: join(world.folder, source),
      inPlace: options.inPlace ?? false,
    },
    options,
  );

const occurrencesOf = async (exhibitId: string) =>
  world.store.owner
    .selectFrom('occurrences')
    .select(['path', 'state', 'error_code', 'media_id'])
    .where('exhibit_id', '=', exhibitId)
    .orderBy('path')
    .execute();

const fill = async (folder: string, count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1)
    writeAt(join(world.folder, folder, `${i % 3}`, `${i}.jpg`), await picture(i % (PICTURES / 2), 160, 120));
};

describe('an interrupted ingest', () => {
  it('ends after its batch and goes on from there', async () => {
    await fill('stopped', PICTURES);
    const stopping = AbortSignal.abort();
    const first = await ingest('stopped', 'stopped', { stopping });
    expect(first.interrupted).toBe(true);
    const second = await ingest('stopped', 'stopped');
    expect(second.interrupted).toBe(false);
    expect(second.progress.state).toBe('complete');
    expect(await occurrencesOf(second.exhibit.exhibitId)).toHaveLength(PICTURES);
  });

  it('takes in only what was added since', async () => {
    writeAt(join(world.folder, 'stopped', 'late.jpg'), await picture('late', 160, 120));
    const { counts } = await ingest('stopped', 'stopped');
    expect(counts).toMatchObject({ files: 1, unchanged: PICTURES, changed: 0 });
  });

  it('says when it was first at its end, however often it is begun again, and when it was last checked', async () => {
    const times = () =>
      world.store.owner
        .selectFrom('exhibits')
        .select(['walk_finished_at', 'completed_at', 'last_checked_at'])
        .where('reference', '=', 'stopped')
        .executeTakeFirstOrThrow();
    const before = await times();
    await ingest('stopped', 'stopped');
    const after = await times();
    expect({ ...after, last_checked_at: null }).toEqual({ ...before, last_checked_at: null });
    expect(Number(after.last_checked_at)).toBeGreaterThan(Number(before.last_checked_at));
  });

  it('is not begun twice at once', async () => {
    const codesOfTwo = async (): Promise<string[]> => {
      const results = await Promise.allSettled([ingest('stopped', 'stopped'), ingest('stopped', 'stopped')]);
      return results.flatMap((r) => (r.status === 'rejected' ? [(r.reason as { code: string }).code] : []));
    };
    // Where one was through before the other began, it was not twice at once.
    let codes: string[] = [];
    for (let i = 0; i < 20 && codes.length === 0; i += 1) codes = await codesOfTwo();
    expect(codes).toEqual(['EXHIBIT_BUSY']);
  });
});

describe('a source that changes', () => {
  it('marks the occurrence and keeps what was stored', async () => {
    await fill('edited', 6);
    const { exhibit } = await ingest('edited', 'edited');
    const before = await occurrencesOf(exhibit.exhibitId);
    const changed = join(world.folder, 'edited', '0', '0.jpg');
    writeAt(changed, await picture('another', 160, 120));
    utimesSync(changed, 1, 1);
    const { counts } = await ingest('edited', 'edited');
    expect(counts).toMatchObject({ files: 0, changed: 1, unchanged: 5 });
    const after = await occurrencesOf(exhibit.exhibitId);
    expect(after.map(({ path, media_id }) => [path, media_id])).toEqual(
      before.map(({ path, media_id }) => [path, media_id]),
    );
    expect(after.filter(({ state }) => state === 'changed')).toMatchObject([
      { path: '0/0.jpg', error_code: 'FILE_CHANGED' },
    ]);
  });
});

describe('an exhibit in place', () => {
  it('is decoded from its source and never copied', async () => {
    for (let i = 0; i < 4; i += 1)
      writeAt(join(world.folder, 'place', `${i}.jpg`), await picture(`place ${i}`, 160, 120));
    const { exhibit, progress } = await ingest('place', 'place', { inPlace: true });
    expect(progress.state).toBe('complete');
    const occurrences = await occurrencesOf(exhibit.exhibitId);
    expect(occurrences.map(({ state }) => state)).toEqual(Array(4).fill('in-place'));
    const mediaIds = occurrences.map(({ media_id }) => media_id ?? '');
    const objects = await world.store.owner
      .selectFrom('vault_objects')
      .select('kind')
      .where('media_id', 'in', mediaIds)
      .execute();
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(4).fill('clear'),
      ...Array<string>(4).fill('veiled'),
    ]);
  });

  it('says when a source file is gone or another one', async () => {
    const source = join(world.folder, 'gone');
    writeAt(join(source, 'gone.jpg'), await picture('gone', 160, 120));
    writeAt(join(source, 'swapped.jpg'), await picture('swapped', 160, 120));
    const { exhibit } = await ingest('gone', 'gone', { inPlace: true, wait: false });
    rmSync(join(source, 'gone.jpg'));
    writeAt(join(source, 'swapped.jpg'), await picture('something else', 160, 120));
    await ingest('gone', 'gone', { inPlace: true });
    const states = await occurrencesOf(exhibit.exhibitId);
    expect(states).toMatchObject([
      { path: 'gone.jpg', state: 'missing', error_code: 'FILE_MISSING' },
      { path: 'swapped.jpg', state: 'changed', error_code: 'FILE_CHANGED' },
    ]);
  });

  it('is sealed when another exhibit brings the same content', async () => {
    writeAt(join(world.folder, 'copied', 'copy.jpg'), await picture('place 1', 160, 120));
    const { exhibit } = await ingest('copied', 'copied');
    const [copy] = await occurrencesOf(exhibit.exhibitId);
    const objects = await world.store.owner
      .selectFrom('vault_objects')
      .select('kind')
      .where('media_id', '=', copy?.media_id ?? '')
      .execute();
    expect(objects.map(({ kind }) => kind).sort()).toEqual(['clear', 'original', 'veiled']);
    const stored = await dump(world.store);
    expect(stored['vault']?.filter((line) => line.includes('has no key'))).toEqual([]);
  });
});

describe('a source that moves', () => {
  it('is refused under the same reference', async () => {
    renameSync(join(world.folder, 'edited'), join(world.folder, 'moved'));
    await expect(ingest('edited', 'moved')).rejects.toMatchObject({ code: 'EXHIBIT_SOURCE_DIFFERS' });
  });
});
