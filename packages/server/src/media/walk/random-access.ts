// Reading any part of a file: how an archive is walked, wherever its bytes lie (disk, memory, vault).
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

export interface RandomAccess {
  readonly sizeBytes: number;
  /** The bytes from `offset`; fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Buffer>;
  close?(): Promise<void>;
}

/** Opens a file of the disk without following a link in its last step; the walk that it is given to closes it. */
export const fileAccess = async (path: string | Buffer): Promise<RandomAccess> => {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    read: async (offset, length) => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = Buffer.allocUnsafe(wanted);
      let fill = 0;
      while (fill < wanted) {
        const { bytesRead } = await handle.read(buffer, fill, wanted - fill, offset + fill);
        if (bytesRead === 0) break;
        fill += bytesRead;
      }
      return buffer.subarray(0, fill);
    },
    close: () => handle.close(),
  };
};

export const bufferAccess = (buffer: Buffer): RandomAccess => ({
  sizeBytes: buffer.length,
  read: async (offset, length) => buffer.subarray(offset, offset + length),
});

const PIECE_BYTES = 256 * 1024;

/** Streams a range; ends early where the bytes do. */
export const streamRange = (access: RandomAccess, start = 0, end = access.sizeBytes): Readable => {
  let at = start;
  return new Readable({
    highWaterMark: PIECE_BYTES,
    read() {
      access.read(at, Math.min(PIECE_BYTES, end - at)).then(
        (piece) => {
          at += piece.length;
          this.push(piece.length === 0 ? null : piece);
        },
        (error: unknown) => this.destroy(error as Error),
      );
    },
  });
};

/** Answers small neighbouring reads from one larger one: directories are read a few bytes at a time. */
export const readAhead = (access: RandomAccess, windowBytes = PIECE_BYTES): RandomAccess => {
  let window: Buffer = Buffer.alloc(0);
  let windowAt = 0;
  return {
    sizeBytes: access.sizeBytes,
    read: async (offset, length) => {
      if (length > windowBytes) return access.read(offset, length);
      if (offset < windowAt || offset + length > windowAt + window.length) {
        window = await access.read(offset, windowBytes);
        windowAt = offset;
      }
      return window.subarray(offset - windowAt, offset - windowAt + length);
    },
  };
};
