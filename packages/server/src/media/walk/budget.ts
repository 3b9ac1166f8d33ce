// What an outermost archive may still expand to: shared by all archives inside it, so that no depth multiplies a limit.
import { fail } from '@redthread/core/errors';
import type { WalkLimits } from './types.js';

export class ExpansionBudget {
  readonly limits: WalkLimits;
  readonly outermostBytes: number;
  readonly #maxBytes: number;
  #expandedBytes = 0;
  #entries = 0;

  constructor(outermostBytes: number, limits: WalkLimits) {
    this.limits = limits;
    this.outermostBytes = outermostBytes;
    this.#maxBytes = Math.min(
      limits.maxExpandedBytes,
      Math.max(limits.ratioFreeBytes, outermostBytes * limits.maxRatio),
    );
  }

  /** Counts bytes that came (or are said to come) out of an archive. Throws ARCHIVE_BOMB. */
  expand(bytes: number): void {
    this.#expandedBytes += bytes;
    if (this.#expandedBytes > this.#maxBytes)
      throw fail('ARCHIVE_BOMB', `expands to more than ${this.#maxBytes} bytes`);
  }

  /** Counts an entry. Throws ARCHIVE_BOMB. */
  enter(): void {
    if (++this.#entries > this.limits.maxEntries)
      throw fail('ARCHIVE_BOMB', `holds more than ${this.limits.maxEntries} entries`);
  }

  /** True when one entry expands beyond the ratio by itself. */
  isBomb(storedBytes: number, expandedBytes: number): boolean {
    const { ratioFreeBytes, maxRatio } = this.limits;
    return expandedBytes > ratioFreeBytes && expandedBytes > storedBytes * maxRatio;
  }
}
