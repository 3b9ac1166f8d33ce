import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.js';

it('runs one at a time, once more when asked meanwhile, and goes on after a failure', async () => {
  const releases: (() => void)[] = [];
  let [running, most, runs] = [0, 0, 0];
  const ask = oneAtATime(async () => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => releases.push(resolve));
    running -= 1;
    throw new Error('told nobody');
  });
  const first = ask();
  for (let i = 0; i < 5; i += 1) void ask();
  releases.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  releases.shift()?.();
  await first;
  await ask.settled();
  expect([runs, most]).toEqual([2, 1]);
});
