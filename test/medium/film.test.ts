// Films as they are read and compared: against the reference program of vPDQ, cut and mirrored, damaged, and made to reach what they must not.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARK, readVpdqText } from '@redthread/core/film';
import { compareMedia } from '@redthread/core/graph';
import { distanceBits256 } from '@redthread/core/kernels';
import { filmFrames, signalOf, timeLineOf } from '@redthread/core/signals';
import { drawPlanted } from '@redthread/synth';
import { comparableFile, createFileReader, type ReadFile } from '../../packages/server/src/features/compare/index.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const ffmpeg = (...words: readonly string[]): void => {
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words]);
};
/** Each second shows something else, unlike from seed to seed: blots as large as a cell of a hash. */
const drawn = (seed: number, seconds: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `nullsrc=s=20x15:r=1:d=${seconds},geq=lum='255*mod(abs(sin((N+1)*(37.7+${seed})+X*12.9898+Y*78.233)*43758.5453)\\,1)':cb=128:cr=128,scale=320:240:flags=bicubic,fps=10`,
];
/** Two voices of sines, a note each fifth of a second. */
const tune = (seconds: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='0.3*sin(2*PI*t*220*pow(2\\,floor(24*mod(abs(sin((floor(t*5)+1)*12.9898)*43758.5)\\,1))/12))+0.2*sin(2*PI*t*147*pow(2\\,floor(12*mod(abs(sin((floor(t*3)+1)*78.233)*24634.6)\\,1))/12))':d=${seconds}:s=44100`,
];
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** A camera that moves over a picture for four seconds. */
const MOVING = `zoompan=z='1.1':x='(iw-iw/zoom)*(0.5+0.5*sin(on/12))':d=40:s=640x480:fps=10`;

const readAll = async (files: readonly string[], isExact = false): Promise<ReadFile[]> => {
  const reader = createFileReader({ isExact });
  const read: ReadFile[] = [];
  try {
    for await (const one of reader.read(files, ({ detail, file }) => expect.fail(`${file}: ${detail}`))) read.push(one);
  } finally {
    await reader.close();
  }
  return read;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-film-'));
  // The index of the whole lies at its end, that of the cut at its beginning.
  ffmpeg(...drawn(7, 16), ...X264, at('whole.mp4'));
  ffmpeg(
    '-ss',
    '4',
    '-t',
    '8',
    '-i',
    at('whole.mp4'),
    '-vf',
    'hflip',
    ...X264,
    '-movflags',
    '+faststart',
    at('cut.mp4'),
  );
  ffmpeg(...drawn(8, 8), ...X264, at('other.mkv'));
  ffmpeg('-ss', '6', '-i', at('whole.mp4'), '-frames:v', '1', at('still.png'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('films', () => {
  it('of one room from two viewpoints are the same scene and no part, and so is a picture from elsewhere', async () => {
    const { pictures } = await drawPlanted({ seed: 3, pictures: 4, edited: false, out: at('room') });
    const names = ['here.mp4', 'there.mp4'].map(at);
    for (const [i, view] of [3, 1].entries())
      ffmpeg('-i', pictures[view]!.file, '-vf', MOVING, '-frames:v', '40', ...X264, names[i]!);
    const [here, there, picture] = (await readAll([...names, pictures[1]!.file])).map(comparableFile);
    for (const other of [there!, picture!]) {
      const { grade, reasons, tried } = compareMedia(here!, other);
      expect(grade).toBe('same scene');
      expect(reasons.map(({ method }) => method)).toEqual(['film-places']);
      expect(tried.map(({ method }) => method)).toContain('film-parts');
    }
  });

  it('that were cut and mirrored are found with their times, and a still with its own', async () => {
    const names = ['whole.mp4', 'cut.mp4', 'other.mkv', 'still.png'];
    const [whole, cut, other, still] = (await readAll(names.map(at))).map(comparableFile);
    const found = compareMedia(whole!, cut!);
    expect(found.grade).toBe('partial');
    const { a, b } = found.reasons[0]!.where;
    expect(b.orientation).toBe('mirror');
    expect(Math.abs(a.timeRange!.startMs - 4_000)).toBeLessThan(1_000);
    expect(Math.abs(a.timeRange!.endMs - 12_000)).toBeLessThan(1_000);
    expect(b.timeRange).toEqual({ startMs: 0, endMs: 8_000 });
    expect(compareMedia(whole!, other!).grade).toBe('none');

    const shown = compareMedia(still!, whole!);
    expect(shown.reasons[0]).toMatchObject({ method: 'film-still', grade: 'partial' });
    expect(Math.abs(shown.reasons[0]!.where.b.timeRange!.startMs - 6_000)).toBeLessThan(1_000);
  });

  it('are compared by their sound as well, and what only one of the two says is told', async () => {
    ffmpeg('-i', at('whole.mp4'), ...tune(16), '-c:v', 'copy', '-c:a', 'aac', '-shortest', at('heard.mp4'));
    ffmpeg('-ss', '4', '-t', '9', '-i', at('heard.mp4'), ...X264, '-c:a', 'aac', '-b:a', '48k', at('heard-cut.mp4'));
    ffmpeg('-ss', '5', '-t', '9', '-i', at('heard.mp4'), '-vn', '-c:a', 'libmp3lame', '-b:a', '48k', at('heard.mp3'));
    const names = ['heard.mp4', 'heard-cut.mp4', 'heard.mp3', 'other.mkv'];
    const [film, cut, sound, other] = (await readAll(names.map(at))).map(comparableFile);
    const both = compareMedia(film!, cut!);
    expect(both.reasons.map(({ method }) => method).sort()).toEqual(['film-frames', 'sound-words']);
    expect(both.notes.map(({ code }) => code)).toEqual(['SOUND_AGREES']);
    const heard = compareMedia(film!, sound!);
    expect(heard).toMatchObject({ grade: 'partial', reasons: [{ method: 'sound-words' }] });
    expect(Math.abs(heard.reasons[0]!.where.a.timeRange!.startMs - 5_000)).toBeLessThan(1_000);
    expect(compareMedia(sound!, other!).grade).toBe('none');
  });

  it('that are damaged are compared as far as they decode; what has no pictures says so', async () => {
    const bytes = readFileSync(at('cut.mp4'));
    writeFileSync(at('tail.mp4'), Buffer.concat([bytes.subarray(0, bytes.length * 0.6)]));
    writeFileSync(at('garbage.mp4'), Buffer.concat([bytes.subarray(0, 64), Buffer.alloc(4_000, 7)]));
    const [tail, garbage, cut] = await readAll([at('tail.mp4'), at('garbage.mp4'), at('cut.mp4')]);
    expect(tail!.notes.map(({ code }) => code)).toContain('FILM_DAMAGED');
    expect(compareMedia(comparableFile(tail!), comparableFile(cut!)).grade).not.toBe('none');
    expect(garbage).toMatchObject({ film: null, notes: [{ code: 'FILM_CORRUPT' }] });
  });

  it('that are playlists reach nothing, whatever they are named and whatever they name', async () => {
    const visits: string[] = [];
    const server = createServer((socket) => {
      visits.push('visited');
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const address = `http://127.0.0.1:${port}/x.ts`;
    writeFileSync(at('list.mp4'), `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${address}\n#EXT-X-ENDLIST\n`);
    writeFileSync(at('concat.mkv'), `ffconcat version 1.0\nfile '${at('whole.mp4')}'\nfile '${address}'\n`);
    // A film by its first bytes, and a playlist after them.
    writeFileSync(
      at('both.mp4'),
      Buffer.concat([readFileSync(at('cut.mp4')).subarray(0, 32), readFileSync(at('list.mp4'))]),
    );
    const read = await readAll([at('list.mp4'), at('concat.mkv'), at('both.mp4')]);
    expect(read.map(({ film }) => film)).toEqual([null, null, null]);
    expect(visits).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});

const VECTORS = join(process.env['REDTHREAD_SHARED'] ?? '../shared', 'conformance', 'vpdq');

describe.skipIf(!existsSync(VECTORS))('frames of the vectors of vPDQ', () => {
  it('are within 10 bits of what its reference program says, at its times', async () => {
    const names = ['doorknob-hd-no-bar', 'pattern-sd-grey-bar', 'test-padded-dimensions'];
    for (const read of await readAll(
      names.map((name) => join(VECTORS, `${name}.mp4`)),
      true,
    )) {
      const expected = readVpdqText(readFileSync(read.file.replace(/mp4$/, 'txt'), 'utf8')).frames;
      const line = timeLineOf(signalOf(read.film!.signals, filmFrames)!);
      const frames = line.frames.filter(({ marks }) => (marks & MARK.inner) === 0);
      expect(frames).toHaveLength(expected.length);
      const apart = expected.flatMap(({ hash, quality }, i) =>
        quality < 80 ? [] : [distanceBits256(hash, frames[i]!.hash)],
      );
      expect(Math.max(...apart), read.file).toBeLessThanOrEqual(10);
      expected.forEach(({ timeMs }, i) => expect(Math.abs(timeMs - frames[i]!.timeMs)).toBeLessThanOrEqual(1));
    }
  });
});
