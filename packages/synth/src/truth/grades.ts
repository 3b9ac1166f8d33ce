// What a perfect system would answer about two files of the drawn world.
import type { Grade } from '@redthread/core/domain';
import { FLOOR, overlayArea } from '../edit/edits.js';
import type { Truth, TruthFile, TruthFrame } from './truth.js';

export interface TruthPair {
  readonly a: TruthFile;
  readonly b: TruthFile;
  readonly grade: Grade;
}

export type FrameLookup = ReadonlyMap<string, TruthFrame>;

export const framesById = (truth: Pick<Truth, 'frames'>): FrameLookup =>
  new Map(truth.frames.map((frame) => [frame.id, frame]));

/** Whether the floor holds between the two: each within it, and their overlays together no larger than one may be. */
export const isFloorPair = (a: TruthFile, b: TruthFile): boolean =>
  a.floor && b.floor && overlayArea(a.edits) + overlayArea(b.edits) <= FLOOR.overlayArea + 1e-9;

/** The strongest true grade of a pair. Pictures without features are `none` unless their bytes are the same. */
export const expectedGrade = (frames: FrameLookup, a: TruthFile, b: TruthFile): Grade => {
  if (a.sha256 === b.sha256) return 'identical';
  const seenA = a.frames.map((id) => frames.get(id)).filter((frame) => frame !== undefined);
  const seenB = b.frames.map((id) => frames.get(id)).filter((frame) => frame !== undefined);
  if (seenA.length === 0 || seenB.length === 0) return 'none';
  const shared = seenA.filter((frame) => seenB.some((other) => other.id === frame.id));
  if (shared.length > 0) {
    if (shared.every((frame) => frame.featureless)) return 'none';
    return a.floor && b.floor ? 'same content' : 'partial';
  }
  if (seenA.some((frame) => frame.room !== null && seenB.some((other) => other.room === frame.room)))
    return 'same scene';
  if (seenA.some((frame) => frame.camera !== null && seenB.some((other) => other.camera === frame.camera)))
    return 'same source';
  return 'none';
};

/** Whether both name one camera, and are no copies of one another: what the channel device finds. */
export const isSameDevice = (a: TruthFile, b: TruthFile): boolean =>
  a.device !== null && a.device === b.device && !a.frames.some((id) => b.frames.includes(id));

/** Every pair of different films, and sounds taken out of them, that are of one film. */
export const filmPairs = ({ files }: Pick<Truth, 'files'>): readonly (readonly [TruthFile, TruthFile])[] => {
  const films = files.filter(({ film }) => film !== undefined);
  return films.flatMap((a, i) =>
    films
      .slice(i + 1)
      .filter(
        (b) =>
          a.sha256 !== b.sha256 && a.frames[0] === b.frames[0] && (isHeard(a) && isHeard(b) ? true : a.kind === b.kind),
      )
      .map((b) => [a, b] as const),
  );
};

const isHeard = ({ film }: TruthFile): boolean => film !== 'cropped';

/** Every unordered pair of files with equal bytes or the same content; `floorOnly` keeps what must be found today. */
export const sameContentPairs = (truth: Truth, floorOnly = true): TruthPair[] => {
  const frames = framesById(truth);
  const groups = new Map<string, TruthFile[]>();
  for (const file of truth.files) {
    const keys =
      (file.kind === 'picture' || file.kind === 'film') && file.floor
        ? [`frame ${file.frames.join(' ')}`]
        : [`bytes ${file.sha256}`];
    for (const key of keys) groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const pairs: TruthPair[] = [];
  for (const group of groups.values()) {
    group.forEach((a, i) => {
      for (const b of group.slice(i + 1)) {
        const grade = expectedGrade(frames, a, b);
        if (grade === 'identical' || (grade === 'same content' && (!floorOnly || isFloorPair(a, b))))
          pairs.push({ a, b, grade });
      }
    });
  }
  return pairs;
};
