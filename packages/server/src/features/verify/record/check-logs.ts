// Each log from its first event on: numbers without a gap, hashes, chain and tree recomputed, and held against every head.
import type { Kysely } from 'kysely';
import { FIRST_LINK, Frontier, nextLink, sameBytes, toHex, type LogHead } from '@redthread/core/audit';
import { sha256, type Database, type SignedLogHead } from '../../../store/index.js';
import { checkEvent } from './check-event.js';
import { Erasures } from './erasures.js';
import type { Findings } from './findings.js';
import { sealsAfter, treeNodes, type SealedEventRow } from './read.js';

const PAGE = 5_000;

export interface LogsChecked {
  /** Events of each log. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** One log while it is gone through. */
class LogCheck {
  readonly erasures = new Erasures();
  readonly #log: string;
  readonly #findings: Findings;
  readonly #frontier = new Frontier(sha256);
  readonly #heads: Map<number, LogHead>;
  /** Kept nodes of the tree that were not come to yet, by `level/position`. */
  readonly #nodes: Map<string, Buffer>;
  #chain: Uint8Array = FIRST_LINK;
  #number = 0;
  #isOff = false;

  constructor(log: string, findings: Findings, heads: readonly SignedLogHead[], nodes: Map<string, Buffer>) {
    this.#log = log;
    this.#findings = findings;
    this.#heads = new Map(heads.map(({ head }) => [head.size, head]));
    this.#nodes = nodes;
  }

  get size(): number {
    return this.#frontier.size;
  }

  add(row: SealedEventRow): void {
    const { chain, leaf, number } = row;
    if (number !== this.#number + 1) {
      const gap = this.#number + 2 === number ? `${number - 1}` : `${this.#number + 1} to ${number - 1}`;
      this.#findings.event('RECORD_MISSING', this.#log, gap, 'the seal is gone');
      // Of what comes after a gap only the events themselves can still be checked.
      this.#isOff = true;
    }
    this.#number = number;
    checkEvent(row, this.#findings, this.erasures);
    const link = nextLink(sha256, this.#chain, leaf);
    if (!this.#isOff && !sameBytes(link, chain))
      this.#findings.event('RECORD_CHANGED', this.#log, number, 'the chain does not hold here');
    this.#chain = chain;
    for (const { hash, level, position } of this.#frontier.append(leaf)) this.#checkNode(`${level}/${position}`, hash);
    this.#checkHead(this.#heads.get(number));
    this.#heads.delete(number);
  }

  #checkNode(name: string, hash: Uint8Array): void {
    const kept = this.#nodes.get(name);
    this.#nodes.delete(name);
    if (this.#isOff) return;
    if (kept === undefined)
      this.#findings.add('RECORD_MISSING', this.#findings.nameOf(this.#log), `node ${name} of its tree is gone`);
    else if (!sameBytes(kept, hash))
      this.#findings.add('RECORD_CHANGED', this.#findings.nameOf(this.#log), `node ${name} of its tree was changed`);
  }

  #checkHead(head: LogHead | undefined): void {
    if (head === undefined || this.#isOff) return;
    if (toHex(this.#frontier.root()) === head.root && toHex(this.#chain) === head.chain) return;
    this.#findings.add(
      'RECORD_CHANGED',
      `the head of ${head.size} events of ${this.#findings.nameOf(this.#log)}`,
      'the events up to it have another root or another end of the chain',
    );
    // Every later head holds the same change.
    this.#isOff = true;
  }

  end(lastHead: LogHead | undefined): void {
    const name = this.#findings.nameOf(this.#log);
    const longest = Math.max(0, ...this.#heads.keys());
    if (longest > this.#number)
      this.#findings.add(
        'RECORD_MISSING',
        name,
        `${longest} events have a signed head, and it ends with ${this.#number}`,
      );
    else if (this.#heads.size > 0)
      this.#findings.add(
        'RECORD_CHANGED',
        name,
        `a head is of ${[...this.#heads.keys()].join(', ')} events, which it never had`,
      );
    if ((lastHead?.size ?? 0) < this.#number)
      this.#findings.add(
        'RECORD_INSERTED',
        name,
        `events after ${lastHead?.size ?? 0} have numbers and no signed head`,
      );
    if (this.#nodes.size > 0)
      this.#findings.add(
        'RECORD_INSERTED',
        name,
        `its tree has nodes that no events stand under: ${[...this.#nodes.keys()].join(', ')}`,
      );
    for (const { field, number } of this.erasures.unsaid())
      this.#findings.event(
        'RECORD_MISSING',
        this.#log,
        number,
        `its ${field} is gone, and no erasure of it is on record`,
      );
  }
}

/** Every log, or those that are named. `heads`: of all logs, in the order of their rounds. */
export const checkLogs = async (
  db: Kysely<Database>,
  findings: Findings,
  heads: readonly SignedLogHead[],
  logs: readonly string[] | null,
): Promise<LogsChecked> => {
  const nodesOf = new Map<string, Map<string, Buffer>>();
  for (const { hash, level, log, position } of await treeNodes(db, logs))
    entry(nodesOf, log, () => new Map<string, Buffer>()).set(`${level}/${position}`, hash);
  const headsOf = new Map<string, SignedLogHead[]>();
  for (const signed of heads)
    if (logs === null || logs.includes(signed.head.log)) entry(headsOf, signed.head.log, () => []).push(signed);

  const checks = new Map<string, LogCheck>();
  const checkOf = (log: string): LogCheck =>
    entry(checks, log, () => new LogCheck(log, findings, headsOf.get(log) ?? [], nodesOf.get(log) ?? new Map()));
  for (let after: { log: string; number: number } | null = null; ;) {
    const page: SealedEventRow[] = await sealsAfter(db, after, PAGE, logs);
    for (const row of page) checkOf(row.sealLog).add(row);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = { log: last.sealLog, number: last.number };
  }
  // Logs of which only heads or nodes are left.
  for (const log of [...headsOf.keys(), ...nodesOf.keys()]) checkOf(log);
  for (const [log, check] of checks) check.end(longestOf(headsOf.get(log) ?? []));
  return { sizes: new Map([...checks].map(([log, { size }]) => [log, size])) };
};

const longestOf = (heads: readonly SignedLogHead[]): LogHead | undefined =>
  heads.reduce<LogHead | undefined>((a, { head }) => (a === undefined || head.size > a.size ? head : a), undefined);

const entry = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
};
