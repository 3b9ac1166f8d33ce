import { describe, expect, it } from 'vitest';
import { Digester, digestsOf, DIGESTS_BYTES, unpackDigests } from './digests.js';

// FIPS 180-4 and RFC 1321: the digests of "abc".
const ABC = {
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  md5: '900150983cd24fb0d6963f7d28e17f72',
};

describe('digests', () => {
  it('are those of the standards, in one piece or several', () => {
    const digester = new Digester();
    for (const piece of ['a', '', 'bc']) digester.update(Buffer.from(piece));
    const [whole, pieces] = [digestsOf(Buffer.from('abc')), digester.finish()];
    expect(pieces).toEqual(whole);
    const block = Buffer.concat([Buffer.alloc(DIGESTS_BYTES), whole]);
    const { sha256, sha1, md5 } = unpackDigests(block, 1);
    expect({ sha256: sha256.toString('hex'), sha1: sha1.toString('hex'), md5: md5.toString('hex') }).toEqual(ABC);
  });

  it('are SHA-256 and zeros where no others are wanted', () => {
    const [alone, all] = [digestsOf(Buffer.from('abc'), 'sha256'), digestsOf(Buffer.from('abc'))];
    expect(alone.subarray(0, 32)).toEqual(all.subarray(0, 32));
    expect(alone.subarray(32)).toEqual(Buffer.alloc(DIGESTS_BYTES - 32));
  });
});
