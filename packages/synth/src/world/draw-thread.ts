// A worker thread of the drawing: takes tasks one by one from the pool that started it.
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { runTask, type Task } from './tasks.js';

// The pool already uses every core it was given.
sharp.concurrency(1);
const { staging } = workerData as { staging: string };

parentPort?.on('message', (task: Task) => {
  runTask(staging, task).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
