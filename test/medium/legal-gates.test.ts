// A file that its provider has not viewed is compared by its digests and opened by nobody before a legal basis is recorded, and
// is closed again when that is withdrawn: in the worker, the matcher, the API and the command line.
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { noneViewed, type Viewing } from '@redthread/core/sending';
import { readViewingList } from '../../packages/server/src/features/exhibits/ingest/viewing-list.js';
import { addBasis, listBases, withdrawBasis } from '../../packages/server/src/features/legal-bases/service.js';
import { readVeiled, revealMedia } from '../../packages/server/src/features/media/renditions.js';
import { showMedia } from '../../packages/server/src/features/media/service.js';
import { withContext } from '../../packages/server/src/store/index.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { zipOf } from './media-archives.js';
import { openRemoteWorld, send, type RemoteWorld } from './remote-world.js';

let world: IngestWorld;
let ctx: Context;
let north: Context;
let exhibits = 0;

beforeAll(async () => {
  world = await openIngestWorld();
  await world.work();
  ctx = await world.officer('Unit', 'ES-1');
  north = await world.officer('North', 'N-1');
});
afterAll(() => world.close());

const purpose = 'to see who sees';

interface Taken {
  readonly exhibitId: string;
  readonly reference: string;
  readonly source: string;
}

/** Files by name, as an exhibit of which `viewing` is said. */
const take = async (
  files: Readonly<Record<string, Uint8Array>>,
  viewing?: Viewing,
  as: { readonly ctx: Context; readonly caseReference: string } = { ctx, caseReference: 'ES-1' },
): Promise<Taken> => {
  const reference = String((exhibits += 1));
  const source = join(world.folder, `source ${reference}`);
  for (const [name, bytes] of Object.entries(files)) writeAt(join(source, name), bytes);
  return again({ exhibitId: '', reference, source }, viewing, as);
};

const again = async (
  { reference, source }: Taken,
  viewing?: Viewing,
  as: { readonly ctx: Context; readonly caseReference: string } = { ctx, caseReference: 'ES-1' },
): Promise<Taken> => {
  const { exhibit } = await ingestExhibit(
    world.store,
    as.ctx,
    { caseReference: as.caseReference, exhibitReference: reference, source, inPlace: false },
    { wait: 'parts', ...(viewing && { viewing }) },
  );
  return { exhibitId: exhibit.exhibitId, reference, source };
};

const mediaAt = async ({ exhibitId }: Taken, path: string): Promise<string> =>
  (
    await world.store.owner
      .selectFrom('occurrences')
      .select('media_id')
      .where('exhibit_id', '=', exhibitId)
      .where('path', '=', path)
      .executeTakeFirstOrThrow()
  ).media_id ?? '';

const opened = async (mediaId: string): Promise<string[]> => {
  const { rows } = await sql<{ what: string }>`
    select kind as what from vault_objects where media_id = ${mediaId}::uuid and kind <> 'original'
    union all select 'metadata' from media_metadata where media_id = ${mediaId}::uuid
    union all select 'signals' from media m where m.id = ${mediaId}::uuid and m.comparable
    order by 1`.execute(world.store.owner);
  return rows.map(({ what }) => what);
};

const isWorkedOff = async (taken: Taken): Promise<void> => {
  // A run of the same exhibit starts workers, and waits for what they have to do.
  await again(taken, noneViewed);
  await expect
    .poll(
      async () =>
        (
          await world.store.owner
            .selectFrom('work')
            .select('id')
            .where('exhibit_id', '=', taken.exhibitId)
            .where('state', 'in', ['queued', 'leased'])
            .where('stage', '<>', 'metadata')
            .execute()
        ).length,
      { timeout: 30_000 },
    )
    .toBe(0);
};

const warrant = { kind: 'warrant', reference: 'JI 3, 114/2026', words: 'all attachments' } as const;
const closed = { code: 'LEGAL_BASIS_REQUIRED' };

describe('a file that was not viewed', () => {
  it('is hashed and stored, and neither decoded, read for metadata, veiled nor revealed', async () => {
    const taken = await take({ 'a.jpg': await picture('closed a') }, noneViewed);
    const media = await mediaAt(taken, 'a.jpg');
    expect(await opened(media)).toEqual([]);
    expect(await showMedia(world.store, ctx, media)).toMatchObject({ state: 'closed', width: null, metadata: null });
    await expect(readVeiled(world.store, ctx, media)).rejects.toMatchObject(closed);
    await expect(revealMedia(world.store, ctx, { mediaId: media, purpose })).rejects.toMatchObject(closed);
  });

  it('is opened once a basis covers its exhibit, and closed again when that is withdrawn; both stay on record', async () => {
    const taken = await take({ 'b.jpg': await picture('closed b') }, noneViewed);
    const media = await mediaAt(taken, 'b.jpg');
    const [basis] = await addBasis(world.store, ctx, { exhibit: taken.exhibitId, ...warrant });
    await isWorkedOff(taken);
    expect(await opened(media)).toEqual(expect.arrayContaining(['clear', 'signals', 'veiled']));
    expect((await revealMedia(world.store, ctx, { mediaId: media, purpose })).length).toBeGreaterThan(0);
    expect(await showMedia(world.store, ctx, media)).toMatchObject({ state: 'ready' });

    await withdrawBasis(world.store, ctx, basis?.id ?? '', 'of another exhibit');
    await expect(readVeiled(world.store, ctx, media)).rejects.toMatchObject(closed);
    await expect(revealMedia(world.store, ctx, { mediaId: media, purpose })).rejects.toMatchObject(closed);
    await expect(withdrawBasis(world.store, ctx, basis?.id ?? '', 'once more')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listBases(world.store, ctx, { media })).toMatchObject([
      { ...warrant, recordedBy: ctx.actor.login, withdrawn: { by: ctx.actor.login, reason: 'of another exhibit' } },
    ]);
    const { rows } = await sql<{ type: string }>`select type from audit_events where object_id = ${taken.exhibitId}
      and type like 'legal-basis%' order by id`.execute(world.store.owner);
    expect(rows.map(({ type }) => type)).toEqual(['legal-basis-add', 'legal-basis-withdraw']);
  });

  it('is opened alone by a basis for it alone', async () => {
    const taken = await take({ 'c.jpg': await picture('closed c'), 'd.jpg': await picture('closed d') }, noneViewed);
    const [one, other] = [await mediaAt(taken, 'c.jpg'), await mediaAt(taken, 'd.jpg')];
    await addBasis(world.store, ctx, { media: one, ...warrant });
    await isWorkedOff(taken);
    expect(await opened(one)).toContain('clear');
    expect(await opened(other)).toEqual([]);
  });

  it('is opened where the agency comes by the same bytes in another way', async () => {
    const bytes = await picture('closed e');
    const taken = await take({ 'e.jpg': bytes }, noneViewed);
    const media = await mediaAt(taken, 'e.jpg');
    await take({ 'seized.jpg': bytes });
    expect(await opened(media)).toContain('clear');
    expect(await showMedia(world.store, ctx, media)).toMatchObject({ state: 'ready' });
  });

  it('is compared by its bytes with other agencies, and not by sight before it is opened', async () => {
    const bytes = await picture('closed f', 640, 480);
    const near = await picture('closed f', 480, 360);
    await take({ 'f.jpg': bytes, 'near.jpg': near }, undefined, { ctx: north, caseReference: 'N-1' });
    const taken = await take({ 'f.jpg': bytes }, noneViewed);
    const media = await mediaAt(taken, 'f.jpg');
    const grades = async (): Promise<string[]> => {
      const { rows } = await sql<{ grade: string }>`select grade from matches
        where ${media}::uuid in (media_a, media_b) order by grade`.execute(world.store.owner);
      return rows.map(({ grade }) => grade);
    };
    expect(await grades()).toEqual(['identical']);
    await addBasis(world.store, ctx, { media, ...warrant });
    await isWorkedOff(taken);
    expect(await grades()).toEqual(expect.arrayContaining(['identical', 'same content']));
  });

  it('holds nothing of an archive: it is walked by a run after the basis', async () => {
    const box = zipOf([{ name: 'inside.jpg', data: await picture('closed inside') }]);
    const taken = await take({ 'box.zip': box }, noneViewed);
    const paths = async (): Promise<string[]> => {
      const rows = await world.store.owner
        .selectFrom('occurrences')
        .select('path')
        .where('exhibit_id', '=', taken.exhibitId)
        .orderBy('path')
        .execute();
      return rows.map(({ path }) => path);
    };
    expect(await paths()).toEqual(['box.zip']);
    await addBasis(world.store, ctx, { exhibit: taken.exhibitId, ...warrant });
    await again(taken, noneViewed);
    expect(await paths()).toEqual(['box.zip', 'box.zip/inside.jpg']);
  });

  it('is told apart file by file by a list', async () => {
    const list = join(world.folder, 'viewed.csv');
    writeFileSync(list, 'path,viewed\ng.jpg,yes\nh.jpg,no\n');
    const names = { 'g.jpg': await picture('g'), 'h.jpg': await picture('h'), 'i.jpg': await picture('i') };
    const taken = await take(names, readViewingList(list));
    expect(await opened(await mediaAt(taken, 'g.jpg'))).toContain('clear');
    expect(await opened(await mediaAt(taken, 'h.jpg'))).toEqual([]);
    expect(await opened(await mediaAt(taken, 'i.jpg'))).toEqual([]);
  });
});

describe('a legal basis', () => {
  it('is recorded by those who have the right, for exhibits of their own agency', async () => {
    const taken = await take({ 'j.jpg': await picture('j') }, noneViewed);
    const media = await mediaAt(taken, 'j.jpg');
    const reviewer = { ...ctx, actor: { ...ctx.actor, roles: ['reviewer'] } };
    expect(() => addBasis(world.store, reviewer, { media, ...warrant })).toThrow('FORBIDDEN');
    for (const of of [{ exhibit: taken.exhibitId }, { media }])
      await expect(addBasis(world.store, north, { ...of, ...warrant })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [basis] = await addBasis(world.store, ctx, { media, ...warrant });
    await expect(withdrawBasis(world.store, north, basis?.id ?? '', 'not mine')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listBases(world.store, north, { media })).toEqual([]);
  });

  it('is never changed or removed, whoever asks the database', async () => {
    for (const statement of [sql`delete from legal_bases`, sql`update legal_bases set reference = 'x'`])
      await expect(withContext(world.store.app, ctx, (trx) => statement.execute(trx))).rejects.toMatchObject({
        code: '42501',
      });
  });
});

describe('over the network', () => {
  let far: RemoteWorld;
  afterAll(() => far?.close());

  it('what was said of the provider arrives with the files', async () => {
    far = await openRemoteWorld();
    const farCtx = await far.officer('Unit', 'ES-1');
    const server = await far.serve();
    const source = join(far.folder, 'reported');
    writeAt(join(source, 'k.jpg'), await picture('k'));
    writeAt(join(source, 'box.zip'), zipOf([{ name: 'l.jpg', data: await picture('l') }]));
    const what = { source, caseReference: 'ES-1', exhibit: '1' };
    const sent = await send(server.url, await far.keyFile(farCtx), what, '--not-viewed-by-provider').ended;
    expect(sent.exitCode, sent.stderr).toBe(0);
    const { occurrences, work } = await dump(far.store);
    expect(occurrences?.map((row) => row.includes('box.zip/l.jpg'))).toEqual([false, false]);
    expect(work?.length).toBeGreaterThan(0);
    const { rows } = await sql<{ viewed: boolean; renditions: number }>`
      select o.provider_viewed as viewed, (select count(*) from vault_objects where kind <> 'original') as renditions
      from occurrences o`.execute(far.store.owner);
    expect(rows).toEqual([
      { viewed: false, renditions: 0 },
      { viewed: false, renditions: 0 },
    ]);
  });
});
