import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearMissShare, sameContentPairs, type Truth } from '../truth/index.js';
import { drawOperation, type OperationFile, type Summary } from './operation.js';

const folders: string[] = [];
const draw = async (seed: number, threads: number): Promise<{ out: string; summary: Summary }> => {
  const out = mkdtempSync(join(tmpdir(), 'redthread-synth-'));
  folders.push(out);
  return { out, summary: await drawOperation({ operation: 'tantalus', scale: 'tiny', seed, out, threads }) };
};

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const digests = (folder: string): Map<string, string> =>
  new Map(
    filesOf(folder).map((path) => [
      path.slice(folder.length),
      `${createHash('sha256').update(readFileSync(path)).digest('hex')} ${path.includes('exhibits') && !/\.(zip|gz)$/.test(path) ? statSync(path).mtimeMs : ''}`,
    ]),
  );

describe('drawOperation', () => {
  let out = '';
  let summary: Summary;
  let truth: Truth;
  let operation: OperationFile;

  beforeAll(async () => {
    ({ out, summary } = await draw(11, 1));
    truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
    operation = JSON.parse(readFileSync(join(out, 'operation.json'), 'utf8')) as OperationFile;
  }, 240_000);
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  it('writes the same bytes again, on one thread or two', async () => {
    const again = await draw(11, 2);
    expect(digests(again.out)).toEqual(digests(out));
  }, 240_000);

  it('lays out exhibits, lists and truth, and leaves nothing else behind', () => {
    expect(readdirSync(out).sort()).toEqual(['exhibits', 'lists', 'operation.json', 'truth.json']);
    expect(summary.files).toBe(40);
    for (const { source } of operation.exhibits) expect(statSync(join(out, source))).toBeDefined();
    for (const { file } of operation.lists)
      expect(readFileSync(join(out, file), 'utf8')).toMatch(/^# .+\n# (sha256|md5), one a line\n[0-9a-f]{32}/);
    expect(filesOf(join(out, 'exhibits')).some((path) => path.includes('truth'))).toBe(false);
  });

  it('tells the truth about every file of a folder exhibit', () => {
    const folder = operation.exhibits.find(({ kind }) => kind === 'folder');
    expect(folder).toBeDefined();
    if (!folder) return;
    const root = join(out, folder.source);
    const told = new Map(
      truth.files
        .filter(({ exhibit, containers }) => exhibit === folder.reference && containers.length === 0)
        .map((file) => [file.path, file]),
    );
    expect(told.size).toBe(filesOf(root).length);
    for (const path of filesOf(root)) {
      const file = told.get(path.slice(root.length + 1));
      expect(file?.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  });

  it('draws pairs to find, look-alikes, states and camera metadata', async () => {
    expect(sameContentPairs(truth).length).toBeGreaterThan(5);
    expect(nearMissShare(truth)).toBeGreaterThanOrEqual(0.05);
    expect(truth.files.filter(({ kind }) => kind === 'broken').length).toBeGreaterThanOrEqual(5);
    expect(truth.files.some(({ kind }) => kind === 'archive')).toBe(true);
    const originals = filesOf(join(out, 'exhibits')).filter((path) => /DCIM|Import/.test(path));
    for (const path of originals) {
      const metadata = await sharp(path).metadata();
      expect(metadata.exif).toBeDefined();
    }
  });
});
