// How the signals of a picture travel from the child: what each is in the header of the frame, the values in its payload.
import { z } from 'zod';
import { METHODS, type Signal } from '@redthread/core/signals';

/** One entry of the header; the values follow one another in the payload, in the same order. */
export const SignalHeader = z.object({
  method: z.string().max(64),
  version: z.number().int().positive(),
  quality: z.number().min(0).max(100).nullable(),
  bytes: z
    .number()
    .int()
    .positive()
    .max(2 ** 24),
});
export type SignalHeader = z.infer<typeof SignalHeader>;

export const signalHeader = ({ method, version, quality, value }: Signal): SignalHeader => ({
  method,
  version,
  quality,
  bytes: value.length,
});

export const signalBytes = (headers: readonly SignalHeader[]): number =>
  headers.reduce((sum, { bytes }) => sum + bytes, 0);

/** The signals from the bytes that the child sent, each checked by its own method. Errors: HASH_INVALID, QUALITY_INVALID. */
export const receivedSignals = (headers: readonly SignalHeader[], payload: Buffer): readonly Signal[] => {
  let at = 0;
  return headers.map(({ method, version, quality, bytes }) => {
    const signal: Signal = { method, version, quality, value: payload.subarray(at, (at += bytes)) };
    METHODS.find(({ name }) => name === method)?.validate(signal);
    return signal;
  });
};
