// Compares every so-many-th of the chosen pairs, in a thread; tells of each thousand those that match by a part or a place.
import { parentPort, workerData } from 'node:worker_threads';
import { compareMedia } from '../../../packages/core/dist/graph/index.js';

const { media, pairs, first, step } = workerData;
const PARTS = ['partial', 'same scene'];
const TOLD_AFTER = 1_000;

let found = [];
for (let at = first, done = 1; at < pairs.length; at += step, done += 1) {
  const [i, j] = [Math.floor(pairs[at] / media.length), pairs[at] % media.length];
  const { grade, reasons } = compareMedia(media[i], media[j]);
  if (PARTS.includes(grade)) found.push({ i, j, grade, value: reasons[0].value });
  if (done % TOLD_AFTER !== 0) continue;
  parentPort.postMessage(found);
  found = [];
}
parentPort.postMessage(found);
