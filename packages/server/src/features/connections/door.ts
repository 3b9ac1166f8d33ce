// What the server asks of the connector, the process that keeps what connects: reading a large sight would hold up the web. Plain data only:
// it crosses a process border.
import type { ConnectionDecide, ConnectionExpansion, ConnectionFile, ConnectionPage } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Store } from '../../store/index.js';
import { decide, readConnection } from './decide.js';
import { expandConnections, type ExpandInput } from './expand.js';
import { keepConnections } from './seen.js';
import { listConnections, type ListInput } from './service.js';

export type ConnectionOrder = { readonly ctx: Context } & (
  | { readonly op: 'list'; readonly input: ListInput }
  | { readonly op: 'expand'; readonly input: ExpandInput }
  | { readonly op: 'read'; readonly id: string }
  | { readonly op: 'decide'; readonly id: string; readonly decision: ConnectionDecide }
);

export interface ConnectionReplies {
  readonly list: ConnectionPage;
  readonly expand: ConnectionExpansion;
  readonly read: ConnectionFile;
  readonly decide: ConnectionFile;
}

export type ConnectionReply = ConnectionReplies[ConnectionOrder['op']];

/** The connector as the server sees it. Errors: what the order fails with; CONNECTIONS_BEING_READ, CONNECTIONS_UNAVAILABLE. */
export interface ConnectionDoor {
  ask<O extends ConnectionOrder>(order: O): Promise<ConnectionReplies[O['op']]>;
}

/** Whoever waits longer is told how far the reading is, and asks again. */
const PATIENCE_MS = 2_000;

export const answerConnections = (store: Store, patienceMs = PATIENCE_MS): ConnectionDoor['ask'] => {
  keepConnections(store, { patienceMs });
  const answer = (order: ConnectionOrder): Promise<ConnectionReply> => {
    const { ctx } = order;
    switch (order.op) {
      case 'list':
        return listConnections(store, ctx, order.input);
      case 'expand':
        return expandConnections(store, ctx, order.input);
      case 'read':
        return readConnection(store, ctx, order.id);
      case 'decide':
        return decide(store, ctx, order.id, order.decision);
    }
  };
  return answer as ConnectionDoor['ask'];
};
