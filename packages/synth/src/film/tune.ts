// Drawn sound: a melody of two voices over soft noise, as 16-bit samples of one channel.
import { createRandom } from '../random/random.js';

export const TUNE_RATE_HZ = 22_050;
/** Of the scale of C, from A3 on. */
const NOTES_HZ = [220, 246.9, 261.6, 293.7, 329.6, 349.2, 392, 440, 493.9, 523.3, 587.3] as const;
const OVERTONES = [1, 0.4, 0.2, 0.08] as const;

interface Note {
  readonly fromS: number;
  readonly forS: number;
  readonly hz: number;
  readonly loud: number;
}

export const drawTune = (seed: string, seconds: number): Buffer => {
  const random = createRandom(`tune/${seed}`);
  const notes: Note[] = [];
  for (const [octave, longest] of [
    [1, 0.45],
    [0.5, 1.1],
  ] as const)
    for (let at = 0; at < seconds;) {
      const forS = random.range(longest / 3, longest);
      notes.push({ fromS: at, forS: forS * 1.3, hz: random.pick(NOTES_HZ) * octave, loud: random.range(0.1, 0.22) });
      at += forS;
    }
  const samples = new Float64Array(Math.round(seconds * TUNE_RATE_HZ));
  for (const { forS, fromS, hz, loud } of notes) {
    const first = Math.round(fromS * TUNE_RATE_HZ);
    const last = Math.min(samples.length, Math.round((fromS + forS) * TUNE_RATE_HZ));
    for (let i = first; i < last; i++) {
      const t = (i - first) / TUNE_RATE_HZ;
      // Struck and dying away; both ends silent, so that nothing clicks.
      const shape = Math.min(1, t / 0.02) * Math.exp(-2.5 * t) * Math.min(1, (forS - t) / 0.03);
      let value = 0;
      OVERTONES.forEach((share, k) => (value += share * Math.sin(2 * Math.PI * hz * (k + 1) * t)));
      samples[i] = (samples[i] ?? 0) + loud * shape * value;
    }
  }
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((value, i) => {
    const noisy = value + 0.004 * (random.next() + random.next() - 1);
    data.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, noisy))), 2 * i);
  });
  return data;
};
