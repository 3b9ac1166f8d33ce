import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlain } from './plain-file.js';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'plain-file-')));
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'a.txt'), 'content');
  symlinkSync('a.txt', join(folder, 'real', 'link.txt'));
  symlinkSync('real', join(folder, 'linked'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const codeOf = (path: string | Buffer): string => {
  try {
    readPlain(path);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('reading a plain file', () => {
  it('answers its bytes and a state that names size and time', () => {
    const { bytes, statKey } = readPlain(join(folder, 'real', 'a.txt'));
    expect(bytes.toString()).toBe('content');
    expect(statKey).toMatch(/^7 \d{4}-\d\d-\d\d .*Z$/);
  });
  it('takes names that are no text', () => {
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0x61])]);
    writeFileSync(path, 'odd');
    expect(readPlain(path).bytes.toString()).toBe('odd');
  });
  it('follows no link, neither the last component nor one before it', () => {
    expect(codeOf(join(folder, 'real', 'link.txt'))).toBe('LINK_SKIPPED');
    expect(codeOf(join(folder, 'linked', 'a.txt'))).toBe('LINK_SKIPPED');
  });
  it('does not wait for a pipe', () => expect(codeOf(join(folder, 'pipe'))).toBe('SPECIAL_FILE_SKIPPED'));
  it('says when there is nothing', () => expect(codeOf(join(folder, 'none'))).toBe('FILE_MISSING'));
});
