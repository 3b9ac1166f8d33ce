// Reads pictures for their noise: real type, digest, a hash of the whole picture, and what the sensor left, from a disposable child.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import type { Note } from '@redthread/core/contract';
import { isRedthreadError } from '@redthread/core/errors';
import { isUsable, pdqFromLuma } from '@redthread/core/kernels';
import { pdqSignal, type Signal } from '@redthread/core/signals';
import { loadConfig } from '../../app/config.js';
import { identifyFurther, type NoiseReader, type SensorPicture } from '../../media/index.js';

/** A picture whose noise can be used. */
export interface ReadPicture extends SensorPicture {
  readonly file: string;
  readonly sha256: string;
  /** Its PDQ: whether two show the same. */
  readonly pdq: Signal;
}

/** Why nothing can be said of a file. `isUnread`: it could not be read at all. */
export interface Refused {
  readonly file: string;
  readonly note: Note;
  readonly isUnread: boolean;
}

/** Shorter sides hold too few pixels for a peak to stand out. */
const LEAST_SIDE_PX = 128;

export const readPicture = async (reader: NoiseReader, file: string): Promise<ReadPicture | Refused> => {
  const refused = (code: string, detail: string, isUnread = false): Refused => ({
    file,
    note: { code, detail },
    isUnread,
  });
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() !== true)
      return refused('FILE_UNREADABLE', stat === undefined ? 'there is no such file' : 'not a regular file', true);
    // What no decoder would take is never held in memory.
    if (stat.size > loadConfig().maxDecodeBytes) return refused('FILE_TOO_LARGE', `${stat.size} bytes`);
    const bytes = await readFile(file);
    if (bytes.length === 0) return refused('FILE_EMPTY', '0 bytes');
    const { mime } = await identifyFurther(bytes);
    const picture = await reader.read(bytes, mime);
    const { width, height } = picture.residual;
    if (Math.min(width, height) < LEAST_SIDE_PX)
      return refused('NOISE_TOO_SMALL', `${width} × ${height} pixels; ${LEAST_SIDE_PX} a side are needed`);
    if (!isUsable(picture.luma)) return refused('NOISE_UNUSABLE', 'too much of it is black or cut off at white');
    const { hashes, quality } = pdqFromLuma(picture.luma, width, height);
    return {
      file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pdq: pdqSignal(hashes, quality),
      ...picture,
    };
  } catch (error) {
    if (isRedthreadError(error)) return refused(error.code, error.detail);
    return refused('FILE_UNREADABLE', (error as Error).message, true);
  }
};

export const isRefused = (read: ReadPicture | Refused): read is Refused => 'note' in read;
