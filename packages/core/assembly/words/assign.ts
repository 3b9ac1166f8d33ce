// The nearest words of descriptors by a tree of two storeys: the nearest branches first, then the words of those.
import { BRANCHES, closeness, DIMENSIONS, LEAVES, NEAREST, PROBES, WIDE_BYTES } from './layout';
import { widen } from './widen';

/**
 * Writes for each of `count` descriptors (128 bytes each) its NEAREST words (u16) to `words`. `branches` and `leaves` are centres as 16-bit numbers, the leaves
 * of a branch in a row; `branchLengths` and `leafLengths` their squared lengths (i32). `room`: 1,024 bytes.
 */
export function assign(
  descriptors: usize,
  count: i32,
  branches: usize,
  branchLengths: usize,
  leaves: usize,
  leafLengths: usize,
  words: usize,
  room: usize,
): void {
  const wide = room;
  const best = room + WIDE_BYTES;
  const nearest = best + <usize>PROBES * 8;
  for (let i = 0; i < count; i++) {
    widen(descriptors + <usize>(i * DIMENSIONS), wide, <usize>DIMENSIONS);
    clear(best, PROBES);
    for (let branch = 0; branch < BRANCHES; branch++) {
      const centre = branches + <usize>branch * WIDE_BYTES;
      insert(best, PROBES, closeness(wide, centre, load<i32>(branchLengths + ((<usize>branch) << 2))), branch);
    }
    clear(nearest, NEAREST);
    for (let probe = 0; probe < PROBES; probe++) {
      const first = load<i32>(best + <usize>probe * 8, 4) * LEAVES;
      for (let word = first; word < first + LEAVES; word++) {
        const centre = leaves + <usize>word * WIDE_BYTES;
        insert(nearest, NEAREST, closeness(wide, centre, load<i32>(leafLengths + ((<usize>word) << 2))), word);
      }
    }
    for (let n = 0; n < NEAREST; n++) {
      store<u16>(words + ((<usize>(i * NEAREST + n)) << 1), <u16>load<i32>(nearest + <usize>n * 8, 4));
    }
  }
}

function clear(list: usize, length: i32): void {
  for (let i = 0; i < length; i++) store<i32>(list + <usize>i * 8, i32.MIN_VALUE);
}

/** Keeps the list in falling order of closeness. */
function insert(list: usize, length: i32, close: i32, number: i32): void {
  let at = length - 1;
  if (close <= load<i32>(list + <usize>at * 8)) return;
  while (at > 0 && load<i32>(list + <usize>(at - 1) * 8) < close) {
    store<u64>(list + <usize>at * 8, load<u64>(list + <usize>(at - 1) * 8));
    at--;
  }
  store<i32>(list + <usize>at * 8, close);
  store<i32>(list + <usize>at * 8, number, 4);
}
