import { gunzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.js';
import { createTar, gzip } from './tar.js';
import { createZip } from './zip.js';

const at = Date.UTC(2026, 0, 14, 18, 22, 6);
const data = Buffer.from('postcards '.repeat(40));

describe('crc32', () => {
  it('gives the check value of the standard', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  });
});

describe('createZip', () => {
  it('writes stored and deflated entries that read back, with UTF-8 names and times', () => {
    const zip = createZip([
      { name: 'álbum/切手.txt', data, modifiedMs: at, compress: true },
      { name: 'b.bin', data, modifiedMs: at },
    ]);
    const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    expect(zip.readUInt16LE(end + 10)).toBe(2);
    let central = zip.readUInt32LE(end + 16);
    const names: string[] = [];
    for (let i = 0; i < 2; i++) {
      expect(zip.readUInt32LE(central)).toBe(0x02014b50);
      const nameLength = zip.readUInt16LE(central + 28);
      const extraLength = zip.readUInt16LE(central + 30);
      names.push(zip.toString('utf8', central + 46, central + 46 + nameLength));
      const local = zip.readUInt32LE(central + 42);
      const body = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(body, body + zip.readUInt32LE(local + 18));
      const plain = zip.readUInt16LE(local + 8) === 8 ? inflateRawSync(packed) : packed;
      expect(plain.equals(data)).toBe(true);
      expect(zip.readUInt32LE(local + 14)).toBe(crc32(data));
      expect(zip.readInt32LE(central + 46 + nameLength + 5)).toBe(at / 1000);
      central += 46 + nameLength + extraLength;
    }
    expect(names).toEqual(['álbum/切手.txt', 'b.bin']);
  });
});

describe('createTar', () => {
  it('writes headers with a right checksum, and pax records for names that need them', () => {
    const tar = createTar([
      { name: 'short.txt', data, modifiedMs: at },
      { name: `${'é'.repeat(80)}.txt`, data, modifiedMs: at },
    ]);
    expect(tar.length % 512).toBe(0);
    const first = Buffer.from(tar.subarray(0, 512));
    const stated = parseInt(first.toString('latin1', 148, 154), 8);
    first.fill(' ', 148, 156);
    expect(first.reduce((sum, byte) => sum + byte, 0)).toBe(stated);
    expect(parseInt(first.toString('latin1', 136, 147), 8)).toBe(at / 1000);
    const pax = tar.toString('utf8', 512 * 3, 512 * 4);
    const record = /^(\d+) path=(.*)\n/.exec(pax);
    expect(record?.[2]).toBe(`${'é'.repeat(80)}.txt`);
    expect(Buffer.byteLength(record?.[0] ?? '')).toBe(Number(record?.[1]));
  });

  it('gzips without a name, a time or a system', () => {
    const packed = gzip(data);
    expect([...packed.subarray(3, 10)]).toEqual(
      [0, 0, 0, 0, 0, expect.any(Number), 255].map((v, i) => (i === 5 ? packed[8] : v)),
    );
    expect(gunzipSync(packed).equals(data)).toBe(true);
  });
});
