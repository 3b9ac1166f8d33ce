import { describe, expect, it } from 'vitest';
import { failureLines, laterWork } from './ingest-report.js';

describe('what an ingest says of later work', () => {
  const stages = (done: number) => [{ stage: 'metadata' as const, done, total: 92, failed: 0 }];

  it('is how much is left and who reads it, or nothing', () => {
    expect(laterWork(stages(0))).toMatch(/metadata of 92 files: .* redthread serve, or by redthread worker$/);
    expect(laterWork(stages(92))).toBeNull();
  });
});

describe('what an ingest says of failures', () => {
  it('keeps each line within the terminal, whatever files are called', () => {
    const lines = failureLines(
      [
        { code: 'IMAGE_CORRUPT', path: `DCIM/${'a'.repeat(4_000)}.jpg` },
        { code: 'IMAGE_CORRUPT', path: 'second.jpg' },
        { code: 'PATH_HOSTILE', path: `${'图'.repeat(300)}.png` },
        { code: 'FILE_EMPTY', path: `\u001b[2J\u202e${'\n'.repeat(100)}` },
      ],
      80,
    );
    expect(lines[2]).toMatch(/^IMAGE_CORRUPT +2 {2}DCIM\/a+…a+\.jpg$/);
    expect(lines[3]).toMatch(/^PATH_HOSTILE +1 {2}图+…图+\.png$/);
    expect(lines[4]).toContain('\\u001b[2J\\u202e\\u000a');
    for (const line of lines) {
      expect(line.length + (line.match(/图/g)?.length ?? 0)).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  });
});
