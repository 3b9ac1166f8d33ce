// Samples of a picture as a PNG (ISO 15948), stored without compression: the same samples are the same bytes, whichever zlib wrote them.
import { adler32 } from './adler32.js';
import { crc32 } from 'node:zlib';
import { fail } from '@redthread/core/errors';

export interface SampleForm {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 10 and above: each row begins with its PNG filter already. */
  readonly predictor: number;
}

const MOST_PIXELS = 400_000_000;
const COLOUR_TYPES: Readonly<Record<number, number>> = { 1: 0, 3: 2 };

/** How many components a pixel has, the number of bytes tells. Errors: ARCHIVE_METHOD_UNSUPPORTED, ARCHIVE_CORRUPT. */
export const pngOf = (samples: Buffer, { width, height, bits, predictor }: SampleForm): Buffer => {
  if (width * height > MOST_PIXELS) throw fail('ARCHIVE_BOMB', `a picture of ${width} x ${height}`);
  const isFiltered = predictor >= 10;
  const rowBytes = (components: number): number => Math.ceil((width * components * bits) / 8);
  const fits = (components: number): boolean => {
    const wanted = height * (rowBytes(components) + (isFiltered ? 1 : 0));
    return samples.length >= wanted && samples.length <= wanted + 4;
  };
  const components = [1, 3].find(fits);
  if (components === undefined || ![1, 2, 4, 8, 16].includes(bits) || (components === 3 && bits < 8) || predictor === 2)
    throw fail(
      'ARCHIVE_METHOD_UNSUPPORTED',
      `samples of ${bits} bits, ${samples.length} bytes for ${width} x ${height}`,
    );
  const length = rowBytes(components);
  const rows = isFiltered ? samples.subarray(0, height * (length + 1)) : Buffer.alloc(height * (length + 1));
  if (!isFiltered)
    for (let y = 0; y < height; y++) samples.copy(rows, y * (length + 1) + 1, y * length, (y + 1) * length);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  header[9] = COLOUR_TYPES[components]!;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', stored(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
  return framed;
};

const BLOCK_BYTES = 65_535;

/** A zlib stream of stored blocks. */
const stored = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < bytes.length || at === 0; at += BLOCK_BYTES) {
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    const head = Buffer.alloc(5);
    head[0] = at + BLOCK_BYTES >= bytes.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(bytes));
  return Buffer.concat([...parts, sum]);
};
