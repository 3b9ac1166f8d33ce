// The memory of the index threads: segments lie in memory that several threads share, and V8 counts none of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { edgeHash, pdq, type Signal } from '@redthread/core/signals';
import { NearThreads } from '../../packages/server/src/matcher/index/near-threads.js';
import { valueOf } from './matcher-world.js';

const HASHES = 30_000;
const PURGES = 30;

const signalsOf = (name: string): Signal[] => [
  { method: pdq.name, version: pdq.version, quality: 100, value: valueOf(name) },
  { method: edgeHash.name, version: edgeHash.version, quality: null, value: valueOf(name) },
];
const rssMb = (): number => process.memoryUsage().rss / 2 ** 20;

it(`is given back: ${PURGES} purges leave no more than a few`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-memory-'));
  const threads = new NearThreads({ folder, searchThreads: 1 });
  await threads.fill(
    Array.from({ length: HASHES }, (_, contentId) => ({ contentId, signals: signalsOf(`purged ${contentId}`) })),
  );
  await threads.filled();
  const after: number[] = [];
  for (let contentId = 0; contentId < PURGES; contentId += 1) {
    await threads.change([{ contentId, signals: [] }]);
    await threads.purge();
    const [found] = await threads.find([signalsOf(`purged ${contentId}`)]);
    expect([...(found ?? [])]).toEqual([]);
    after.push(rssMb());
  }
  const [early = 0, late = Infinity] = [after[4], after.at(-1)];
  console.log(`resident after 5 purges ${Math.round(early)} MiB, after ${PURGES} ${Math.round(late)} MiB`);
  // The two segments take 9 MiB and more: kept by anybody, 25 purges of them would be 230.
  expect(late - early).toBeLessThan(60);
  await threads.stop();
  rmSync(folder, { recursive: true });
});
