// The Huffman codes of a file as tables that the kernel looks up: the runs and values that the next bits begin with.
import type { WasmMemory } from '../../wasm/index.js';
import type { CodeTable } from './header.js';
import { END_RUN, FAST_BITS, FAST_BYTES, PAIR_BITS, SLOW_BITS } from './layout.js';

/** Bits of the largest difference that 8-bit pixels can have; a code for more is none. */
const MAX_SIZE = 11;
/** Zeros before a coefficient at most. */
const LONGEST_RUN = 15;

/** What lies at each place for codes: most cameras and programs use the same tables for every picture. */
const placed = new Map<number, string>();

/** Codes for AC where `pairLimit` is given: the largest value of a pair. */
export const placeCodes = (buffer: WasmMemory['buffer'], at: number, codes: CodeTable, pairLimit?: number): void => {
  const isDc = pairLimit === undefined;
  const name = String.fromCharCode(pairLimit ?? 0, ...codes.counts, ...codes.symbols);
  if (placed.get(at) === name) return;
  const slow = slowTable(buffer, at + FAST_BYTES, codes, isDc);
  if (isDc) {
    const fast = new Uint16Array(buffer, at, 1 << FAST_BITS);
    fast.forEach((_, index) => (fast[index] = levelEntry(slow, index)));
  } else placePairs(buffer, at, slow, pairLimit);
  placed.set(at, name);
};

/** The code that each 16 bits begin with. A DC symbol has a size and no run. */
const slowTable = (
  buffer: WasmMemory['buffer'],
  at: number,
  { counts, symbols }: CodeTable,
  isDc: boolean,
): Uint16Array => {
  const table = new Uint16Array(buffer, at, 1 << SLOW_BITS).fill(0);
  let code = 0;
  let next = 0;
  counts.forEach((count, i) => {
    const length = i + 1;
    for (let n = 0; n < count; n++, code++) {
      const symbol = symbols[next++] ?? 0;
      const size = symbol & 15;
      const run = isDc ? 0 : symbol >> 4;
      // Runs before nothing, but for the longest, have no meaning (T.81, F.1.2.2); decoders take them for the end of a block.
      if (size > MAX_SIZE || (size === 0 && run > 0 && run < LONGEST_RUN)) continue;
      const entry = (length + size) | (size << 5) | (run << 9);
      table.fill(entry, code << (SLOW_BITS - length), (code + 1) << (SLOW_BITS - length));
    }
    code *= 2;
  });
  return table;
};

/** The entry of a code that lies in the `FAST_BITS` of `index` whole, else 0. */
const levelEntry = (slow: Uint16Array, index: number): number => {
  const entry = slow[index << (SLOW_BITS - FAST_BITS)]!;
  return (entry & 31) - ((entry >> 5) & 15) <= FAST_BITS ? entry : 0;
};

/** What lies at the beginning of `left` bits whole: a run (END_RUN at the end of a block), a value, and the bits of both. */
const coefficientAt = (slow: Uint16Array, bits: number, left: number) => {
  const entry = slow[bits << (SLOW_BITS - left)]!;
  const [total, size] = [entry & 31, (entry >> 5) & 15];
  if (entry === 0 || total > left) return null;
  const raw = (bits >> (left - total)) & ((1 << size) - 1);
  const value = size > 0 && raw < 1 << (size - 1) ? raw + 1 - (1 << size) : raw;
  return { total, run: entry >> 5 === 0 ? END_RUN : entry >> 9, value };
};

/** Values beyond `limit` are left to the slow table, whose reader looks at each. */
const placePairs = (buffer: WasmMemory['buffer'], at: number, slow: Uint16Array, limit: number): void => {
  const pairs = new Uint32Array(buffer, at, 2 << PAIR_BITS).fill(0);
  for (let bits = 0; bits < 1 << PAIR_BITS; bits++) {
    const first = coefficientAt(slow, bits, PAIR_BITS);
    if (first === null || Math.abs(first.value) > limit) continue;
    const left = PAIR_BITS - first.total;
    const next = first.run === END_RUN || left === 0 ? null : coefficientAt(slow, bits & ((1 << left) - 1), left);
    const second = next !== null && Math.abs(next.value) <= limit ? next : null;
    const total = first.total + (second?.total ?? 0);
    pairs[2 * bits] = total | (first.run << 5) | ((second === null ? 0 : second.run + 1) << 13);
    const values = (first.value & 0xff) | (((second?.value ?? 0) & 0xff) << 8);
    pairs[2 * bits + 1] = values | ((first.value ** 2 + (second?.value ?? 0) ** 2) << 16);
  }
};
