// Lloyd's k-means over descriptors of 128 bytes, fast enough for a million of them: nearest centre by the largest x.c - c.c/2.
const D = 128;

const halfLengths = (centres, k) => {
  const half = new Float32Array(k);
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let d = c * D; d < (c + 1) * D; d++) sum += centres[d] * centres[d];
    half[c] = sum / 2;
  }
  return half;
};

/** Calls `take(which, centre)` with the nearest centre of each descriptor of `indices`. */
export const assignEach = (descriptors, indices, centres, k, take) => {
  const half = halfLengths(centres, k);
  const x = new Float32Array(D);
  for (const index of indices) {
    for (let d = 0; d < D; d++) x[d] = descriptors[index * D + d];
    let [best, nearest] = [-Infinity, 0];
    for (let c = 0; c < k; c++) {
      let score = -half[c];
      for (let d = 0, at = c * D; d < D; d += 4, at += 4)
        score +=
          x[d] * centres[at] + x[d + 1] * centres[at + 1] + x[d + 2] * centres[at + 2] + x[d + 3] * centres[at + 3];
      if (score > best) [best, nearest] = [score, c];
    }
    take(index, nearest);
  }
};

/** `k` centres (Float32Array) of the descriptors of `indices`; begins with some of them, drawn by `random`. */
export const kMeans = (descriptors, indices, k, rounds, random) => {
  const centres = new Float32Array(k * D);
  const drawn = [...indices];
  for (let c = 0; c < k; c++) {
    const j = c < drawn.length ? c + Math.floor(random() * (drawn.length - c)) : c % drawn.length;
    if (c < drawn.length) [drawn[c], drawn[j]] = [drawn[j], drawn[c]];
    const from = drawn[c % drawn.length] * D;
    // More centres than descriptors: copies that lie a little apart.
    for (let d = 0; d < D; d++) centres[c * D + d] = descriptors[from + d] + (c < drawn.length ? 0 : 4 * random());
  }
  for (let round = 0; round < rounds; round++) {
    const [sums, counts] = [new Float64Array(k * D), new Int32Array(k)];
    assignEach(descriptors, indices, centres, k, (index, c) => {
      counts[c] += 1;
      for (let d = 0; d < D; d++) sums[c * D + d] += descriptors[index * D + d];
    });
    for (let c = 0; c < k; c++) {
      // A centre that lost all of its own begins anew where there is something.
      const again = indices[Math.floor(random() * indices.length)] * D;
      for (let d = 0; d < D; d++)
        centres[c * D + d] = counts[c] === 0 ? descriptors[again + d] : sums[c * D + d] / counts[c];
    }
  }
  return centres;
};
