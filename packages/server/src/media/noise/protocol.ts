// What the noise reader and its child say to each other. The parent checks every answer: a hostile file may have taken the child over.
import { z } from 'zod';
import { REPORTED_FAILURES, type ReportedFailure } from '../decode/failures.js';

/** Header of a request; its payload is the file. */
export interface NoiseRequest {
  readonly id: number;
  readonly maxPixels: number;
}

const side = z
  .number()
  .int()
  .positive()
  .max(2 ** 20);

const NoiseHeader = z.object({
  kind: z.literal('noise'),
  id: z.number().int(),
  /** Size as the sensor lies: not turned by the EXIF orientation. */
  widthPx: side,
  heightPx: side,
  /** The payload is the luma, a byte a pixel, then the residual, 16 bits a pixel in 1/256. */
});
export type NoiseHeader = z.infer<typeof NoiseHeader>;

export const NoiseMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  NoiseHeader,
  z.object({
    kind: z.literal('failed'),
    id: z.number().int(),
    code: z.enum(Object.keys(REPORTED_FAILURES) as [ReportedFailure, ...ReportedFailure[]]),
  }),
]);
export type NoiseMessage = z.infer<typeof NoiseMessage>;

/** Residuals cross the pipe in 16 bits: this times their value. */
export const RESIDUAL_SCALE = 256;
export const BYTES_A_PIXEL = 3;
/** Pictures beyond are refused: their planes would not fit beside one another. */
export const MAX_NOISE_PIXELS = 64_000_000;
