// A series for the reports: with everything that one says of it, also what was taken back.
import type { Context } from '../../packages/core/src/domain/index.js';
import { assertRelation } from '../../packages/server/src/features/entities/assertions.js';
import { addMembers, removeMembers } from '../../packages/server/src/features/entities/series.js';
import { addExternalId, createEntity, setSeriesState } from '../../packages/server/src/features/entities/service.js';
import { addStatement } from '../../packages/server/src/features/entities/statements.js';
import type { Store } from '../../packages/server/src/store/index.js';

/** Of a lamp that belongs and a chair that does not any more, with a clue, votes, a number and what it relates to. */
export const addSeries = async (
  store: Store,
  ctx: Context,
  { caseId, chair, lamp }: { readonly caseId: string; readonly chair: string; readonly lamp: string },
): Promise<string> => {
  const { id } = await createEntity(store, ctx, {
    kind: 'series',
    name: 'Yellow "room" & lamp',
    note: '',
    case: caseId,
  });
  await addMembers(store, ctx, id, {
    media: [lamp, chair],
    reason: 'the same wall',
    confidence: 'probable',
    method: undefined,
    stack: false,
  });
  await removeMembers(store, ctx, id, { media: [chair], reason: 'another room' });
  const place = await createEntity(store, ctx, { kind: 'place', name: 'Hotel', note: '' });
  await assertRelation(store, ctx, {
    type: 'shows',
    from: { entity: id },
    to: place.id,
    confidence: 'possible',
    reason: 'the sign',
    evidence: { media: lamp, text: 'page 2' },
  });
  await addStatement(store, ctx, id, { kind: 'socket', value: 'two round holes', reason: 'beside the bed' });
  await addStatement(store, ctx, id, { kind: 'country', value: 'ES', reason: 'sockets' });
  await addExternalId(store, ctx, id, { type: 'icse-series', value: '12345' });
  await setSeriesState(store, ctx, id, { state: 'being-worked', note: 'begun', workedBy: 'Porto' });
  return id;
};
