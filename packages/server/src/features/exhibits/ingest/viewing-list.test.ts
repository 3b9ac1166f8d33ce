import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readViewingList } from './viewing-list.js';

const folder = mkdtempSync(join(tmpdir(), 'viewing-'));
afterAll(() => rmSync(folder, { recursive: true }));
const listOf = (text: string) => {
  const path = join(folder, 'list.csv');
  writeFileSync(path, text);
  return readViewingList(path);
};

it('says of each path what the list says, of what an archive holds what it says of the archive, and else not viewed', () => {
  const viewed = listOf(
    '\uFEFFpath,viewed\r\na.jpg,yes\nb.jpg;no\nbox.zip\tyes\nbox.zip/in.jpg,no\n"with, comma ""x"".jpg",Yes\n',
  );
  expect(
    ['a.jpg', 'b.jpg', 'box.zip', 'box.zip/other.jpg', 'box.zip/in.jpg', 'with, comma "x".jpg', 'c.jpg'].map(viewed),
  ).toEqual([true, false, true, true, false, true, false]);
});

it('takes the stricter word of two', () => {
  expect(listOf('a.jpg,no\na.jpg,yes\n')('a.jpg')).toBe(false);
});

it('names the line that says neither', () => {
  expect(() => listOf('a.jpg,yes\nb.jpg,perhaps\n')).toThrow(/line 2/);
});
