import { describe, expect, it } from 'vitest';
import { isMislabelled } from './extension.js';
import { digestBytes, identify, identifyFurther } from './index.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const box = (major: string, ...brands: string[]): Buffer => {
  const all = [major, '\0\0\0\0', ...brands].join('');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(8 + all.length);
  return Buffer.concat([head, bytes(`ftyp${all}`), Buffer.alloc(64)]);
};
const tarHeader = (mark: string): Buffer => {
  const header = Buffer.alloc(1024);
  header.write('room.jpg', 0);
  header.write('00000000144\0', 124);
  header.write(mark, 257);
  header.fill(' ', 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};

/** The first bytes of a disk: a table with these rows, each its kind, start and length. */
const diskHead = (...rows: readonly (readonly [type: number, start: number, length: number])[]): Buffer => {
  const head = Buffer.alloc(4100);
  for (const [index, [type, start, length]] of rows.entries()) {
    head[446 + 16 * index + 4] = type;
    head.writeUInt32LE(start, 446 + 16 * index + 8);
    head.writeUInt32LE(length, 446 + 16 * index + 12);
  }
  head.writeUInt16LE(0xaa55, 510);
  return head;
};
const extHead = Buffer.alloc(4100);
extHead.writeUInt32LE(65, 1024);
extHead.writeUInt32LE(65, 1064);
extHead.writeUInt16LE(0xef53, 1080);

describe('a raw disk image', () => {
  it('is known by a table or a file system, and not by two bytes alone', () => {
    const raw = 'application/x-raw-disk-image';
    expect(identify(diskHead([0x0c, 63, 1000]))).toEqual({ mime: raw, kind: 'archive' });
    expect(identify(diskHead([0xee, 1, 1000]))).toMatchObject({ mime: raw });
    expect(identify(extHead)).toMatchObject({ mime: raw });
    for (const other of [diskHead(), diskHead([0x0c, 0, 1000]), diskHead([0x0c, 63, 1000]).fill(7, 446, 447)])
      expect(identify(other).mime).toBe('application/octet-stream');
    expect(identify(bytes('EVF\x09\x0d\x0a\xff\0\x01\x01\0\0\0')).mime).toBe('application/x-ewf');
    // A part goes with its first.
    expect(identify(bytes('EVF\x09\x0d\x0a\xff\0\x01\x02\0\0\0')).mime).toBe('application/x-ewf-part');
  });
});

describe('identify', () => {
  it.each([
    ['image/jpeg', 'image', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['image/png', 'image', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/gif', 'image', bytes('GIF89a\x01\0\x01\0')],
    ['image/webp', 'image', bytes('RIFF\x10\0\0\0WEBPVP8 ')],
    ['image/tiff', 'image', bytes('II*\0\x08\0\0\0\0\0')],
    ['image/x-canon-cr2', 'image', bytes('II*\0\x10\0\0\0CR\x02\0')],
    ['image/avif', 'image', box('avif', 'mif1', 'miaf')],
    ['image/heic', 'image', box('heic', 'mif1')],
    ['image/heic', 'image', box('mif1', 'heic')],
    ['image/heif', 'image', box('mif1', 'miaf')],
    ['video/mp4', 'video', box('isom', 'mp41')],
    ['video/quicktime', 'video', box('qt  ')],
    ['video/webm', 'video', bytes('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm')],
    ['audio/mpeg', 'audio', bytes('\xff\xfb\x90\x64')],
    ['audio/aac', 'audio', bytes('\xff\xf1\x50\x80')],
    ['application/zip', 'archive', bytes('PK\x03\x04\x14\0\0\0\0\0' + '\0'.repeat(16) + '\x05\0\0\0a.jpg')],
    ['application/x-tar', 'archive', tarHeader('ustar\0')],
    ['application/x-tar', 'archive', tarHeader('')],
    ['application/gzip', 'archive', bytes('\x1f\x8b\x08\0')],
    ['application/x-7z-compressed', 'archive', bytes('7z\xbc\xaf\x27\x1c')],
    ['application/pdf', 'document', bytes('%PDF-1.7')],
    ['text/plain', 'text', bytes('hello, wooden train\n')],
    ['text/plain', 'text', Buffer.from('Bauklötze und größere Züge', 'utf8')],
    ['text/plain', 'text', bytes('Baukl\xf6tze')],
    ['text/plain', 'text', bytes('BMW and other wooden cars')],
    ['image/bmp', 'image', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')],
    ['text/html', 'text', bytes('<!DOCTYPE html><p>')],
    ['image/svg+xml', 'text', bytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">')],
    ['application/x-empty', 'other', bytes('')],
    ['application/octet-stream', 'other', bytes('\x01\x02\x03\x04\x05')],
  ])('%s is %s', (mime, kind, head) => {
    expect(identify(head)).toEqual({ mime, kind });
  });

  it('takes a text that is cut inside a character for text', () => {
    expect(identify(Buffer.from('ö'.repeat(3000), 'utf8').subarray(0, 4095)).mime).toBe('text/plain');
  });

  it('never throws on any beginning', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const head = Uint8Array.from({ length: seed % 40 }, (_, i) => (seed * 2654435761 * (i + 7)) >>> 13);
      expect(typeof identify(head).mime).toBe('string');
    }
    for (const start of [
      'II*\0\xff\xff\xff\xff',
      'MM\0*\xff',
      '\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR',
      'PK\x03\x04',
      '\0\0\0\x01ftyp',
    ])
      expect(typeof identify(bytes(start)).mime).toBe('string');
  });

  it('asks further about rare formats', async () => {
    expect((await identifyFurther(bytes('PAR1\x15\x04'))).mime).toBe('application/vnd.apache.parquet');
    expect((await identifyFurther(bytes('\x01\x02\x03'))).mime).toBe('application/octet-stream');
  });
});

describe('isMislabelled', () => {
  it('compares what the name claims with the real type', () => {
    expect(isMislabelled('image/png', 'a.JPG')).toBe(true);
    expect(isMislabelled('image/jpeg', 'a.JPG')).toBe(false);
    expect(isMislabelled('application/octet-stream', 'a.jpg')).toBe(true);
    expect(isMislabelled('image/jpeg', 'IMG_1.constructor')).toBe(false);
    expect(isMislabelled('image/jpeg', 'picture')).toBe(false);
    expect(isMislabelled('application/x-empty', 'a.jpg')).toBe(false);
  });
});

describe('digestBytes', () => {
  it('gives the published digests of the empty file and of abc', () => {
    expect(digestBytes(Buffer.alloc(0)).md5).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(digestBytes(bytes('abc'))).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
      md5: '900150983cd24fb0d6963f7d28e17f72',
    });
  });
});
