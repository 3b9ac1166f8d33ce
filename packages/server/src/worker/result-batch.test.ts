import { describe, expect, it } from 'vitest';
import type { DecodeResult } from './decode-result.js';
import { createResultBatch } from './result-batch.js';

const result = (n: number): DecodeResult => ({
  kind: 'failed',
  code: 'IMAGE_CORRUPT',
  detail: String(n),
  lost: [],
  lease: { workId: n, agencyId: '', mediaId: '', exhibitId: '', attempts: 1, lastErrorCode: null },
});

describe('a batch of results', () => {
  it('stores all of them, in few calls and in order', async () => {
    const stored: number[][] = [];
    const batch = createResultBatch(async (results) => void stored.push(results.map(({ lease }) => lease.workId)));
    for (let i = 0; i < 40; i += 1) await batch.add(result(i));
    await batch.finish();
    expect(stored.flat()).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(stored.length).toBeLessThan(5);
  });
  it('stores a few after a moment, without waiting for more', async () => {
    const stored: number[] = [];
    const batch = createResultBatch(async (results) => void stored.push(results.length));
    await batch.add(result(1));
    await expect.poll(() => stored, { timeout: 3_000 }).toEqual([1]);
    await batch.finish();
  });
  it('throws what storing threw', async () => {
    const batch = createResultBatch(() => Promise.reject(new Error('disk')));
    await batch.add(result(1));
    await expect(batch.finish()).rejects.toThrow('disk');
  });
});
