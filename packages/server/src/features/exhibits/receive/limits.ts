// What one API key, or one person who has signed in, may have under way: contents that were sent and are in no exhibit
// yet, and bytes a minute. Kept in memory and counted again from the rows now and then: near enough, and cheap.
import { sql } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { UploadLimits } from '../../../app/config.js';
import type { Trx } from '../../../store/index.js';

/** Whose limits they are. */
export interface Holder {
  readonly userId: string;
  readonly keyId: string | null;
}

const MINUTE_MS = 60_000;
const COUNT_AGAIN_MS = 2_000;

interface Open {
  count: number;
  bytes: number;
  countedAtMs: number;
}

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
      throw fail('TOO_MANY_REQUESTS', `again in ${Math.ceil((rate.sinceMs + MINUTE_MS - nowMs) / 1000)} s`);
    rate.bytes += bytes;
    if (this.#rates.size > 10_000) this.#rates.clear();
    this.#rates.set(name, rate);
  }

  /** Before contents are taken. Errors: QUOTA_EXCEEDED. */
  async takeOpen(trx: Trx, holder: Holder, added: { readonly count: number; readonly bytes: number }): Promise<void> {
    const { openCount, openBytes } = this.#limits;
    const open = await this.#counted(trx, holder);
    if (open.count + added.count > openCount)
      throw fail('QUOTA_EXCEEDED', `${open.count} contents are on their way, ${openCount} may be`);
    if (open.bytes + added.bytes > openBytes)
      throw fail('QUOTA_EXCEEDED', `${open.bytes} bytes are on their way and ${added.bytes} more, ${openBytes} may be`);
    open.count += added.count;
    open.bytes += added.bytes;
  }

  async #counted(trx: Trx, holder: Holder): Promise<Open> {
    const name = nameOf(holder);
    const known = this.#open.get(name);
    if (known !== undefined && Date.now() - known.countedAtMs < COUNT_AGAIN_MS) return known;
    const { rows } = await sql<{ count: number; bytes: number }>`
      select count(*) as count, coalesce(sum(size_bytes), 0)::bigint as bytes from uploads
      where user_id = ${holder.userId}::uuid and key_id is not distinct from ${holder.keyId}::uuid`.execute(trx);
    const counted = { count: rows[0]?.count ?? 0, bytes: rows[0]?.bytes ?? 0, countedAtMs: Date.now() };
    if (this.#open.size > 10_000) this.#open.clear();
    this.#open.set(name, counted);
    return counted;
  }
}

export const nameOf = ({ userId, keyId }: Holder): string => keyId ?? userId;
