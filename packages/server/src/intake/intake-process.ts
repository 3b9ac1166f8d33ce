// The intake as a process of its own beside the server: orders come over the channel that its parent holds.
import { untilAborted } from '../app/child-process.js';
import type { Config } from '../app/config.js';
import { takeOrders } from '../app/order-channel.js';
import { registerProcess, runnerOf } from '../app/processes.js';
import { throughRestarts } from '../app/through-restarts.js';
import { createIntake, type IntakeOrder, type IntakeReply } from '../features/exhibits/index.js';
import { createListIntake, type ListOrder } from '../features/lists/index.js';
import { putReceipt } from '../features/packages/index.js';
import { openStore } from '../store/index.js';

const TIDY_EVERY_MS = 600_000;

/** Works until `stopping`, then ends what it has under way. Errors: of opening the store. */
export const runIntake = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['worker'], prepare: 'no' });
  try {
    store.keys.requireReady();
    const self = await throughRestarts(() => registerProcess(runnerOf(store.worker), 'ingest'));
    const intake = createIntake(store);
    const lists = createListIntake(store, putReceipt);
    const orders = takeOrders((order: IntakeOrder | ListOrder): Promise<IntakeReply> =>
      order.op === 'look-at-lists' ? lists.ask(order) : intake.ask(order),
    );
    const tidy = (): void => {
      for (const one of [intake, lists]) one.tidy().catch(() => undefined);
    };
    tidy();
    const timer = setInterval(tidy, TIDY_EVERY_MS);
    await untilAborted(stopping);
    clearInterval(timer);
    await orders.idle();
    await Promise.all([intake.stop(), lists.stop()]);
    await self.leave();
  } finally {
    await store.close();
    process.disconnect?.();
  }
};
