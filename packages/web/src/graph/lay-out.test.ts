import { expect, it } from 'vitest';
import { layOutGraph } from './lay-out.js';

const keys = Array.from({ length: 60 }, (_, i) => `n${i}`);
const edges = keys.slice(1).map((b, i) => ({ a: keys[Math.floor(i / 3)] ?? 'n0', b, bits: null }));

it('lays the same graph out alike, leaves what has a place, and puts no two in one', () => {
  const fixed = { n0: { x: 40, y: -10 }, n7: { x: 500, y: 500 } };
  const places = layOutGraph({ keys, edges, fixed });
  expect(layOutGraph({ keys, edges, fixed })).toEqual(places);
  expect([places['n0'], places['n7']]).toEqual([fixed.n0, fixed.n7]);
  const all = Object.values(places);
  const closest = Math.min(...all.flatMap((p, i) => all.slice(i + 1).map((q) => Math.hypot(p.x - q.x, p.y - q.y))));
  expect(closest).toBeGreaterThan(15);
});
