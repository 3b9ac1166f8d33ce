// Keeps what connects for the server and answers what is asked of it: as the role `app`, under row-level security like the server, without a
// key, and in a memory of its own. Reading a large sight takes a while and holds nobody up who asks for anything else.
import { setTimeout as delay } from 'node:timers/promises';
import { untilAborted } from '../app/child-process.js';
import type { Config } from '../app/config.js';
import { takeOrders } from '../app/order-channel.js';
import { answerConnections, type ConnectionOrder, type ConnectionReply } from '../features/connections/index.js';
import { openStore } from '../store/index.js';

const CLOSES_WITHIN_MS = 2_000;

/** Works until `stopping`, then ends what it has under way. Errors: of opening the store. */
export const runConnector = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['app'], prepare: 'no' });
  try {
    const orders = takeOrders<ConnectionOrder, ConnectionReply>(answerConnections(store));
    await untilAborted(stopping);
    await orders.idle();
  } finally {
    // What is read for nobody any more may take long: it is not waited for.
    await Promise.race([store.close(), delay(CLOSES_WITHIN_MS)]);
    process.disconnect?.();
  }
  process.exit();
};
