import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ahead } from './ahead.js';

async function* numbers(count: number, log: string[]): AsyncGenerator<number, void, void> {
  try {
    for (let i = 0; i < count; i += 1) yield i;
  } finally {
    log.push('closed');
  }
}

describe('working ahead', () => {
  it('keeps the order, and prepares what comes next while one is worked on', async () => {
    const log: string[] = [];
    for await (const item of ahead(numbers(4, log), 2, async (n) => {
      log.push(`begin ${n}`);
      await sleep(5 - n);
      return n;
    })) {
      log.push(`use ${item}`);
      await sleep(20);
    }
    expect(log.filter((line) => line.startsWith('use'))).toEqual(['use 0', 'use 1', 'use 2', 'use 3']);
    expect(log.indexOf('begin 2')).toBeLessThan(log.indexOf('use 1'));
    expect(log.indexOf('begin 3')).toBeGreaterThan(log.indexOf('use 0'));
  });
  it('closes its source when the consumer leaves or a preparation fails', async () => {
    const log: string[] = [];
    for await (const item of ahead(numbers(9, log), 3, async (n) => n)) if (item === 1) break;
    expect(log).toEqual(['closed']);
    const failing = async () => {
      for await (const item of ahead(numbers(9, log), 2, () => Promise.reject(new Error('gone')))) void item;
    };
    await expect(failing()).rejects.toThrow('gone');
    expect(log).toEqual(['closed', 'closed']);
  });
});
