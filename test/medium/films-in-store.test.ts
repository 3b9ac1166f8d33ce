// Films on their way through a store: decoded in the child, shown by stills, matched along their lengths and with still pictures, by whatever an agency has decoded itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reason, Storyboard } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { liveProcesses, runnerOf } from '../../packages/server/src/app/processes.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { readVeiledStoryboard, revealMedia, showMedia } from '../../packages/server/src/features/media/index.js';
import { searchByFile } from '../../packages/server/src/features/search/by-picture.js';
import { openStore, type Store } from '../../packages/server/src/store/index.js';
import { ffmpegsOf } from './ffmpeg-children.js';
import { openIngestWorld, type IngestWorld } from './ingest-world.js';
import { eventually, lives } from './store-fixture.js';

let world: IngestWorld;
let north: Context;
let south: Context;
let asked: Store<'app' | 'matcher'>;

const ffmpeg = (...words: readonly string[]): void =>
  void execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words]);
/** Each second shows something else, unlike from seed to seed. */
const drawn = (seed: number, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `nullsrc=s=20x15:r=1:d=${seconds},geq=lum='255*mod(abs(sin((N+1)*(37.7+${seed})+X*12.9898+Y*78.233)*43758.5453)\\,1)':cb=128:cr=128,scale=320:240:flags=bicubic,fps=10`,
];
/** Two voices of sines, a note each fifth of a second. */
const tune = (seconds: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='0.3*sin(2*PI*t*220*pow(2\\,floor(24*mod(abs(sin((floor(t*5)+1)*12.9898)*43758.5)\\,1))/12))+0.2*sin(2*PI*t*147*pow(2\\,floor(12*mod(abs(sin((floor(t*3)+1)*78.233)*24634.6)\\,1))/12))':d=${seconds}:s=22050`,
];
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

interface Row {
  readonly a: string;
  readonly b: string;
  readonly grade: string;
  readonly method: string;
  readonly reasons: readonly Reason[];
}

/** Matches within an agency, by the names of their files; `a` the first by name. */
const matchesOf = async ({ actor }: Context): Promise<Row[]> => {
  const name = sql.raw(`(select min(o.path) from occurrences o where o.media_id = m.id)`);
  const { rows } = await sql<Row>`
    with named as (select m.id, ${name} as name from media m where m.agency_id = ${actor.agencyId}::uuid)
    select a.name as a, b.name as b, x.grade, x.method, x.reasons from matches x join named a on a.id = x.media_a join named b on b.id = x.media_b`.execute(
    world.store.owner,
  );
  const side = ({ where, ...rest }: Reason) => ({ ...rest, where: { ...where, a: where.b, b: where.a } });
  return rows
    .map((row) => (row.a < row.b ? row : { ...row, a: row.b, b: row.a, reasons: row.reasons.map(side) }))
    .sort((x, y) => `${x.a} ${x.b}`.localeCompare(`${y.a} ${y.b}`));
};

const mediaOf = async ({ actor }: Context, path: string): Promise<string> => {
  const { rows } = await sql<{
    id: string;
  }>`select media_id as id from occurrences where path = ${path} and agency_id = ${actor.agencyId}::uuid`.execute(
    world.store.owner,
  );
  return rows[0]!.id;
};

const ingest = async (ctx: Context, caseReference: string, source: string, inPlace = false): Promise<void> => {
  await ingestExhibit(world.store, ctx, { caseReference, exhibitReference: '1', source, inPlace }, {});
  await eventually(
    'parts of all are compared',
    async () =>
      (
        await sql`select 1 from work where stage <> 'metadata' and state in ('queued', 'leased')`.execute(
          world.store.owner,
        )
      ).rows.length === 0,
    60_000,
  );
};

beforeAll(async () => {
  world = await openIngestWorld({ REDTHREAD_WORKERS: '1', REDTHREAD_IN_PLACE_ROOTS: tmpdir() });
  [north, south] = [await world.officer('North', 'N-1'), await world.officer('South', 'S-1')];
  const at = (agency: string, name: string): string => join(world.folder, agency, name);
  for (const agency of ['north', 'south']) mkdirSync(join(world.folder, agency));
  ffmpeg(...drawn(7, 10), ...X264, at('north', 'whole.mp4'));
  ffmpeg(
    '-i',
    at('north', 'whole.mp4'),
    '-vf',
    'scale=240:180',
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-b:v',
    '400k',
    at('north', 'again.webm'),
  );
  ffmpeg('-ss', '3', '-t', '5', '-i', at('north', 'whole.mp4'), ...X264, at('north', 'cut.mp4'));
  ffmpeg('-ss', '4', '-i', at('north', 'whole.mp4'), '-frames:v', '1', at('north', 'still.png'));
  ffmpeg(...tune(12), at('north', 'tune.wav'));
  ffmpeg('-ss', '3', '-t', '7', '-i', at('north', 'tune.wav'), at('north', 'heard.mp3'));
  ffmpeg(...drawn(8, 5), ...X264, at('north', 'other.mkv'));
  const whole = readFileSync(at('north', 'whole.mp4'));
  ffmpeg(...drawn(9, 5), ...X264, at('south', 'half.mkv'));
  const half = readFileSync(at('south', 'half.mkv'));
  writeFileSync(at('north', 'half.mkv'), half.subarray(0, 0.6 * half.length));
  rmSync(at('south', 'half.mkv'));
  writeFileSync(at('north', 'empty.mp4'), whole.subarray(0, 400));
  ffmpeg('-ss', '2', '-t', '6', '-i', at('north', 'whole.mp4'), '-vf', 'hflip', ...X264, at('south', 'mirrored.mp4'));
  await world.work();
  asked = await openStore(world.store.config, { roles: ['app', 'matcher'], prepare: 'no' });
  await ingest(north, 'N-1', join(world.folder, 'north'));
});
afterAll(async () => {
  await asked.close();
  await world.close();
});

describe('films in a store', () => {
  it('are matched along their lengths, and with a picture that one of them shows', async () => {
    const found = await matchesOf(north);
    expect(found.map(({ a, b, grade, method }) => [a, b, grade, method])).toEqual([
      ['again.webm', 'cut.mp4', 'partial', 'film-frames'],
      ['again.webm', 'still.png', 'partial', 'film-still'],
      ['again.webm', 'whole.mp4', 'same content', 'film-frames'],
      ['cut.mp4', 'still.png', 'partial', 'film-still'],
      ['cut.mp4', 'whole.mp4', 'partial', 'film-frames'],
      ['heard.mp3', 'tune.wav', 'partial', 'sound-words'],
      ['still.png', 'whole.mp4', 'partial', 'film-still'],
    ]);
    const { where } = found.find(({ a, b }) => a === 'cut.mp4' && b === 'whole.mp4')!.reasons[0]!;
    expect(where.a.timeRange).toEqual({ startMs: 0, endMs: 5_000 });
    expect(Math.abs(where.b.timeRange!.startMs - 3_000)).toBeLessThan(1_000);
  });

  it('have stills, veiled for everybody and clear after the event, a length, and a code where they are damaged', async () => {
    const id = await mediaOf(north, 'whole.mp4');
    const media = await showMedia(world.store, north, id);
    expect(media).toMatchObject({ state: 'ready', width: 320, height: 240, durationMs: 10_000 });
    const { columns, rows, tileWidth, tileHeight, timesMs } = media.storyboard as Storyboard;
    expect(timesMs.length).toBeGreaterThan(10);
    const sheet = await sharp(
      await revealMedia(world.store, north, { mediaId: id, purpose: 'to look', of: 'storyboard' }),
    ).metadata();
    expect([sheet.width, sheet.height]).toEqual([columns * tileWidth, rows * tileHeight]);
    const veiled = await sharp(await readVeiledStoryboard(world.store, north, id)).metadata();
    expect([veiled.width, veiled.height, veiled.channels]).toEqual([columns * 64, rows * 48, 1]);
    const states = ['half.mkv', 'empty.mp4'].map(async (path) => {
      const { errorCode, state } = await showMedia(world.store, north, await mediaOf(north, path));
      return [state, errorCode];
    });
    expect(await Promise.all(states)).toEqual([
      ['partial', 'FILM_DAMAGED'],
      ['failed', 'FILM_CORRUPT'],
    ]);
  });

  it('and sounds have a loudness along their lengths, and no picture where they show none', async () => {
    const heard = await showMedia(world.store, north, await mediaOf(north, 'heard.mp3'));
    expect(heard).toMatchObject({ state: 'ready', width: null, storyboard: null });
    expect(Math.abs(heard.durationMs! - 7_000)).toBeLessThan(200);
    expect(Math.max(...heard.loudness!)).toBeGreaterThan(70);
    expect((await showMedia(world.store, north, await mediaOf(north, 'whole.mp4'))).loudness).toBeNull();
    const { reasons } = (await matchesOf(north)).find(({ b }) => b === 'tune.wav')!;
    expect(Math.abs(reasons[0]!.where.b.timeRange!.startMs - 3_000)).toBeLessThan(1_000);
  });

  it('are found by a clip and by a picture that are not stored, with the matcher and without', async () => {
    const clip = join(world.folder, 'clip.mp4');
    ffmpeg(
      '-ss',
      '2',
      '-t',
      '4',
      '-i',
      join(world.folder, 'north', 'whole.mp4'),
      '-vf',
      'scale=240:180',
      ...X264,
      clip,
    );
    for (const data of [world.data, join(world.folder, 'nobody answers here')]) {
      const store = Object.assign(Object.create(asked) as typeof asked, {
        config: { ...asked.config, dataFolder: data },
      });
      const { hits, note } = await searchByFile(store, north, { file: clip, limit: 10 });
      expect(note).toBeNull();
      expect(hits.map(({ grade, occurrences }) => `${occurrences[0]!.path} ${grade}`).sort()).toEqual([
        'again.webm partial',
        'cut.mp4 partial',
        'still.png partial',
        'whole.mp4 partial',
      ]);
      const whole = hits.find(({ occurrences }) => occurrences[0]!.path === 'whole.mp4')!;
      expect(Math.abs(whole.reasons[0]!.where.b.timeRange!.startMs - 2_000)).toBeLessThan(1_000);
    }
  });

  it('of another agency are found by it and change nothing for the first', async () => {
    const before = await matchesOf(north);
    // Where it lies: nothing of it is copied, and it is verified before it is decoded.
    await ingest(south, 'S-1', join(world.folder, 'south'), true);
    expect(await matchesOf(north)).toEqual(before);
    const { rows } = await sql<{ grade: string }>`select grade from matches
      where agency_a <> agency_b and ${await mediaOf(south, 'mirrored.mp4')}::uuid in (media_a, media_b)`.execute(
      world.store.owner,
    );
    expect(rows.map(({ grade }) => grade)).toEqual(
      expect.arrayContaining(['partial', 'partial', 'partial', 'partial']),
    );
  });

  it('go on where the worker, and say what is missing where ffmpeg, was killed in the middle of one', async () => {
    const east = await world.officer('East', 'E-1');
    mkdirSync(join(world.folder, 'east'));
    // Long enough that nothing is over before it is disturbed.
    const long = (name: string, seed: number): void => {
      const once = join(world.folder, `${seed}.mkv`);
      ffmpeg(...drawn(seed, 5), ...X264, once);
      ffmpeg('-stream_loop', '19', '-i', once, '-c', 'copy', join(world.folder, 'east', name));
    };
    const workers = async () => (await liveProcesses(runnerOf(world.store.worker), ['worker'])).map(({ pid }) => pid);
    const decoding = async (word?: string) => (await workers()).flatMap((pid) => ffmpegsOf(pid, word));
    const given = (caseReference: string) => {
      const source = join(world.folder, 'east');
      const exhibit = { caseReference, exhibitReference: '1', source, inPlace: false };
      return ingestExhibit(world.store, east, exhibit, { wait: false });
    };
    const decodedAs = async (path: string) => {
      const media = async () => showMedia(world.store, east, await mediaOf(east, path));
      await eventually(`${path} is decoded`, async () => (await media()).state !== 'pending');
      const { errorCode, state, storyboard } = await media();
      return [state, errorCode, storyboard !== null];
    };
    long('worker.mp4', 11);
    const ingested = given('E-1');
    await eventually('a film is decoded', async () => (await decoding()).length > 0);
    const [worker] = await workers();
    const orphans = await decoding();
    process.kill(worker!, 'SIGKILL');
    await eventually('no orphan is left', () => orphans.every(({ pid }) => !lives(pid)));
    await ingested;
    expect(await decodedAs('worker.mp4')).toEqual(['ready', null, true]);

    rmSync(join(world.folder, 'east', 'worker.mp4'));
    long('stills.mp4', 12);
    await world.world.case({ ...east.actor, id: east.actor.userId }, 'E-2');
    const again = given('E-2');
    const killed = new Set<number>();
    while (killed.size < 2)
      for (const { pid } of await decoding('image2pipe'))
        if (!killed.has(pid)) {
          process.kill(pid, 'SIGKILL');
          killed.add(pid);
        }
    await again;
    expect(await decodedAs('stills.mp4')).toEqual(['partial', 'FILM_NO_STILLS', false]);
  });
});
