// Films that are made to do harm, and decoders that are killed while they read one: each ends in a clear state, soon, in little memory, and leaves nothing running.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { createFilmReader } from '../../packages/server/src/media/film/index.js';
import { bufferAccess, type RandomAccess } from '../../packages/server/src/media/walk/index.js';
import { ffmpegsOf } from './ffmpeg-children.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const ffmpeg = (...words: readonly string[]): void =>
  void execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words]);
const DRAWN = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=10:d=4', '-f', 'lavfi', '-i', 'sine=440:d=4'];
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const MIME: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mkv: 'video/matroska',
  ts: 'video/mp2t',
};
const mimeOf = (name: string): string => MIME[name.split('.').at(-1) ?? ''] ?? '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-film-attacks-'));
  ffmpeg(...DRAWN, ...X264, '-g', '10', at('whole.mp4'));
  for (const name of ['whole.mkv', 'whole.ts']) ffmpeg('-i', at('whole.mp4'), '-c', 'copy', at(name));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => expect(ffmpegsOf(process.pid)).toEqual([]));

const LIMITS = { memoryMb: 400, timeoutMs: 20_000, timeoutPerMegabyteMs: 0 };
const reader = createFilmReader(LIMITS);

/** What the item would say. */
const seen = async (
  file: RandomAccess,
  mime: string,
  { isLastTry = true, films = reader } = {},
): Promise<{ code: string | null; frames?: number; stills?: number; durationMs?: number; detail?: string }> => {
  try {
    const { durationMs, notes, signals, view } = await films.view(file, { mime, isLastTry });
    return { code: notes[0] ?? null, durationMs, frames: signals.length, stills: view?.storyboard.timesMs.length ?? 0 };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { code: error.code, detail: error.detail };
  }
};
const bytesOf = (name: string): Buffer => readFileSync(at(name));

/** What a file says of its own length, in each box that says it. */
const saying = (scale: number, length: number): Buffer => {
  const file = bytesOf('whole.mp4');
  const each = (box: string, change: (at: number) => void): void => {
    for (let i = file.indexOf(box); i >= 0; i = file.indexOf(box, i + 4)) change(i);
  };
  for (const box of ['mvhd', 'mdhd']) each(box, (i) => file.writeUInt32BE(length, file.writeUInt32BE(scale, i + 16)));
  each('tkhd', (i) => file.writeUInt32BE(length, i + 24));
  return file;
};

/** The same bits each time. */
const flipped = (whole: Buffer): Buffer => {
  const file = Buffer.from(whole);
  for (let i = 0, random = 1; i < 60; i++) {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    file[random % file.length]! ^= 1 << (random % 8);
  }
  return file;
};

it('is a film by its stills, its frames and its sound', async () => {
  const whole = { code: null, frames: 3, stills: 8 };
  expect(await seen(bufferAccess(bytesOf('whole.mp4')), 'video/mp4')).toMatchObject(whole);
});

describe('a film that is damaged or made to do harm', () => {
  it.each(['whole.mp4', 'whole.mkv', 'whole.ts'])('says so, cut or with flipped bits: %s', async (name) => {
    const whole = bytesOf(name);
    // The index of the first lies at its end.
    const cut = { code: name === 'whole.mp4' ? 'FILM_CORRUPT' : 'FILM_DAMAGED' };
    expect(await seen(bufferAccess(whole.subarray(0, 0.6 * whole.length)), mimeOf(name))).toMatchObject(cut);
    expect(await seen(bufferAccess(flipped(whole)), mimeOf(name))).toMatchObject({ code: 'FILM_DAMAGED' });
  });

  it('may say any length of itself', async () => {
    const long = { code: 'FILM_TOO_LONG', durationMs: 7 * 86_400_000 };
    expect(await seen(bufferAccess(saying(1_000, 0xffff_ffff)), 'video/mp4')).toMatchObject(long);
    expect(await seen(bufferAccess(saying(1_000, 0)), 'video/mp4')).toMatchObject({ code: null });
  });

  it.each([
    [1, 1],
    [16_000, 16],
  ])('may have frames of %i x %i', async (width, height) => {
    const drawn = `nullsrc=s=${width}x${height}:r=2:d=2,format=gray,geq=lum='mod(X*7+Y*13+N*50\\,256)'`;
    ffmpeg('-f', 'lavfi', '-i', drawn, '-c:v', 'ffv1', at('size.mkv'));
    expect(await seen(bufferAccess(bytesOf('size.mkv')), 'video/matroska')).toMatchObject({ code: null, stills: 4 });
  });

  it('is told from one for which there is not memory enough, which is tried again', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'color=gray:s=9000x9000:r=1:d=1,format=gray', '-c:v', 'png', at('large.mkv'));
    const films = createFilmReader({ ...LIMITS, memoryMb: 80 });
    const file = bufferAccess(bytesOf('large.mkv'));
    expect(await seen(file, 'video/matroska', { films })).toMatchObject({ code: 'DECODER_MEMORY' });
  });

  it('may have a thousand streams, or be a playlist', async () => {
    const many = Array.from({ length: 999 }, () => ['-map', '1:a']).flat();
    ffmpeg(
      ...DRAWN,
      '-map',
      '0:v',
      ...many,
      '-c:v',
      'mpeg4',
      '-c:a',
      'pcm_u8',
      '-ar',
      '4000',
      '-t',
      '0.5',
      at('many.mkv'),
    );
    expect(await seen(bufferAccess(bytesOf('many.mkv')), 'video/matroska')).toMatchObject({ code: null, frames: 3 });
    const endless = Buffer.from(
      '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://192.0.2.1/x.ts\n'.repeat(1_000),
    );
    expect(await seen(bufferAccess(endless), 'video/mp2t')).toMatchObject({ code: 'FILM_CORRUPT' });
  });
});

describe('a decoder that is ended too early', () => {
  const whole = () => bufferAccess(bytesOf('whole.mp4'));
  /** Whichever decoder is told that word is killed once it asks for the file. */
  const killing = (word: string): RandomAccess => ({
    ...whole(),
    read: (offset, length) => {
      for (const { pid } of ffmpegsOf(process.pid, word)) process.kill(pid, 'SIGKILL');
      return whole().read(offset, length);
    },
  });

  it.each([
    ['stills', 'image2pipe', { code: 'FILM_NO_STILLS', frames: 3, stills: 0 }],
    ['frames', 'yuv4mpegpipe', { code: 'FILM_CUT_SHORT', frames: 1, stills: 0 }],
    ['sound', 's16le', { code: 'FILM_CUT_SHORT', frames: 2, stills: 8 }],
  ])('of its %s is tried again, and the second time the film says what is missing', async (_what, word, left) => {
    expect(await seen(killing(word), 'video/mp4', { isLastTry: false })).toMatchObject({ code: 'DECODER_DIED' });
    expect(await seen(killing(word), 'video/mp4')).toMatchObject(left);
  });

  it('is one that takes too long as well', async () => {
    const films = createFilmReader({ ...LIMITS, timeoutMs: 300 });
    const file = bufferAccess(bytesOf('whole.ts'));
    // The rest of it never comes.
    const stuck: RandomAccess = {
      sizeBytes: file.sizeBytes + 1,
      read: (offset, length) => (offset === 0 ? file.read(0, length) : new Promise(() => undefined)),
    };
    expect(await seen(stuck, 'video/mp2t', { films })).toMatchObject({ code: 'DECODER_TIMEOUT' });
  });

  it('for want of the file is nothing that the film did', async () => {
    const damaged: RandomAccess = {
      sizeBytes: 10_000,
      read: () => Promise.reject(fail('VAULT_CORRUPT', 'a chunk fails its seal')),
    };
    expect(await seen(damaged, 'video/mp2t')).toMatchObject({ code: 'VAULT_CORRUPT' });
  });
});
