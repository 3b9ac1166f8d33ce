// What the exact index asks of the place where its bytes lie. Core does no I/O: the server gives files, a test gives memory.

export interface ByteSource {
  /** What errors call it: the path of a file. */
  readonly name: string;
  readonly bytes: number;
  /** Fills `into` from `offset` with exactly `length` bytes from `position`. Errors: INDEX_FILE_INVALID if they are not there. */
  read(into: Uint8Array, offset: number, length: number, position: number): void;
}

export interface ByteSink {
  readonly name: string;
  write(bytes: Uint8Array, position: number): void;
}

/** CRC-32 of ISO 3309 (that of zlib and PNG), going on from `seed`. */
export type Checksum = (bytes: Uint8Array, seed?: number) => number;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Of any machine. Node's own (zlib.crc32) gives the same values several times as fast. */
export const crc32: Checksum = (bytes, seed = 0) => {
  let value = ~seed;
  for (let i = 0; i < bytes.length; i++) value = TABLE[(value ^ bytes[i]!) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
};
