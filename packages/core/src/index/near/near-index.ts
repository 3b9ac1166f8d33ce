// What every index of 256-bit hashes promises: exact answers, whatever its structure. One conformance suite runs against all.
import { fail } from '../../errors/index.js';
import type { ScopeSet } from './scope-set.js';

/** The farthest radius that an index answers, in bits. Unrelated pictures start near 90; beyond 40 other methods decide. */
export const NEAR_REACH_BITS = 40;

/** Bytes of a hash. */
export const NEAR_HASH_BYTES = 32;

export interface NearHit {
  readonly id: number;
  readonly distanceBits: number;
}

export interface SearchOptions {
  /** Scopes that the asker may see; whatever has none of them is as if it were not there. All, unless given. */
  readonly visible?: ScopeSet;
  /** At most so many hits, the nearest. */
  readonly limit?: number;
}

/**
 * Ids are safe integers of the caller's choice, one hash each, seen by whoever sees one of its scopes. Every operation checks its
 * arguments: HASH_INVALID for anything but 32 bytes, for an id that is not a safe integer, for no scope and for a
 * scope out of range, RADIUS_INVALID for a radius that is not a whole number of 0..40.
 */
export interface NearIndex {
  /** What it holds, an id counted once for each of its scopes. */
  readonly size: number;
  /** Puts a hash and its scopes (one, 0, unless given) under `id`, in place of what was there. */
  add(id: number, hash: Uint8Array, scopes?: readonly number[]): void;
  /** True if there was such an id. */
  remove(id: number): boolean;
  has(id: number): boolean;
  /** Every id within `radiusBits` of `hash`, nearest first, then by id. */
  search(hash: Uint8Array, radiusBits: number, options?: SearchOptions): NearHit[];
}

export const checkHash = (hash: Uint8Array): void => {
  if (hash.length !== NEAR_HASH_BYTES) throw fail('HASH_INVALID', `${hash.length} bytes instead of ${NEAR_HASH_BYTES}`);
};

export const checkId = (id: number): void => {
  if (!Number.isSafeInteger(id)) throw fail('HASH_INVALID', `the id ${id} is not a safe integer`);
};

export const checkRadius = (radiusBits: number): void => {
  if (!Number.isInteger(radiusBits) || radiusBits < 0 || radiusBits > NEAR_REACH_BITS) {
    throw fail('RADIUS_INVALID', `${radiusBits} is not a whole number from 0 to ${NEAR_REACH_BITS}`);
  }
};

export const byDistance = (a: NearHit, b: NearHit): number => a.distanceBits - b.distanceBits || a.id - b.id;

/** Eight 32-bit words of a hash, the same on every machine. */
export const readWords = (hash: Uint8Array, words: Int32Array, at: number): void => {
  for (let word = 0, byte = 0; word < 8; word++, byte += 4) {
    words[at + word] = hash[byte]! | (hash[byte + 1]! << 8) | (hash[byte + 2]! << 16) | (hash[byte + 3]! << 24);
  }
};
