// Reads and writes entities, their numbers and the steps of series under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type {
  AgeBandGiven,
  Entity,
  EntityCreate,
  EntityQuery,
  ExternalIdRow,
  SeriesStepAdd,
} from '@redthread/core/contract';
import type { Context, ExternalId } from '@redthread/core/domain';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { instantText, type Trx } from '../../store/index.js';

interface EntityRow extends Omit<Entity, 'createdAt' | 'age'> {
  readonly age: AgeBandGiven | null;
  readonly createdAt: Date;
  readonly at: string;
  readonly total: number;
}

const toEntity = ({ at: _at, total: _total, createdAt, ...row }: EntityRow): Entity => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

const STATE = sql`case when e.kind = 'series' then coalesce(
  (select s.state from series_steps s where s.entity_id = e.id order by s.at desc, s.id desc limit 1), 'open') end`;

const select = (condition: RawBuilder<unknown>, after: RawBuilder<unknown>, limit: RawBuilder<unknown>) =>
  sql<EntityRow>`
    with found as (select e.*, ${STATE} as state from entities e where ${condition})
    select e.id, e.kind, e.name, e.role, e.age, e.area, e.note, e.created_login as by, e.created_at as "createdAt", e.state,
      ${instantText('e.created_at')} as at, (select count(*) from found) as total,
      json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      (select json_build_object('id', c.id, 'reference', c.reference) from cases c where c.id = e.case_id) as "case"
    from found e join agencies a on a.id = e.agency_id where ${after}
    order by e.created_at desc, e.id ${limit}`;

export const entitiesById = async (trx: Trx, ids: readonly string[]): Promise<Map<string, Entity>> => {
  const { rows } = await select(sql`e.id = any(${[...ids]}::uuid[])`, sql`true`, sql``).execute(trx);
  return new Map(rows.map((row) => [row.id, toEntity(row)]));
};

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Newest first. */
export const pageOfEntities = async (
  trx: Trx,
  { kind, state, case: caseId, q, cursor, limit }: EntityQuery,
): Promise<Page<Entity>> => {
  const last = readCursor<[string, string]>(cursor, ['string', 'string']);
  const conditions = [
    sql`true`,
    ...(kind === undefined ? [] : [sql`e.kind = ${kind}`]),
    ...(state === undefined ? [] : [sql`${STATE} = ${state}`]),
    ...(caseId === undefined ? [] : [sql`e.case_id = ${caseId}::uuid`]),
    ...(q === undefined
      ? []
      : [
          sql`(e.name ilike ${`%${escaped(q)}%`} or exists (select from external_ids x where x.entity_id = e.id
            and x.value = ${q} and x.retracted_at is null))`,
        ]),
  ];
  const after =
    last === null
      ? sql`true`
      : sql`(e.created_at < ${last[0]}::timestamptz or (e.created_at = ${last[0]}::timestamptz and e.id > ${last[1]}::uuid))`;
  const { rows } = await select(sql.join(conditions, sql` and `), after, sql`limit ${limit + 1}`).execute(trx);
  return toPage(rows, limit, rows[0]?.total ?? 0, (row) => [row.at, row.id], toEntity);
};

export const insertEntity = async (
  trx: Trx,
  { actor }: Context,
  { kind, name, role, age, area, note, case: caseId }: EntityCreate,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into entities (agency_id, case_id, kind, name, role, age, area, note, created_by, created_login)
    values (${actor.agencyId}::uuid, ${caseId ?? null}::uuid, ${kind}, ${name}, ${kind === 'person' ? (role ?? 'unknown') : null},
      ${age === undefined ? null : JSON.stringify(age)}::jsonb,
      ${area === undefined ? null : JSON.stringify(area)}::jsonb, ${note}, ${actor.userId}::uuid, ${actor.login}) returning id`.execute(
    trx,
  );
  return rows[0]?.id ?? '';
};

interface IdRow extends Omit<ExternalIdRow, 'at' | 'retracted'> {
  readonly at: Date;
  readonly retractedAt: Date | null;
  readonly retractedBy: string | null;
  readonly reason: string | null;
}

const readIds = async (trx: Trx, condition: RawBuilder<unknown>): Promise<ExternalIdRow[]> => {
  const { rows } = await sql<IdRow>`
    select x.id, x.entity_id as "entityId", x.issuer, x.type, x.value, x.added_login as by, x.at, x.retracted_at as "retractedAt",
      x.retracted_login as "retractedBy", x.retract_reason as reason
    from external_ids x where ${condition} order by x.at, x.id`.execute(trx);
  return rows.map(({ at, retractedAt, retractedBy, reason, ...row }) => ({
    ...row,
    at: at.toISOString(),
    retracted:
      retractedAt === null ? null : { by: retractedBy ?? '', at: retractedAt.toISOString(), reason: reason ?? '' },
  }));
};

export const idsOf = (trx: Trx, entities: readonly string[]): Promise<ExternalIdRow[]> =>
  readIds(trx, sql`x.entity_id = any(${[...entities]}::uuid[])`);

export const externalIdById = async (trx: Trx, id: string): Promise<ExternalIdRow | undefined> =>
  (await readIds(trx, sql`x.id = ${id}::uuid`))[0];

/** Null where it has that number already. */
export const insertId = async (
  trx: Trx,
  { actor }: Context,
  entity: string,
  id: ExternalId,
): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`
    insert into external_ids (agency_id, entity_id, issuer, type, value, added_by, added_login)
    values (${actor.agencyId}::uuid, ${entity}::uuid, ${id.issuer}, ${id.type}, ${id.value}, ${actor.userId}::uuid, ${actor.login})
    on conflict do nothing returning id`.execute(trx);
  return rows[0]?.id ?? null;
};

/** Takes a row back; whether there was one in force that the actor may take back. */
export const retractRow = async (
  trx: Trx,
  { actor }: Context,
  table: 'external_ids' | 'assertions' | 'series_statements',
  id: string,
  reason: string,
): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`update ${sql.table(table)} set retracted_at = now(), retracted_by = ${actor.userId}::uuid,
    retracted_login = ${actor.login}, retract_reason = ${reason}
    where id = ${id}::uuid and agency_id = app_agency() and retracted_at is null`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
};

type StepRow = SeriesStepAdd & { readonly by: string; readonly at: Date };

export const stepsOf = async (trx: Trx, series: string) => {
  const { rows } = await sql<StepRow>`
    select s.state, s.note, s.worked_by as "workedBy", s.login as by, s.at from series_steps s
    where s.entity_id = ${series}::uuid order by s.at desc, s.id desc`.execute(trx);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
};

export const insertStep = async (trx: Trx, { actor }: Context, series: string, step: SeriesStepAdd): Promise<void> => {
  await sql`insert into series_steps (agency_id, entity_id, state, note, worked_by, user_id, login)
    values (${actor.agencyId}::uuid, ${series}::uuid, ${step.state}, ${step.note}, ${step.workedBy}, ${actor.userId}::uuid,
      ${actor.login})`.execute(trx);
};
