// Words of sound: how the twelve notes change, 32 bits every 0.124 s. Own implementation of the published idea (L. Lalinský, "How does Chromaprint work?", 2011; Ke, Hoiem
// and Sukthankar, "Computer vision for music identification", CVPR 2005); filters and thresholds are our own, so words are not comparable with Chromaprint's.
import { createSpectrum } from './fourier.js';

export const SOUND_RATE_HZ = 11_025;
const FRAME = 4_096;
const HOP = 1_365;
const NOTES = 12;
/** Frames that a word looks at. */
const WINDOW = 16;
const LOWEST_HZ = 55;
const HIGHEST_HZ = 3_520;
/** Smoothing of each note over neighbouring frames. */
const SMOOTH = [0.25, 0.75, 1, 0.75, 0.25];

/** Seconds from a word to the next, and that one word sees. */
export const WORD_STEP_S = HOP / SOUND_RATE_HZ;
export const WORD_SPAN_S = ((WINDOW + SMOOTH.length - 2) * HOP + FRAME) / SOUND_RATE_HZ;

/** Mean of the squares of samples (1 being full scale) under which it is silence. */
const SILENCE = 1e-7;

/** A filter compares the sum over one part of a window of notes and frames with that over another. */
interface Filter {
  readonly kind: 'notes' | 'frames' | 'both' | 'middle-notes' | 'middle-frames';
  readonly note: number;
  readonly notes: number;
  readonly frames: number;
}

const f = (kind: Filter['kind'], note: number, notes: number, frames: number): Filter => ({
  kind,
  note,
  notes,
  frames,
});
const FILTERS: readonly Filter[] = [
  f('notes', 0, 4, 16),
  f('notes', 3, 4, 14),
  f('notes', 6, 4, 16),
  f('notes', 1, 6, 15),
  f('notes', 8, 4, 12),
  f('frames', 0, 3, 12),
  f('frames', 3, 3, 8),
  f('frames', 6, 3, 14),
  f('frames', 9, 3, 10),
  f('both', 0, 6, 8),
  f('both', 4, 6, 12),
  f('both', 6, 6, 14),
  f('middle-notes', 2, 6, 14),
  f('middle-notes', 5, 6, 16),
  f('middle-frames', 0, 6, 12),
  f('middle-frames', 6, 6, 15),
];
/** Where the levels of each filter part, on both sides of 0: about the quartiles over music, so that its two bits are about equally likely. */
const QUARTILES = [
  0.52, 0.57, 0.9, 0.43, 0.72, 0.41, 0.34, 0.37, 0.29, 0.29, 0.34, 0.38, 0.56, 0.78, 0.22, 0.23,
] as const;
/** Gray code: neighbouring levels differ in one bit. */
const GRAY = [0, 1, 3, 2];

export class ChromaWords {
  readonly #spectrum = createSpectrum(FRAME);
  readonly #window = Float64Array.from(
    { length: FRAME },
    (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (FRAME - 1)),
  );
  readonly #noteOf = notesOfBins();
  readonly #samples = new Float64Array(FRAME);
  #fill = 0;
  readonly #frame = new Float64Array(FRAME);
  /** Last frames of notes, before and after smoothing. */
  readonly #raw: Float64Array[] = [];
  readonly #smooth: Float64Array[] = [];
  readonly words: number[] = [];
  /** Of each word, whether it heard anything. */
  readonly sounds: boolean[] = [];
  /** Of the last frames, whether anything was heard. */
  readonly #heard: boolean[] = [];

  /** Samples of -1..1 at `SOUND_RATE_HZ`. */
  take(samples: Float64Array): void {
    for (let at = 0; at < samples.length;) {
      const part = Math.min(FRAME - this.#fill, samples.length - at);
      this.#samples.set(samples.subarray(at, at + part), this.#fill);
      this.#fill += part;
      at += part;
      if (this.#fill < FRAME) return;
      this.#takeFrame();
      this.#samples.copyWithin(0, HOP);
      this.#fill = FRAME - HOP;
    }
  }

  #takeFrame(): void {
    let energy = 0;
    for (let i = 0; i < FRAME; i++) {
      const sample = this.#samples[i]!;
      energy += sample * sample;
      this.#frame[i] = sample * this.#window[i]!;
    }
    this.#heard.push(energy / FRAME > SILENCE);
    if (this.#heard.length > WINDOW) this.#heard.shift();
    const powers = this.#spectrum.powersOf(this.#frame);
    const notes = new Float64Array(NOTES);
    for (let bin = 0; bin < powers.length; bin++) {
      const note = this.#noteOf[bin]!;
      if (note >= 0) notes[note]! += powers[bin]!;
    }
    this.#raw.push(notes);
    if (this.#raw.length < SMOOTH.length) return;
    if (this.#raw.length > SMOOTH.length) this.#raw.shift();
    this.#smooth.push(smoothed(this.#raw));
    if (this.#smooth.length < WINDOW) return;
    if (this.#smooth.length > WINDOW) this.#smooth.shift();
    this.words.push(wordOf(this.#smooth));
    this.sounds.push(this.#heard.filter((isHeard) => !isHeard).length * 2 < WINDOW);
  }
}

const notesOfBins = (): Int8Array =>
  Int8Array.from({ length: FRAME / 2 }, (_, bin) => {
    const hz = (bin * SOUND_RATE_HZ) / FRAME;
    if (hz < LOWEST_HZ || hz > HIGHEST_HZ) return -1;
    return ((Math.round(NOTES * Math.log2(hz / 440)) % NOTES) + NOTES) % NOTES;
  });

const smoothed = (frames: readonly Float64Array[]): Float64Array => {
  const notes = new Float64Array(NOTES);
  frames.forEach((frame, i) => {
    for (let note = 0; note < NOTES; note++) notes[note]! += SMOOTH[i]! * frame[note]!;
  });
  const length = Math.sqrt(notes.reduce((sum, value) => sum + value * value, 0));
  // What is silent has no direction.
  if (length < 1e-9) return new Float64Array(NOTES);
  return notes.map((value) => value / length);
};

const sumOf = (frames: readonly Float64Array[], note: number, notes: number, from: number, to: number): number => {
  let sum = 0;
  for (let frame = from; frame < to; frame++)
    for (let i = 0; i < notes; i++) sum += frames[frame]![(note + i) % NOTES]!;
  return sum;
};

const valueOf = ({ frames, kind, note, notes }: Filter, seen: readonly Float64Array[]): number => {
  const all = (n: number, count: number, from = 0, to = frames): number => sumOf(seen, n, count, from, to);
  const half = notes >> 1;
  const middle = frames >> 1;
  const compared = (a: number, b: number): number => Math.log1p(a) - Math.log1p(b);
  switch (kind) {
    case 'notes':
      return compared(all(note, half), all(note + half, notes - half));
    case 'frames':
      return compared(all(note, notes, 0, middle), all(note, notes, middle, frames));
    case 'both':
      return compared(
        all(note, half, 0, middle) + all(note + half, notes - half, middle, frames),
        all(note, half, middle, frames) + all(note + half, notes - half, 0, middle),
      );
    case 'middle-notes': {
      const third = Math.floor(notes / 3);
      return compared(all(note + third, third), (all(note, third) + all(note + 2 * third, third)) / 2);
    }
    case 'middle-frames': {
      const third = Math.floor(frames / 3);
      const sides = all(note, notes, 0, third) + all(note, notes, 2 * third, 3 * third);
      return compared(all(note, notes, third, 2 * third), sides / 2);
    }
  }
};

const wordOf = (frames: readonly Float64Array[]): number => {
  let word = 0;
  FILTERS.forEach((filter, i) => {
    const value = valueOf(filter, frames);
    const quartile = QUARTILES[i]!;
    const level = value < 0 ? (value < -quartile ? 0 : 1) : value < quartile ? 2 : 3;
    word = (word << 2) | GRAY[level]!;
  });
  return word >>> 0;
};
