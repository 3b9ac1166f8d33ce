// What is stated of a series: read with the votes counted by country, added, and taken back by the agency that stated it.
import { sql, type RawBuilder } from 'kysely';
import type { SeriesStatement, SeriesStatementCreate, SeriesStatements } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { retractRow } from './queries.js';
import { KEEP, oneSeries, recordsOf } from './service.js';

interface Row extends Omit<SeriesStatement, 'at' | 'retracted'> {
  readonly seriesId: string;
  readonly userId: string;
  readonly at: Date;
  readonly retractedAt: Date | null;
  readonly retractedBy: string | null;
  readonly retractReason: string | null;
}

/** Of one series so many are shown: the newest. */
const MOST = 1000;

/** `most`: null for all of them. */
const read = async (trx: Trx, condition: RawBuilder<unknown>, most: number | null): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select s.id, s.kind, s.value, s.reason, s.login as by, s.said_agency as agency, s.agency_id = app_agency() as own, s.at,
      s.series_id as "seriesId", s.user_id as "userId", s.retracted_at as "retractedAt",
      s.retracted_login as "retractedBy", s.retract_reason as "retractReason"
    from series_statements s where ${condition} order by s.at desc, s.id limit ${most}`.execute(trx);
  return rows;
};

const toStatement = (row: Row): SeriesStatement => ({
  id: row.id,
  kind: row.kind,
  value: row.value,
  reason: row.reason,
  by: row.by,
  agency: row.agency,
  own: row.own,
  at: row.at.toISOString(),
  retracted:
    row.retractedAt === null
      ? null
      : { by: row.retractedBy ?? '', at: row.retractedAt.toISOString(), reason: row.retractReason ?? '' },
});

/** Of all that were ever cast, however many are shown. A person counts once for a country, on however many series that are one they voted. */
const countriesOf = async (trx: Trx, series: RawBuilder<unknown>): Promise<SeriesStatements['countries']> =>
  (
    await sql<SeriesStatements['countries'][number]>`
      select s.value as country, count(distinct s.user_id) as votes, count(distinct s.agency_id) as agencies
      from series_statements s where ${series} and s.kind = 'country' and s.retracted_at is null
      group by s.value order by votes desc, s.value collate "C"`.execute(trx)
  ).rows;

/** Also of the series that are one with it; of `most` the newest. Errors: NOT_FOUND. */
export const statementsOf = async (trx: Trx, id: string, most: number | null): Promise<SeriesStatements> => {
  const these = sql`s.series_id = any(${await recordsOf(trx, id)}::uuid[])`;
  return {
    items: (await read(trx, these, most)).map(toStatement),
    countries: await countriesOf(trx, these),
  };
};

/** Errors: NOT_FOUND. */
export const listStatements = (store: Store, ctx: Context, id: string): Promise<SeriesStatements> =>
  withContext(store.app, ctx, (trx) => statementsOf(trx, id, MOST), { access: 'read only' });

const byId = async (trx: Trx, id: string): Promise<Row> => {
  const [row] = await read(trx, sql`s.id = ${id}::uuid`, 1);
  if (row === undefined) throw fail('NOT_FOUND', 'no such statement');
  return row;
};

const takeBack = async (trx: Trx, ctx: Context, row: Row, reason: string): Promise<void> => {
  if (!(await retractRow(trx, ctx, 'series_statements', row.id, reason)))
    throw fail('FORBIDDEN', 'what another agency states is taken back by it');
  await audit(trx, ctx, {
    type: 'series-statement-retract',
    object: { kind: 'entity', id: row.seriesId },
    detail: { statement: row.id, kind: row.kind, reason },
  });
};

/** A vote takes the place of one's own earlier one. Errors: FORBIDDEN, NOT_FOUND, ALREADY_EXISTS for a second claim of an agency. */
export const addStatement = (
  store: Store,
  ctx: Context,
  series: string,
  { kind, value, reason }: SeriesStatementCreate,
): Promise<SeriesStatement> => {
  requireRight(ctx, KEEP);
  const { actor } = ctx;
  return withContext(store.app, ctx, async (trx) => {
    const { agency } = await oneSeries(trx, series);
    if (kind === 'country') {
      const before = await read(
        trx,
        sql`s.series_id = ${series}::uuid and s.kind = 'country' and s.agency_id = app_agency() and s.user_id = app_user()
          and s.retracted_at is null`,
        null,
      );
      for (const one of before) await takeBack(trx, ctx, one, reason);
    }
    const { rows } = await sql<{ id: string }>`
      insert into series_statements (agency_id, series_agency_id, series_id, kind, value, reason, user_id, login, said_agency)
      values (${actor.agencyId}::uuid, ${agency.id}::uuid, ${series}::uuid, ${kind}, ${value}, ${reason}, ${actor.userId}::uuid,
        ${actor.login}, (select name from agencies where id = app_agency()))
      on conflict do nothing returning id`.execute(trx);
    const id = rows[0]?.id;
    if (id === undefined) throw fail('ALREADY_EXISTS', 'your agency claims this series already');
    await audit(trx, ctx, {
      type: 'series-statement',
      object: { kind: 'entity', id: series },
      detail: { statement: id, kind, value },
    });
    return toStatement(await byId(trx, id));
  });
};

/** It stays on record. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_RETRACTED. */
export const retractStatement = (store: Store, ctx: Context, id: string, reason: string): Promise<SeriesStatement> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const row = await byId(trx, id);
    if (row.retractedAt !== null) throw fail('ASSERTION_RETRACTED', id);
    // Clues and claims are of the agency; a vote is of whoever cast it.
    if (row.kind === 'country' && row.userId !== ctx.actor.userId)
      throw fail('FORBIDDEN', 'a vote for a country is taken back by whoever cast it');
    await takeBack(trx, ctx, row, reason);
    return toStatement(await byId(trx, id));
  });
};
