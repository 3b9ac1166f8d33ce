// A kill at any moment of building or merging: what was kept is there, of what was not kept there is all or nothing, and the next writer goes on.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ExactLists, ExactListWriter } from '../../packages/server/src/lists/index.js';

const HOLDER = fileURLToPath(new URL('./exact-lists-holder.mjs', import.meta.url));
const BATCH = 3_000;
const KILLS = 12;
const ASKER = { lists: new Set(['00000000-0000-4000-8000-000000000001']) };

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'redthread-lists-kill-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kills the holder some time after its first batch; answers the last batch that it said was kept. */
const killedHolder = async (from: number, delayMs: number): Promise<number> => {
  const child = spawn(process.execPath, [HOLDER, folder, String(from)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, errors] = ['', ''];
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdout.on('data', (chunk) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), delayMs);
    text += String(chunk);
  });
  await once(child, 'close');
  expect(errors).toBe('');
  return Number(text.trim().split('\n').at(-1));
};

const digestsOf = (batch: number): Buffer =>
  Buffer.concat(Array.from({ length: BATCH }, (_, i) => createHash('sha1').update(`${batch}/${i}`).digest()));

it('leaves exact lists whole', async () => {
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const kept = await killedHolder(next, 15 + kill * 37);
    const lists = ExactLists.open(folder);
    lists.verify();
    const view = lists.viewFor(ASKER);
    for (let batch = 0; batch <= kept; batch++) expect(view.count('sha1', digestsOf(batch))).toBe(BATCH);
    // One batch may have been kept without a chance to say so.
    const unsaid = view.count('sha1', digestsOf(kept + 1));
    expect([0, BATCH]).toContain(unsaid);
    next = kept + 1 + (unsaid > 0 ? 1 : 0);
    expect(lists.entries).toBe(next * BATCH);
    lists.close();
  }
  expect(next).toBeGreaterThan(KILLS);
  const writer = ExactListWriter.open(folder);
  const files = writer.runs.map(({ file }) => file);
  writer.close();
  expect(readdirSync(folder).sort()).toEqual(['manifest', ...files].sort());
});
