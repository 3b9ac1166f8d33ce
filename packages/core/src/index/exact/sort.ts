// Orders entries in memory, stably: by digest, then by list. Digests are uniform, so four of their bytes decide almost always: a radix sort
// (least significant digit first, 11 bits a pass) by these, then comparisons among the few that tie, or the many where somebody chose them.

/** Digests of equal leading words up to this many are put in order by insertion. */
const INSERTED = 16;
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** An entry as it is collected: digest, tag and payload (32 bits each, little-endian). */
export interface RawEntries {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly digestBytes: number;
}

const strideOf = ({ digestBytes }: RawEntries): number => digestBytes + 8;

/** Less than, equal to or more than 0, as entry `a` stands to entry `b` (byte offsets); the tombstone bit does not count. */
export const compareRaw = (
  left: Uint8Array,
  a: number,
  right: Uint8Array,
  b: number,
  digestBytes: number,
  skip = 0,
): number => {
  for (let i = skip; i < digestBytes; i++) {
    const difference = left[a + i]! - right[b + i]!;
    if (difference !== 0) return difference;
  }
  return listAt(left, a + digestBytes) - listAt(right, b + digestBytes);
};

const listAt = (bytes: Uint8Array, at: number): number => (bytes[at]! | (bytes[at + 1]! << 8)) >>> 1;

/** The order of the entries, all of which have their first `equalBytes` in common: numbers of entries, smallest first. */
export const sortedOrder = (entries: RawEntries, equalBytes: number): Uint32Array => {
  const { bytes, count, digestBytes } = entries;
  const stride = strideOf(entries);
  // Near the end of a digest the word begins earlier, with bytes that are equal anyway.
  const wordAt = Math.min(equalBytes, digestBytes - 4);
  let keys = new Uint32Array(count);
  let order = new Uint32Array(count);
  for (let entry = 0, at = wordAt; entry < count; entry++, at += stride) {
    keys[entry] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    order[entry] = entry;
  }
  let [otherKeys, otherOrder] = [new Uint32Array(count), new Uint32Array(count)];
  const places = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    places.fill(0);
    for (let i = 0; i < count; i++) places[(keys[i]! >>> shift) & (DIGITS - 1)]! += 1;
    for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
      const size = places[digit]!;
      places[digit] = sum;
      sum += size;
    }
    for (let i = 0; i < count; i++) {
      const place = places[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
      otherKeys[place] = keys[i]!;
      otherOrder[place] = order[i]!;
    }
    [keys, otherKeys] = [otherKeys, keys];
    [order, otherOrder] = [otherOrder, order];
  }
  const compare = (a: number, b: number): number =>
    compareRaw(bytes, a * stride, bytes, b * stride, digestBytes, wordAt + 4) || a - b;
  for (let from = 0; from < count;) {
    let to = from + 1;
    while (to < count && keys[to] === keys[from]) to += 1;
    if (to - from > 1) settle(order, from, to, compare);
    from = to;
  }
  return order;
};

const settle = (order: Uint32Array, from: number, to: number, compare: (a: number, b: number) => number): void => {
  if (to - from > INSERTED) {
    order.subarray(from, to).sort(compare);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const entry = order[i]!;
    let place = i;
    for (; place > from && compare(order[place - 1]!, entry) > 0; place--) order[place] = order[place - 1]!;
    order[place] = entry;
  }
};
