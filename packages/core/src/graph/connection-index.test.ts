import { describe, expect, it } from 'vitest';
import { createRandom } from '../../test-support/random.js';
import { chatNameBits } from '../domain/chat-names.js';
import { deviceNumberBits } from '../domain/device-numbers.js';
import { GRADES, gradeRank } from '../domain/grade.js';
import { ConnectionIndex, type IndexChange, type MatchOfMedia, type PlacedMedia } from './connection-index.js';
import type { EvidenceOfPair } from './held-pairs.js';
import { rarityCostBits } from './connections.js';

const IDENTICAL_BITS = 128;
/** Media of two agencies: equal bytes are one medium of an agency, and every end is of one. */
const ENDS = ['ea1', 'eb1', 'ea2', 'eb2', 'ea3', 'eb3'];
/** Two of one length, and one that says less. */
const DEVICES = ['body 20813', 'body 20814', 'body 7731'];
const NAMES = ['phone\u001f+999555000', 'phone\u001f+999555001', 'account\u001fApp\u001fola'];

interface World {
  readonly media: Map<string, PlacedMedia>;
  readonly matches: Map<string, MatchOfMedia>;
}

/** Every pair of media of every pair of ends, looked at. */
const byScan = (world: World): EvidenceOfPair[] => {
  const { media, matches } = world;
  const all = [...media.values()];
  const holders = (of: (one: PlacedMedia) => boolean): number =>
    new Set(all.filter(of).flatMap(({ ends }) => ends)).size;
  const rows: (EvidenceOfPair & { readonly weight: number })[] = [];
  const found = (x: PlacedMedia, y: PlacedMedia, match: MatchOfMedia | null, held: number): void => {
    const [grade, bits] = [match?.grade ?? 'identical', match?.bits ?? IDENTICAL_BITS];
    const weight = Math.round((bits - rarityCostBits(held)) * 1e6);
    for (const one of x.ends)
      for (const other of y.ends) {
        if (one === other) continue;
        const [a, b, mediaA, mediaB] = one < other ? [one, other, x.id, y.id] : [other, one, y.id, x.id];
        const size = (end: string): number => all.filter(({ ends }) => ends.includes(end)).length;
        const comparisons = size(a) * size(b);
        rows.push({
          a,
          b,
          grade,
          bits,
          weight,
          mediaA,
          mediaB,
          holders: held,
          comparisons,
          pairs: 1,
          matchId: match?.id ?? null,
          device: null,
        });
      }
  };
  for (const [i, x] of all.entries()) {
    const held = holders(({ sha256 }) => sha256 === x.sha256);
    for (const y of all.slice(i + 1)) if (x.sha256 === y.sha256) found(x, y, null, held);
    x.ends.forEach((end, place) => {
      for (const other of x.ends.slice(place + 1)) found({ ...x, ends: [end] }, { ...x, ends: [other] }, null, held);
    });
  }
  for (const match of matches.values()) {
    const [x, y] = [media.get(match.mediaA), media.get(match.mediaB)];
    if (x === undefined || y === undefined) continue;
    if (gradeRank(match.grade) >= gradeRank('same scene') && (x.stack === y.stack || x.sha256 === y.sha256)) continue;
    const [hx, hy] = [x.stack, y.stack].map((stack) => holders((one) => one.stack === stack));
    found(x, y, match, Math.max(2, x.stack === y.stack ? (hx ?? 0) : (hx ?? 0) + (hy ?? 0)));
  }
  const best = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const key = `${row.a} ${row.b} ${row.grade}`;
    const other = best.get(key);
    const isBetter =
      other === undefined ||
      row.weight > other.weight ||
      (row.weight === other.weight && `${row.mediaA} ${row.mediaB}` < `${other.mediaA} ${other.mediaB}`);
    const pairs = (other?.pairs ?? 0) + 1;
    best.set(key, { ...(isBetter ? row : other), pairs });
  }
  return [
    ...[...best.values()].map(({ weight: _, ...row }) => row),
    ...traitsByScan(world, 'devices'),
    ...traitsByScan(world, 'names'),
  ];
};

const TRAITS = {
  devices: { all: DEVICES, bitsOf: deviceNumberBits },
  names: { all: NAMES, bitsOf: chatNameBits },
} as const;

/** Of every two ends the device, or the name, that says most, by the first two media that are no copies of one another. */
const traitsByScan = ({ media }: World, of: keyof typeof TRAITS): EvidenceOfPair[] => {
  const { all: traits, bitsOf } = TRAITS[of];
  const all = [...media.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
  const holding = (trait: string, end: string): PlacedMedia[] =>
    all.filter((one) => one.ends.includes(end) && (one[of] ?? []).includes(trait));
  const traitsOf = (end: string): string[] => traits.filter((trait) => holding(trait, end).length > 0);
  return ENDS.flatMap((one) => ENDS.filter((other) => one < other).map((other) => [one, other] as const)).flatMap(
    ([a, b]) => {
      const rows = traits
        .flatMap((trait) => {
          const holders = ENDS.filter((end) => holding(trait, end).length > 0).length;
          const [first] = holding(trait, a).flatMap((x) =>
            holding(trait, b).flatMap((y) =>
              x.stack !== y.stack && x.sha256 !== y.sha256 ? [[x.id, y.id] as const] : [],
            ),
          );
          const bits = bitsOf(trait);
          return first === undefined ? [] : [{ trait, first, bits, holders, weight: bits - rarityCostBits(holders) }];
        })
        .sort(
          (x, y) =>
            Math.round((y.weight - x.weight) * 1e6) ||
            (`${x.first.join(' ')} ${x.trait}` < `${y.first.join(' ')} ${y.trait}` ? -1 : 1),
        );
      const [best] = rows;
      if (best === undefined) return [];
      const {
        trait,
        bits,
        holders,
        first: [mediaA, mediaB],
      } = best;
      const told = of === 'devices' ? { device: trait } : { device: null, name: trait, cause: 'account' as const };
      return [
        {
          a,
          b,
          grade: 'same source',
          bits,
          holders,
          comparisons: traitsOf(a).length * traitsOf(b).length,
          mediaA,
          mediaB,
          pairs: rows.length,
          matchId: null,
          ...told,
        },
      ];
    },
  );
};

const inOrder = (rows: Iterable<EvidenceOfPair>): EvidenceOfPair[] =>
  [...rows].sort((x, y) => {
    const [one, other] = [x, y].map(
      ({ a, b, grade, device, name = '' }) => `${a} ${b} ${gradeRank(grade)} ${device} ${name}`,
    );
    return (one ?? '') < (other ?? '') ? -1 : 1;
  });

/** What is to be told of a change: the media as they are, with all their matches. */
const changeOf = ({ media, matches }: World, changed: ReadonlySet<string>): IndexChange => ({
  changed,
  media: [...changed].flatMap((id) => media.get(id) ?? []),
  matches: [...matches.values()].filter(({ mediaA, mediaB }) => changed.has(mediaA) || changed.has(mediaB)),
});

describe('ConnectionIndex', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('answers what a scan answers, whatever comes, goes and moves: seed %i', (seed) => {
    const random = createRandom(seed);
    const below = (n: number): number => random.whole(0, n - 1);
    const world: World = { media: new Map(), matches: new Map() };
    const index = new ConnectionIndex(IDENTICAL_BITS);
    const told = new Map<string, readonly EvidenceOfPair[]>();
    const change = (): Set<string> => {
      const changed = new Set<string>();
      for (let n = 1 + below(4); n > 0; n -= 1) {
        const [agency, content] = ['ab'[below(2)] ?? 'a', below(9)];
        const id = `m${content}${agency}`;
        changed.add(id);
        const ends = ENDS.filter((end) => end[1] === agency && below(2) === 0);
        if (below(5) === 0 || ends.length === 0) world.media.delete(id);
        else {
          const devices = below(2) === 0 ? [] : [...new Set([DEVICES[below(3)] ?? '', DEVICES[below(3)] ?? ''])];
          const names = below(2) === 0 ? [] : [...new Set([NAMES[below(3)] ?? '', NAMES[below(3)] ?? ''])];
          world.media.set(id, { id, sha256: `c${content}`, stack: `s${agency}${below(4)}`, ends, devices, names });
        }
        const partner = `m${below(9)}${'ab'[below(2)]}`;
        const [mediaA = '', mediaB = ''] = [id, partner].sort();
        const grade = GRADES[1 + below(4)] ?? 'partial';
        const key = `${mediaA} ${mediaB} ${grade}`;
        if (partner === id) continue;
        changed.add(partner);
        if (below(4) === 0) world.matches.delete(key);
        else world.matches.set(key, { id: key, mediaA, mediaB, grade, bits: [18, 17, 12.5][below(3)] ?? 18 });
      }
      return changed;
    };
    for (let step = 0; step < 60; step += 1) {
      for (const [key, rows] of index.update(changeOf(world, change())))
        if (rows.length === 0) told.delete(key);
        else told.set(key, rows);
      expect(inOrder([...told.values()].flat())).toEqual(inOrder(byScan(world)));
    }
    expect(told.size).toBeGreaterThan(3);
    const whole = new ConnectionIndex(IDENTICAL_BITS).update({
      changed: [],
      media: world.media.values(),
      matches: world.matches.values(),
    });
    expect(inOrder([...whole.values()].flat())).toEqual(inOrder(byScan(world)));
    expect(index.size).toBe(world.media.size);
  });

  it('tells only of the pairs of ends that a change touches', () => {
    const index = new ConnectionIndex(IDENTICAL_BITS);
    const media = (id: string, ...ends: string[]): PlacedMedia => ({ id, sha256: id, stack: id, ends });
    index.update({ changed: [], media: [media('lamp', 'e1', 'e2'), media('room', 'e3', 'e4')], matches: [] });
    const changed = index.update({ changed: ['desk'], media: [media('desk', 'e1', 'e5')], matches: [] });
    // e1 grew, so what links it was found in more comparisons.
    expect([...changed.keys()].sort()).toEqual(['e1_e2', 'e1_e5']);
  });
});
