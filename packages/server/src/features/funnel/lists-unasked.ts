// Lists that count and whose files are damaged: what came in since was not looked up in them, and is not told as unknown in silence.
import { sql } from 'kysely';
import type { Funnel } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

export const listsUnasked = async (trx: Trx): Promise<Funnel['listsUnasked']> => {
  const { rows } = await sql<{ name: string; version: string; code: string; since: Date }>`
    select name, version, damage as code, damaged_at as since from lists
    where damage is not null and (expires_at is null or expires_at > now()) order by name, version, id`.execute(trx);
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
};
