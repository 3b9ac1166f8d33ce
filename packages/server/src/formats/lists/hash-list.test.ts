// Plain lists: what people and tools write.
import { describe, expect, it } from 'vitest';
import { readList } from './index.js';

const MD5 = 'd3b07384d113edec49eaa6238ad5ff00';
const SHA1 = 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15';
const SHA256 = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

const read = async (lines: readonly string[]) => {
  const bytes = Buffer.from(lines.join('\n'));
  const { entries, header, notes } = await readList({ head: bytes, open: () => [bytes], path: null });
  const digests: (string | null)[] = [];
  for await (const batch of entries)
    for (const { md5, sha1, sha256 } of batch) digests.push(...[md5, sha1, sha256].filter((digest) => digest !== null));
  return { digests, format: header.format, notes: notes.all() };
};

describe('plain lists', () => {
  it('are of three kinds of digest by their length, in any case', async () => {
    expect((await read([MD5, SHA1.toUpperCase(), `  ${SHA256}\t`])).digests).toEqual([MD5, SHA1, SHA256]);
  });

  it('may hold comments, empty lines, a byte order mark and the carriage returns of other systems', async () => {
    expect((await read([`\uFEFF${MD5}\r`, '# a comment', '', '   ', `${SHA1}\r`])).digests).toEqual([MD5, SHA1]);
    expect((await read(['\uFEFF# a comment', MD5])).digests).toEqual([MD5]);
    expect((await read([`# a; "comment`, MD5, '// another, "one', SHA1])).digests).toEqual([MD5, SHA1]);
  });

  it('are without the digests of the empty file, which are counted', async () => {
    const empty = [
      'D41D8CD98F00B204E9800998ECF8427E',
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ];
    const { digests, notes } = await read([...empty, MD5]);
    expect(digests).toEqual([MD5]);
    expect(notes.map(({ code, count }) => [code, count])).toEqual([['HASH_OF_EMPTY_FILE', 3]]);
  });

  it('may be what md5sum, sha1sum and sha256sum print, without the names', async () => {
    const sums = [`${MD5}  a photo.jpg`, `${SHA1} *DCIM/1.jpg`, `\\${SHA256}  odd\\nname`];
    expect((await read(sums)).digests).toEqual([MD5, SHA1, SHA256]);
  });

  it('may hold several kinds in the cells of a row, without a header', async () => {
    expect((await read([`${MD5};${SHA1}`, `${SHA256};x`])).digests).toEqual([MD5, SHA1, SHA256]);
  });

  it('name every line that holds no hash, the first twenty in words that no terminal obeys', async () => {
    const { notes } = await read([MD5, SHA1, 'not a hash', '#', `${MD5}0`]);
    expect(notes).toEqual([{ code: 'LINE_SKIPPED', count: 2, places: ['line 3: not a hash', `line 5: ${MD5}0`] }]);
    const many = [...Array.from({ length: 40 }, () => MD5), ...Array.from({ length: 30 }, () => '\u001b[2Jx')];
    const [note] = (await read(many)).notes;
    expect(note).toMatchObject({ code: 'LINE_SKIPPED', count: 30 });
    expect(note!.places).toHaveLength(20);
    expect(note!.places[19]).toBe('line 60: ?[2Jx');
  });

  it('are refused where most lines hold none', async () => {
    await expect(read([MD5, 'a', 'b', 'c'])).rejects.toThrow(/LIST_INVALID: .*line 2: a; line 3: b/);
  });
});
