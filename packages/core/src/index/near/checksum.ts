// The checksum of a segment's file, over a memory that the kernels see: XXH64, part after part.
import type { NearKernels } from './kernels.js';

const STRIPE_BYTES = 32;
/** Room that the sums take. */
export const CHECKSUM_STATE_BYTES = 64;

export class SegmentChecksum {
  readonly #kernels: NearKernels;
  readonly #state: number;

  /** `state`: address of room in the memory of the kernels. One at a time over the same. */
  constructor(kernels: NearKernels, state: number) {
    this.#kernels = kernels;
    this.#state = state;
    kernels.beginChecksum(state);
  }

  /** Whole stripes of 32 bytes from the address `at` on. */
  add(at: number, length: number): void {
    this.#kernels.addToChecksum(this.#state, at, length);
  }

  /** The last part, of any length: unsigned, 64 bits. */
  end(at: number, length: number): bigint {
    const striped = length - (length % STRIPE_BYTES);
    this.add(at, striped);
    return BigInt.asUintN(64, this.#kernels.endChecksum(this.#state, at + striped, length - striped));
  }
}
