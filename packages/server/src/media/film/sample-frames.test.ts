import { describe, expect, it } from 'vitest';
import { packTimeLine } from '@redthread/core/film';
import { Messages } from './sample-frames.js';

const shown = (time: string): string =>
  `[Parsed_showinfo_0 @ 0x55d0c0ffee00] n:   0 pts:  12800 pts_time:${time}   duration:    512 fmt:yuv420p sar:1/1 s:320x240 i:P iskey:1`;

describe('what ffmpeg says of a film', () => {
  it('is read with its times, and none is later than a film can be', () => {
    const messages = new Messages();
    const times = ['1.04', '-0.04', '1e+15', '90071992547409.9', '-', '99999999999999999999'];
    for (const time of times) messages.take(shown(time));
    messages.take('  Duration: 99999999:00:00.00, start: 0.000000, bitrate: 1 kb/s');
    const week = 7 * 86_400_000;
    expect(messages.timesMs).toEqual([1040, 0, week, week, 0, week]);
    expect(messages).toMatchObject({ size: { widthPx: 320, heightPx: 240 }, durationMs: week });
    const frame = { quality: 100, marks: 0, hash: new Uint8Array(32) };
    const [first, last] = [0, week].map((timeMs) => ({ ...frame, timeMs }));
    expect(packTimeLine({ durationMs: week, frames: [first!, last!] }).length).toBeLessThan(400_000);
  });
});
