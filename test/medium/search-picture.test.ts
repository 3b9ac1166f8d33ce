// Search by picture among the media that a person may see: what is near in any orientation, and nothing of another agency.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { PartCandidates } from '@redthread/core/graph';
import { edgeHash, localFeatures, pdq, type Signal } from '@redthread/core/signals';
import { answerProposals } from '../../packages/server/src/app/proposal-channel.js';
import { visibleMatches } from '../../packages/server/src/features/search/visible-signals.js';
import { withContext } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import { addContents, addSignals, openMatcherWorld, valueOf, type MatcherWorld } from './matcher-world.js';

let world: MatcherWorld;
beforeAll(async () => {
  world = await openMatcherWorld();
});
afterAll(() => world.close());

/** By content id. */
const names = new Map<number, string>();

/** The names whose media are found by signals so far from those of `name`. */
const found = (person: Person, name: string, flipped: number): Promise<string[]> => {
  const value = valueOf(name, flipped);
  return foundBy(person, [
    { method: pdq.name, version: pdq.version, quality: 100, value },
    { method: edgeHash.name, version: edgeHash.version, quality: null, value },
  ]);
};

const foundBy = async (person: Person, signals: readonly Signal[]): Promise<string[]> => {
  const actor = { userId: person.id, agencyId: person.agencyId, login: person.login, roles: ['officer'] } as const;
  const ctx: Context = { actor, purpose: null, requestId: 'test' };
  const matches = await withContext(world.store.app, ctx, (trx) =>
    visibleMatches(world.store, trx, { sha256: 'f'.repeat(64), signals }),
  );
  const ids = new Set(matches.map(({ mediaId }) => mediaId));
  const media = await world.store.owner.selectFrom('media').select(['id', 'content_id']).execute();
  return media.flatMap(({ id, content_id }) => (ids.has(id) ? [names.get(content_id) ?? '?'] : [])).sort();
};
const add = async (person: Person, list: readonly string[]): Promise<void> => {
  const ids = await addContents({ store: world.store, person }, list);
  for (const [place, id] of ids.entries()) {
    names.set(id, list[place] ?? '');
    await addSignals(world.store.owner, id, valueOf(list[place] ?? ''));
  }
};

it('finds what is near among what the person may see', async () => {
  const other = await world.world.person(await world.world.agency('South'), 'officer of South');
  await add(world.person, ['room', 'street', 'harbour']);
  await add(other, ['lighthouse']);
  expect(await found(world.person, 'street', 0)).toEqual(['street']);
  expect(await found(world.person, 'street', 20)).toEqual(['street']);
  expect(await found(world.person, 'street', 60)).toEqual([]);
  expect(await found(world.person, 'lighthouse', 0)).toEqual([]);
  expect(await found(other, 'lighthouse', 3)).toEqual(['lighthouse']);
  expect(await found(other, 'street', 0)).toEqual([]);
});

const [part] = localFeatures.examples;

/** A picture with the part; `isSearched`: its own agency has found the features too. */
const addPart = async (person: Person, exhibitId: string, name: string, isSearched: boolean): Promise<number> => {
  const { owner } = world.store;
  const [id] = await addContents({ store: world.store, person }, [name]);
  if (id === undefined || part === undefined) throw new Error('no content');
  names.set(id, name);
  const { method, quality, value, version } = part.b;
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    values (${id}, ${method}, ${version}, 'made up', ${quality}, ${Buffer.from(value)})`.execute(owner);
  await sql`insert into work (agency_id, media_id, exhibit_id, stage, version, state)
    select agency_id, id, ${exhibitId}::uuid, 'features', 1, ${isSearched ? 'done' : 'queued'} from media where content_id = ${id}`.execute(
    owner,
  );
  return id;
};

it('finds a part among what the person may see and has searched: alike by the index of the matcher, and without it', async () => {
  const east = await world.world.person(await world.world.agency('East'), 'officer of East');
  const theirs = await world.world.exhibit(east, await world.world.case(east, 'E-1'), '1', []);
  const contents = [
    await addPart(world.person, world.exhibitId, 'poster', true),
    await addPart(world.person, world.exhibitId, 'not yet searched', false),
    await addPart(east, theirs, 'their poster', true),
  ];
  const asked = [part!.a];
  const withoutMatcher = [await foundBy(world.person, asked), await foundBy(east, asked)];
  expect(withoutMatcher).toEqual([['poster'], ['their poster']]);
  const index = new PartCandidates();
  for (const id of contents) index.add(id, [part!.b]);
  const door = await answerProposals(world.store.config.dataFolder, async (signals) => index.find(signals));
  expect([await foundBy(world.person, asked), await foundBy(east, asked)]).toEqual(withoutMatcher);
  await door.close();
});
