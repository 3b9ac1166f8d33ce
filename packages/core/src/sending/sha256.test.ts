import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bitCount, Sha256 } from './sha256.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('SHA-256 piece by piece', () => {
  it('gives the digests of the standard', () => {
    expect(hex(new Sha256().digest())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(new Sha256().update(Buffer.from('abc')).digest())).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('agrees with the system at every length around a block', () => {
    for (let length = 0; length <= 260; length += 1) {
      const bytes = randomBytes(length);
      expect(hex(new Sha256().update(bytes).digest()), String(length)).toBe(reference(bytes));
    }
  });

  it('does not depend on how the bytes are cut', () => {
    const bytes = randomBytes(100_003);
    for (const size of [1, 7, 63, 64, 65, 4_096, 99_999]) {
      const hash = new Sha256();
      for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size));
      expect(hex(hash.digest()), String(size)).toBe(reference(bytes));
    }
  });

  it.each([
    [536_870_911, 0n],
    [536_870_912, 1n],
    [Number.MAX_SAFE_INTEGER, 16_777_215n],
  ])('counts the bits of %d bytes', (bytes, high) => {
    const words = bitCount(bytes);
    expect((BigInt(words[0]) << 32n) | BigInt(words[1])).toBe(BigInt(bytes) * 8n);
    expect(BigInt(words[0])).toBe(high);
  });
});
