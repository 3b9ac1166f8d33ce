// An index behind the pictures comes first, and points to where they then lie.
import { expect, it } from 'vitest';
import { bufferAccess } from '../walk/index.js';
import { streamable } from './streamable.js';

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const numbers = (width: 4 | 8, ...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(width * values.length);
  values.forEach((value, i) =>
    width === 4 ? buffer.writeUInt32BE(value, i * 4) : buffer.writeBigUInt64BE(BigInt(value), i * 8),
  );
  return buffer;
};
const index = (offsets: Buffer): Buffer =>
  box('moov', box('mvhd', Buffer.alloc(12)), box('trak', box('mdia', box('minf', box('stbl', offsets)))));
const read = async (file: Buffer, demuxer = 'mov'): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of streamable(bufferAccess(file), demuxer)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};

const FTYP = box('ftyp', Buffer.from('isom0000'));
const MDAT = box('mdat', Buffer.from('picture one.picture two.'));

it.each([
  ['stco', 4],
  ['co64', 8],
] as const)('moves an index with %s', async (type, width) => {
  const at = FTYP.length + 8;
  const offsets = (by: number): Buffer => box(type, numbers(4, 0, 2), numbers(width, at + by, at + 12 + by));
  const moov = index(offsets(0));
  expect(await read(Buffer.concat([FTYP, MDAT, moov]))).toEqual(
    Buffer.concat([FTYP, index(offsets(moov.length)), MDAT]),
  );
});

it('leaves alone what can be read as it is, what is no MP4, and what makes no sense', async () => {
  const moov = index(box('stco', numbers(4, 0, 1, FTYP.length + 8)));
  const first = Buffer.concat([FTYP, moov, MDAT]);
  const last = Buffer.concat([FTYP, MDAT, moov]);
  expect(await read(first)).toEqual(first);
  expect(await read(last, 'matroska')).toEqual(last);
  for (const cut of [3, 20, FTYP.length + 4, last.length - 5])
    expect(await read(last.subarray(0, cut))).toEqual(last.subarray(0, cut));
  const many = Buffer.concat([FTYP, MDAT, index(box('stco', numbers(4, 0, 0xffff_ffff, FTYP.length + 8)))]);
  expect((await read(many)).length).toBe(many.length);
});
