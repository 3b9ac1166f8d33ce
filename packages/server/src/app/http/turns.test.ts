import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.js';

const LIMITS = { each: 2, all: 3, waiting: 1 };

describe('turns', () => {
  it('keep each sender and all of them within their number, and go on with whoever waits', async () => {
    const turns = createTurns(LIMITS);
    const [first] = [await turns.take('a'), await turns.take('a')];
    const log: string[] = [];
    const third = turns.take('a').then(() => log.push('a'));
    await turns.take('b');
    const other = turns.take('b').then(() => log.push('b'));
    first?.();
    first?.();
    await third;
    expect(log).toEqual(['a']);
    void other;
  });

  it('are refused when too many wait, or none came in time', async () => {
    const turns = createTurns(LIMITS, 10);
    await turns.take('a');
    await turns.take('a');
    const waiting = turns.take('a');
    await expect(turns.take('a')).rejects.toThrow('TOO_MANY_REQUESTS');
    await expect(waiting).rejects.toThrow('TOO_MANY_REQUESTS');
  });
});
