import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passwordsOf, readPasswordFile } from './passwords.js';

let path: string;
beforeEach(() => void (path = join(mkdtempSync(join(tmpdir(), 'redthread-passwords-')), 'list')));
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));
const write = (text: string, mode = 0o600): string => {
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

describe('a file of passwords', () => {
  it('holds one a line, as it stands there', async () => {
    expect(readPasswordFile(write('\ufeffone\r\n two \n\none\nañb\n'))).toEqual(['one', ' two ', 'añb']);
    expect(await passwordsOf({ passwordFile: path })).toHaveLength(3);
    expect(await passwordsOf({})).toEqual([]);
  });

  it('is readable by its owner alone, small and not empty', () => {
    const refused = (given: string, words: RegExp): void => {
      expect(() => readPasswordFile(given)).toThrow(expect.objectContaining({ code: 'PASSWORD_FILE_INVALID' }));
      expect(() => readPasswordFile(given)).toThrow(expect.objectContaining({ detail: expect.stringMatching(words) }));
    };
    refused(write('one\n', 0o640), /has the mode 640/);
    refused(write('\n\n'), /holds no password/);
    refused(write('x\n'.repeat(2 * 2 ** 20 + 1)), /no small plain file/);
    refused(write(Array.from({ length: 10_001 }, (_, i) => i).join('\n')), /holds 10001 passwords/);
    refused(join(path, '..', 'none'), /ENOENT/);
    refused(join(path, '..'), /no small plain file/);
  });
});
