// Connections between exhibits and between cases, from what the viewer may see.
import type { ConnectionEnds, ConnectionPage } from '@redthread/core/contract';
import type { ConnectionState, Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { withContext, type Store } from '../../store/index.js';
import { requireScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { requireMedia } from '../media/index.js';
import { readPairsOf } from './of-media.js';
import { readConnections } from './read.js';
import { rankedFor } from './seen.js';

export interface ListInput extends ScopeInput {
  readonly between?: ConnectionEnds;
  /** Of its pairs of files one at least has this media. */
  readonly media?: string | undefined;
  readonly leads?: boolean;
  readonly state?: ConnectionState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Asks for a page of them: the connector where one is there, on the command line the process itself. */
export type AskConnections = (input: ListInput) => Promise<ConnectionPage>;

/** Errors: NOT_FOUND for a scope or a media that does not exist or is not shared, REQUEST_INVALID for the cases of an exhibit. */
export const listConnections = async (store: Store, ctx: Context, input: ListInput): Promise<ConnectionPage> => {
  const scope = scopeOf(input);
  const { between = 'exhibits', media, leads = false, state, cursor, limit } = input;
  const ranked = await rankedFor(store, ctx, between, async (trx) => {
    if (scope !== null) await requireScope(trx, scope);
    if (media !== undefined) await requireMedia(trx, media);
    if (scope?.kind === 'exhibit' && between === 'cases')
      throw fail('REQUEST_INVALID', 'an exhibit connects with exhibits; ask for its case', { pointer: '/between' });
  });
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const pairs = media === undefined ? null : await readPairsOf(trx, between, media);
      return readConnections(trx, ranked, { between, scope, pairs, leads, state, cursor, limit });
    },
    { access: 'read only' },
  );
};
