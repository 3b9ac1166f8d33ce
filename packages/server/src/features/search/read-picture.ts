// A picture from outside as something that can be compared, and why where it cannot.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ComparableMedia } from '@redthread/core/graph';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { isFeatureless, pdq, signalOf, type Signal } from '@redthread/core/signals';
import type { Config } from '../../app/config.js';
import { createDecoder, decoderOptionsOf, IDENTIFY_BYTES, identifyFurther, isDecodable } from '../../media/index.js';

export interface OutsidePicture extends ComparableMedia {
  /** Why it is compared by its digest only, where it is. */
  readonly note: string | null;
}

/** A picture in a file. Errors: SOURCE_UNREADABLE. */
export const readPicture = async (config: Config, file: string): Promise<OutsidePicture> => {
  const found = await readable(file, (path) => stat(path));
  // A pipe or a device never ends, or never begins.
  if (!found.isFile()) throw fail('SOURCE_UNREADABLE', `${file} is not a regular file`);
  if (found.size > config.maxDecodeBytes)
    return {
      sha256: await readable(file, digestStream),
      signals: [],
      note: `FILE_TOO_LARGE: ${found.size} bytes: compared by its digest only`,
    };
  return pictureOf(config, await readable(file, (path) => readFile(path)));
};

/** One whose bytes are at hand. */
export const pictureOf = async (config: Config, bytes: Buffer): Promise<OutsidePicture> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const signals = await signalsOf(config, bytes);
    const whole = signalOf(signals, pdq);
    const note =
      whole === undefined || isFeatureless(whole)
        ? `LOW_QUALITY: quality ${whole?.quality ?? 0}: too few features to compare by sight`
        : null;
    return { sha256, signals, note };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { sha256, signals: [], note: `${error.code}: ${error.detail}` };
  }
};

const readable = <T>(file: string, read: (file: string) => Promise<T>): Promise<T> =>
  read(file).catch((cause: unknown) => {
    throw fail('SOURCE_UNREADABLE', file, { cause });
  });

const digestStream = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const signalsOf = async (config: Config, bytes: Buffer): Promise<readonly Signal[]> => {
  const { mime } = await identifyFurther(bytes.subarray(0, IDENTIFY_BYTES), bytes.length);
  if (!isDecodable(mime)) throw fail('IMAGE_UNSUPPORTED', `${mime} is compared by its digest only`);
  const decoder = createDecoder(decoderOptionsOf(config));
  try {
    return (await decoder.measure(bytes, { mime })).signals;
  } finally {
    await decoder.close();
  }
};
