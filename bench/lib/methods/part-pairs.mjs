// Counts how often the program takes a part of one picture, or its place, for that of another: on pairs of different subjects, drawn by lot from all of a set. To compare the features of
// two pictures takes a thousand times as long as two hashes, so not every pair is. Nothing proposes them: whoever compares two files by hand asks no index.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createRandom } from '../../../packages/synth/dist/random/random.js';

/** `count` pairs of `media`, each `i * media.length + j` with i < j; the first of them are the same whatever the count. */
export const chosenPairs = (media, count, seed) => {
  const random = createRandom(`pairs-${seed}`);
  const chosen = new Set();
  while (chosen.size < count) {
    const [one, other] = [random.int(0, media.length - 1), random.int(0, media.length - 1)];
    const [i, j] = one < other ? [one, other] : [other, one];
    if (media[i].subject !== media[j].subject) chosen.add(i * media.length + j);
  }
  return [...chosen];
};

/** `media`: signals of the set, each with its `subject`; what has too few features is among them, and is never confused. */
export const countParts = async (media, { count, seed, say }) => {
  const [threads, pairs] = [availableParallelism(), chosenPairs(media, count, seed)];
  const errors = [];
  let compared = 0;
  const take = (found) => {
    compared += 1;
    if (compared % 10 === 0) say(`${compared} thousand pairs compared, ${errors.length} false`);
    for (const { i, j, ...error } of found) errors.push({ a: media[i], b: media[j], ...error });
  };
  const run = (first) =>
    new Promise((resolve, reject) => {
      const workerData = { media, pairs, first, step: threads };
      const worker = new Worker(new URL('part-thread.mjs', import.meta.url), { workerData });
      worker.on('message', take);
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: threads }, (_, first) => run(first)));
  return {
    pictures: media.length,
    subjects: new Set(media.map(({ subject }) => subject)).size,
    comparisons: pairs.length,
    errors,
  };
};
