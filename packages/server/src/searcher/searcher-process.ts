// Searches by picture for the server, which never holds the role that reads signals, asks the lists, whose digests it keeps in memory, and looks through kept searches. It
// opens no content that is stored, and so has no key; what it is given it decodes in a disposable child, compares, and forgets.
import { untilAborted } from '../app/child-process.js';
import type { Config } from '../app/config.js';
import { takeOrders } from '../app/order-channel.js';
import { answerSearches, keepLooking, type SearchOrder, type SearchReply } from '../features/search/index.js';
import { openStore } from '../store/index.js';

/** Works until `stopping`, then ends what it has under way. Errors: of opening the store. */
export const runSearcher = async (config: Config, stopping: AbortSignal): Promise<void> => {
  const store = await openStore(config, { roles: ['app', 'matcher'], prepare: 'no' });
  try {
    const orders = takeOrders<SearchOrder, SearchReply>(answerSearches(store));
    const looking = keepLooking(store, stopping, (line) => process.stderr.write(`${line}\n`));
    await untilAborted(stopping);
    await orders.idle();
    await looking;
  } finally {
    await store.close();
    process.disconnect?.();
  }
};
