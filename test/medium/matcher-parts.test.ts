// Parts are looked for among all that the store holds, whatever hashes say of them, whichever of two came first, and for as long
// as somebody holds them.
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '@redthread/core/signals';
import { blobs, look, signalOfLuma, type Luma } from '../../packages/core/test-support/features.js';
import { findPairs } from '../../packages/server/src/matcher/find-pairs.js';
import { MatchIndex } from '../../packages/server/src/matcher/match-index.js';
import { addContents, addSignals, openMatcherWorld, valueOf, type MatcherWorld } from './matcher-world.js';
import { eventually } from './store-fixture.js';

let world: MatcherWorld;
const open: MatchIndex[] = [];
const never = new AbortController().signal;

const openIndex = async (folder = 'index'): Promise<MatchIndex> => {
  const index = new MatchIndex({
    db: world.store.matcher,
    folder: join(world.data, folder),
    searchThreads: 1,
    log: () => undefined,
  });
  open.push(index);
  await index.open(never);
  await eventually('the index of parts is filled', () => index.arePartsReady);
  return index;
};

/** A content whose hashes are those of its name: near to nothing else. */
const add = async (name: string, signal: Signal): Promise<number> => {
  const [id = 0] = await addContents(world, [name]);
  await addSignals(world.store.worker, id, valueOf(name));
  await addFeatures(id, signal);
  return id;
};
const addFeatures = async (id: number, { method, quality, value, version }: Signal): Promise<void> => {
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    values (${id}, ${method}, ${version}, 'made up', ${quality}, ${Buffer.from(value)})`.execute(world.store.worker);
};
const part = (picture: Luma): Luma => look(picture, 300, 220, (x, y) => [120 + 1.1 * x, 90 + 1.1 * y]);
const pictures = [1, 2, 3].map((seed) => blobs(seed, 480, 360, 250));
const [wholes, parts] = [pictures.map(signalOfLuma), pictures.map((picture) => signalOfLuma(part(picture)))];
const at = <T>(list: readonly T[], place: number): T => list[place]!;

const propose = async (index: MatchIndex, signal: Signal): Promise<number[]> => {
  const [found] = await index.proposeParts([[signal]]);
  return [...(found ?? [])].sort((a, b) => a - b);
};

beforeAll(async () => {
  world = await openMatcherWorld();
});
afterAll(async () => {
  await Promise.all(open.map((index) => index.close()));
  await world.close();
});

describe('parts in a store', () => {
  it('are proposed from both sides, those that were there and those that came, and matched as partial', async () => {
    const before = await add('whole 0', at(wholes, 0));
    const index = await openIndex();
    const cut = await add('part 0', at(parts, 0));
    const other = await add('whole 1', at(wholes, 1));
    expect(await propose(index, at(parts, 0))).toEqual([before, cut]);
    expect(await propose(index, at(wholes, 0))).toEqual([before, cut]);
    expect(await propose(index, at(wholes, 1))).toEqual([other]);
    const grades = async (ids: readonly number[]) =>
      (await findPairs(world.store.matcher, index, 'parts', ids)).map(({ a, b, comparison: { grade, reasons } }) => ({
        pair: [a.contentId, b.contentId].sort((x, y) => x - y),
        grade,
        transform: reasons[0]?.where.transform?.length,
      }));
    const expected = [{ pair: [before, cut], grade: 'partial', transform: 6 }];
    expect(await grades([cut])).toEqual(expected);
    expect(await grades([before])).toEqual(expected);
    expect(await grades([before, cut, other])).toEqual(expected);
    // By hashes alone they have nothing in common.
    expect(await findPairs(world.store.matcher, index, 'match', [cut])).toEqual([]);
  });

  it('are found again after a start, with features that came later than the hashes, and not once nobody holds them', async () => {
    const [whole = 0] = await addContents(world, ['whole 2']);
    await addSignals(world.store.worker, whole, valueOf('whole 2'));
    const first = await openIndex('other');
    expect(await propose(first, at(parts, 2))).toEqual([]);
    await addFeatures(whole, at(wholes, 2));
    expect(await propose(first, at(parts, 2))).toEqual([whole]);
    await first.save();
    await first.close();

    const second = await openIndex('other');
    expect(await propose(second, at(parts, 2))).toEqual([whole]);
    await sql`delete from media where content_id = ${whole}`.execute(world.store.owner);
    expect(await propose(second, at(parts, 2))).toEqual([]);
    await second.close();
    expect(await propose(await openIndex('third'), at(parts, 2))).toEqual([]);
  });

  it('are the same pairs whatever the order in which pictures of one room, parts of them and others come', async () => {
    const room = at(pictures, 0);
    const windows = [
      [0, 0],
      [60, 40],
      [120, 80],
      [150, 20],
      [20, 110],
    ] as const;
    const looks = windows.map(([left, top]) => look(room, 300, 230, (x, y) => [left + x, top + y]));
    const collage = look(room, 480, 360, (x, y) => (x < 240 ? [100 + x, 60 + y] : [700 - x, y]));
    const all = [...looks, room, part(room), collage, at(pictures, 1), part(at(pictures, 1)), at(pictures, 2)].map(
      signalOfLuma,
    );
    const orders = [
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
      [7, 2, 9, 0, 5, 10, 3, 8, 1, 6, 4],
    ];
    const results: string[][] = [];
    for (const [nth, order] of orders.entries()) {
      await sql`truncate signals cascade`.execute(world.store.owner);
      await sql`delete from media`.execute(world.store.owner);
      const index = await openIndex(`order ${nth}`);
      const names = new Map<number, number>();
      const pairs: string[] = [];
      for (const place of order) {
        const id = await add(`picture ${place} in order ${nth}`, at(all, place));
        names.set(id, place);
        for (const { a, b, comparison } of await findPairs(world.store.matcher, index, 'parts', [id])) {
          const [first = 0, second = 0] = [names.get(a.contentId), names.get(b.contentId)].sort((x, y) => x! - y!);
          pairs.push(`${first} ${second} ${comparison.grade} ${comparison.reasons[0]?.value}`);
        }
      }
      results.push(pairs.sort());
      await index.close();
    }
    expect(results[0]!.length).toBeGreaterThan(15);
    expect(new Set(results[0]).size).toBe(results[0]!.length);
    for (const pairs of results.slice(1)) expect(pairs).toEqual(results[0]);
  });

  it('are compared by the features of now where another matcher followed the feed for a while', async () => {
    const [id = 0] = await addContents(world, ['whole 1 without features']);
    await addSignals(world.store.worker, id, valueOf('whole 1 without features'));
    const countOf = async (index: MatchIndex): Promise<number | undefined> =>
      (await index.signals.parts.read(world.store.matcher, [id])).get(id)?.signals.length;
    const first = await openIndex('shared');
    await first.save();
    expect(await countOf(first)).toBe(2);
    const second = await openIndex('shared');
    await addFeatures(id, at(wholes, 1));
    await second.follow();
    await second.save();
    await second.close();
    await first.open(never);
    expect(await countOf(first)).toBe(3);
    await first.close();
  });

  it('are found by features that came a moment ago, of a picture that others were compared with before', async () => {
    const index = await openIndex('late');
    const cut = await add('part 2 of late features', at(parts, 2));
    const [whole = 0] = await addContents(world, ['whole 2 with late features']);
    await addSignals(world.store.worker, whole, valueOf('whole 2 with late features'));
    await index.follow();
    await index.signals.parts.read(world.store.matcher, [whole]);
    await addFeatures(whole, at(wholes, 2));
    const found = await findPairs(world.store.matcher, index, 'parts', [whole]);
    expect(found.map(({ a, b }) => [a.contentId, b.contentId].sort((x, y) => x - y))).toContainEqual([cut, whole]);
    await index.close();
  });

  it('are forgotten when all signals are emptied', async () => {
    const index = await openIndex('emptied');
    await add('whole 0 again', at(wholes, 0));
    expect(await propose(index, at(parts, 0))).not.toEqual([]);
    await sql`truncate signals cascade`.execute(world.store.owner);
    await index.rebuild();
    expect(await propose(index, at(parts, 0))).toEqual([]);
  });
});
