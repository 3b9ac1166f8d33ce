// Words of sound: a spectrum that is one, words that stay, stretches that are found where they are.
import { describe, expect, it } from 'vitest';
import { SoundIndex } from '../index/index.js';
import { ChromaWords, SOUND_RATE_HZ, WORD_STEP_S } from './chroma-words.js';
import { compareSounds, LEAST_WORDS, type SoundLine } from './compare-words.js';
import { createSpectrum } from './fourier.js';
import { packSoundLine, soundLineBytes, unpackSoundLine } from './sound-line.js';

/** Notes of a quarter of a second that follow from a number: two voices of sines. */
const melody = (seed: number, seconds: number, gain = 0.3): Float64Array =>
  Float64Array.from({ length: Math.round(seconds * SOUND_RATE_HZ) }, (_, i) => {
    const time = i / SOUND_RATE_HZ;
    const voice = (lowest: number, salt: number): number => {
      const noise = Math.abs(Math.sin((Math.floor(time * 4) + 1) * (12.9898 + salt) * seed) * 43_758.5453) % 1;
      return Math.sin(2 * Math.PI * time * lowest * 2 ** (Math.floor(noise * 24) / 12));
    };
    return gain * (voice(220, 1) + voice(147, 5));
  });

const lineOf = (samples: Float64Array, piece = samples.length): SoundLine => {
  const words = new ChromaWords();
  for (let at = 0; at < samples.length; at += piece) words.take(samples.subarray(at, at + piece));
  return {
    durationMs: (samples.length / SOUND_RATE_HZ) * 1000,
    words: Uint32Array.from(words.words),
    heard: Uint8Array.from(words.sounds, Number),
  };
};

it('a spectrum is that of the definition', () => {
  const size = 32;
  const frame = Float64Array.from({ length: size }, (_, i) => Math.sin(i * 0.9) + Math.cos(i * i * 0.21));
  const powers = createSpectrum(size).powersOf(frame);
  for (let k = 1; k < size / 2; k++) {
    let [re, im] = [0, 0];
    frame.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * k * i) / size);
      im -= value * Math.sin((2 * Math.PI * k * i) / size);
    });
    expect(powers[k]).toBeCloseTo(re * re + im * im, 8);
  }
});

describe('words', () => {
  const samples = melody(3, 12);
  const line = lineOf(samples);

  it('come every eighth of a second, in whatever pieces and however loud the sound is', () => {
    expect(Math.abs(line.words.length * WORD_STEP_S - 12 + 2.6)).toBeLessThan(0.4);
    expect(lineOf(samples, 1_001).words).toEqual(line.words);
    const [found] = compareSounds(line, lineOf(melody(3, 12, 0.02)));
    expect(found!.errorRate).toBeLessThan(0.01);
  });

  it('of silence are none', () => {
    const silent = lineOf(new Float64Array(12 * SOUND_RATE_HZ));
    expect(silent.heard.every((one) => one === 0)).toBe(true);
    expect(compareSounds(silent, silent).every(({ aligned }) => aligned < LEAST_WORDS)).toBe(true);
  });

  it('are packed and unpacked', () => {
    const value = packSoundLine(line);
    expect(soundLineBytes(value)).toBe(value.length);
    expect(unpackSoundLine(value)).toEqual({ ...line, durationMs: 12_000 });
    expect(soundLineBytes(value.subarray(0, 11))).toBe(-1);
  });
});

describe('two sounds', () => {
  const whole = melody(5, 40);
  const [first, second] = [lineOf(whole), lineOf(whole.subarray(14 * SOUND_RATE_HZ, 26 * SOUND_RATE_HZ))];

  it('of which one is cut out of the other agree where it was', () => {
    const [found] = compareSounds(first, second);
    expect(found!.aligned).toBeGreaterThan(3 * LEAST_WORDS);
    expect(Math.abs(found!.a.startMs - 14_000)).toBeLessThan(300);
    expect(Math.abs(found!.a.endMs - 26_000)).toBeLessThan(300);
    expect(found!.b.startMs).toBeLessThan(300);
  });

  it('that are different, or one held note, do not agree', () => {
    expect(compareSounds(first, lineOf(melody(11, 40)))[0]?.aligned ?? 0).toBeLessThan(LEAST_WORDS);
    const note = (hz: number): SoundLine =>
      lineOf(
        Float64Array.from(
          { length: 10 * SOUND_RATE_HZ },
          (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / SOUND_RATE_HZ),
        ),
      );
    expect(compareSounds(note(440), note(441))[0]?.aligned ?? 0).toBeLessThan(LEAST_WORDS);
  });

  it('that agree are proposed by the index, and no others', () => {
    const index = new SoundIndex();
    for (let seed = 20; seed < 30; seed++) index.add(seed, lineOf(melody(seed, 20)).words);
    index.add(1, first.words);
    expect(index.search(second.words)).toEqual([1]);
    expect(index.remove(1)).toBe(true);
    expect(index.search(second.words)).toEqual([]);
  });
});
