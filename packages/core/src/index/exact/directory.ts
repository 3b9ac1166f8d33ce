// The part of a run that lies in memory, about 1.7 bytes an entry: fan-out and fingerprints. They are the first bits of the sorted
// digests, so they give the place of a digest exactly, and a miss needs no read except where another digest shares those bits (at 100
// million entries one miss in 43).
import { fail } from '../../errors/index.js';

/** Buckets of more than this are searched by halving: digests that somebody chose may all share a bucket. */
const SCANNED = 32;

export class Directory {
  readonly #shift: number;
  readonly #fingerprintShift: number;
  /** The entries that `find` found: from `from`, before `to`. */
  from = 0;
  to = 0;

  constructor(
    readonly fanoutBits: number,
    readonly fanout: Uint32Array,
    readonly fingerprints: Uint8Array,
  ) {
    this.#shift = 32 - fanoutBits;
    this.#fingerprintShift = 24 - fanoutBits;
  }

  /** Errors: INDEX_FILE_INVALID where the fan-out would lead outside the file. */
  check(name: string): void {
    const { fanout } = this;
    let before = 0;
    for (let bucket = 0; bucket < fanout.length; bucket++) {
      if (fanout[bucket]! < before) throw fail('INDEX_FILE_INVALID', `${name}: the fan-out falls at bucket ${bucket}`);
      before = fanout[bucket]!;
    }
    if (fanout[0] !== 0 || before !== this.fingerprints.length)
      throw fail('INDEX_FILE_INVALID', `${name}: the fan-out goes from ${fanout[0]} to ${before}`);
  }

  /** Sets `from` and `to`; false if no entry begins as this digest does. */
  find(digest: Uint8Array, at: number): boolean {
    const word = (digest[at]! << 24) | (digest[at + 1]! << 16) | (digest[at + 2]! << 8) | digest[at + 3]!;
    // A shift by 32 is a shift by 0.
    const bucket = this.fanoutBits === 0 ? 0 : word >>> this.#shift;
    const fingerprint = (word >>> this.#fingerprintShift) & 255;
    const { fingerprints } = this;
    let from = this.fanout[bucket]!;
    const end = this.fanout[bucket + 1]!;
    if (end - from > SCANNED) {
      this.from = lowerBound(fingerprints, fingerprint, from, end);
      this.to = lowerBound(fingerprints, fingerprint + 1, this.from, end);
      return this.from < this.to;
    }
    while (from < end && fingerprints[from]! < fingerprint) from += 1;
    let to = from;
    while (to < end && fingerprints[to] === fingerprint) to += 1;
    this.from = from;
    this.to = to;
    return from < to;
  }
}

const lowerBound = (values: Uint8Array, value: number, from: number, to: number): number => {
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    if (values[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
};
