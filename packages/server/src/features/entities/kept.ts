// Entities and relations that a source names and a person keeps: found again by their number where the agency has them, recorded where it has not. Part of a transaction of
// whoever keeps them, each with its event.
import { sql } from 'kysely';
import type { EntityCreate } from '@redthread/core/contract';
import type { Context, ExternalId } from '@redthread/core/domain';
import { audit, type Trx } from '../../store/index.js';
import { insertAssertion, type NewAssertion } from './assertion-queries.js';
import { insertEntity, insertId } from './queries.js';

export interface ToKeep extends Pick<EntityCreate, 'kind' | 'name' | 'case'> {
  /** The first is what it is recorded under; by any of them it is found again. */
  readonly ids: readonly [ExternalId, ...ExternalId[]];
}

/** Of the actor's agency, in the same case or in none. */
export const keepEntity = async (
  trx: Trx,
  ctx: Context,
  { case: caseId, ids, kind, name }: ToKeep,
): Promise<{ readonly id: string; readonly isNew: boolean }> => {
  const keys = ids.map(({ issuer, type, value }) => JSON.stringify([issuer, type, value]));
  const { rows } = await sql<{ id: string }>`
    select e.id from entities e join external_ids x on x.entity_id = e.id and x.retracted_at is null
    where e.agency_id = app_agency() and e.kind = ${kind} and e.case_id is not distinct from ${caseId ?? null}::uuid
      and x.value = any(${ids.map(({ value }) => value)}::text[])
      and json_build_array(x.issuer, x.type, x.value)::jsonb = any(${keys}::jsonb[])
    order by e.created_at, e.id limit 1`.execute(trx);
  const [found] = rows;
  if (found !== undefined) return { id: found.id, isNew: false };
  const id = await insertEntity(trx, ctx, { kind, name, note: '', case: caseId });
  await audit(trx, ctx, { type: 'entity-add', object: { kind: 'entity', id }, detail: { kind, name } });
  await insertId(trx, ctx, id, ids[0]);
  await audit(trx, ctx, { type: 'external-id-add', object: { kind: 'entity', id }, detail: { ...ids[0] } });
  return { id, isNew: true };
};

/** Null where the agency says so already, on the same words. */
export const keepRelation = async (trx: Trx, ctx: Context, one: NewAssertion): Promise<string | null> => {
  const { rows } =
    await sql`select from assertions s where s.agency_id = app_agency() and s.type = ${one.type} and s.retracted_at is null
    and s.from_entity_id = ${one.from.id}::uuid and s.to_entity_id = ${one.to.id}::uuid and s.evidence ->> 'text' = ${one.evidence?.text ?? ''}`.execute(
      trx,
    );
  if (rows.length > 0) return null;
  const id = await insertAssertion(trx, ctx, one);
  if (id === null) return null;
  await audit(trx, ctx, {
    type: 'assertion-add',
    object: { kind: 'entity', id: one.to.id },
    detail: { assertion: id, type: one.type, from: one.from.id, to: one.to.id },
  });
  return id;
};
