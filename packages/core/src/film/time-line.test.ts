// Time lines keep what was put in, and travel as vPDQ text.
import { describe, expect, it } from 'vitest';
import { ORIENTATIONS, pdqFromLuma } from '../kernels/index.js';
import { distanceBits256, HASH_BYTES, inverseOrientation } from '../kernels/index.js';
import { filmExample } from '../signals/film-examples.js';
import { lookAtFrame } from './look-at-frame.js';
import { shotsOf } from './shots.js';
import {
  isComparable,
  LONGEST_MS,
  MARK,
  packTimeLine,
  timeLineBytes,
  unpackTimeLine,
  type Frame,
} from './time-line.js';
import { turnedHash } from './turned-hash.js';
import { readVpdqText, vpdqText } from './vpdq-text.js';

const frame = (timeMs: number, seed: number, marks = 0): Frame => ({
  timeMs,
  quality: 90,
  marks,
  hash: filmExample(seed),
});

describe('a time line', () => {
  it('is packed and unpacked', () => {
    const line = {
      durationMs: 5_250,
      frames: [frame(0, 1, MARK.key), frame(2_000, 2), frame(2_000, 3, MARK.inner), frame(5_000, 4)],
    };
    const value = packTimeLine(line);
    expect(timeLineBytes(value)).toBe(value.length);
    expect(unpackTimeLine(value)).toEqual(line);
  });

  it('repeats a frame that stands for longer than a step can say', () => {
    const { frames } = unpackTimeLine(packTimeLine({ durationMs: 200_000, frames: [frame(0, 1), frame(150_000, 2)] }));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 65_535, 131_070, 150_000]);
    expect(frames[1]!.hash).toEqual(filmExample(1));
  });

  it('ends, whatever time a file names', () => {
    const frames = [frame(0, 1), frame(9e15, 2), frame(9e15 + 500, 3)];
    const value = packTimeLine({ durationMs: 9e15, frames });
    expect(timeLineBytes(value)).toBe(value.length);
    const line = unpackTimeLine(value);
    expect(line.durationMs).toBe(LONGEST_MS);
    expect(line.frames.at(-1)).toMatchObject({ timeMs: LONGEST_MS, hash: filmExample(3) });
  });

  it('says nothing of its length where it is of another form', () => {
    expect(timeLineBytes(new Uint8Array(11))).toBe(-1);
    expect(timeLineBytes(new Uint8Array(48))).toBe(-1);
  });

  it('goes through vPDQ text, without what lies within black borders', () => {
    const line = { durationMs: 2_033, frames: [frame(0, 1), frame(33, 2, MARK.inner), frame(2_033, 3)] };
    const text = vpdqText(line);
    expect(text.split('\n')[1]).toMatch(/^1,90,[0-9a-f]{64},2\.033$/);
    expect(readVpdqText(text).frames.map(({ hash }) => hash)).toEqual([filmExample(1), filmExample(3)]);
  });

  it('refuses text that is none, naming the line', () => {
    expect(() => readVpdqText('0,100,abc,0.000')).toThrow(/HASH_INVALID.*line 1/);
    const good = vpdqText({ durationMs: 1, frames: [frame(1_000, 1)] });
    expect(() => readVpdqText(`${good}1,100,${'0'.repeat(64)},0.5\n`)).toThrow(/line 2 is earlier/);
    expect(() => readVpdqText(`0,101,${'0'.repeat(64)},0.5\n`)).toThrow(/line 1/);
  });

  it('begins a shot where a frame looks unlike the one before', () => {
    expect(shotsOf([frame(0, 1), frame(500, 1), frame(1_000, 2), frame(1_500, 2)]).map(({ timeMs }) => timeMs)).toEqual(
      [0, 1_000],
    );
  });
});

/** A picture with something of each frequency. */
const picture = (width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    return 128 + 50 * Math.sin(9 * x + 3 * y * y) + 40 * Math.cos(14 * y - 5 * x * y) + 30 * Math.sin(21 * x * y + 2);
  });

describe('a frame', () => {
  it('has nearly the hash of its turned picture after turning the hash', () => {
    const { hashes } = pdqFromLuma(picture(128, 128), 128, 128);
    ORIENTATIONS.forEach((orientation, k) => {
      expect(distanceBits256(turnedHash(hashes, orientation), hashes, 0, k * HASH_BYTES)).toBeLessThanOrEqual(20);
      const there = turnedHash(hashes.slice(0, HASH_BYTES), orientation);
      expect(turnedHash(there, inverseOrientation(orientation))).toEqual(hashes.slice(0, HASH_BYTES));
    });
  });

  it('within black borders looks as it does without', () => {
    const inner = picture(320, 180);
    const framed = new Uint8Array(320 * 240).fill(16);
    framed.set(inner, 30 * 320);
    const [plain] = lookAtFrame(inner, 320, 180, { marks: 0, timeMs: 0 });
    const [whole, within] = lookAtFrame(framed, 320, 240, { marks: 0, timeMs: 0 });
    expect(distanceBits256(within!.hash, plain!.hash)).toBe(0);
    expect(within!.marks & MARK.inner).toBe(MARK.inner);
    expect(distanceBits256(whole!.hash, plain!.hash)).toBeGreaterThan(40);
  });

  it('that is dark, flat or writing on a ground is not compared', () => {
    const looked = (luma: Uint8Array): Frame => lookAtFrame(luma, 320, 240, { marks: 0, timeMs: 0 })[0]!;
    const dark = picture(320, 240).map((value) => value / 12);
    const writing = new Uint8Array(320 * 240)
      .fill(235)
      .map((value, i) => (i % 320 > 100 && i % 320 < 140 && i % 7 < 3 ? 20 : value));
    for (const luma of [dark, writing, new Uint8Array(320 * 240).fill(128)])
      expect(isComparable(looked(luma))).toBe(false);
    expect(isComparable(looked(picture(320, 240)))).toBe(true);
  });
});
