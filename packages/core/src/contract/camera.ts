// The contract of `redthread camera compare`: what the noise of pictures says about the sensor of others.
import { z } from 'zod';
import { Note } from './comparison.js';

export const SensorLaying = z.object({
  /** `aligned`: same size as the references. `scaled`: all of it, made smaller. `shifted`: a part of it, at full size. */
  kind: z.enum(['aligned', 'scaled', 'shifted']),
  /** Degrees clockwise by which the picture was turned. */
  turnedDeg: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  scale: z.number(),
  x: z.number().int(),
  y: z.number().int(),
});

/** One line of `redthread camera compare --reference FOLDER FILE... --json`. */
export const CameraLine = z.object({
  file: z.string(),
  /** Peak to correlation energy; negative where the peak is; null where nothing can be said: `note` says why. */
  pce: z.number().nullable(),
  /** Probability that a picture of another sensor reaches this peak in a search as large as this one. */
  falseAlarm: z.number().nullable(),
  /** Whether it was compared at its own place, without a search; null where it was not compared. */
  aligned: z.boolean().nullable(),
  laying: SensorLaying.nullable(),
  /** Places that were looked at. */
  places: z.number().int().nullable(),
  /** Pictures that the fingerprint is made of. */
  references: z.number().int(),
  /** Pictures whose noise was averaged first (`--pool`); 1 otherwise. */
  pooled: z.number().int(),
  method: z.literal('sensor-noise'),
  version: z.literal(1),
  note: Note.nullable(),
});
export type CameraLine = z.infer<typeof CameraLine>;
