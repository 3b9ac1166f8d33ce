// Entry of the noise child: reads frames with pictures, decodes each in full resolution as its sensor lay, answers luma and noise residual.
import { lumaFromRgb, noiseResidual } from '@redthread/core/kernels';
import { dropPrivileges } from '../child/drop-privileges.js';
import { writeFrame } from '../child/frames.js';
import { DecodeFailure } from '../decode/failures.js';
import { sharp } from '../decode/open-sharp.js';
import { dieWithParent, serveRequests } from '../decode/serve-requests.js';
import { RESIDUAL_SCALE, type NoiseMessage, type NoiseRequest } from './protocol.js';

const CHANNELS = 3;
const LARGEST = 32_767;

interface SensorLuma {
  readonly luma: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** No profile, no turning, nothing made smaller: the values as the camera wrote them. */
const sensorLuma = async (bytes: Buffer, maxPixels: number): Promise<SensorLuma> => {
  try {
    const picture = sharp(bytes, { limitInputPixels: maxPixels, ignoreIcc: true, failOn: 'truncated' });
    const { width, height } = await picture.metadata();
    if (width * height > maxPixels) throw new DecodeFailure('IMAGE_TOO_LARGE');
    const raw = picture.removeAlpha().toColourspace('srgb').raw();
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    const luma = info.channels === 1 ? data : Uint8Array.from(lumaFromRgb(data, CHANNELS), Math.round);
    return { luma: new Uint8Array(luma), widthPx: info.width, heightPx: info.height };
  } catch (error) {
    if (error instanceof DecodeFailure) throw error;
    const text = error instanceof Error ? error.message : '';
    throw new DecodeFailure(/pixel limit/i.test(text) ? 'IMAGE_TOO_LARGE' : 'IMAGE_CORRUPT');
  }
};

const answer = async (bytes: Buffer, { id, maxPixels }: NoiseRequest): Promise<void> => {
  const { luma, widthPx, heightPx } = await sensorLuma(bytes, maxPixels);
  const { values } = noiseResidual(luma, widthPx, heightPx);
  const residual = Int16Array.from(values, (noise) =>
    Math.max(-LARGEST, Math.min(LARGEST, Math.round(noise * RESIDUAL_SCALE))),
  );
  writeFrame({ kind: 'noise', id, widthPx, heightPx } satisfies NoiseMessage, [
    Buffer.from(luma.buffer, luma.byteOffset, luma.length),
    Buffer.from(residual.buffer, residual.byteOffset, residual.byteLength),
  ]);
};

dropPrivileges();
await serveRequests<NoiseRequest>((request, payload) => answer(payload, request)).catch(dieWithParent);
