// Life of a process of ours that another one started: it ends with its parent, however that ended, and on SIGTERM and
// SIGINT after what it has under way.
import { isRedthreadError } from '@redthread/core/errors';
import { loadConfig, type Config } from './config.js';

/** Whatever an orphan has under way, it does not outlive its parent by more. */
const ORPHAN_GRACE_MS = 10_000;

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Runs `main` until it returns; the exit code is 1 when it threw, with one line on stderr. */
export const runChildProcess = async (
  main: (config: Config, stopping: AbortSignal) => Promise<void>,
): Promise<void> => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  // The parent holds the other end of our standard input; it closes when the parent is gone, killed or not.
  const orphaned = (): void => {
    stop();
    setTimeout(() => process.exit(1), ORPHAN_GRACE_MS).unref();
  };
  process.stdin.on('end', orphaned).on('close', orphaned).on('error', orphaned).resume();
  try {
    await main(loadConfig(), controller.signal);
  } catch (error) {
    const text = isRedthreadError(error)
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
  process.stdin.destroy();
};
