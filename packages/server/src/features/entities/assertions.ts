// Says what relates to what, and takes it back. What is said of another agency's record is an opinion there: nothing of it changes.
import { sql } from 'kysely';
import type { Assertion, AssertionCreate, Entity, EvidenceGiven } from '@redthread/core/contract';
import { whyNotRelated, type Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { ownCase } from '../cases/index.js';
import { requireMedia } from '../media/index.js';
import {
  agenciesOfMedia,
  assertionById,
  insertAssertion,
  readAssertions,
  type NewAssertion,
} from './assertion-queries.js';
import { groupsOf } from './groups.js';
import { retractRow } from './queries.js';
import { KEEP, oneEntity, withCounts } from './service.js';

/** Errors: NOT_FOUND. */
const agencyOfMedia = async (trx: Trx, id: string): Promise<string> => {
  const agencyId = (await agenciesOfMedia(trx, [id])).get(id);
  if (agencyId === undefined) throw fail('NOT_FOUND', 'no such media');
  return agencyId;
};

/** Where it is said: in the case that is named, or in that of an end that is the actor's own. */
const caseOf = async (
  trx: Trx,
  ctx: Context,
  given: string | undefined,
  ends: readonly Entity[],
): Promise<string | null> => {
  if (given !== undefined) return (await ownCase(trx, ctx, given)).id;
  return ends.find((end) => end.agency.id === ctx.actor.agencyId && end.case !== null)?.case?.id ?? null;
};

const evidenceOf = async (
  trx: Trx,
  given: EvidenceGiven | undefined,
): Promise<Pick<NewAssertion, 'evidence' | 'evidenceMedia'>> => {
  const { media, ...rest } = given ?? {};
  return {
    evidence: Object.keys(rest).length === 0 ? null : rest,
    evidenceMedia: media === undefined ? null : { id: media, agencyId: await agencyOfMedia(trx, media) },
  };
};

/** Between what the actor sees. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_IMPOSSIBLE, ALREADY_EXISTS, CASE_ENDED. */
export const assertRelation = (store: Store, ctx: Context, input: AssertionCreate): Promise<Assertion> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const to = await oneEntity(trx, input.to);
    const { from } = input;
    const start = 'media' in from ? null : await oneEntity(trx, from.entity);
    const startId = 'media' in from ? from.media : from.entity;
    const startAgency = 'media' in from ? await agencyOfMedia(trx, from.media) : (start?.agency.id ?? '');
    const refused =
      startId === to.id ? 'nothing relates to itself' : whyNotRelated(input.type, start?.kind ?? 'media', to.kind);
    if (refused !== null) throw fail('ASSERTION_IMPOSSIBLE', refused, { pointer: '/type' });
    const { case: named, ...said } = input;
    const id = await insertAssertion(trx, ctx, {
      ...said,
      ...(await evidenceOf(trx, input.evidence)),
      from: { kind: start === null ? 'media' : 'entity', id: startId, agencyId: startAgency },
      to: { id: to.id, agencyId: to.agency.id },
      caseId: await caseOf(trx, ctx, named, start === null ? [to] : [start, to]),
    });
    if (id === null) throw fail('ALREADY_EXISTS', saying`${input.type} between these two`);
    await audit(trx, ctx, {
      type: 'assertion-add',
      object: { kind: 'entity', id: to.id },
      detail: { assertion: id, type: input.type, from: startId, to: to.id },
    });
    return shown(trx, id);
  });
};

/** As it stands now, with whether a merge counts. Errors: NOT_FOUND. */
const shown = async (trx: Trx, id: string): Promise<Assertion> => {
  const found = await assertionById(trx, id);
  if (found === undefined) throw fail('NOT_FOUND', 'no such assertion');
  return withCounts([found], await groupsOf(trx, [found.to.id]))[0] ?? found;
};

/** It stays on record, with who took it back and why; for anybody of the agency that said it. Errors: FORBIDDEN, NOT_FOUND, ASSERTION_RETRACTED. */
export const retractAssertion = (store: Store, ctx: Context, id: string, reason: string): Promise<Assertion> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const before = await assertionById(trx, id);
    if (before === undefined) throw fail('NOT_FOUND', 'no such assertion');
    if (before.retracted !== null) throw fail('ASSERTION_RETRACTED', id);
    if (!(await retractRow(trx, ctx, 'assertions', id, reason)))
      throw fail('FORBIDDEN', 'what another agency says is taken back by it; say yourself that it is not so');
    await audit(trx, ctx, {
      type: 'assertion-retract',
      object: { kind: 'entity', id: before.to.id },
      detail: { assertion: id, type: before.type, reason },
    });
    return shown(trx, id);
  });
};

/**
 * Takes back every merge of the actor's agency between the two, whichever way it was said. What others said stays, and what is merged
 * over a third record stays merged: then the answer names nothing. Errors: FORBIDDEN, NOT_FOUND for two that the agency has not merged.
 */
export const splitEntities = (
  store: Store,
  ctx: Context,
  a: string,
  b: string,
  reason: string,
): Promise<{ readonly taken: readonly string[]; readonly stillOne: boolean }> => {
  requireRight(ctx, KEEP);
  return withContext(store.app, ctx, async (trx) => {
    const found = await readAssertions(
      trx,
      sql`s.type in ('same-as', 'continues') and s.agency_id = app_agency() and s.retracted_at is null
        and ((s.from_entity_id = ${a}::uuid and s.to_entity_id = ${b}::uuid) or (s.from_entity_id = ${b}::uuid and s.to_entity_id = ${a}::uuid))`,
    );
    if (found.length === 0) throw fail('NOT_FOUND', 'your agency has not merged these two');
    for (const { id, type, to } of found) {
      await retractRow(trx, ctx, 'assertions', id, reason);
      await audit(trx, ctx, {
        type: 'assertion-retract',
        object: { kind: 'entity', id: to.id },
        detail: { assertion: id, type, reason },
      });
    }
    const { groupOf } = await groupsOf(trx, [a, b]);
    return { taken: found.map(({ id }) => id), stillOne: groupOf(a) === groupOf(b) };
  });
};

/** What is said of a media: the series that it belongs to, whom and what it shows, what rests on it. Errors: NOT_FOUND. */
export const assertionsOfMedia = (store: Store, ctx: Context, mediaId: string): Promise<Assertion[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireMedia(trx, mediaId);
      return readAssertions(trx, sql`(s.from_media_id = ${mediaId}::uuid or s.evidence_media_id = ${mediaId}::uuid)`);
    },
    { access: 'read only' },
  );
