// signals, compare and match with --exact: their lines say which way to the pixels was taken, and hold the reference's hash.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PairLine, SignalsLine } from '@redthread/core/contract';
import { hashToHex, lumaFromRgb, pdqFromLuma } from '@redthread/core/kernels';
import { runCompare, runMatch, runSignals } from '../../packages/server/src/features/compare/run.js';
import { drawn } from './media-pictures.js';

let folder: string;
let large: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-exact-'));
  large = join(folder, 'large.jpg');
  writeFileSync(large, await drawn(3200, 2400).jpeg({ quality: 85 }).toBuffer());
  writeFileSync(join(folder, 'small.png'), await drawn(800, 600).png().toBuffer());
  writeFileSync(join(folder, 'words.txt'), 'no picture');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints as JSON. */
const linesOf = async (work: (io: Parameters<typeof runSignals>[0]) => Promise<number>): Promise<unknown[]> => {
  const lines: unknown[] = [];
  const ignore = (): void => {};
  const io = { out: ignore, note: ignore, live: ignore, json: (line: unknown) => lines.push(line), colour: false };
  expect(await work(io as unknown as Parameters<typeof runSignals>[0])).toBe(0);
  return lines;
};

describe('--exact', () => {
  it('gives the hash of full resolution, and says so', async () => {
    const { data, info } = await sharp(large).raw().toBuffer({ resolveWithObject: true });
    const expected = hashToHex(pdqFromLuma(lumaFromRgb(data), info.width, info.height).hashes);
    const [exact, text] = (
      await linesOf((io) => runSignals(io, [large, join(folder, 'words.txt')], { json: true, exact: true }))
    ).map((line) => SignalsLine.parse(line));
    expect(exact!.decoder).toContain('exact=full-resolution');
    expect(exact!.signals[0]).toMatchObject({ method: 'pdq', value: expected });
    expect(text!.decoder).toBeNull();
    const [fast] = (await linesOf((io) => runSignals(io, [large], { json: true }))).map((line) =>
      SignalsLine.parse(line),
    );
    expect(fast!.decoder).toContain('redthread-jpeg 1');
  });

  it('names the decoders of a pair', async () => {
    const small = join(folder, 'small.png');
    for (const exact of [false, true]) {
      const compared = await linesOf((io) => runCompare(io, large, small, { json: true, exact }));
      const matched = await linesOf((io) => runMatch(io, folder, { json: true, exact }));
      for (const line of [...compared, ...matched].map((line) => PairLine.parse(line))) {
        expect(line.grade).toBe('same content');
        const ofLarge = line.a === large ? line.decoders.a : line.decoders.b;
        const ofSmall = line.a === large ? line.decoders.b : line.decoders.a;
        expect(ofLarge).toContain(exact ? 'exact=' : 'luma=coefficients');
        expect(ofSmall).toContain(exact ? 'exact=' : 'fit=1024');
      }
      expect([compared.length, matched.length]).toEqual([1, 1]);
    }
  });
});
