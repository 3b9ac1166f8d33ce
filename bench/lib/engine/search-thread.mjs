// One thread of a search with several: attaches to the segments' memories and times all queries.
import { parentPort, workerData } from 'node:worker_threads';
import { NearSegment } from '../../../packages/core/dist/index/index.js';

const { memories, queries, thread, radius } = workerData;
const segments = memories.map((memory) => NearSegment.attach(memory, thread));
const run = () => {
  for (let at = 0; at < queries.length; at += 32) {
    const hits = [];
    for (const segment of segments) segment.search(queries.subarray(at, at + 32), radius, hits);
  }
};
run();
const started = performance.now();
run();
parentPort.postMessage((performance.now() - started) / 1000);
