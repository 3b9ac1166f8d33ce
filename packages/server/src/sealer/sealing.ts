// The seal of one event: its dense number, a commitment for each clear text, its hash, and its place in chain and tree.
import { randomBytes } from 'node:crypto';
import {
  commitmentTo,
  eventHash,
  nextLink,
  SALT_BYTES,
  sealedForm,
  textsOf,
  type KeptNode,
} from '@redthread/core/audit';
import { sha256, type EventOfLog } from '../store/index.js';
import type { LogState } from './log-state.js';

export interface Seal {
  readonly log: string;
  readonly number: number;
  readonly event: string;
  readonly leaf: Buffer;
  readonly chain: Buffer;
  readonly commitments: Readonly<Record<string, string>>;
  readonly salts: Readonly<Record<string, string>>;
  /** Nodes of the tree that it completes. */
  readonly nodes: readonly KeptNode[];
}

/** Seals `event` as the next one of its log, whose state moves on. */
export const sealEvent = (state: LogState, event: EventOfLog): Seal => {
  const { log } = event;
  const number = state.frontier.size + 1;
  const texts = textsOf(event);
  const random = randomBytes(texts.size * SALT_BYTES);
  const commitments: Record<string, string> = {};
  const salts: Record<string, string> = {};
  let taken = 0;
  for (const [field, text] of texts) {
    const salt = random.subarray(taken, (taken += SALT_BYTES));
    commitments[field] = commitmentTo(sha256, salt, field, text);
    salts[field] = salt.toString('hex');
  }
  const leaf = eventHash(sha256, sealedForm(log, number, event, commitments));
  state.chain = nextLink(sha256, state.chain, leaf);
  const nodes = state.frontier.append(leaf);
  const [leafBytes, chain] = [Buffer.from(leaf), Buffer.from(state.chain)];
  return { log, number, event: event.id, leaf: leafBytes, chain, commitments, salts, nodes };
};
