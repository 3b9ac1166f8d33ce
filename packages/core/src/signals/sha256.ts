// Equal bytes, by SHA-256 (FIPS 180-4): the only method that says `identical`.
import { hashFromHex } from '../kernels/index.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { checkSignal } from './validate.js';

const NAME = 'sha256';
const VERSION = 1;
const BYTES = 32;

/** From 64 hexadecimal digits. Throws HASH_INVALID. */
export const sha256Signal = (hex: string): Signal => ({
  method: NAME,
  version: VERSION,
  quality: null,
  value: hashFromHex(hex),
});

const compare = (a: Signal, b: Signal): Comparison => {
  const isEqual = a.value.every((byte, i) => byte === b.value[i]);
  return {
    value: isEqual ? 1 : 0,
    unit: 'equal digests',
    threshold: 1,
    grade: isEqual ? 'identical' : null,
    where: { a: {}, b: {} },
  };
};

// The digests of no bytes at all and of "abc", from the standard.
const EMPTY = sha256Signal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
const ABC = sha256Signal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');

export const sha256: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'Equal bytes (SHA-256)',
  mediaTypes: ['any'],
  unit: 'equal digests',
  threshold: 1,
  matchesWhen: 'at-least',
  rates: { bits: 128, source: 'collision resistance of SHA-256, NIST SP 800-107 rev. 1, table 1' },
  examples: [
    { a: ABC, b: ABC, value: 1, grade: 'identical' },
    { a: ABC, b: EMPTY, value: 0, grade: null },
  ],
  validate: (signal) => checkSignal(signal, { method: NAME, version: VERSION, bytes: BYTES, hasQuality: false }),
  compare,
};
