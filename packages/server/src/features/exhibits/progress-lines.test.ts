import { describe, expect, it } from 'vitest';
import type { ExhibitProgress } from './progress.js';
import { createProgressLines } from './progress-lines.js';

const progress = (decoded: number): ExhibitProgress => ({
  state: 'processing',
  bytesSeen: 4_000_000,
  waitingFor: 0,
  stages: [
    { stage: 'walk', done: 1_200, total: 1_200, failed: 0 },
    { stage: 'decode', done: decoded, total: 1_000, failed: 2 },
    { stage: 'match', done: 0, total: 0, failed: 0 },
    { stage: 'metadata', done: 0, total: 1_000, failed: 0 },
  ],
});

describe('progress in lines', () => {
  it('says done of total, failures, rate and time left, a line a stage', () => {
    let nowMs = 0;
    const { lines } = createProgressLines(false, () => nowMs);
    lines(progress(100), null);
    nowMs = 2_000;
    const [walk, decode, match] = lines(progress(200), null);
    expect(walk).toContain('1\u202f200 of 1\u202f200  4.0 MB');
    expect(decode).toContain('200 of 1\u202f000  2 failed  50/s  16 s left');
    expect(match).toContain('0 of 0');
  });
  it('says what it waits for', () => {
    const lines = createProgressLines(false, () => 0).lines({ ...progress(1_000), waitingFor: 3 }, null);
    expect(lines.at(-1)).toBe('wait     3 files that another exhibit brought first');
  });
});
