// The statement beside a report: written down by whoever made it, signed by the sealer, who alone has the key of the record.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { LogHead, ReportStatement } from '@redthread/core/audit';
import type { ReportFile, ReportManifest, ReportRecord } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { liveProcesses } from '../../../app/processes.js';
import {
  endorsedKey,
  instantText,
  readSigningKeys,
  withContext,
  withNobody,
  type Store,
  type Trx,
} from '../../../store/index.js';
import { idsOf, type About } from './about.js';

/** The sealer looks every second and a half. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/** Errors: REPORT_UNSIGNED where nobody would sign it. */
export const requireSealer = async (store: Store): Promise<void> => {
  const atWork = await liveProcesses((work) => withNobody(store.app, work), ['sealer']);
  if (atWork.length === 0) throw fail('REPORT_UNSIGNED', 'no sealer is at work');
};

/** Answers the id under which the sealer finds it. */
export const writeStatement = async (
  trx: Trx,
  { actor }: Context,
  about: About,
  files: readonly ReportFile[],
  record: ReportRecord,
): Promise<string> =>
  (
    await trx
      .insertInto('reports')
      .values({
        agency_id: actor.agencyId,
        user_id: actor.userId,
        kind: about.kind,
        about: idsOf(about),
        files: JSON.stringify(files),
        record_size: record.size,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

const signedBy = async (trx: Trx, id: string): Promise<{ key: string; signature: Buffer } | null> => {
  const row = await trx.selectFrom('reports').select(['key', 'signature']).where('id', '=', id).executeTakeFirst();
  return row === undefined || row.key === null || row.signature === null
    ? null
    : { key: row.key, signature: row.signature };
};

const headOf = async (trx: Trx, size: number): Promise<ReportManifest['head']> => {
  const { rows } = await sql<Omit<LogHead, 'v'> & { readonly signature: Buffer }>`
    select agency_id as log, size, encode(root, 'hex') as root, encode(chain, 'hex') as chain, ${instantText('at')} as at, key, signature
    from audit_heads where agency_id = app_agency() and size = ${size}`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw fail('REPORT_UNSIGNED', saying`the head of event ${size} is gone`);
  const { signature, ...head } = row;
  return { head: { v: 1, ...head }, signature: signature.toString('hex') };
};

/** Waits for the signature. Errors: REPORT_UNSIGNED. */
export const signedManifest = async (
  store: Store,
  ctx: Context,
  id: string,
  unsigned: Omit<ReportStatement, 'key' | 'v'>,
): Promise<ReportManifest> => {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const manifest = await withContext(store.app, ctx, async (trx) => {
      const signed = await signedBy(trx, id);
      if (signed === null) return null;
      const statement = { v: 1, ...unsigned, key: signed.key } as const;
      return {
        format: 'redthread-report' as const,
        version: 1 as const,
        statement: { ...statement, about: [...statement.about], files: [...statement.files] },
        signature: signed.signature.toString('hex'),
        head: await headOf(trx, unsigned.record.size),
        keys: (await readSigningKeys(trx)).map((key) => ({ ...endorsedKey(key) })),
      };
    });
    if (manifest !== null) return manifest;
    if (Date.now() > until) throw fail('REPORT_UNSIGNED', 'no sealer signed it within 20 seconds');
    await sleep(PAUSE_MS);
  }
};
