// Which slot of the typed arrays holds which id: slots are dense at first, and freed ones are used again.

export class Slots {
  #ids = new Float64Array(1024);
  readonly #slotOf = new Map<number, number>();
  readonly #free: number[] = [];
  #end = 0;

  /** Ids held. */
  get size(): number {
    return this.#slotOf.size;
  }
  /** One past the highest slot ever used. */
  get end(): number {
    return this.#end;
  }
  idAt(slot: number): number {
    return this.#ids[slot]!;
  }
  slotOf(id: number): number | undefined {
    return this.#slotOf.get(id);
  }

  /** Gives `id`, which must be new, a slot. */
  take(id: number): number {
    const slot = this.#free.pop() ?? this.#end++;
    if (slot >= this.#ids.length) {
      const larger = new Float64Array(this.#ids.length * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[slot] = id;
    this.#slotOf.set(id, slot);
    return slot;
  }

  /** Frees the slot of `id`: its entry reads NaN until it is taken again. */
  release(id: number): number | undefined {
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return undefined;
    this.#slotOf.delete(id);
    this.#ids[slot] = Number.NaN;
    this.#free.push(slot);
    return slot;
  }
}

/** A copy of at least twice the length once `needed` does not fit. */
export const grown = (array: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> => {
  if (needed <= array.length) return array;
  const larger = new Int32Array(Math.max(needed, array.length * 2));
  larger.set(array);
  return larger;
};
