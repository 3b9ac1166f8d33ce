// XXH64 against the vectors that its author publishes (xxHash, sanity test of the command line program), whole and in parts.
import { describe, expect, it } from 'vitest';
import { createMemory } from '../../wasm/index.js';
import { SegmentChecksum } from './checksum.js';
import { nearKernels } from './kernels.js';

const AT = 1024;
const STATE = 64;
const memory = createMemory(65_536, 'plain');
const bytes = new Uint8Array(memory.buffer);
const kernels = nearKernels(memory);

const checksumOf = (data: Uint8Array, cut = 0): string => {
  bytes.fill(0xa5);
  bytes.set(data, AT);
  const sum = new SegmentChecksum(kernels, STATE);
  for (let at = 0; at < cut; at += 32) sum.add(AT + at, 32);
  return sum
    .end(AT + cut, data.length - cut)
    .toString(16)
    .padStart(16, '0');
};

/** The bytes of the sanity test: the highest byte of a number that is multiplied again and again. */
const sanityBytes = (length: number): Uint8Array => {
  let generator = 2_654_435_761n;
  return Uint8Array.from({ length }, () => {
    const byte = Number(generator >> 56n);
    generator = BigInt.asUintN(64, generator * 11_400_714_785_074_694_797n);
    return byte;
  });
};
const text = (letters: string): Uint8Array => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

describe('the checksum', () => {
  it.each([
    [0, 'ef46db3751d8e999'],
    [1, 'e934a84adb052768'],
    [4, '9136a0dca57457ee'],
    [14, '8282dcc4994e35c8'],
    [222, 'b641ae8cb691c174'],
  ])('is that of the published vector of %i bytes', (length, expected) => {
    expect(checksumOf(sanityBytes(length))).toBe(expected);
  });

  it.each([
    ['a', 'd24ec4f1a98c6e5b'],
    ['abc', '44bc2cf5ad770999'],
    ['xxhash', '32dd38952c4bc720'],
    ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
  ])('of "%s" is %s', (letters, expected) => {
    expect(checksumOf(text(letters))).toBe(expected);
  });

  it('is the same whole and in parts', () => {
    for (const length of [32, 33, 63, 64, 96, 222, 1_000]) {
      const data = sanityBytes(length);
      const whole = checksumOf(data);
      for (let cut = 0; cut <= length; cut += 32) expect(checksumOf(data, cut), `${length} at ${cut}`).toBe(whole);
    }
  });
});
