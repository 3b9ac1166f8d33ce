// Runs tasks on worker threads, or one after the other in this thread when one is all that is wanted.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { runTask, type Task, type TaskResult } from './tasks.js';

export interface Pool {
  /** Does all tasks, in any order; results in the order of the tasks. The first failure ends it. */
  run(tasks: readonly Task[], onDone: () => void): Promise<TaskResult[]>;
  close(): Promise<void>;
}

/** The compiled thread, also when this runs from sources. */
const entry = fileURLToPath(new URL('./draw-thread.js', import.meta.url)).replace(
  /([\\/]packages[\\/][a-z]+[\\/])src([\\/])/,
  '$1dist$2',
);

type Answer = { readonly result: TaskResult } | { readonly error: string };

export const createPool = (staging: string, threads = availableParallelism()): Pool => {
  if (threads <= 1 || !existsSync(entry)) {
    return {
      run: async (tasks, onDone) => {
        const results: TaskResult[] = [];
        for (const task of tasks) {
          results.push(await runTask(staging, task));
          onDone();
        }
        return results;
      },
      close: () => Promise.resolve(),
    };
  }
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData: { staging } }));
  return {
    run: async (tasks, onDone) => {
      const results: TaskResult[] = [];
      let next = 0;
      const drive = (worker: Worker): Promise<void> =>
        new Promise((resolve, reject) => {
          let current = -1;
          const give = (): void => {
            const task = tasks[next];
            if (task === undefined) {
              worker.off('message', take);
              worker.off('error', reject);
              resolve();
              return;
            }
            current = next++;
            worker.postMessage(task);
          };
          const take = (answer: Answer): void => {
            if ('error' in answer) {
              reject(new Error(`drawing failed: ${answer.error}`));
              return;
            }
            results[current] = answer.result;
            onDone();
            give();
          };
          worker.on('message', take);
          worker.on('error', reject);
          give();
        });
      await Promise.all(workers.map(drive));
      return results;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
