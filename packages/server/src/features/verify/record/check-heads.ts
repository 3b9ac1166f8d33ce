// The signed heads: each by a key of this store, each head over all logs over exactly the heads of its time and after the one
// before it.
import { headHash, signedText, toHex } from '@redthread/core/audit';
import {
  isSignedBy,
  NO_ANCHORS,
  rootOverLogs,
  sha256,
  type Anchor,
  type SignedLogHead,
  type SignedRecordHead,
} from '../../../store/index.js';
import type { KnownKeys } from './check-keys.js';
import type { Findings } from './findings.js';

const isSigned = (keys: KnownKeys, key: string, text: string, signature: Buffer): boolean => {
  const publicKey = keys.get(key);
  return publicKey !== undefined && isSignedBy(publicKey, text, signature);
};

export const checkLogHeads = (heads: readonly SignedLogHead[], keys: KnownKeys, findings: Findings): void => {
  for (const { head, signature } of heads)
    if (!isSigned(keys, head.key, signedText('log', head), signature))
      findings.add(
        'RECORD_CHANGED',
        `the head of ${head.size} events of ${findings.nameOf(head.log)}`,
        'it is not signed by a key of this store',
      );
};

export interface HeadsOfRecord {
  readonly records: readonly SignedRecordHead[];
  /** Of all logs, in the order of their rounds. */
  readonly logs: readonly SignedLogHead[];
  readonly anchors: readonly Anchor[];
}

export const checkRecordHeads = async (
  { anchors, logs, records }: HeadsOfRecord,
  keys: KnownKeys,
  findings: Findings,
): Promise<void> => {
  const chains = new Map<number, Uint8Array>([
    [0, NO_ANCHORS.chain],
    ...anchors.map((one) => [one.number, one.chain] as const),
  ]);
  const current = new Map<string, SignedLogHead>();
  let next = 0;
  let before: SignedRecordHead | null = null;
  for (const signed of records) {
    const { head, round, signature } = signed;
    const say = (what: string): void =>
      findings.add('RECORD_CHANGED', `the head over all logs of round ${round}`, what);
    const [first, last] = [(before?.round ?? 0) + 1, round - 1];
    if (first <= last)
      findings.add('RECORD_MISSING', `the heads over all logs of rounds ${first} to ${last}`, 'they are gone');
    if (!isSigned(keys, head.key, signedText('record', head), signature))
      say('it is not signed by a key of this store');
    if (first > last && head.previous !== (before === null ? null : toHex(headHash(sha256, before.head))))
      say('it does not follow the one before it');
    const started = next;
    for (; next < logs.length && (logs[next]?.round ?? 0) <= round; next += 1) {
      const one = logs[next];
      if (one === undefined) break;
      current.set(one.head.log, one);
      if (one.round !== round && one.round > (before?.round ?? 0))
        findings.add(
          'RECORD_INSERTED',
          `a head of ${findings.nameOf(one.head.log)}`,
          `no head over all logs is of its round ${one.round}`,
        );
    }
    if (started === next) say('no log grew in it');
    const inOrder = [...current.values()].sort((a, b) => (a.head.log < b.head.log ? -1 : 1));
    if (inOrder.length !== head.logs || toHex(await rootOverLogs(inOrder)) !== head.root)
      say('it is not over the heads that the logs had');
    const chain = chains.get(head.anchors.count);
    if (chain === undefined)
      findings.add('RECORD_MISSING', 'the anchors', `there were ${head.anchors.count} of them in round ${round}`);
    else if (toHex(chain) !== head.anchors.chain) say('the anchors before it are not those that it names');
    before = signed;
  }
  for (const one of logs.slice(next))
    findings.add(
      'RECORD_INSERTED',
      `a head of ${findings.nameOf(one.head.log)}`,
      `no head over all logs is of its round ${one.round}`,
    );
};
