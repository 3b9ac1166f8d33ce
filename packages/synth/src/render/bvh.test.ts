import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.js';
import { createBvh } from './bvh.js';

const random = createRandom('triangles');
const TRIANGLES = 600;
const triangles = new Float32Array(TRIANGLES * 9);
for (let i = 0; i < TRIANGLES; i++) {
  const centre = [random.range(-5, 5), random.range(-5, 5), random.range(-5, 5)];
  for (let k = 0; k < 9; k++) triangles[i * 9 + k] = (centre[k % 3] as number) + random.range(-0.6, 0.6);
}

type Vector = readonly [number, number, number];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Every triangle in turn: plane, then three edge tests; written apart from the tree on purpose. */
const bruteForce = (from: Vector, towards: Vector): { id: number; t: number } => {
  let best = { id: -1, t: Infinity };
  for (let id = 0; id < TRIANGLES; id++) {
    const [a, b, c] = [0, 3, 6].map((k) => Array.from(triangles.subarray(id * 9 + k, id * 9 + k + 3))) as unknown as [
      Vector,
      Vector,
      Vector,
    ];
    const normal = cross(minus(b, a), minus(c, a));
    const t = dot(minus(a, from), normal) / dot(towards, normal);
    if (!(t > 1e-3) || t >= best.t) continue;
    const point: Vector = [from[0] + towards[0] * t, from[1] + towards[1] * t, from[2] + towards[2] * t];
    const inside = (
      [
        [a, b],
        [b, c],
        [c, a],
      ] as const
    ).every(([p, q]) => dot(cross(minus(q, p), minus(point, p)), normal) >= 0);
    if (inside) best = { id, t };
  }
  return best;
};

describe('createBvh', () => {
  const bvh = createBvh(triangles);

  it('finds the same nearest triangle as a look at every triangle', () => {
    let hits = 0;
    for (let i = 0; i < 800; i++) {
      const from: Vector = [random.range(-6, 6), random.range(-6, 6), random.range(-6, 6)];
      const towards: Vector = [random.gauss(), random.gauss(), random.gauss()];
      const expected = bruteForce(from, towards);
      const found = bvh.nearest(...from, ...towards);
      expect(found).toBe(expected.id);
      if (found < 0) continue;
      hits++;
      expect(bvh.hit.t).toBeCloseTo(expected.t, 4);
      expect(bvh.blocked(...from, ...towards, expected.t * 1.01)).toBe(true);
      expect(bvh.blocked(...from, ...towards, expected.t * 0.99)).toBe(false);
    }
    expect(hits).toBeGreaterThan(100);
  });

  it('finds nothing in an empty scene', () => {
    expect(createBvh(new Float32Array(0)).nearest(0, 0, 0, 0, 0, 1)).toBe(-1);
  });
});
