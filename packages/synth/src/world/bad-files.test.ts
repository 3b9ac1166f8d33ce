import { lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ITEM_ERRORS } from '@redthread/core/errors';
import { afterAll, describe, expect, it } from 'vitest';
import { drawBadFiles } from './bad-files.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('drawBadFiles', () => {
  it('writes each file, small on disk, with a code of the catalogue', async () => {
    const files = await drawBadFiles(folder);
    expect(files.length).toBeGreaterThanOrEqual(18);
    for (const { name, code } of files) {
      expect(lstatSync(join(folder, name)).size).toBeLessThan(10 * 1024 * 1024);
      if (code !== null) expect(Object.keys(ITEM_ERRORS)).toContain(code);
    }
    const bomb = readFileSync(join(folder, 'pixel-bomb.png'));
    expect([bomb.readUInt32BE(16), bomb.readUInt32BE(20)]).toEqual([50_000, 50_000]);
    const locked = readFileSync(join(folder, 'password.zip'));
    expect(locked.readUInt16LE(6) & 1).toBe(1);
  }, 240_000);
});
