// Verifies the sealed record in one snapshot: keys, every event, chains, trees, heads, anchors, references; names what waits, and
// says what cannot be found with what there is.
import type { Kysely } from 'kysely';
import type { AnchorSettings } from '../../../app/config.js';
import {
  allAnchors,
  allLogHeads,
  allRecordHeads,
  type Database,
  type KeyRing,
  type SignedRecordHead,
} from '../../../store/index.js';
import { checkAnchorChain, checkAnchors, type AnchorsChecked } from './check-anchors.js';
import { checkDestructions } from './check-destructions.js';
import { checkKeys } from './check-keys.js';
import { checkLogs } from './check-logs.js';
import { checkLogHeads, checkRecordHeads } from './check-heads.js';
import { Findings, type Fault } from './findings.js';
import { danglingEvents, strays, waitingEvents, type StrayKind, type Waiting } from './read.js';

const STRAYS_REPORTED = 100;

export interface RecordScope {
  readonly keys: KeyRing;
  /** Null: nothing outside of the database is looked at. */
  readonly anchors: AnchorSettings | null;
  /** Names of the agencies, by id. */
  readonly agencies: ReadonlyMap<string, string>;
  /** Logs whose events are gone through; null: all of them. Heads and anchors always are. */
  readonly logs?: readonly string[] | null;
}

export interface RecordSummary {
  readonly logs: number;
  readonly events: number;
  readonly heads: number;
  /** Records of destruction. */
  readonly destructions: number;
  readonly waiting: Waiting;
  readonly lastHeadAt: string | null;
  readonly lastAnchorAt: string | null;
  /** Faults beyond those that are listed. */
  readonly unlisted: number;
  /** What this verification cannot find, in words. */
  readonly limits: readonly string[];
}

export interface RecordVerified {
  readonly summary: RecordSummary;
  readonly faults: readonly Fault[];
}

const STRAYS: Readonly<Record<StrayKind, readonly [code: Fault['code'], detail: string]>> = {
  unsealed: ['RECORD_INSERTED', 'it is in the record, is not sealed and never waited to be'],
  gone: ['RECORD_MISSING', 'it waited to be sealed and is gone'],
  'sealed-and-waiting': ['RECORD_INSERTED', 'it is sealed and waits to be sealed again'],
  'other-log': ['RECORD_CHANGED', 'it waits for the log of another agency'],
  salts: ['RECORD_INSERTED', 'there are salts for it, and it is not sealed'],
};

/** On a database or a transaction whose role reads all of the record. Errors: of the database; CONFIG_INVALID for certificates. */
export const verifyRecord = async (db: Kysely<Database>, scope: RecordScope): Promise<RecordVerified> => {
  const findings = new Findings(scope.agencies);
  const keys = await checkKeys(db, findings, scope.keys);
  const [logs, records, anchors] = [await allLogHeads(db), await allRecordHeads(db), await allAnchors(db)];
  checkLogHeads(logs, keys, findings);
  await checkRecordHeads({ logs, records, anchors }, keys, findings);
  const { sizes } = await checkLogs(db, findings, logs, scope.logs ?? null);
  const destructions = await checkDestructions(db, keys, findings, scope.logs ?? null);
  checkAnchorChain(anchors, findings);
  const sizesOfAll = new Map([...logs.map(({ head }) => [head.log, head.size] as const), ...sizes]);
  const checked =
    scope.anchors === null
      ? { last: null, unpinned: 0 }
      : await checkAnchors(anchors, records, keys, scope.anchors, sizesOfAll, findings);
  for (const { event, kind } of await strays(db, STRAYS_REPORTED))
    findings.add(STRAYS[kind][0], `event ${event}`, STRAYS[kind][1]);
  for (const { log, number, what } of await danglingEvents(db))
    findings.event('RECORD_REFERENCE_GONE', log, number, `the ${what} that it names is not there`);
  const waiting = await waitingEvents(db);
  const summary: RecordSummary = {
    logs: sizes.size,
    events: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    heads: logs.length + records.length,
    destructions,
    waiting,
    lastHeadAt: records.at(-1)?.head.at ?? null,
    lastAnchorAt: checked.last?.at ?? null,
    unlisted: findings.unlisted,
    limits: limitsOf(scope, waiting, records, checked),
  };
  return { summary, faults: findings.faults };
};

const limitsOf = (
  { keys }: RecordScope,
  waiting: Waiting,
  records: readonly SignedRecordHead[],
  { last, unpinned }: AnchorsChecked,
): string[] => {
  const limits: string[] = [];
  if (waiting.count > 0)
    limits.push(
      `${waiting.count} events wait for their seal, the oldest since ${waiting.oldestAt ?? '?'}: what was changed or deleted among them cannot be found.`,
    );
  const newest = records.at(-1);
  if (last === null)
    limits.push(
      'No anchor was found: a record that was set back as a whole to an earlier state of itself, or signed anew by somebody who holds the master key, cannot be found.',
    );
  else if (newest !== undefined && newest.round > last.round)
    limits.push(
      `The newest anchored head is of ${last.at}: that what was sealed after it was cut off again as a whole cannot be found.`,
    );
  if (unpinned > 0)
    limits.push(`${unpinned} time stamps are of an authority that REDTHREAD_ANCHOR_TSA_CA_FILE does not vouch for.`);
  if (!keys.ready)
    limits.push(
      'Without the master key it cannot be found that somebody signed the record anew with a key of their own.',
    );
  return limits;
};
