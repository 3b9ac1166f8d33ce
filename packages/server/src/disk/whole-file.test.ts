// A file that cannot be finished leaves nothing, and says what went wrong first.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './whole-file.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'redthread-disk-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openFiles = (): number => readdirSync('/dev/fd').length;
const write = (name: string, text = 'new'): void =>
  writeWhole(join(folder, name), (file) => file.write(Buffer.from(text), 0));

describe('a whole file', () => {
  it('takes the place of the last one, for its owner only', () => {
    write('a', 'old and longer');
    write('a');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('that is not finished leaves the last one, and nothing open', () => {
    writeFileSync(join(folder, 'a'), 'old');
    const before = openFiles();
    const half = (): void =>
      writeWhole(join(folder, 'a'), (file) => {
        file.write(Buffer.from('half'), 0);
        throw new Error('the source ended early');
      });
    expect(half).toThrow('the source ended early');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
    expect(openFiles()).toBe(before);
  });

  it('whose name is taken by a folder says so, and nothing of closing twice', () => {
    mkdirSync(join(folder, 'a'));
    const before = openFiles();
    expect(() => write('a')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['a']);
    expect(openFiles()).toBe(before);
  });

  it('that has no room is DISK_FULL', () => {
    const full = (): void =>
      writeWhole(join(folder, 'a'), () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });
    expect(full).toThrow(/DISK_FULL: .*\/a/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
