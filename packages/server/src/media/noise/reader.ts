// The noise reader: takes the bytes of a picture, answers its luma and what its sensor left in it, computed in a disposable child.
import type { NoisePlane } from '@redthread/core/kernels';
import { fail } from '@redthread/core/errors';
import { entryPath } from '../../app/entry-path.js';
import type { Frame } from '../child/frames.js';
import { ChildFailure, RequestChild } from '../child/request-child.js';
import { CODE_OF_END, REPORTED_FAILURES } from '../decode/failures.js';
import { BYTES_A_PIXEL, MAX_NOISE_PIXELS, NoiseMessage, RESIDUAL_SCALE } from './protocol.js';

/** A picture as its sensor lay, and its noise. */
export interface SensorPicture {
  readonly residual: NoisePlane;
  /** One byte a pixel, row-major, of the same size. */
  readonly luma: Uint8Array;
}

export interface NoiseReader {
  /** Calls are served in their order. `bytes` must not change until it settles. Throws a RedthreadError with a DecodeFailureCode. */
  read(bytes: Buffer, mime: string): Promise<SensorPicture>;
  close(): Promise<void>;
}

/** Types whose pixels lie as the sensor's did; what HEIC turned is turned for good. */
const TYPES = new Set(['image/jpeg', 'image/png', 'image/tiff', 'image/webp']);
const MEMORY_MB = 2_048;
const TIMEOUT_MS = 120_000;

/** Makes a reader. No child runs until the first file needs it. */
export const createNoiseReader = (): NoiseReader => {
  const child = new RequestChild({
    command: {
      file: process.execPath,
      args: ['--max-old-space-size=512', entryPath(import.meta.url, './noise-child.js')],
      memoryMb: MEMORY_MB,
      env: { MALLOC_ARENA_MAX: '2', VIPS_BLOCK_UNTRUSTED: '1', VIPS_DISC_THRESHOLD: '1024g' },
    },
    answerLimits: { headerBytes: 2 ** 12, payloadBytes: MAX_NOISE_PIXELS * BYTES_A_PIXEL },
    idleMemoryMb: MEMORY_MB,
    requestsPerChild: 200,
  });
  let lastId = 0;
  let last: Promise<unknown> = Promise.resolve();

  const read = async (bytes: Buffer, mime: string): Promise<SensorPicture> => {
    if (!TYPES.has(mime)) throw fail('IMAGE_UNSUPPORTED', `${mime}: its pixels do not lie as the sensor's did`);
    const id = ++lastId;
    const request = { id, maxPixels: MAX_NOISE_PIXELS };
    const { header, payload } = await child.request(request, bytes, TIMEOUT_MS).catch((error: unknown): Frame => {
      if (!(error instanceof ChildFailure)) throw error;
      throw fail(CODE_OF_END[error.reason], error.detail);
    });
    const message = NoiseMessage.safeParse(header).data;
    if (message?.kind === 'failed' && message.id === id) throw fail(message.code, REPORTED_FAILURES[message.code]);
    if (message?.kind !== 'noise' || message.id !== id || payload.length !== bytesOf(message)) {
      child.stop();
      throw fail('DECODER_DIED', 'the decoder broke the protocol');
    }
    return pictureOf(message.widthPx, message.heightPx, payload);
  };

  return {
    read: (bytes, mime) => {
      const result = last.then(() => read(bytes, mime));
      last = result.catch(() => {});
      return result;
    },
    close: async () => {
      child.stop();
      await last;
      child.stop(); // one that was only starting
    },
  };
};

const bytesOf = ({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): number =>
  widthPx * heightPx * BYTES_A_PIXEL;

const pictureOf = (width: number, height: number, payload: Buffer): SensorPicture => {
  const pixels = width * height;
  const luma = new Uint8Array(payload.subarray(0, pixels));
  const bytes = new Uint8Array(payload.subarray(pixels));
  const values = Float32Array.from(new Int16Array(bytes.buffer), (noise) => noise / RESIDUAL_SCALE);
  return { luma, residual: { width, height, values } };
};
