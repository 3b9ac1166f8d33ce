// What one API key, or one person who has signed in, may have under way: contents that were sent and are in no exhibit
// yet, and bytes a minute. Counted from the rows now and then; what has no row yet is held in memory from the moment it is let in, so that
// of two that begin at once the second counts the first.
import { sql } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { UploadLimits } from '../../../app/config.js';
import type { Trx } from '../../../store/index.js';

/** Whose limits they are. */
export interface Holder {
  readonly userId: string;
  readonly keyId: string | null;
}

const MINUTE_MS = 60_000;
const COUNT_AGAIN_MS = 2_000;
const MOST_HOLDERS = 10_000;

interface Amount {
  readonly count: number;
  readonly bytes: number;
}

const NOTHING: Amount = { count: 0, bytes: 0 };
const plus = (a: Amount, b: Amount): Amount => ({ count: a.count + b.count, bytes: a.bytes + b.bytes });
const minus = (a: Amount, b: Amount): Amount => ({ count: a.count - b.count, bytes: a.bytes - b.bytes });

interface Open {
  /** In rows, when they were last counted, with what came to be since. */
  rows: Amount;
  countedAtMs: number;
  /** Let in, and neither kept nor given up. */
  underWay: Amount;
  /** All that was ever kept. */
  kept: Amount;
}

/** A place among what is open, held until it is told how it ended; told twice, it counts once. */
export interface OpenPlace {
  kept(): void;
  givenUp(): void;
}

/** Of what needed none. */
export const NO_PLACE: OpenPlace = { kept: () => undefined, givenUp: () => undefined };

interface Rate {
  bytes: number;
  sinceMs: number;
}

export class SendLimits {
  readonly #limits: UploadLimits;
  readonly #open = new Map<string, Open>();
  readonly #rates = new Map<string, Rate>();

  constructor(limits: UploadLimits) {
    this.#limits = limits;
  }

  /** Before the bytes of a request are looked at. Errors: TOO_MANY_REQUESTS. */
  takeRate(holder: Holder, bytes: number, nowMs = Date.now()): void {
    const name = nameOf(holder);
    const before = this.#rates.get(name);
    const rate = before === undefined || nowMs - before.sinceMs >= MINUTE_MS ? { bytes: 0, sinceMs: nowMs } : before;
    if (rate.bytes + bytes > this.#limits.bytesPerMinute && rate.bytes > 0)
      throw fail('TOO_MANY_REQUESTS', saying`again in ${Math.ceil((rate.sinceMs + MINUTE_MS - nowMs) / 1000)} s`);
    rate.bytes += bytes;
    if (this.#rates.size > MOST_HOLDERS) this.#rates.clear();
    this.#rates.set(name, rate);
  }

  /** Before contents are taken; the place is theirs until its caller says that their rows are committed, or never will be. Errors: QUOTA_EXCEEDED. */
  async takeOpen(trx: Trx, holder: Holder, added: Amount): Promise<OpenPlace> {
    const { openCount, openBytes } = this.#limits;
    const open = this.#openOf(holder);
    if (Date.now() - open.countedAtMs >= COUNT_AGAIN_MS) await countAgain(trx, holder, open);
    // From here on nothing is waited for: nobody else is let in between the question and the answer.
    const { bytes, count } = plus(open.rows, open.underWay);
    if (count + added.count > openCount)
      throw fail('QUOTA_EXCEEDED', saying`${count} contents are on their way, ${openCount} may be`);
    if (bytes + added.bytes > openBytes)
      throw fail(
        'QUOTA_EXCEEDED',
        saying`${bytes} bytes are on their way and ${added.bytes} more, ${openBytes} may be`,
      );
    open.underWay = plus(open.underWay, added);
    let isOver = false;
    const end = (kept: Amount): void => {
      if (isOver) return;
      isOver = true;
      open.underWay = minus(open.underWay, added);
      open.rows = plus(open.rows, kept);
      open.kept = plus(open.kept, kept);
    };
    return { kept: () => end(added), givenUp: () => end(NOTHING) };
  }

  #openOf(holder: Holder): Open {
    const name = nameOf(holder);
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    if (this.#open.size > MOST_HOLDERS)
      for (const [other, { underWay }] of this.#open) if (underWay.count === 0) this.#open.delete(other);
    const open: Open = { rows: NOTHING, countedAtMs: 0, underWay: NOTHING, kept: NOTHING };
    this.#open.set(name, open);
    return open;
  }
}

/** What is kept while the rows are counted may be among them or not: it is counted either way. */
const countAgain = async (trx: Trx, holder: Holder, open: Open): Promise<void> => {
  const before = open.kept;
  const { rows } = await sql<Amount>`
    select count(*) as count, coalesce(sum(size_bytes), 0)::bigint as bytes from uploads
    where user_id = ${holder.userId}::uuid and key_id is not distinct from ${holder.keyId}::uuid`.execute(trx);
  open.rows = plus(rows[0] ?? NOTHING, minus(open.kept, before));
  open.countedAtMs = Date.now();
};

export const nameOf = ({ userId, keyId }: Holder): string => keyId ?? userId;
