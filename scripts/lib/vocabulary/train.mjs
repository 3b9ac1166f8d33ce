// Trains the parts of a vocabulary: a tree of two storeys (Nister and Stewenius, "Scalable recognition with a vocabulary tree", CVPR 2006), random
// orthogonal directions, and for each word the median along each of them (Jegou, Douze, Schmid, "Hamming embedding", ECCV 2008).
import {
  BRANCHES,
  CODE_BITS,
  LEAVES,
  NEAREST_WORDS,
  Vocabulary,
  WORDS,
} from '../../../packages/core/dist/kernels/index.js';
import { assignEach, kMeans } from './cluster.mjs';
import { randomFrom } from './random.mjs';

const D = 128;
const BRANCH_SAMPLE = 60_000;
const BRANCH_ROUNDS = 10;
const LEAF_ROUNDS = 5;
/** A word of fewer descriptors takes the medians of its whole branch. */
const LEAST_OF_WORD = 8;
const MOST_OF_BRANCH = 400;
const DIRECTION_SCALE = 360;

const byte = (value) => Math.max(0, Math.min(255, Math.round(value)));

export const trainParts = (descriptors, say) => {
  const random = randomFrom(12_345);
  const count = descriptors.length / D;
  const sample = Int32Array.from({ length: BRANCH_SAMPLE }, () => Math.floor(random() * count));
  const centres = kMeans(descriptors, sample, BRANCHES, BRANCH_ROUNDS, random);
  const groups = Array.from({ length: BRANCHES }, () => []);
  const all = Int32Array.from({ length: count }, (_, i) => i);
  assignEach(descriptors, all, centres, BRANCHES, (index, branch) => groups[branch].push(index));
  say(
    `${BRANCHES} branches of ${Math.min(...groups.map((g) => g.length))} to ${Math.max(...groups.map((g) => g.length))}`,
  );

  const leaves = new Uint8Array(WORDS * D);
  groups.forEach((group, branch) => {
    const found = kMeans(descriptors, group, LEAVES, LEAF_ROUNDS, random);
    leaves.set(Uint8Array.from(found, byte), branch * LEAVES * D);
  });
  const parts = { directions: orthogonalDirections(random), branches: Uint8Array.from(centres, byte), leaves };
  say(`${WORDS} words`);
  return { ...parts, medians: mediansOf(descriptors, parts, groups) };
};

/** Gram and Schmidt over normal random vectors (Box and Muller), as bytes. */
const orthogonalDirections = (random) => {
  const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const rows = Array.from({ length: CODE_BITS }, () => Float64Array.from({ length: D }, normal));
  rows.forEach((row, i) => {
    for (const before of rows.slice(0, i)) {
      const along = row.reduce((sum, value, d) => sum + value * before[d], 0);
      for (let d = 0; d < D; d++) row[d] -= along * before[d];
    }
    const length = Math.hypot(...row);
    for (let d = 0; d < D; d++) row[d] /= length;
  });
  return Int8Array.from(
    rows.flatMap((row) => [...row]),
    (value) => Math.max(-127, Math.min(127, Math.round(value * DIRECTION_SCALE))),
  );
};

const mediansOf = (descriptors, parts, groups) => {
  const untrained = new Vocabulary({ ...parts, medians: new Int16Array(WORDS * CODE_BITS) });
  const { words } = untrained.wordsOf(descriptors);
  const projections = untrained.projectionsOf(descriptors);
  const members = Array.from({ length: WORDS }, () => []);
  for (let i = 0; i < descriptors.length / D; i++) members[words[i * NEAREST_WORDS]].push(i);
  const medians = new Int16Array(WORDS * CODE_BITS);
  members.forEach((own, word) => {
    const group = groups[Math.floor(word / LEAVES)];
    const taken = own.length >= LEAST_OF_WORD ? own : group.slice(0, MOST_OF_BRANCH);
    for (let bit = 0; bit < CODE_BITS; bit++) {
      const values = Int16Array.from(taken, (i) => projections[i * CODE_BITS + bit]).sort();
      medians[word * CODE_BITS + bit] = values[values.length >> 1] ?? 0;
    }
  });
  return medians;
};
