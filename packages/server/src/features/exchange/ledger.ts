// The ledger of what was given to whom: a line each time, with every media by its digest, and what was taken back since.
import { sql } from 'kysely';
import type { Acknowledgement, Contribution, ContributionWithdraw, ExchangeSummary } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import type { Receiver } from './handling.js';

export interface LedgerLine {
  readonly id: string;
  readonly receiver: Pick<Receiver, 'name' | 'agencyId'>;
  readonly summary: Pick<ExchangeSummary, 'subject' | 'handling' | 'media'> & { readonly format: string };
  readonly caseId: string | null;
  readonly media: readonly string[];
}

/** In the transaction of its event: what left is in the ledger exactly when it is in the record. */
export const writeInLedger = async (
  trx: Trx,
  { actor }: Context,
  { caseId, id, media, receiver, summary }: LedgerLine,
): Promise<void> => {
  await trx
    .insertInto('contributions')
    .values({
      id,
      agency_id: actor.agencyId,
      receiver: receiver.name,
      receiver_agency_id: receiver.agencyId,
      format: summary.format,
      subject: summary.subject,
      case_id: caseId,
      handling: summary.handling,
      item_count: summary.media,
      made_by: actor.userId,
      made_login: actor.login,
    })
    .execute();
  await sql`insert into contribution_items (agency_id, contribution_id, sha256, media_id)
    select ${actor.agencyId}::uuid, ${id}::uuid, m.sha256, m.id from media m where m.id = any(${[...media]}::uuid[])`.execute(
    trx,
  );
};

/** Once the file is whole. */
export const keepDigest = (store: Store, ctx: Context, id: string, sha256: Buffer): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    await trx.updateTable('contributions').set({ file_sha256: sha256 }).where('id', '=', id).execute();
  });

interface Row extends Omit<Contribution, 'at' | 'acknowledged' | 'withdrawn'> {
  readonly at: Date;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_items: number | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawn_login: string | null;
  readonly withdraw_reason: string | null;
}

const readLedger = async (trx: Trx, id: string | null): Promise<Contribution[]> => {
  const { rows } = await sql<Row>`
    select k.id, k.receiver, k.format, k.subject, k.handling, k.item_count as items, k.made_login as by, k.made_at as at,
      encode(k.file_sha256, 'hex') as sha256, k.acknowledged_at, k.acknowledged_items, k.withdrawn_at, k.withdrawn_login, k.withdraw_reason,
      (select count(*) from contribution_items i where i.contribution_id = k.id and i.withdrawn_at is not null) as "withdrawnItems"
    from contributions k where ${id === null ? sql`true` : sql`k.id = ${id}::uuid`} order by k.made_at desc, k.id`.execute(
    trx,
  );
  return rows.map(
    ({ acknowledged_at, acknowledged_items, at, withdraw_reason, withdrawn_at, withdrawn_login, ...row }) => ({
      ...row,
      at: at.toISOString(),
      acknowledged:
        acknowledged_at === null ? null : { at: acknowledged_at.toISOString(), items: acknowledged_items ?? 0 },
      withdrawn:
        withdrawn_at === null
          ? null
          : { at: withdrawn_at.toISOString(), by: withdrawn_login ?? '', reason: withdraw_reason ?? '' },
    }),
  );
};

/** Newest first. */
export const listContributions = (store: Store, ctx: Context): Promise<Contribution[]> => {
  requireRight(ctx, 'export cases');
  return withContext(store.app, ctx, (trx) => readLedger(trx, null), { access: 'read only' });
};

/** Errors: NOT_FOUND, alike for another agency's. */
const oneContribution = async (trx: Trx, id: string): Promise<Contribution> => {
  const [found] = await readLedger(trx, id);
  if (found === undefined) throw fail('NOT_FOUND', 'no such contribution of your agency');
  return found;
};

/**
 * Takes back what was given, all of it or some media: the ledger says so, and of a baseline list the next release tells the receiver.
 * Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, ALREADY_EXISTS for what was taken back before.
 */
export const withdrawContribution = (
  store: Store,
  ctx: Context,
  id: string,
  { media, reason }: ContributionWithdraw,
): Promise<Contribution> => {
  requireRight(ctx, 'export cases');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    // One after the other: who takes back the last of it has to see what was taken back before.
    await sql`select from contributions where id = ${id}::uuid for update`.execute(trx);
    const line = await oneContribution(trx, id);
    const { rows } = await sql<{ media_id: string }>`
      update contribution_items set withdrawn_at = now(), withdraw_reason = ${reason}
      where contribution_id = ${id}::uuid and withdrawn_at is null
        and ${media === undefined ? sql`true` : sql`media_id = any(${[...media]}::uuid[])`} returning media_id`.execute(
      trx,
    );
    if (rows.length === 0) throw fail('ALREADY_EXISTS', 'nothing of it that was named is still given');
    if (line.withdrawnItems + rows.length >= line.items)
      await trx
        .updateTable('contributions')
        .set({ withdrawn_at: new Date(), withdrawn_login: ctx.actor.login, withdraw_reason: reason })
        .where('id', '=', id)
        .execute();
    await audit(trx, ctx, {
      type: 'contribution-withdraw',
      object: { kind: 'contribution', id },
      detail: { receiver: line.receiver, items: rows.length, reason },
    });
    return oneContribution(trx, id);
  });
};

/**
 * Notes that a package came in, as its receiver has signed; said again it changes nothing.
 * Errors: NOT_FOUND, PACKAGE_ACKNOWLEDGEMENT_INVALID where it is of another file or receiver.
 */
export const acknowledgeContribution = async (
  trx: Trx,
  ctx: Context,
  { at, items, package: id, sha256 }: Acknowledgement,
  receiver: string,
): Promise<Contribution> => {
  const line = await oneContribution(trx, id);
  if (line.format !== 'package' || line.receiver !== receiver || line.sha256 !== sha256 || line.items !== items)
    throw fail('PACKAGE_ACKNOWLEDGEMENT_INVALID', saying`${receiver} was given no such file`);
  if (line.acknowledged !== null) return line;
  await trx
    .updateTable('contributions')
    .set({ acknowledged_at: new Date(at), acknowledged_items: items })
    .where('id', '=', id)
    .execute();
  await audit(trx, ctx, {
    type: 'contribution-acknowledge',
    object: { kind: 'contribution', id },
    detail: { receiver, items },
  });
  return oneContribution(trx, id);
};
