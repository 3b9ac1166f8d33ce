import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { takeTurn } from './turn.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-turn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets one in at a time, all of them in the end, and survives one that throws', async () => {
  let inside = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      takeTurn(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(3);
        inside -= 1;
        if (index === 5) throw new Error('five');
        return index;
      }),
    ),
  );
  expect(most).toBe(1);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(11);
  expect(readdirSync(folder)).toEqual([]);
});

it('does not wait for the tickets of the dead', async () => {
  writeFileSync(join(folder, 'ticket_1_4194304-123.1'), '');
  writeFileSync(join(folder, 'choosing_4194304-123.2'), '');
  expect(await takeTurn(folder, async () => 'mine')).toBe('mine');
  expect(readdirSync(folder)).toEqual([]);
});
