// Memory for originals, used again from file to file: a fresh buffer of megabytes for each keeps the collector busy.

export interface Arenas {
  /** A buffer of exactly so many bytes, with what was in it before. */
  take(sizeBytes: number): Buffer;
  /** Gives back what `take` gave, once nobody reads it any more. */
  giveBack(buffer: Buffer): void;
}

const SMALLEST_BYTES = 8 * 1024 * 1024;
/** Larger ones are rare and not worth keeping. */
const LARGEST_KEPT_BYTES = 32 * 1024 * 1024;
const MOST_KEPT = 4;

export const createArenas = (): Arenas => {
  const free: ArrayBufferLike[] = [];
  return {
    take: (sizeBytes) => {
      const fitting = free.findIndex(({ byteLength }) => byteLength >= sizeBytes);
      const [memory] = fitting < 0 ? [] : free.splice(fitting, 1);
      return Buffer.from(memory ?? new ArrayBuffer(Math.max(SMALLEST_BYTES, sizeBytes)), 0, sizeBytes);
    },
    giveBack: ({ buffer }) => {
      if (free.length < MOST_KEPT && buffer.byteLength <= LARGEST_KEPT_BYTES) free.push(buffer);
    },
  };
};
