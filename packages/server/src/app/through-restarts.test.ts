import { describe, expect, it } from 'vitest';
import { isPassing, throughRestarts } from './through-restarts.js';

const error = (fields: object): Error => Object.assign(new Error('x'), fields);

describe('patience with the database', () => {
  it('takes a restart, a lost connection and a deadlock as passing', () => {
    for (const code of ['57P01', '57P03', '08006', '40P01', 'ECONNRESET'])
      expect(isPassing(error({ code })), code).toBe(true);
    expect(isPassing(error({ code: 'ENOENT', syscall: 'connect' }))).toBe(true);
    expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
  });
  it('takes a wrong statement and a missing file as what they are', () => {
    for (const code of ['42P01', '23505', 'ENOENT']) expect(isPassing(error({ code })), code).toBe(false);
  });
  it('tries again until it works', async () => {
    let left = 3;
    await expect(
      throughRestarts(async () => {
        left -= 1;
        if (left > 0) throw error({ code: '57P03' });
        return 'done';
      }),
    ).resolves.toBe('done');
  });
  it('gives up in time, and names a full disk at once', async () => {
    const down = () => Promise.reject(error({ code: '57P03' }));
    await expect(throughRestarts(down, { giveUpAfterMs: 1 })).rejects.toMatchObject({ code: 'DB_UNREACHABLE' });
    await expect(throughRestarts(() => Promise.reject(error({ code: '53100' })))).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
  });
});
