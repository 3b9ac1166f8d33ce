// `redthread camera compare`: needs no database; nothing is kept.
import type { CameraLine, Note } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import {
  compareWithSensor,
  FingerprintSum,
  weighed,
  type NoisePlane,
  type SensorComparison,
} from '@redthread/core/kernels';
import { EXIT } from '../../app/cli/exit-codes.js';
import type { Io } from '../../app/cli/io.js';
import { createNoiseReader, type NoiseReader } from '../../media/index.js';
import { filesBelow } from '../compare/index.js';
import type { CameraCompareOptions } from './commands.js';
import { cameraLines } from './print.js';
import { isRefused, readPicture, type Refused } from './read-pictures.js';
import { MOST_PIXELS_HELD, readReferences, type Fitting, type References, type Shown } from './references.js';

const listed = async (paths: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const path of paths) for await (const file of filesBelow(path)) found.push(file);
  return found;
};

/** Answers the exit code: 3 where a file could not be read. */
export const runCameraCompare = async (
  io: Io,
  files: readonly string[],
  { reference, pool, json }: CameraCompareOptions,
): Promise<number> => {
  const reader = createNoiseReader();
  try {
    const given = await listed([reference]);
    // Where nothing can be redrawn it is said once, before the silence of some seconds a picture.
    if (!io.interactive) io.note(`reading ${given.length} references, then ${files.join(', ')}`);
    const references = await readReferences(reader, given, (done) =>
      io.live([`${done} of ${given.length} references read`]),
    );
    io.settle();
    for (const { file, note } of references.refused) io.note(`${note.code}: ${file}: ${note.detail}`);
    const wanted = await listed(files);
    if (wanted.length === 0) throw fail('ARGUMENT_INVALID', `no file below ${files.join(', ')}`);
    const unread =
      pool === true
        ? await comparePooled(io, reader, references, wanted, json)
        : await compareEach(io, reader, references, wanted, json);
    return unread + references.refused.filter(({ isUnread }) => isUnread).length > 0 ? EXIT.someUnread : EXIT.ok;
  } finally {
    await reader.close();
  }
};

/** How many could not be read. */
const compareEach = async (
  io: Io,
  reader: NoiseReader,
  references: References,
  files: readonly string[],
  json: boolean | undefined,
): Promise<number> => {
  let unread = 0;
  for (const file of files) {
    const read = await readPicture(reader, file);
    if (isRefused(read)) {
      unread += noteUnread(io, read);
      print(io, cannotSay(file, 0, 1, read.note), json);
      continue;
    }
    const fitting = await references.for(read);
    if (fitting === null) print(io, cannotSay(file, 0, 1, SHARED_SCENE), json);
    else print(io, lineOf(file, weighed(read.residual, read.luma), fitting, 1), json);
  }
  return unread;
};

/** All files are believed to come from one device: the noise of each size is averaged, and each size is a line. */
const comparePooled = async (
  io: Io,
  reader: NoiseReader,
  references: References,
  files: readonly string[],
  json: boolean | undefined,
): Promise<number> => {
  let unread = 0;
  // Sizes for which there is no room beside the others are taken up by another round.
  for (let wanted = files; wanted.length > 0;) {
    const round = await poolRound(io, reader, references, wanted);
    unread += round.unread;
    for (const { sum, files: pooled, one } of round.pools) {
      const fitting = await references.for(one);
      if (fitting !== null) print(io, lineOf(pooled.join(', '), sum.finish(), fitting, pooled.length), json);
    }
    wanted = round.later;
  }
  return unread;
};

interface Pool {
  readonly sum: FingerprintSum;
  readonly files: string[];
  readonly one: Shown;
}

const poolRound = async (io: Io, reader: NoiseReader, references: References, files: readonly string[]) => {
  const pools = new Map<string, Pool>();
  const later: string[] = [];
  let [unread, pixels] = [0, 0];
  for (const file of files) {
    const read = await readPicture(reader, file);
    if (isRefused(read)) {
      unread += noteUnread(io, read);
      io.note(`${read.note.code}: ${file}: ${read.note.detail}`);
      continue;
    }
    if (!references.isApart(read)) {
      io.note(`${SHARED_SCENE.code}: ${file}: ${SHARED_SCENE.detail}`);
      continue;
    }
    const { width, height } = read.residual;
    const key = `${width}x${height}`;
    const known = pools.get(key);
    if (known === undefined && pools.size > 0 && pixels + width * height > MOST_PIXELS_HELD) {
      later.push(file);
      continue;
    }
    if (known === undefined) pixels += width * height;
    const { pdq, sha256 } = read;
    const pool = known ?? { sum: new FingerprintSum(width, height), files: [], one: { pdq, sha256 } };
    pool.sum.add(read.residual, read.luma);
    pool.files.push(file);
    pools.set(key, pool);
  }
  return { pools: [...pools.values()], later, unread };
};

const SHARED_SCENE: Note = {
  code: 'NOISE_SHARED_SCENE',
  detail: 'it shows what the references show: what is left of the scene would be taken for the sensor',
};

const noteUnread = (io: Io, { file, isUnread, note }: Refused): number => {
  if (isUnread) io.note(`${note.code}: ${file}: ${note.detail}`);
  return isUnread ? 1 : 0;
};

const METHOD = { method: 'sensor-noise', version: 1 } as const;

const cannotSay = (file: string, references: number, pooled: number, note: Note): CameraLine => ({
  file,
  pce: null,
  falseAlarm: null,
  aligned: null,
  laying: null,
  places: null,
  references,
  pooled,
  ...METHOD,
  note,
});

const lineOf = (file: string, picture: NoisePlane, { sensor, count }: Fitting, pooled: number): CameraLine => {
  const compared = compareWithSensor(picture, sensor);
  if (compared === null)
    return cannotSay(file, count, pooled, {
      code: 'NOISE_NO_PLACE',
      detail: `${picture.width} × ${picture.height} is neither a part of ${sensor.width} × ${sensor.height} nor all of it made smaller`,
    });
  return { file, ...measured(compared), references: count, pooled, ...METHOD, note: null };
};

const measured = ({ best, falseAlarm, pce, places }: SensorComparison) => ({
  pce,
  falseAlarm,
  aligned: best.kind !== 'shifted',
  laying: best,
  places,
});

const print = (io: Io, line: CameraLine, json: boolean | undefined): void => {
  if (json === true) io.json(line);
  else cameraLines(line, io.colour).forEach(io.out);
};
