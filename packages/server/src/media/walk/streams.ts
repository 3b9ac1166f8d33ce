// Small streams of the walk: counting, checking, and joining them so that the reader sees errors of the catalogue.
import { fail } from '@redthread/core/errors';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { crc32 } from 'node:zlib';
import { archiveError } from './archive-error.js';
import type { ExpansionBudget } from './budget.js';

/** Joins streams; an error of any of them destroys the last with its form of the catalogue, and whoever stops reading frees them all. */
export const join = (source: Readable, ...transforms: readonly Transform[]): Readable => {
  const all = [source, ...transforms];
  const last = all.at(-1)!;
  for (const [index, stream] of all.entries()) {
    if (stream === last) continue;
    stream.on('error', (error) => last.destroy(archiveError(error)));
    stream.pipe(transforms[index]!);
  }
  last.once('close', () => {
    for (const stream of all) stream.destroy();
  });
  return last;
};

/** Counts what passes against the budget of the outermost archive. */
export class Metered extends Transform {
  readonly #budget: ExpansionBudget;

  constructor(budget: ExpansionBudget) {
    super();
    this.#budget = budget;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#budget.expand(piece.length);
      done(null, piece);
    } catch (error) {
      done(error as Error);
    }
  }
}

/** Lets exactly the stated bytes through: neither more, nor fewer, nor others; without a checksum, only their number is held to. */
export class Checked extends Transform {
  readonly #sizeBytes: number;
  readonly #crc32: number | null;
  #seenBytes = 0;
  #seenCrc32 = 0;

  constructor(sizeBytes: number, expectedCrc32: number | null) {
    super();
    this.#sizeBytes = sizeBytes;
    this.#crc32 = expectedCrc32;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#seenBytes += piece.length;
    if (this.#seenBytes > this.#sizeBytes) return done(fail('ARCHIVE_CORRUPT', 'the entry is larger than stated'));
    this.#seenCrc32 = crc32(piece, this.#seenCrc32);
    done(null, piece);
  }

  override _flush(done: TransformCallback): void {
    if (this.#seenBytes < this.#sizeBytes) return done(fail('ARCHIVE_CORRUPT', 'the entry is smaller than stated'));
    done(
      this.#crc32 === null || this.#seenCrc32 === this.#crc32
        ? null
        : fail('ARCHIVE_CORRUPT', 'the entry fails its checksum'),
    );
  }
}
