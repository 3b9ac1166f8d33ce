// Entities, series among them: recorded, found, shown with what is said of them and of every record that is one with them.
import { sql } from 'kysely';
import type {
  Assertion,
  Entity,
  EntityCreate,
  EntityDetail,
  EntityQuery,
  ExternalIdAdd,
  ExternalIdRow,
  SeriesStepAdd,
} from '@redthread/core/contract';
import {
  ageAt,
  contradictionsIn,
  isAgreed,
  readExternalId,
  readStatedTime,
  type Context,
} from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { ownCase, requireCase } from '../cases/index.js';
import { isMerging, readAssertions } from './assertion-queries.js';
import { groupsOf, type Groups } from './groups.js';
import {
  entitiesById,
  externalIdById,
  idsOf,
  insertEntity,
  insertId,
  insertStep,
  pageOfEntities,
  retractRow,
  stepsOf,
} from './queries.js';

export const KEEP = 'keep series and entities';

/** Errors: NOT_FOUND. */
export const oneEntity = async (trx: Trx, id: string): Promise<Entity> => {
  const entity = (await entitiesById(trx, [id])).get(id);
  if (entity === undefined) throw fail('NOT_FOUND', 'no such entity');
  return entity;
};

/** One of the actor's agency: another's record is never written to. Errors: NOT_FOUND. */
const ownEntity = async (trx: Trx, ctx: Context, id: string): Promise<Entity> => {
  const entity = await oneEntity(trx, id);
  if (entity.agency.id !== ctx.actor.agencyId) throw fail('NOT_FOUND', 'no such entity');
  return entity;
};

/** Errors: NOT_FOUND. */
export const oneSeries = async (trx: Trx, id: string): Promise<Entity> => {
  const entity = await oneEntity(trx, id);
  if (entity.kind !== 'series') throw fail('NOT_FOUND', 'no such entity');
  return entity;
};

/** One of the actor's agency. Errors: NOT_FOUND. */
export const ownSeries = async (trx: Trx, ctx: Context, id: string): Promise<Entity> => {
  await oneSeries(trx, id);
  return ownEntity(trx, ctx, id);
};

/** The series and those that are one with it for the actor. Errors: NOT_FOUND. */
export const recordsOf = async (trx: Trx, id: string): Promise<string[]> => {
  await oneSeries(trx, id);
  return (await groupsOf(trx, [id])).members(id);
};

/** Errors: NOT_FOUND for a case that is not there or not shared. */
export const listEntities = (store: Store, ctx: Context, query: EntityQuery): Promise<Page<Entity>> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      if (query.case !== undefined) await requireCase(trx, query.case);
      return pageOfEntities(trx, query);
    },
    { access: 'read only' },
  );

/** In a case of the actor's agency, or in none. Errors: FORBIDDEN, NOT_FOUND for the case. */
export const createEntity = (store: Store, ctx: Context, input: EntityCreate): Promise<Entity> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    if (input.case !== undefined) await ownCase(trx, ctx, input.case);
    const id = await insertEntity(trx, ctx, input);
    await audit(trx, ctx, {
      type: 'entity-add',
      object: { kind: 'entity', id },
      detail: { kind: input.kind, name: input.name },
    });
    return oneEntity(trx, id);
  });
};

const fromOf = ({ from }: Assertion): string => (from.kind === 'entity' ? from.entity.id : (from.mediaId ?? ''));

const contradictions = async (trx: Trx, assertions: readonly Assertion[], groups: Groups) => {
  const inForce = assertions.filter(({ retracted }) => retracted === null);
  const farEnds = await groupsOf(
    trx,
    inForce.flatMap((one) => [one.to.id, ...(one.from.kind === 'entity' ? [one.from.entity.id] : [])]),
  );
  const timeOf = (text: string | null) => (text === null ? null : readStatedTime(text));
  return contradictionsIn(
    inForce.map((one) => ({
      id: one.id,
      type: one.type,
      from: fromOf(one),
      to: one.to.id,
      valid: { from: timeOf(one.validFrom), to: timeOf(one.validTo) },
    })),
    (id) => (groups.groupOf(id) === id ? farEnds.groupOf(id) : groups.groupOf(id)),
  ).map((found) => ({ ...found, assertions: [...found.assertions] }));
};

/** Whether each merge counts for the reader. */
export const withCounts = (assertions: readonly Assertion[], { agreed }: Groups): Assertion[] =>
  assertions.map((one) => ({
    ...one,
    counts: isMerging(one.type) && one.retracted === null ? isAgreed(agreed, fromOf(one), one.to.id) : null,
  }));

/** With everything that is said of the records that are one with it. Errors: NOT_FOUND. */
export const showEntity = (store: Store, ctx: Context, id: string, at?: string): Promise<EntityDetail> =>
  withContext(store.app, ctx, (trx) => detailOf(trx, id, at), { access: 'read only' });

/** The same, as a part of what is read besides. Errors: NOT_FOUND. */
export const detailOf = async (trx: Trx, id: string, at?: string): Promise<EntityDetail> => {
  const entity = await oneEntity(trx, id);
  const groups = await groupsOf(trx, [id]);
  const members = groups.members(id);
  const these = sql`${members}::uuid[]`;
  const assertions = await readAssertions(
    trx,
    sql`s.type <> 'member-of' and (s.from_entity_id = any(${these}) or s.to_entity_id = any(${these}))`,
  );
  const records = await entitiesById(trx, members);
  const time = at === undefined ? null : readStatedTime(at);
  const band = entity.age === null ? null : { ...entity.age, at: readStatedTime(entity.age.at) };
  return {
    entity,
    group: members.flatMap((member) => records.get(member) ?? []),
    ids: await idsOf(trx, members),
    assertions: withCounts(assertions, groups),
    contradictions: await contradictions(trx, assertions, groups),
    ageThen: time === null || band === null || band.at === null ? null : ageAt({ ...band, at: band.at }, time),
    steps: entity.kind === 'series' ? await stepsOf(trx, id) : [],
  };
};

/** Errors: FORBIDDEN, NOT_FOUND, EXTERNAL_ID_INVALID, ALREADY_EXISTS. */
export const addExternalId = (
  store: Store,
  ctx: Context,
  entity: string,
  input: ExternalIdAdd,
): Promise<ExternalIdRow> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    await ownEntity(trx, ctx, entity);
    const read = readExternalId(input.issuer, input.type, input.value);
    if ('refused' in read) throw fail('EXTERNAL_ID_INVALID', read.refused, { pointer: '/value' });
    const id = await insertId(trx, ctx, entity, read.id);
    if (id === null) throw fail('ALREADY_EXISTS', saying`${read.id.issuer} ${read.id.type} ${read.id.value}`);
    await audit(trx, ctx, { type: 'external-id-add', object: { kind: 'entity', id: entity }, detail: { ...read.id } });
    const row = await externalIdById(trx, id);
    if (row === undefined) throw fail('INTERNAL', 'a number that cannot be read');
    return row;
  });
};

/** It stays on record, with who took it back and why. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_RETRACTED. */
export const retractExternalId = (store: Store, ctx: Context, id: string, reason: string): Promise<ExternalIdRow> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const before = await externalIdById(trx, id);
    if (before === undefined) throw fail('NOT_FOUND', 'no such number');
    if ((await entitiesById(trx, [before.entityId])).get(before.entityId)?.agency.id !== ctx.actor.agencyId)
      throw fail('NOT_FOUND', 'no such number');
    if (!(await retractRow(trx, ctx, 'external_ids', id, reason))) throw fail('ASSERTION_RETRACTED', id);
    await audit(trx, ctx, {
      type: 'external-id-retract',
      object: { kind: 'entity', id: before.entityId },
      detail: { externalId: id, reason },
    });
    return (await externalIdById(trx, id)) ?? before;
  });
};

/** Of a series of the actor's agency: a new state, with who works on it. Errors: FORBIDDEN, NOT_FOUND. */
export const setSeriesState = (store: Store, ctx: Context, id: string, step: SeriesStepAdd): Promise<Entity> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    await ownSeries(trx, ctx, id);
    await insertStep(trx, ctx, id, step);
    await audit(trx, ctx, {
      type: 'series-state',
      object: { kind: 'entity', id },
      detail: { state: step.state, workedBy: step.workedBy },
    });
    return oneEntity(trx, id);
  });
};
