// Assertions stay when their media go: without it while an exhibit is withdrawn, with it again once the exhibit is back, also where the
// same was said again meanwhile; a destroyed case takes its entities along, and what others say keeps no media that is gone.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AssertionCreate, EntityCreate, type Entity } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { assertRelation } from '../../packages/server/src/features/entities/assertions.js';
import { addMembers, listMembers } from '../../packages/server/src/features/entities/series.js';
import { createEntity, showEntity } from '../../packages/server/src/features/entities/service.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { askToDestroy, askToUndo, askToWithdraw } from '../../packages/server/src/features/requests/asking.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import { confirmRequest, requestId } from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { openIngestWorld, writeAt, type IngestWorld } from './ingest-world.js';

const roles = ['administrator', 'coordinator', 'officer'];
const reason = 'as the test wants it';

let world: IngestWorld;
let anna: Context;
let ben: Context;
let source = '';
let series: Entity;
let person: Entity;

const personOf = async (agencyId: string, login: string): Promise<Context> => {
  const { id } = await world.world.person(agencyId, login, roles);
  return { actor: { userId: id, agencyId, login, roles }, purpose: null, requestId: 'test' };
};

const add = (kind: Entity['kind'], caseId?: string): Promise<Entity> =>
  createEntity(world.store, anna, EntityCreate.parse({ kind, name: kind, case: caseId }));

beforeAll(async () => {
  world = await openIngestWorld();
  const north = await world.world.agency('North');
  [anna, ben] = [await personOf(north, 'anna'), await personOf(north, 'ben')];
  const opener = { id: anna.actor.userId, agencyId: north, login: 'anna' };
  await world.world.case(opener, 'N-1');
  const second = await world.world.case(opener, 'N-2');
  source = join(world.folder, 'source');
  writeAt(join(source, 'a.txt'), 'one file');
  await take('N-1');
  series = await add('series');
  person = await add('person', second);
});
afterAll(() => world.close());

const take = (caseReference: string) =>
  ingestExhibit(world.store, anna, { caseReference, exhibitReference: '1', source, inPlace: false }, { wait: false });

const mediaId = async (): Promise<string> =>
  (await world.store.owner.selectFrom('media').select('id').executeTakeFirstOrThrow()).id;

const members = async (): Promise<string[]> =>
  (await listMembers(world.store, anna, series.id, { limit: 100 })).items.map(({ mediaId: id }) => id);

const said = async () => (await showEntity(world.store, anna, series.id)).assertions;

const carryOut = async (number: string): Promise<void> => {
  await confirmRequest(world.store, ben, { number, origin: SESSION });
  expect(await runRequest(world.store, await requestId(world.store, ben, number))).toBe('done');
};

const member = { reason, confidence: 'probable', stack: false } as const;

it('come back with an exhibit, and give way to what was said of the same again meanwhile', async () => {
  const before = await mediaId();
  await addMembers(world.store, anna, series.id, { ...member, media: [before] });
  await assertRelation(
    world.store,
    anna,
    AssertionCreate.parse({
      type: 'identified-as',
      from: { entity: series.id },
      to: person.id,
      reason,
      evidence: { media: before },
    }),
  );
  const { number } = await askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/1', reason });
  await carryOut(number);
  expect(await members()).toEqual([]);
  expect(await said()).toMatchObject([{ evidence: { mediaGone: true } }]);
  await take('N-2');
  const again = await mediaId();
  expect(again).not.toBe(before);
  await addMembers(world.store, anna, series.id, { ...member, media: [again] });
  const undo = await askToUndo(world.store, anna, SESSION, { number, reason });
  await carryOut(undo.number);
  expect(await members()).toEqual([again]);
  expect(await said()).toMatchObject([{ evidence: { mediaGone: false, media: again } }]);
  const rows = await world.store.owner
    .selectFrom('assertions')
    .select(['from_media_id', 'retract_reason'])
    .where('type', '=', 'member-of')
    .orderBy('at')
    .execute();
  expect(rows).toEqual([
    { from_media_id: again, retract_reason: 'said again while its exhibit was withdrawn' },
    { from_media_id: again, retract_reason: null },
  ]);
});

it('of a case that is destroyed go with it, and leave nothing of its person', async () => {
  const { number } = await askToDestroy(world.store, anna, SESSION, { case: 'N-2', leaveInPlace: false, reason });
  await carryOut(number);
  await expect(showEntity(world.store, anna, person.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await said()).toEqual([]);
  const { n } = await world.store.owner
    .selectFrom('assertions')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('to_entity_id', '=', person.id)
    .executeTakeFirstOrThrow();
  expect(Number(n)).toBe(0);
});
