// A bit for each of any number of entries.

export class Bits {
  #bytes = new Uint8Array(1024);

  set(number: number, value: boolean): void {
    const at = Math.floor(number / 8);
    if (at >= this.#bytes.length) {
      if (!value) return;
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, at + 1));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    const bit = 1 << (number % 8);
    if (value) this.#bytes[at]! |= bit;
    else this.#bytes[at]! &= ~bit;
  }

  has(number: number): boolean {
    return ((this.#bytes[Math.floor(number / 8)] ?? 0) & (1 << (number % 8))) !== 0;
  }
}
