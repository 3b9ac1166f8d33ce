// Search by a picture over the API: the running server hands it to a process of its own, which decodes, compares and forgets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PictureResult } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { dump, picture, writeAt } from './ingest-world.js';
import { eventually } from './store-fixture.js';
import { openRemoteWorld, type RemoteWorld, type RunningServer } from './remote-world.js';

let world: RemoteWorld;
let server: RunningServer;
let ours: Context;
let theirs: Context;
let secret: string;

beforeAll(async () => {
  world = await openRemoteWorld();
  ours = await world.officer('North', 'N-1');
  theirs = await world.officer('South', 'S-1');
  writeAt(join(world.folder, 'north', 'room.jpg'), await picture('room', 640, 480));
  writeAt(join(world.folder, 'north', 'other.jpg'), await picture('other', 640, 480));
  writeAt(join(world.folder, 'south', 'copy.jpg'), await picture('room', 640, 480));
  for (const [ctx, caseReference, folder] of [
    [ours, 'N-1', 'north'],
    [theirs, 'S-1', 'south'],
  ] as const) {
    const source = join(world.folder, folder);
    await ingestExhibit(world.store, ctx, { caseReference, exhibitReference: '1', source, inPlace: false });
  }
  server = await world.serve();
  secret = readFileSync(await world.keyFile(ours, ['read']), 'utf8').trim();
});
afterAll(() => world.close());

const ask = (body: Uint8Array<ArrayBuffer>, key = secret, more = ''): Promise<Response> =>
  fetch(`${server.url}/api/v1/search/picture?purpose=who%20has%20it${more}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body,
  });
const found = async (body: Uint8Array<ArrayBuffer>): Promise<PictureResult> => {
  const answer = await ask(body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as PictureResult;
};

/** Without parts: the other window of the drawn room is one, from the moment that its features are there. */
const foundWhole = async (body: Uint8Array<ArrayBuffer>): Promise<PictureResult> => {
  const { hits, ...result } = await found(body);
  return { ...result, hits: hits.filter(({ grade }) => grade !== 'partial') };
};

const lastSearch = () =>
  world.store.owner
    .selectFrom('audit_events')
    .select(['user_id', 'purpose', 'detail'])
    .where('type', '=', 'search')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

it('finds the same bytes, and the same picture smaller and mirrored, in its own agency alone', async () => {
  const room = await picture('room', 640, 480);
  const same = await foundWhole(new Uint8Array(room));
  expect(same.hits.map(({ grade, occurrences }) => [grade, occurrences.map(({ path }) => path)])).toEqual([
    ['identical', ['room.jpg']],
  ]);
  const mirrored = await sharp(room).resize(320).flop().jpeg({ quality: 70 }).toBuffer();
  const near = await foundWhole(new Uint8Array(mirrored));
  expect(near).toMatchObject({ note: null, truncated: false, hits: [{ grade: 'same content' }] });
  expect(near.hits[0]?.reasons[0]?.value).toBeLessThanOrEqual(near.hits[0]?.reasons[0]?.threshold ?? 0);
});

it('finds where a region of a picture lies, in its own agency alone, and says which it cannot look for', async () => {
  const room = new Uint8Array(await picture('room', 640, 480));
  const search = async (region: string): Promise<Response> =>
    ask(room, secret, `&region=${encodeURIComponent(region)}`);
  let hits: PictureResult['hits'] = [];
  await eventually('features are found', async () => {
    ({ hits } = (await (await search('20%,20%,50%,50%')).json()) as PictureResult);
    return hits.length > 0;
  });
  // The other window of the drawn room shows some of it too; what the other agency has of it is not there.
  const files = hits.map(({ grade, occurrences }) => [grade, ...occurrences.map(({ path }) => path)]);
  expect(files[0]).toEqual(['partial', 'room.jpg']);
  expect(files.slice(1)).toEqual(files.length === 1 ? [] : [['partial', 'other.jpg']]);
  const { a, b } = hits[0]!.reasons[0]!.where;
  for (const { region } of [a, b])
    expect([region!.x, region!.y, region!.width, region!.height].map((side) => Math.round(10 * side))).toEqual([
      2, 2, 5, 5,
    ]);
  const event = await lastSearch();
  expect(event.detail).toMatchObject({ by: 'picture', region: '20%,20%,50%,50%' });
  const refused = await Promise.all(
    ['5,5,5,5', '80%,0,30%,30%', 'left'].map(async (region) => {
      const answer = await search(region);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    }),
  );
  expect(refused).toEqual([
    [422, 'REGION_TOO_SMALL'],
    [422, 'REGION_OUTSIDE'],
    [400, 'REGION_INVALID'],
  ]);
  const letter = await ask(new TextEncoder().encode('a letter'), secret, '&region=0,0,90,90');
  expect(((await letter.json()) as { code: string }).code).toBe('IMAGE_UNSUPPORTED');
});

it('says why what is no picture is searched by its digest only', async () => {
  const answer = await found(new TextEncoder().encode('a letter'));
  expect(answer).toMatchObject({ hits: [], note: expect.stringContaining('IMAGE_UNSUPPORTED') as string });
});

it('stores nothing of it, and puts the search on record with its purpose', async () => {
  const before = await dump(world.store);
  const unknown = await picture('never seized', 300, 200);
  const { sha256 } = await found(new Uint8Array(unknown));
  expect(await dump(world.store)).toEqual(before);
  expect(await lastSearch()).toMatchObject({
    user_id: ours.actor.userId,
    purpose: 'who has it',
    detail: { by: 'picture', queryDigest: sha256 },
  });
});

it('refuses who may not read, and what is too large', async () => {
  const sender = readFileSync(await world.keyFile(ours, ['ingest']), 'utf8').trim();
  expect((await ask(new Uint8Array(1), sender)).status).toBe(403);
  const large = await ask(new Uint8Array(64 * 1024 * 1024 + 1)).catch(() => null);
  // The server may close before it has read all of it.
  expect([413, undefined]).toContain(large?.status);
});
