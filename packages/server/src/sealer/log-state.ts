// Where each log stands, in the memory of the one that seals. It is read once, held against its signed head, and never gone on
// from when it does not fit: a head over what was tampered with would make it look whole.
import type { Kysely } from 'kysely';
import { FIRST_LINK, Frontier, fromHex, signedText, toHex } from '@redthread/core/audit';
import { isRedthreadError } from '@redthread/core/errors';
import {
  isSignedBy,
  readSigningKeys,
  rootOverLogs,
  sha256,
  storedTree,
  type Database,
  type SignedLogHead,
  type SignedRecordHead,
} from '../store/index.js';

export interface LogState {
  readonly frontier: Frontier;
  chain: Uint8Array;
}

const isSigned = async (db: Kysely<Database>, key: string, text: string, signature: Buffer): Promise<boolean> => {
  const found = (await readSigningKeys(db)).find((one) => one.key === key);
  return found !== undefined && isSignedBy(found.publicKey, text, signature);
};

/** What keeps the record from being gone on with, in words; null: nothing. `heads`: the last of each log. */
export const faultOfRecordHead = async (
  db: Kysely<Database>,
  last: SignedRecordHead | null,
  heads: readonly SignedLogHead[],
): Promise<string | null> => {
  if (last === null) return heads.length === 0 ? null : 'there are heads of logs, and none over them';
  if (!(await isSigned(db, last.head.key, signedText('record', last.head), last.signature)))
    return `the head of round ${last.round} is not signed by a key of this store`;
  if (toHex(await rootOverLogs(heads)) !== last.head.root)
    return `the head of round ${last.round} is not over the heads of the logs`;
  return null;
};

/** From where to go on with `log`, or in words why not. `last`: its last head, if it has one. */
export const beginningOf = async (
  db: Kysely<Database>,
  log: string,
  last: SignedLogHead | undefined,
): Promise<LogState | string> => {
  const end = await db
    .selectFrom('audit_sealed')
    .select(['number', 'chain'])
    .where('agency_id', '=', log)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined)
    return end === undefined ? { frontier: new Frontier(sha256), chain: FIRST_LINK } : 'it has events and no head';
  const { head, signature } = last;
  if (!(await isSigned(db, head.key, signedText('log', head), signature)))
    return `the head of size ${head.size} is not signed by a key of this store`;
  if (end?.number !== head.size || toHex(end.chain) !== head.chain)
    return `its head is of ${head.size} events; ${end?.number ?? 0} are there, or their chain ends otherwise`;
  try {
    const frontier = await Frontier.at(sha256, storedTree(db, log), head.size);
    if (toHex(frontier.root()) !== head.root) return `its ${head.size} events have another root than the head`;
    return { frontier, chain: fromHex(head.chain) };
  } catch (error) {
    if (isRedthreadError(error)) return error.detail;
    throw error;
  }
};
