// Checks that several methods share.
import { fail } from '../errors/index.js';
import type { Signal } from './method.js';

/** The form that every signal of a method has. */
export interface SignalForm {
  readonly method: string;
  readonly version: number;
  readonly bytes: number;
  readonly hasQuality: boolean;
}

/**
 * Throws HASH_INVALID unless the signal is of this method and version and has so many bytes, QUALITY_INVALID unless the quality is a
 * whole number of 0..100, or null where the method knows none.
 */
export const checkSignal = (signal: Signal, { bytes, hasQuality, method, version }: SignalForm): void => {
  const name = `${method} v${version}`;
  if (signal.method !== method || signal.version !== version)
    throw fail('HASH_INVALID', `a signal of ${signal.method} v${signal.version} is not one of ${name}`);
  if (signal.value.length !== bytes)
    throw fail('HASH_INVALID', `${name}: ${signal.value.length} bytes instead of ${bytes}`);
  const { quality } = signal;
  const isValid = hasQuality
    ? quality !== null && Number.isInteger(quality) && quality >= 0 && quality <= 100
    : quality === null;
  if (!isValid) throw fail('QUALITY_INVALID', `${name}: ${quality}`);
};
