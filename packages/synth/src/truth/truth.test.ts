import { describe, expect, it } from 'vitest';
import type { Edit } from '../edit/edits.js';
import { isWithinFloor } from '../edit/edits.js';
import {
  expectedGrade,
  framesById,
  isFloorPair,
  isSameDevice,
  nearMissShare,
  sameContentPairs,
  type Truth,
  type TruthFile,
  type TruthFrame,
} from './index.js';

const frame = (id: string, more: Partial<TruthFrame> = {}): TruthFrame => ({
  id,
  kind: 'room',
  room: null,
  camera: null,
  template: null,
  featureless: false,
  objects: [],
  ...more,
});
const file = (sha256: string, frames: readonly string[], edits: readonly Edit[] = []): TruthFile => ({
  exhibit: 'X-1',
  path: `${sha256}.jpg`,
  containers: [],
  sha256,
  bytes: 1,
  kind: 'picture',
  frames,
  edits,
  floor: isWithinFloor(edits),
  device: null,
  fault: null,
});

const frames = [
  frame('f1', { room: 'kitchen', camera: 'c1' }),
  frame('f2', { room: 'kitchen', camera: 'c2' }),
  frame('f3', { room: 'attic', camera: 'c1' }),
  frame('flat', { kind: 'blank', featureless: true }),
];
const lookup = framesById({ frames });
const sticker: Edit = { kind: 'overlay', what: 'emoji', area: 0.03, seed: '1' };
const crop: Edit = { kind: 'crop', left: 0.1, top: 0, right: 0, bottom: 0 };

describe('expectedGrade', () => {
  it.each([
    ['identical', file('a', ['f1']), file('a', ['f1'])],
    ['same content', file('a', ['f1']), file('b', ['f1'], [sticker])],
    ['partial', file('a', ['f1']), file('b', ['f1'], [crop])],
    ['partial', file('a', ['f1']), file('b', ['f3', 'f1'], [{ kind: 'collage', frames: ['f1'], seed: '1' }])],
    ['same scene', file('a', ['f1']), file('b', ['f2'])],
    ['same source', file('a', ['f1']), file('b', ['f3'])],
    ['none', file('a', ['f2']), file('b', ['f3'])],
    ['none', file('a', ['flat']), file('b', ['flat'], [sticker])],
    ['none', file('a', []), file('b', ['f1'])],
  ] as const)('%s', (grade, a, b) => {
    expect(expectedGrade(lookup, a, b)).toBe(grade);
    expect(expectedGrade(lookup, b, a)).toBe(grade);
  });
});

describe('sameDevice', () => {
  it('is that of two files which name one camera, and show different frames', () => {
    const named = (sha256: string, of: string, device: string | null) => ({ ...file(sha256, [of]), device });
    expect(isSameDevice(named('a', 'f1', 'c1'), named('b', 'f3', 'c1'))).toBe(true);
    expect(isSameDevice(named('a', 'f1', 'c1'), named('b', 'f1', 'c1'))).toBe(false);
    expect(isSameDevice(named('a', 'f1', null), named('b', 'f3', null))).toBe(false);
    expect(isSameDevice(named('a', 'f1', 'c1'), named('b', 'f2', 'c2'))).toBe(false);
  });
});

describe('sameContentPairs', () => {
  const truth: Truth = {
    operation: 'tantalus',
    scale: 'tiny',
    seed: 1,
    frames,
    nearMisses: [{ a: 'f1', b: 'f2', why: 'same room' }],
    chats: { groups: [], exports: [], postings: [] },
    files: [
      file('a', ['f1']),
      file('a', ['f1']),
      file('b', ['f1'], [sticker]),
      file('c', ['f1'], [sticker]),
      file('d', ['f1'], [crop]),
      file('d', ['f1'], [crop]),
      file('e', ['f2']),
    ],
  };

  it('lists equal bytes and floor pairs once each', () => {
    const pairs = sameContentPairs(truth).map(({ a, b, grade }) => `${a.sha256}${b.sha256} ${grade}`);
    expect(pairs.sort()).toEqual([
      'aa identical',
      'ab same content',
      'ab same content',
      'ac same content',
      'ac same content',
      'dd identical',
    ]);
  });

  it('leaves two different overlays out of the floor, because together they cover more than one may', () => {
    const [b, c] = [truth.files[2], truth.files[3]] as [TruthFile, TruthFile];
    expect(isFloorPair(b, c)).toBe(false);
    expect(sameContentPairs(truth, false)).toHaveLength(7);
  });

  it('counts the files that have a look-alike', () => {
    expect(nearMissShare(truth)).toBe(1);
    expect(nearMissShare({ ...truth, nearMisses: [] })).toBe(0);
  });
});
