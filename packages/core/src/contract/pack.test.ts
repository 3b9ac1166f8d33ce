import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePack, encodePack, packedSize } from './pack.js';

const content = fc.record({
  sha256: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  bytes: fc.uint8Array({ maxLength: 300 }),
});

describe('a pack', () => {
  it('gives back what was put into it, wherever it lies in memory', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), fc.nat(9), (contents, before) => {
        const pack = encodePack(contents);
        expect(pack.length).toBe(packedSize(contents));
        const moved = new Uint8Array(before + pack.length);
        moved.set(pack, before);
        const plain = (some: readonly { sha256: Uint8Array; bytes: Uint8Array }[] | null) =>
          some?.map(({ sha256, bytes }) => [[...sha256], [...bytes]]);
        expect(plain(decodePack(moved.subarray(before)))).toEqual(plain(contents));
      }),
    );
  });

  it('that was cut anywhere is refused, or ends between two contents', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), fc.nat(), (contents, cut) => {
        const pack = encodePack(contents);
        const kept = decodePack(pack.subarray(0, cut % pack.length));
        if (kept !== null) expect(kept.length).toBeLessThan(contents.length);
      }),
    );
  });
});
