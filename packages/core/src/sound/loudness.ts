// How loud a sound is along its length: a row of bars to look at, by the root mean square of its loudest part in each.

/** Bars of a sound, however long it is. */
export const LOUDNESS_BARS = 200;
const BLOCK = 1_024;
/** What is quieter is drawn as nothing. */
const FLOOR_DB = -60;

export class Loudness {
  readonly #blocks: number[] = [];
  #sum = 0;
  #fill = 0;

  /** Samples of -1 to 1, as they come. */
  take(samples: Float64Array): void {
    for (const sample of samples) {
      this.#sum += sample * sample;
      if (++this.#fill === BLOCK) this.#end();
    }
  }

  #end(): void {
    if (this.#fill > 0) this.#blocks.push(this.#sum / this.#fill);
    [this.#sum, this.#fill] = [0, 0];
  }

  /** 0 (silent, or under -60 dB) to 100 (full scale), at most `LOUDNESS_BARS` of them. */
  bars(): number[] {
    this.#end();
    const count = Math.min(LOUDNESS_BARS, this.#blocks.length);
    return Array.from({ length: count }, (_, i) => {
      const from = Math.floor((i * this.#blocks.length) / count);
      const to = Math.floor(((i + 1) * this.#blocks.length) / count);
      let loudest = 0;
      for (let at = from; at < to; at++) loudest = Math.max(loudest, this.#blocks[at] ?? 0);
      const db = 10 * Math.log10(loudest + 1e-12);
      return Math.round(100 * Math.max(0, Math.min(1, 1 - db / FLOOR_DB)));
    });
  }
}
