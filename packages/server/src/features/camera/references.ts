// The fingerprint of a sensor from reference pictures, and what of it speaks about one picture: a reference that shows the same scene is
// taken out, since what is left of a scene in both would be taken for the sensor.
import {
  ORIENTATION_COUNT,
  distanceBits256,
  FingerprintSum,
  HASH_BYTES,
  SensorFingerprint,
} from '@redthread/core/kernels';
import { fail } from '@redthread/core/errors';
import type { NoiseReader } from '../../media/index.js';
import { isRefused, readPicture, type ReadPicture, type Refused } from './read-pictures.js';

/** Hashes of different scenes lie 88 bits apart and more; a burst of one scene lies closer than this. */
const SAME_SCENE_BITS = 64;
/** A fingerprint of fewer pictures is mostly their scenes. */
const FEWEST_REFERENCES = 1;

interface Reference {
  readonly file: string;
  readonly sha256: string;
  readonly hashes: Uint8Array;
}

export interface References {
  readonly width: number;
  readonly height: number;
  readonly used: readonly Reference[];
  /** Files that are no part of the fingerprint, and why. */
  readonly refused: readonly Refused[];
  /** The fingerprint without what shows the same scene as `picture`; null where nothing is left. */
  for(picture: Pick<Reference, 'sha256' | 'hashes'>): Promise<{ sensor: SensorFingerprint; count: number } | null>;
}

const showSame = (a: Pick<Reference, 'sha256' | 'hashes'>, b: Pick<Reference, 'sha256' | 'hashes'>): boolean => {
  if (a.sha256 === b.sha256) return true;
  const upright = a.hashes.subarray(0, HASH_BYTES);
  for (let k = 0; k < ORIENTATION_COUNT; k++) {
    const other = b.hashes.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES);
    if (distanceBits256(upright, other) <= SAME_SCENE_BITS) return true;
  }
  return false;
};

/** Reads all references; those of the size that most have make the fingerprint. Throws CAMERA_NO_REFERENCE. */
export const readReferences = async (
  reader: NoiseReader,
  files: readonly string[],
  onRead: (done: number) => void,
): Promise<References> => {
  const sums = new Map<string, { sum: FingerprintSum; references: Reference[] }>();
  const refused: Refused[] = [];
  for (const [position, file] of files.entries()) {
    const read = await readPicture(reader, file);
    onRead(position + 1);
    if (isRefused(read)) refused.push(read);
    else addTo(sums, read);
  }
  const [main, ...others] = [...sums.values()].toSorted(
    (a, b) => b.references.length - a.references.length || b.sum.width * b.sum.height - a.sum.width * a.sum.height,
  );
  if (main === undefined) throw fail('CAMERA_NO_REFERENCE', `${files.length} files were read`);
  const { sum, references } = main;
  for (const other of others)
    for (const { file } of other.references)
      refused.push({
        file,
        isUnread: false,
        note: {
          code: 'NOISE_OTHER_SIZE',
          detail: `${other.sum.width} × ${other.sum.height}; most references are ${sum.width} × ${sum.height}`,
        },
      });
  return { width: sum.width, height: sum.height, used: references, refused, for: lookUp(reader, sum, references) };
};

const addTo = (sums: Map<string, { sum: FingerprintSum; references: Reference[] }>, read: ReadPicture): void => {
  const { width, height } = read.residual;
  const key = `${width}x${height}`;
  const group = sums.get(key) ?? { sum: new FingerprintSum(width, height), references: [] };
  // The same file twice would count its scene twice.
  if (group.references.some((one) => one.sha256 === read.sha256)) return;
  group.sum.add(read.residual, read.luma);
  group.references.push({ file: read.file, sha256: read.sha256, hashes: read.hashes });
  sums.set(key, group);
};

const lookUp = (reader: NoiseReader, sum: FingerprintSum, references: readonly Reference[]): References['for'] => {
  let whole: SensorFingerprint | null = null;
  return async (picture) => {
    const same = references.filter((reference) => showSame(reference, picture));
    const count = references.length - same.length;
    if (count < FEWEST_REFERENCES) return null;
    if (same.length === 0) return { sensor: (whole ??= new SensorFingerprint(sum.finish())), count };
    // Read again instead of kept: a fingerprint of a thousand pictures would not fit into memory.
    const taken: ReadPicture[] = [];
    for (const { file, sha256 } of same) {
      const read = await readPicture(reader, file);
      if (isRefused(read) || read.sha256 !== sha256) throw fail('FILE_CHANGED', file);
      taken.push(read);
    }
    for (const { residual, luma } of taken) sum.add(residual, luma, -1);
    const sensor = new SensorFingerprint(sum.finish());
    for (const { residual, luma } of taken) sum.add(residual, luma);
    return { sensor, count };
  };
};
