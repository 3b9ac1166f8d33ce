// Search by picture among the media that a person may see: what is near in any orientation, and nothing of another agency.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { edgeHash, pdq } from '@redthread/core/signals';
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
const found = async (person: Person, name: string, flipped: number): Promise<string[]> => {
  const value = valueOf(name, flipped);
  const signals = [
    { method: pdq.name, version: pdq.version, quality: 100, value },
    { method: edgeHash.name, version: edgeHash.version, quality: null, value },
  ];
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
