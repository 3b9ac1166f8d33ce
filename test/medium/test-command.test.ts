// The command behind `npm test`: what it counts, also of a run that has to be stopped.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runTier } from '../../scripts/lib/vitest-tier.mjs';

const CONFIG = `export default { test: { globals: true, projects: [
  { extends: true, test: { name: 'unit', include: ['*.done.mjs'] } },
  { extends: true, test: { name: 'medium', include: ['*.mjs'], exclude: ['vitest.config.mjs', 'b.*'], fileParallelism: false } },
] } };`;
const DONE = `it('passes', () => {});
it('fails', () => { throw new Error('three is not four'); });
it.skip('is skipped', () => {});`;

let root: string;
let printed: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'redthread-tier-'));
  writeFileSync(join(root, 'vitest.config.mjs'), CONFIG);
  writeFileSync(join(root, 'a.done.mjs'), DONE);
  writeFileSync(join(root, 'b.done.mjs'), `throw new Error('cannot load');`);
  writeFileSync(
    join(root, 'c.endless.mjs'),
    `it('never ends', () => new Promise(() => setInterval(() => {}, 1000)), 600_000);`,
  );
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

it('counts what passed, failed, was skipped, and a file that cannot load', async () => {
  printed = '';
  const counts = await runTier('unit', { root, timeoutMs: 120_000 });
  expect(counts).toMatchObject({ passed: 1, failed: 2, skipped: 1, note: null });
  expect(printed).toContain('three is not four');
});

it('counts what a run did before its time was over, and says why tests of it failed', async () => {
  const counts = await runTier('medium', { root, timeoutMs: 15_000 });
  expect(counts).toMatchObject({ passed: 1, failed: 2, skipped: 1 });
  expect(counts.note).toMatch(/^stopped after 15/);
  expect(counts.note).toContain('three is not four');
  expect(counts.note).toContain('a.done.mjs > fails');
});
