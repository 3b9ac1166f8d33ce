import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INDEXED_METHODS, MANIFEST_FILE, readManifest, writeManifest } from './manifest.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-manifest-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifest = {
  snapshotId: '0b7f4a52-5c0a-4f67-9a43-6f2f6a2f6b11',
  store: '7/5',
  // A number of a transaction may be beyond what a number of JavaScript can say.
  position: { xid: '18446744073709551615', id: 12 },
  methods: [...INDEXED_METHODS],
  contents: 3,
  files: [{ index: 'whole' as const, file: 'whole-1.segment', bytes: 100 }],
};
const rewrite = (change: (text: string) => string): void => {
  const path = join(folder, MANIFEST_FILE);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};

describe('a manifest', () => {
  it('is read as it was written, by its owner only', () => {
    expect(readManifest(folder)).toBeNull();
    writeManifest(folder, manifest);
    expect(readManifest(folder)).toEqual(manifest);
    expect(statSync(join(folder, MANIFEST_FILE)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['INDEX_FILE_INVALID', () => ''],
    ['INDEX_FILE_INVALID', (text: string) => text.replace('redthread-index', 'another-index')],
    ['INDEX_VERSION_UNSUPPORTED', (text: string) => text.replace(' 1 ', ' 2 ')],
    ['INDEX_CHECKSUM_MISMATCH', (text: string) => text.replace('7/5', '7/6')],
    ['INDEX_CHECKSUM_MISMATCH', (text: string) => text.slice(0, -2)],
  ])('that is damaged is %s', (code, change) => {
    writeManifest(folder, manifest);
    rewrite(change);
    expect(() => readManifest(folder)).toThrow(code);
  });

  it('names no file outside its folder', () => {
    writeManifest(folder, { ...manifest, files: [{ index: 'whole', file: '../elsewhere.segment', bytes: 1 }] });
    expect(() => readManifest(folder)).toThrow(/INDEX_FILE_INVALID/);
  });
});
