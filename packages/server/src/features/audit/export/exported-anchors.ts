// Which anchors an export takes along: for each event the first that covers it, and the newest; each with the way from the log's
// head of that time up to what was anchored, and on to the head of now.
import { sql, type Kysely } from 'kysely';
import { blockSource, consistencyProof, headLeaf, inclusionProof, memorySource, toHex } from '@redthread/core/audit';
import {
  instantText,
  lastLogHeads,
  recordHeadOf,
  sha256,
  storedTree,
  type Anchor,
  type Database,
} from '../../../store/index.js';
import type { ExportedAnchor } from './form.js';

interface AnchorOfLog extends Pick<Anchor, 'number' | 'round' | 'kind' | 'place' | 'at' | 'proof'> {
  /** Events of the log that it covers. */
  readonly size: number;
}

/** In the order in which they were made. */
const anchorsOfLog = async (db: Kysely<Database>, log: string, size: number): Promise<AnchorOfLog[]> => {
  const { rows } = await sql<AnchorOfLog>`
    select a.number, a.round, a.kind, a.place, ${instantText('a.at')} as at, a.proof, h.size
    from audit_anchors a cross join lateral (select size from audit_heads
      where agency_id = ${log} and round <= a.round order by round desc limit 1) h
    where h.size <= ${size} order by a.number`.execute(db);
  return rows;
};

/** Of each kind: the first that covers each of the events, and the newest. */
const chosenOf = (anchors: readonly AnchorOfLog[], numbers: readonly number[]): AnchorOfLog[] => {
  const chosen = new Set<AnchorOfLog>();
  for (const kind of ['file', 'tsa'] as const) {
    const own = anchors.filter((one) => one.kind === kind);
    let at = 0;
    for (const number of numbers) {
      while (at < own.length && (own[at]?.size ?? 0) < number) at += 1;
      const covering = own[at];
      if (covering === undefined) break;
      chosen.add(covering);
    }
    const newest = own.at(-1);
    if (newest !== undefined) chosen.add(newest);
  }
  return [...chosen].sort((a, b) => a.number - b.number);
};

export interface ChosenAnchor {
  readonly exported: ExportedAnchor;
  /** Token of a time-stamp authority, DER. */
  readonly token: Buffer | null;
}

/** `numbers` in ascending order. */
export const exportedAnchors = async (
  db: Kysely<Database>,
  log: string,
  size: number,
  numbers: readonly number[],
): Promise<ChosenAnchor[]> => {
  const tree = blockSource(storedTree(db, log), size);
  const chosen: ChosenAnchor[] = [];
  for (const anchor of chosenOf(await anchorsOfLog(db, log, size), numbers)) {
    const record = await recordHeadOf(db, anchor.round);
    const heads = await lastLogHeads(db, anchor.round);
    const index = heads.findIndex(({ head }) => head.log === log);
    const own = heads[index];
    if (record === null || own === undefined) continue;
    const leaves = heads.map(({ head }) => headLeaf(sha256, head));
    const isStamp = anchor.kind === 'tsa';
    chosen.push({
      token: isStamp ? anchor.proof : null,
      exported: {
        kind: anchor.kind,
        at: anchor.at,
        line: isStamp ? null : anchor.proof.toString('hex'),
        authority: isStamp ? anchor.place : null,
        token: isStamp ? `anchors/${anchor.number}.tst` : null,
        record: { head: record.head, signature: record.signature.toString('hex') },
        log: { head: own.head, signature: own.signature.toString('hex') },
        index,
        proof: (await inclusionProof(sha256, memorySource(sha256, leaves), index, leaves.length)).map(toHex),
        consistency: (await consistencyProof(sha256, tree, own.head.size, size)).map(toHex),
      },
    });
  }
  return chosen;
};
