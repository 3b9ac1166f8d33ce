// Checks that several methods share.
import { fail } from '../errors/index.js';
import type { Signal } from './method.js';

/** Throws HASH_INVALID unless the signal is the method's and has so many bytes, QUALITY_INVALID unless the quality is a whole number of 0..100. */
export const checkSignal = (signal: Signal, method: string, bytes: number, hasQuality: boolean): void => {
  if (signal.method !== method) throw fail('HASH_INVALID', `a signal of ${signal.method} is not one of ${method}`);
  const name = `${method} v${signal.version}`;
  if (signal.value.length !== bytes)
    throw fail('HASH_INVALID', `${name}: ${signal.value.length} bytes instead of ${bytes}`);
  const { quality } = signal;
  const isValid = hasQuality
    ? quality !== null && Number.isInteger(quality) && quality >= 0 && quality <= 100
    : quality === null;
  if (!isValid) throw fail('QUALITY_INVALID', `${name}: ${quality}`);
};
