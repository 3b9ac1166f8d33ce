// One round of sealing, as one transaction: settled events get numbers and hashes, each log that grew a signed head, and all of
// them together a signed head over the heads. So nothing that is sealed is ever without a head.
import { sql, type Kysely, type Transaction } from 'kysely';
import { headHash, signedText, toHex, type LogHead, type RecordHead } from '@redthread/core/audit';
import {
  anchorChain,
  ensureSigner,
  instantText,
  lastLogHeads,
  lastRecordHead,
  rootOverLogs,
  sha256,
  type Database,
  type EventOfLog,
  type KeyRing,
  type SignedLogHead,
  type Signer,
} from '../store/index.js';
import { beginningOf, faultOfRecordHead, type LogState } from './log-state.js';
import { sealEvent, type Seal } from './sealing.js';
import { settledEvents } from './waiting.js';
import { writeSeals } from './write-seals.js';

/** Events that one transaction seals at most. */
export const ROUND_EVENTS = 5_000;

export class Rounds {
  readonly #keys: KeyRing;
  #logs = new Map<string, LogState>();
  /** The last head of each log; null: not read yet. */
  #heads: Map<string, SignedLogHead> | null = null;
  /** Logs that are not sealed upon, and why. */
  readonly #broken = new Map<string, string>();
  /** Why nothing is sealed at all: the head over all logs itself does not hold. */
  #brokenRecord: string | null = null;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  /** What does not fit its head and is not sealed upon, in words; null: all is well. */
  get broken(): string | null {
    const [first] = this.#broken;
    return this.#brokenRecord ?? (first === undefined ? null : `log ${first[0]}: ${first[1]}`);
  }

  /**
   * Seals what is settled, at most so many as a round holds; answers how many. On `session`, whose connection holds the lock.
   * Errors: KEY_MISSING, KEY_DAMAGED, KEY_WRONG; those of the database, after which nothing of the round has happened.
   */
  async seal(session: Kysely<Database>): Promise<number> {
    try {
      return await session.transaction().execute((trx) => this.#round(trx));
    } catch (error) {
      this.#logs = new Map();
      this.#heads = null;
      throw error;
    }
  }

  async #round(trx: Transaction<Database>): Promise<number> {
    const heads = (this.#heads ??= await this.#open(trx));
    if (this.#brokenRecord !== null) return 0;
    const events = await settledEvents(trx, ROUND_EVENTS, [...this.#broken.keys()]);
    const seals = await this.#sealAll(trx, events, heads);
    if (seals.length === 0) return 0;
    await writeSeals(trx, seals);
    await this.#sign(trx, heads, new Set(seals.map(({ log }) => log)));
    return seals.length;
  }

  async #open(trx: Transaction<Database>): Promise<Map<string, SignedLogHead>> {
    const heads = await lastLogHeads(trx);
    this.#brokenRecord = await faultOfRecordHead(trx, await lastRecordHead(trx), heads);
    return new Map(heads.map((signed) => [signed.head.log, signed]));
  }

  async #sealAll(
    trx: Transaction<Database>,
    events: readonly EventOfLog[],
    heads: ReadonlyMap<string, SignedLogHead>,
  ): Promise<Seal[]> {
    const seals: Seal[] = [];
    for (const event of events) {
      if (this.#broken.has(event.log)) continue;
      const state = this.#logs.get(event.log) ?? (await this.#load(trx, event.log, heads.get(event.log)));
      if (state !== null) seals.push(sealEvent(state, event));
    }
    return seals;
  }

  async #load(trx: Transaction<Database>, log: string, last: SignedLogHead | undefined): Promise<LogState | null> {
    const state = await beginningOf(trx, log, last);
    if (typeof state === 'string') {
      this.#broken.set(log, state);
      return null;
    }
    this.#logs.set(log, state);
    return state;
  }

  async #sign(trx: Transaction<Database>, heads: Map<string, SignedLogHead>, grown: ReadonlySet<string>) {
    const signer = await ensureSigner(trx, this.#keys);
    const { rows } = await sql<{ at: string }>`select ${instantText(sql`clock_timestamp()`)} as at`.execute(trx);
    const at = rows[0]?.at ?? '';
    const before = await lastRecordHead(trx);
    const round = (before?.round ?? 0) + 1;
    for (const log of grown) {
      const state = this.#logs.get(log);
      if (state !== undefined) heads.set(log, signedLogHead(signer, log, state, at, round));
    }
    const inOrder = [...heads.values()].sort((a, b) => (a.head.log < b.head.log ? -1 : 1));
    await trx
      .insertInto('audit_heads')
      .values(inOrder.filter(({ head }) => grown.has(head.log)).map(toRow))
      .execute();
    const anchors = await anchorChain(trx);
    const head: RecordHead = {
      v: 1,
      logs: inOrder.length,
      root: toHex(await rootOverLogs(inOrder)),
      previous: before === null ? null : toHex(headHash(sha256, before.head)),
      anchors: { count: anchors.count, chain: toHex(anchors.chain) },
      at,
      key: signer.key,
    };
    await trx
      .insertInto('audit_record_heads')
      .values({
        round,
        logs: head.logs,
        root: Buffer.from(head.root, 'hex'),
        previous: head.previous === null ? null : Buffer.from(head.previous, 'hex'),
        anchor_count: anchors.count,
        anchor_chain: Buffer.from(anchors.chain),
        at,
        key: signer.key,
        signature: signer.sign(signedText('record', head)),
      })
      .execute();
  }
}

const signedLogHead = (signer: Signer, log: string, state: LogState, at: string, round: number): SignedLogHead => {
  const [root, chain] = [toHex(state.frontier.root()), toHex(state.chain)];
  const head: LogHead = { v: 1, log, size: state.frontier.size, root, chain, at, key: signer.key };
  return { head, signature: signer.sign(signedText('log', head)), round };
};

const toRow = ({ head, signature, round }: SignedLogHead) => ({
  agency_id: head.log,
  size: head.size,
  round,
  root: Buffer.from(head.root, 'hex'),
  chain: Buffer.from(head.chain, 'hex'),
  at: head.at,
  key: head.key,
  signature,
});
