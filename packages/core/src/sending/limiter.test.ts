import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.js';

describe('a limiter', () => {
  it('never has more tasks under way than its width', async () => {
    const limiter = createLimiter(2);
    let [running, most] = [0, 0];
    for (let i = 0; i < 8; i += 1)
      await limiter.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(1);
        running -= 1;
      });
    await limiter.idle();
    expect([running, most]).toEqual([0, 2]);
  });

  it('throws what a task threw, once the others have ended', async () => {
    const limiter = createLimiter(2);
    await limiter.run(() => Promise.reject(new Error('disk')));
    await expect(limiter.idle()).rejects.toThrow('disk');
    await expect(limiter.run(async () => undefined)).rejects.toThrow('disk');
  });
});
