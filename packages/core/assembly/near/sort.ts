// Orders numbers of hashes by the hashes themselves, in place and whatever they are: heap sort, which has no bad case.

/** Below, at or above zero, as `a` sorts before, with or after `b`. */
export function compareHashes(a: usize, b: usize): i32 {
  for (let at: usize = 0; at < 32; at += 8) {
    const x = load<u64>(a + at);
    const y = load<u64>(b + at);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/** True when number `a` comes before number `b`: by hash, then by number, so that the result is one and the same. */
function before(hashes: usize, a: u32, b: u32): bool {
  const order = compareHashes(hashes + ((<usize>a) << 5), hashes + ((<usize>b) << 5));
  return order < 0 || (order == 0 && a < b);
}

/** Sorts order[from .. to). */
export function sortRange(hashes: usize, order: usize, from: u32, to: u32): void {
  const base = order + ((<usize>from) << 2);
  const count = to - from;
  if (count < 2) return;
  if (count <= 32) {
    insertionSort(hashes, base, count);
    return;
  }
  for (let root = count / 2; root > 0; root--) sink(hashes, base, root - 1, count);
  for (let end = count - 1; end > 0; end--) {
    const top = load<u32>(base);
    store<u32>(base, load<u32>(base + ((<usize>end) << 2)));
    store<u32>(base + ((<usize>end) << 2), top);
    sink(hashes, base, 0, end);
  }
}

function insertionSort(hashes: usize, base: usize, count: u32): void {
  for (let i: u32 = 1; i < count; i++) {
    const number = load<u32>(base + ((<usize>i) << 2));
    let at = i;
    while (at > 0 && before(hashes, number, load<u32>(base + ((<usize>(at - 1)) << 2)))) {
      store<u32>(base + ((<usize>at) << 2), load<u32>(base + ((<usize>(at - 1)) << 2)));
      at--;
    }
    store<u32>(base + ((<usize>at) << 2), number);
  }
}

function sink(hashes: usize, base: usize, root: u32, count: u32): void {
  const number = load<u32>(base + ((<usize>root) << 2));
  let at = root;
  for (let child = at * 2 + 1; child < count; child = at * 2 + 1) {
    let larger = load<u32>(base + ((<usize>child) << 2));
    if (child + 1 < count) {
      const right = load<u32>(base + ((<usize>(child + 1)) << 2));
      if (before(hashes, larger, right)) {
        larger = right;
        child++;
      }
    }
    if (!before(hashes, number, larger)) break;
    store<u32>(base + ((<usize>at) << 2), larger);
    at = child;
  }
  store<u32>(base + ((<usize>at) << 2), number);
}
