import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INDEXED_METHODS, snapshotManifest } from './manifest.js';

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
  files: [{ index: 'whole' as const, file: 'whole-1.segment', bytes: 100, sum: '0123456789abcdef' }],
};
const rewrite = (change: (text: string) => string): void => {
  const path = join(folder, snapshotManifest.name);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};

describe('a manifest', () => {
  it('is read as it was written, by its owner only', () => {
    expect(snapshotManifest.read(folder)).toBeNull();
    snapshotManifest.write(folder, manifest);
    expect(snapshotManifest.read(folder)).toEqual(manifest);
    expect(statSync(join(folder, snapshotManifest.name)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['INDEX_FILE_INVALID', () => ''],
    ['INDEX_FILE_INVALID', (text: string) => text.replace('redthread-index', 'another-index')],
    ['INDEX_VERSION_UNSUPPORTED', (text: string) => text.replace(' 2 ', ' 1 ')],
    ['INDEX_CHECKSUM_MISMATCH', (text: string) => text.replace('7/5', '7/6')],
    ['INDEX_CHECKSUM_MISMATCH', (text: string) => text.slice(0, -2)],
  ])('that is damaged is %s', (code, change) => {
    snapshotManifest.write(folder, manifest);
    rewrite(change);
    expect(() => snapshotManifest.read(folder)).toThrow(code);
  });

  it('names no file outside its folder: such a one is not written, nor read', () => {
    const outside = {
      ...manifest,
      files: [{ index: 'whole' as const, file: '../elsewhere.segment', bytes: 1, sum: '0'.repeat(16) }],
    };
    expect(() => snapshotManifest.write(folder, outside)).toThrow(/INTERNAL: .*is not written/);
    expect(readdirSync(folder)).toEqual([]);
    snapshotManifest.write(folder, manifest);
    rewrite((text) => {
      const body = text.slice(text.indexOf('\n') + 1).replace('whole-1.segment', '../elsewhere.segment');
      return `redthread-index 2 ${createHash('sha256').update(body).digest('hex')}\n${body}`;
    });
    expect(() => snapshotManifest.read(folder)).toThrow(/INDEX_FILE_INVALID/);
  });

  it('that the system does not give is INDEX_FILE_INVALID, naming it', () => {
    mkdirSync(join(folder, snapshotManifest.name));
    expect(() => snapshotManifest.read(folder)).toThrow(/INDEX_FILE_INVALID: .*manifest: EISDIR/);
  });
});
