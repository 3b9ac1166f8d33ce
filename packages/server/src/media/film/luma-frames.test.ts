// The stream of grey frames, however it is cut into pieces.
import { expect, it } from 'vitest';
import { LumaFrames } from './luma-frames.js';

const stream = Buffer.concat([
  Buffer.from('YUV4MPEG2 W4 H2 F25:1 Ip A1:1 Cmono XYSCSS=400\n'),
  ...[1, 2, 3].map((value) => Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc(8, value)])),
]);

it.each([1, 3, 7, 1000])('hands out whole frames from pieces of %i bytes', (bytes) => {
  const seen: number[][] = [];
  const frames = new LumaFrames((luma, size) => {
    expect(size).toEqual({ widthPx: 4, heightPx: 2 });
    seen.push([...luma]);
  });
  for (let at = 0; at < stream.length; at += bytes) frames.take(stream.subarray(at, at + bytes));
  expect(seen).toEqual([1, 2, 3].map((value) => Array.from({ length: 8 }, () => value)));
});

it.each([
  'YUV4MPEG2 W4 H2 F25:1 C420jpeg\n',
  'YUV4MPEG2 W99999 H2 F25:1 Cmono\n',
  'YUV4MPEG2 W4 H2 F25:1 Cmono\nGRAME\n',
  'x'.repeat(600),
])('refuses a stream of another form', (text) => {
  expect(() => new LumaFrames(() => undefined).take(Buffer.from(text))).toThrow(RangeError);
});
