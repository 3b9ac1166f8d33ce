// The fingerprint of a sensor from reference pictures, and what of it speaks about one picture: a reference that shows the same scene is
// taken out, since what is left of a scene in both would be taken for the sensor.
import { FingerprintSum, SensorFingerprint } from '@redthread/core/kernels';
import { pdq } from '@redthread/core/signals';
import { fail } from '@redthread/core/errors';
import type { NoiseReader } from '../../media/index.js';
import { isRefused, readPicture, type ReadPicture, type Refused } from './read-pictures.js';

/** Hashes of different scenes lie 88 bits apart and more; a burst of one scene lies closer than this. */
const SAME_SCENE_BITS = 64;

type Reference = Pick<ReadPicture, 'file' | 'sha256' | 'pdq'>;

export interface References {
  readonly width: number;
  readonly height: number;
  /** Files that are no part of the fingerprint, and why. */
  readonly refused: readonly Refused[];
  /** Whether none of them shows the same scene as `picture`. */
  isApart(picture: Shown): boolean;
  /** The fingerprint without what shows the same scene as `picture`; null where nothing is left. */
  for(picture: Shown): Promise<Fitting | null>;
}

/** What tells whether two pictures show the same. */
export type Shown = Pick<Reference, 'sha256' | 'pdq'>;

/** A fingerprint, and how many references it is made of. */
export interface Fitting {
  readonly sensor: SensorFingerprint;
  readonly count: number;
}

const showSame = (a: Shown, b: Shown): boolean =>
  a.sha256 === b.sha256 || pdq.compare(a.pdq, b.pdq).value <= SAME_SCENE_BITS;

/** Pixels of all sums that are held at once, 8 bytes each: a folder may hold pictures of a thousand sizes. */
export const MOST_PIXELS_HELD = 200_000_000;

/** Pictures of one size; `sum` is null where there was no room for it while others were read. */
interface Group {
  readonly width: number;
  readonly height: number;
  readonly sum: FingerprintSum | null;
  readonly references: Reference[];
}

/** Reads all references; those of the size that most have make the fingerprint. Throws CAMERA_NO_REFERENCE, FILE_CHANGED. */
export const readReferences = async (
  reader: NoiseReader,
  files: readonly string[],
  onRead: (done: number) => void,
  mostPixels = MOST_PIXELS_HELD,
): Promise<References> => {
  const groups = new Map<string, Group>();
  const refused: Refused[] = [];
  for (const [position, file] of files.entries()) {
    const read = await readPicture(reader, file);
    onRead(position + 1);
    if (isRefused(read)) refused.push(read);
    else addTo(groups, read, mostPixels);
  }
  const [main, ...others] = [...groups.values()].toSorted(
    (a, b) => b.references.length - a.references.length || b.width * b.height - a.width * a.height,
  );
  groups.clear();
  if (main === undefined) throw fail('CAMERA_NO_REFERENCE', `${files.length} files were read`);
  const { height, references, width } = main;
  for (const other of others)
    for (const { file } of other.references)
      refused.push({
        file,
        isUnread: false,
        note: {
          code: 'NOISE_OTHER_SIZE',
          detail: `${other.width} × ${other.height}; most references are ${width} × ${height}`,
        },
      });
  const sum = main.sum ?? (await sumOf(reader, main));
  const sameAs = (picture: Shown): Reference[] => references.filter((reference) => showSame(reference, picture));
  return {
    width,
    height,
    refused,
    isApart: (picture) => sameAs(picture).length === 0,
    for: lookUp(reader, sum, references.length, sameAs),
  };
};

/** Errors: FILE_CHANGED. */
const readAgain = async (reader: NoiseReader, { file, sha256 }: Reference): Promise<ReadPicture> => {
  const read = await readPicture(reader, file);
  if (isRefused(read) || read.sha256 !== sha256) throw fail('FILE_CHANGED', file);
  return read;
};

const sumOf = async (reader: NoiseReader, { height, references, width }: Group): Promise<FingerprintSum> => {
  const sum = new FingerprintSum(width, height);
  for (const reference of references) {
    const { luma, residual } = await readAgain(reader, reference);
    sum.add(residual, luma);
  }
  return sum;
};

const addTo = (groups: Map<string, Group>, read: ReadPicture, mostPixels: number): void => {
  const { width, height } = read.residual;
  const key = `${width}x${height}`;
  const group = groups.get(key) ?? { width, height, sum: sumInRoom(groups, width, height, mostPixels), references: [] };
  // The same file twice would count its scene twice.
  if (group.references.some((one) => one.sha256 === read.sha256)) return;
  group.sum?.add(read.residual, read.luma);
  group.references.push({ file: read.file, sha256: read.sha256, pdq: read.pdq });
  groups.set(key, group);
};

const sumInRoom = (
  groups: ReadonlyMap<string, Group>,
  width: number,
  height: number,
  mostPixels: number,
): FingerprintSum | null => {
  const held = [...groups.values()].reduce((sum, one) => sum + (one.sum === null ? 0 : one.width * one.height), 0);
  return held + width * height > mostPixels ? null : new FingerprintSum(width, height);
};

const lookUp = (
  reader: NoiseReader,
  sum: FingerprintSum,
  all: number,
  sameAs: (picture: Shown) => readonly Reference[],
): References['for'] => {
  let whole: SensorFingerprint | null = null;
  return async (picture) => {
    const same = sameAs(picture);
    const count = all - same.length;
    if (count === 0) return null;
    if (same.length === 0) return { sensor: (whole ??= new SensorFingerprint(sum.finish())), count };
    // Read again instead of kept, one after the other: a burst of hundreds would not fit into memory.
    const others = sum.copy();
    for (const reference of same) {
      const { luma, residual } = await readAgain(reader, reference);
      others.add(residual, luma, -1);
    }
    return { sensor: new SensorFingerprint(others.finish()), count };
  };
};
