// The planted set: what its edits promise, and which pictures are easily confused.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawPlanted } from './planted.js';
import { plantedEdits } from './planted-edits.js';

const folder = mkdtempSync(join(tmpdir(), 'planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('plantedEdits', () => {
  const edits = plantedEdits('x');

  it('covers the whole floor and says what lies beyond it', () => {
    const kinds = (promised: boolean) =>
      new Set(
        edits.filter((edit) => edit.promised === promised).flatMap(({ chains }) => chains.flat().map((e) => e.kind)),
      );
    expect([...kinds(true)].sort()).toEqual(['messenger', 'orient', 'orientation-tag', 'overlay', 'reencode', 'scale']);
    for (const beyond of ['crop', 'tilt', 'caption-bar', 'screenshot', 'screen-photo'] as const)
      expect(kinds(false)).toContain(beyond);
    expect(new Set(edits.map(({ name }) => name)).size).toBe(edits.length);
    const turns = edits.flatMap(({ chains }) => chains.flat()).filter((edit) => edit.kind === 'orient');
    expect(new Set(turns.map(({ orientation }) => orientation))).toEqual(new Set([2, 3, 4, 5, 6, 7, 8]));
  });
});

describe('drawPlanted', () => {
  it('draws rooms and cards in groups that are easily confused, no two pictures alike', async () => {
    const set = await drawPlanted({ seed: 3, pictures: 5, edited: false, threads: 1, out: join(folder, 'a') });
    expect(set.pictures.map(({ kind }) => kind)).toEqual(['room', 'room', 'room', 'room', 'card']);
    expect(new Set(set.pictures.map(({ group }) => group)).size).toBe(2);
    expect(set.copies).toEqual([]);
    expect(new Set(set.pictures.map(({ file }) => readFileSync(file, 'base64'))).size).toBe(5);
  });

  it('ends with the reason of its signal', async () => {
    const out = join(folder, 'c');
    const drawing = drawPlanted({
      seed: 3,
      pictures: 8,
      threads: 1,
      out,
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(drawing).rejects.toThrow('enough');
    expect(existsSync(join(out, 'planted-3-0-0.master.jpg'))).toBe(false);
  });
});
