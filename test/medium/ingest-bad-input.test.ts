// What bad input gets: a coded error on that item, and nothing that is stored already is lost or doubled.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawBadFiles, type BadFile } from '@redthread/synth';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { readExhibit } from '../../packages/server/src/features/exhibits/viewing.js';
import { listOccurrences } from '../../packages/server/src/features/media/service.js';
import { zipOf } from './media-archives.js';
import { diskOf, fatVolume } from './media-disks.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';

let world: IngestWorld;
let ctx: Context;
let bad: BadFile[];

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1' });
  ctx = await world.officer('Unit', 'ES-2026-001');
  bad = await drawBadFiles(join(world.folder, 'bad'));
});
afterAll(() => world.close());

interface Row {
  readonly path: string;
  readonly container: string | null;
  readonly code: string | null;
  readonly mediaCode: string | null;
  readonly hasMedia: boolean;
}

const rows = async (): Promise<Row[]> => {
  const found = await world.store.owner
    .selectFrom('occurrences as o')
    .leftJoin('media as m', 'm.id', 'o.media_id')
    .select(['o.path', 'o.container', 'o.error_code', 'o.media_id', 'm.error_code as media_code'])
    .execute();
  return found.map((row) => ({
    path: row.path,
    container: row.container,
    code: row.error_code,
    mediaCode: row.media_code,
    hasMedia: row.media_id !== null,
  }));
};

describe('a folder of hostile and broken files', () => {
  it('takes in every one of them, each with its code', async () => {
    const input = {
      caseReference: 'ES-2026-001',
      exhibitReference: 'bad',
      source: join(world.folder, 'bad'),
      inPlace: false,
    };
    const result = await ingestExhibit(world.store, ctx, input);
    expect(result.progress.state).toBe('complete');
    const occurrences = await rows();
    for (const { name, code, fault } of bad) {
      const about = occurrences.filter(({ path }) => path === name || path.startsWith(`${name}/`));
      expect(about.length, name).toBeGreaterThan(0);
      if (code === null) continue;
      const codes = about.flatMap((row) => [row.code, row.mediaCode]);
      // What lies about its size is a bomb or damage; either way it is named, and not one byte too many is kept.
      const expected = name === 'liar.zip' ? ['ARCHIVE_BOMB', 'ARCHIVE_CORRUPT'] : [code];
      expect(
        codes.some((found) => found !== null && expected.includes(found)),
        `${name}: ${fault}: ${codes.join()}`,
      ).toBe(true);
    }
    for (const { path } of occurrences) expect(path).not.toMatch(/(^|\/)\.\.(\/|$)|^\//);
  });

  it('changes nothing when it is ingested again', async () => {
    const before = await dump(world.store);
    const input = {
      caseReference: 'ES-2026-001',
      exhibitReference: 'bad',
      source: join(world.folder, 'bad'),
      inPlace: false,
    };
    const again = await ingestExhibit(world.store, ctx, input);
    expect(again.counts.files).toBe(0);
    expect(await dump(world.store)).toEqual(before);
  });
});

describe('what is refused', () => {
  const ingest = (more: { caseReference?: string; exhibitReference?: string; source?: string; inPlace?: boolean }) =>
    ingestExhibit(world.store, ctx, {
      caseReference: 'ES-2026-001',
      exhibitReference: 'refused',
      source: join(world.folder, 'bad'),
      inPlace: false,
      ...more,
    });

  it('an unknown case', () => expect(ingest({ caseReference: 'XX' })).rejects.toMatchObject({ code: 'CASE_UNKNOWN' }));
  it('a source that is not there', () =>
    expect(ingest({ source: '/nowhere' })).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' }));
  it('a file that is no archive', async () => {
    writeAt(join(world.folder, 'a.jpg'), await picture('a'));
    await expect(ingest({ source: join(world.folder, 'a.jpg') })).rejects.toMatchObject({
      code: 'SOURCE_NOT_SUPPORTED',
    });
  });
  it('another source for the same exhibit', async () => {
    mkdirSync(join(world.folder, 'other'));
    await expect(ingest({ exhibitReference: 'bad', source: join(world.folder, 'other') })).rejects.toMatchObject({
      code: 'EXHIBIT_SOURCE_DIFFERS',
    });
  });
  it('a folder in place outside the roots, also through a link', async () => {
    await expect(ingest({ inPlace: true })).rejects.toMatchObject({ code: 'SOURCE_OUTSIDE_ROOTS' });
  });
  it('somebody without the right', async () => {
    const reader = { ...ctx, actor: { ...ctx.actor, roles: ['auditor'] } };
    const input = { caseReference: 'ES-2026-001', exhibitReference: '9', source: world.folder, inPlace: false };
    await expect(ingestExhibit(world.store, reader, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
  it('is on record', async () => {
    const refusals = await world.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'refusal')
      .execute();
    expect(refusals.map(({ detail }) => (detail as { code: string }).code)).toEqual(
      expect.arrayContaining(['CASE_UNKNOWN', 'FORBIDDEN', 'SOURCE_OUTSIDE_ROOTS']),
    );
  });
});

describe('links', () => {
  it('are not followed, whether to a file or to a folder', async () => {
    const source = join(world.folder, 'links');
    writeAt(join(source, 'real.jpg'), await picture('real'));
    symlinkSync('/etc', join(source, 'folder'));
    symlinkSync('/etc/hostname', join(source, 'file'));
    await ingestExhibit(world.store, ctx, {
      caseReference: 'ES-2026-001',
      exhibitReference: 'links',
      source,
      inPlace: false,
    });
    const found = (await rows()).filter(({ path }) => ['real.jpg', 'folder', 'file'].includes(path));
    expect(found.map(({ path, code, hasMedia }) => [path, code, hasMedia]).sort()).toEqual([
      ['file', 'LINK_SKIPPED', false],
      ['folder', 'LINK_SKIPPED', false],
      ['real.jpg', null, true],
    ]);
  });
});

describe('a disk image', () => {
  it('is taken in with what was deleted in it, and says what it is; the second time nothing changes', async () => {
    const shelf = Buffer.from('a shelf');
    const volume = fatVolume([
      { path: 'PICS/ROOM.JPG', data: Buffer.from('a room') },
      { path: 'PICS/GONE.JPG', data: shelf, deleted: true },
    ]);
    const source = join(world.folder, 'toy.dd');
    writeAt(source, diskOf([{ type: 0x01, data: volume }]));
    const input = { caseReference: 'ES-2026-001', exhibitReference: 'disk', source, inPlace: false };
    const { exhibit, counts } = await ingestExhibit(world.store, ctx, input, { wait: false });
    expect(counts).toMatchObject({ files: 2, unread: 0 });
    const read = await readExhibit(world.store, ctx, exhibit.exhibitId);
    expect(read).toMatchObject({
      kind: 'disk-image',
      errorCode: null,
      images: [
        { path: 'toy.dd', format: 'raw', verdict: 'unstated', fileSystems: [{ place: 'partition 1', type: 'fat12' }] },
      ],
    });
    const files = await world.store.owner
      .selectFrom('occurrences as o')
      .innerJoin('media as m', 'm.id', 'o.media_id')
      .select(['o.path', 'o.deletion'])
      .where('o.exhibit_id', '=', exhibit.exhibitId)
      .orderBy('o.path')
      .execute();
    expect(files).toEqual([
      { path: 'partition 1/PICS/ROOM.JPG', deletion: null },
      { path: 'partition 1/PICS/_ONE.JPG', deletion: 'deleted' },
    ]);
    expect((await ingestExhibit(world.store, ctx, input, { wait: false })).counts).toMatchObject({
      files: 0,
      unchanged: 2,
    });
    expect((await readExhibit(world.store, ctx, exhibit.exhibitId)).images).toHaveLength(1);
  });
});

describe('a document', () => {
  it('gives what it holds, and a small picture whose larger one is nowhere says so', async () => {
    const [room, shelf, small] = ['a room', 'its shelf', 'small'].map((text) => Buffer.from(text)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    const document = (thumbnail: Buffer): Buffer =>
      zipOf([
        { name: 'word/document.xml', data: Buffer.from('<w:document/>') },
        { name: 'word/media/image1.jpeg', data: shelf },
        { name: 'docProps/thumbnail.jpeg', data: thumbnail },
      ]);
    const source = join(world.folder, 'documents');
    writeAt(join(source, 'room.jpg'), room);
    writeAt(join(source, 'a.docx'), document(room));
    writeAt(join(source, 'b.docx'), document(small));
    const input = { caseReference: 'ES-2026-001', exhibitReference: 'documents', source, inPlace: false };
    const { exhibit } = await ingestExhibit(world.store, ctx, input, { wait: false });
    const scope = { exhibit: exhibit.exhibitId, step: 'seized' as const, limit: 50 };
    const { items } = await listOccurrences(world.store, ctx, scope);
    expect(items.map(({ path, isThumbnail, onlyThumbnail }) => [path, isThumbnail, onlyThumbnail])).toEqual([
      ['a.docx', false, false],
      ['a.docx/docProps/thumbnail.jpeg', true, false],
      ['a.docx/word/media/image1.jpeg', false, false],
      ['b.docx', false, false],
      ['b.docx/docProps/thumbnail.jpeg', true, true],
      ['b.docx/word/media/image1.jpeg', false, false],
      ['room.jpg', false, false],
    ]);
  });
});
