// The intake as a process of its own beside the server: orders come over the channel that its parent holds.
import { isRedthreadError } from '@redthread/core/errors';
import type { Config } from '../app/config.js';
import { registerProcess, runnerOf } from '../app/processes.js';
import { throughRestarts } from '../app/through-restarts.js';
import { createIntake, type IntakeAnswer, type IntakeRequest } from '../features/exhibits/index.js';
import { openStore } from '../store/index.js';

const TIDY_EVERY_MS = 600_000;

/** Works until `stopping`, then ends what it has under way. Errors: of opening the store. */
export const runIntake = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['worker'], prepare: 'no' });
  try {
    store.keys.requireReady();
    const self = await throughRestarts(() => registerProcess(runnerOf(store.worker), 'ingest'));
    const intake = createIntake(store);
    const underWay = new Set<Promise<void>>();
    const answer = async ({ id, order }: IntakeRequest): Promise<void> => {
      const reply = await intake.ask(order).then(
        (value): IntakeAnswer => ({ id, ok: true, value }),
        (error: unknown): IntakeAnswer => ({ id, ok: false, ...described(error) }),
      );
      process.send?.(reply);
    };
    process.on('message', (request: IntakeRequest) => {
      const work = answer(request).finally(() => underWay.delete(work));
      underWay.add(work);
    });
    process.send?.({ ready: true });
    const tidy = (): void => void intake.tidy().catch(() => undefined);
    tidy();
    const timer = setInterval(tidy, TIDY_EVERY_MS);
    await new Promise<void>((resolve) => {
      if (stopping.aborted) resolve();
      else stopping.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(timer);
    await Promise.allSettled(underWay);
    await intake.stop();
    await self.leave();
  } finally {
    await store.close();
    process.disconnect?.();
  }
};

const described = (error: unknown): { code: 'INTERNAL'; detail: string } => {
  if (isRedthreadError(error)) return { code: error.code as 'INTERNAL', detail: error.detail };
  process.stderr.write(`note: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { code: 'INTERNAL', detail: 'see the log of the intake' };
};
