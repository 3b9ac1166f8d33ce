import { expect, it } from 'vitest';
import { Loudness, LOUDNESS_BARS } from './loudness.js';

const tone = (samples: number, loud: number): Float64Array =>
  Float64Array.from({ length: samples }, (_, i) => loud * Math.sin(i / 3));

it('tells loud from quiet and silence, in as many bars whatever the length', () => {
  const loudness = new Loudness();
  for (const loud of [1, 0.01, 0]) loudness.take(tone(1_024 * 200, loud));
  const bars = loudness.bars();
  expect(bars).toHaveLength(LOUDNESS_BARS);
  // A sine of full scale lies 3 dB under it; a hundredth is 40 dB less.
  expect([bars[10], bars[100], bars[190]]).toEqual([95, 28, 0]);
});

it('has as many bars as a short sound has blocks, and none of no sound', () => {
  const short = new Loudness();
  short.take(tone(1_500, 0.5));
  expect(short.bars()).toHaveLength(2);
  expect(new Loudness().bars()).toEqual([]);
});
