// Votes follow the media that they are about: into another agency with a case that is handed over, and back from a withdrawal, also
// where the same content was brought in anew and judged again meanwhile.
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { askToTransfer, askToUndo, askToWithdraw } from '../../packages/server/src/features/requests/asking.js';
import { runRequest } from '../../packages/server/src/features/requests/index.js';
import { acceptRequest, confirmRequest, requestId } from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { readVerdicts } from '../../packages/server/src/features/verdicts/vote.js';
import { openIngestWorld, writeAt, type IngestWorld } from './ingest-world.js';

const roles = ['administrator', 'coordinator', 'officer'];
const reason = 'as the test wants it';

let world: IngestWorld;
let anna: Context;
let ben: Context;
let dora: Context;
let source = '';

const person = async (agencyId: string, login: string): Promise<Context> => {
  const { id } = await world.world.person(agencyId, login, roles);
  return { actor: { userId: id, agencyId, login, roles }, purpose: null, requestId: 'test' };
};

beforeAll(async () => {
  world = await openIngestWorld();
  const [north, south] = [await world.world.agency('North'), await world.world.agency('South', 'PT')];
  [anna, ben, dora] = [await person(north, 'anna'), await person(north, 'ben'), await person(south, 'dora')];
  for (const reference of ['N-1', 'N-2'])
    await world.world.case({ id: anna.actor.userId, agencyId: north, login: 'anna' }, reference);
  source = join(world.folder, 'source');
  // Twice the same bytes: its files may go over in two batches.
  for (const name of ['a.txt', 'b.txt']) writeAt(join(source, name), 'the same in both');
  await take('N-1');
});
afterAll(() => world.close());

const take = (caseReference: string) =>
  ingestExhibit(world.store, anna, { caseReference, exhibitReference: '1', source, inPlace: false }, { wait: false });

const mediaOf = async ({ actor }: Context): Promise<string> => {
  const row = await world.store.owner
    .selectFrom('media')
    .select('id')
    .where('agency_id', '=', actor.agencyId)
    .executeTakeFirstOrThrow();
  return row.id;
};

const say = async (mediaId: string, code: string, taken: boolean): Promise<void> => {
  await sql`insert into verdicts (agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, retracted_at, retract_reason)
    values (${anna.actor.agencyId}::uuid, ${mediaId}::uuid, ${anna.actor.agencyId}::uuid, 'North', ${anna.actor.userId}::uuid, 'anna',
      'vic-default@2.0', ${code}, 'not-looked', ${taken ? new Date() : null}, ${taken ? 'a mistake' : null})`.execute(
    world.store.owner,
  );
};

const carryOut = async (number: string, by: Context): Promise<void> => {
  await confirmRequest(world.store, by, { number, origin: SESSION });
  expect(await runRequest(world.store, await requestId(world.store, by, number))).toBe('done');
};

const said = async (ctx: Context): Promise<string[]> =>
  (await readVerdicts(world.store, ctx, await mediaOf(ctx))).votes
    .map(
      ({ code, by, counts, retracted }) =>
        `${code} ${by} ${counts ? 'counts' : 'opinion'} ${retracted?.reason ?? 'in force'}`,
    )
    .sort();

it('come back to the media that the content has by then, and overrule nothing that was said meanwhile', async () => {
  const before = await mediaOf(anna);
  await say(before, '1', true);
  await say(before, '0', false);
  const { number } = await askToWithdraw(world.store, anna, SESSION, { exhibit: 'N-1/1', reason });
  await carryOut(number, ben);
  await take('N-2');
  const again = await mediaOf(anna);
  expect(again).not.toBe(before);
  await say(again, '4', false);
  const undo = await askToUndo(world.store, ben, SESSION, { number, reason });
  await carryOut(undo.number, anna);
  expect(await mediaOf(anna)).toBe(again);
  expect(await said(anna)).toEqual([
    'vic-default@2.0:0 anna counts replaced while its exhibit was withdrawn',
    'vic-default@2.0:1 anna counts a mistake',
    'vic-default@2.0:4 anna counts in force',
  ]);
});

it('go along with a case that is handed over, once, as opinions there', async () => {
  const { number } = await askToTransfer(world.store, anna, SESSION, { case: 'N-2', toAgency: 'South', reason });
  await confirmRequest(world.store, ben, { number, origin: SESSION });
  await acceptRequest(world.store, dora, { number });
  expect(await runRequest(world.store, await requestId(world.store, dora, number))).toBe('done');
  expect(await said(dora)).toEqual([
    'vic-default@2.0:0 anna opinion replaced while its exhibit was withdrawn',
    'vic-default@2.0:1 anna opinion a mistake',
    'vic-default@2.0:4 anna opinion in force',
  ]);
});
