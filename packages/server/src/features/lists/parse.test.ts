import { describe, expect, it } from 'vitest';
import { isRedthreadError } from '@redthread/core/errors';
import { hashListReader } from './parse.js';

const MD5 = 'd3b07384d113edec49eaa6238ad5ff00';
const SHA1 = 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15';
const SHA256 = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

const read = (lines: readonly string[]) => {
  const reader = hashListReader();
  return { digests: lines.map(reader.line).filter((digest) => digest !== null), ...reader.end() };
};

describe('hashListReader', () => {
  it('takes the three kinds of digest by their length, in any case', () => {
    expect(read([MD5, SHA1.toUpperCase(), `  ${SHA256}\t`]).digests).toEqual([MD5, SHA1, SHA256]);
  });

  it('skips comments, empty lines, a byte order mark and the carriage returns of other systems', () => {
    expect(read([`\uFEFF${MD5}\r`, '# a comment', '', '   ', `${SHA1}\r`]).digests).toEqual([MD5, SHA1]);
    expect(read(['\uFEFF# a comment', MD5]).digests).toEqual([MD5]);
  });

  it('leaves out digests of the empty file and counts them', () => {
    const empty = [
      'D41D8CD98F00B204E9800998ECF8427E',
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ];
    expect(read([...empty, MD5])).toEqual({ digests: [MD5], emptyFiles: 3 });
  });

  it('takes what md5sum, sha1sum and sha256sum print, without the names', () => {
    const sums = [`${MD5}  a photo.jpg`, `${SHA1} *DCIM/1.jpg`, `\\${SHA256}  odd\\nname`];
    expect(read(sums).digests).toEqual([MD5, SHA1, SHA256]);
  });

  it('names every bad line', () => {
    const bad = () => read([MD5, 'not a hash', '#', `${MD5}0`, `${MD5} file.jpg`]);
    expect(bad).toThrow(/LIST_INVALID: .*line 2: not a hash; line 4: .*; line 5: /);
  });

  it('names the first twenty and counts the rest, and no line can write to the terminal', () => {
    try {
      read(Array.from({ length: 30 }, () => '\u001b[2Jx'));
      expect.unreachable();
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      expect(error.detail).toMatch(/line 20: \?\[2jx; and 10 more$/);
      expect(error.detail).not.toContain('\u001b');
    }
  });
});
