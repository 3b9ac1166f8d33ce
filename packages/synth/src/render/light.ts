// Light that arrives at a point straight from lamps, windows and the sun; soft because sources have a size.
import type { Opening, Scene } from '../scene/scene.js';
import { cross, dot, length, type Vec3 } from '../scene/vector3.js';
import type { Bvh } from './bvh.js';
import type { Random } from '../random/random.js';

const LAMP_SAMPLES = 3;
const OPENING_GRID = [2, 2] as const;

const isNearBar = (bars: readonly number[], at: number): boolean => {
  for (const bar of bars) if (Math.abs(at - bar) < 0.018) return true;
  return false;
};

/** Distance at which a ray from a point towards the sun leaves through an opening and between its bars; 0 if it does not. */
export const sunPasses = (openings: readonly Opening[], direction: Vec3, x: number, y: number, z: number): number => {
  for (const opening of openings) {
    const { corner, u, v, normal, bars } = opening;
    const facing = dot(direction, normal);
    if (facing > -1e-3) continue;
    const t = ((corner[0] - x) * normal[0] + (corner[1] - y) * normal[1] + (corner[2] - z) * normal[2]) / facing;
    if (t < 0) continue;
    const px = x + direction[0] * t - corner[0];
    const py = y + direction[1] * t - corner[1];
    const pz = z + direction[2] * t - corner[2];
    const a = (px * u[0] + py * u[1] + pz * u[2]) / dot(u, u);
    const b = (px * v[0] + py * v[1] + pz * v[2]) / dot(v, v);
    if (a < 0 || a > 1 || b < 0 || b > 1) continue;
    if (isNearBar(bars.u, a) || isNearBar(bars.v, b)) continue;
    return t;
  }
  return 0;
};

/** Adds direct light (irradiance / pi, without the sun) at a point with a normal to `out`. */
export const addDirectLight = (
  scene: Scene,
  bvh: Bvh,
  random: Random,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  out: Float32Array,
): void => {
  for (const lamp of scene.lamps) {
    const share = 1 / (LAMP_SAMPLES * Math.PI);
    for (let i = 0; i < LAMP_SAMPLES; i++) {
      const dx = lamp.centre[0] + (random.next() - 0.5) * 2 * lamp.radiusM - x;
      const dy = lamp.centre[1] + (random.next() - 0.5) * 2 * lamp.radiusM - y;
      const dz = lamp.centre[2] + (random.next() - 0.5) * 2 * lamp.radiusM - z;
      const squared = dx * dx + dy * dy + dz * dz;
      const distance = Math.sqrt(squared);
      const cosine = (dx * nx + dy * ny + dz * nz) / distance;
      if (cosine <= 0) continue;
      if (bvh.blocked(x, y, z, dx / distance, dy / distance, dz / distance, distance - 0.02)) continue;
      const gain = (cosine * share) / (squared + 0.02);
      for (let c = 0; c < 3; c++) out[c] = (out[c] as number) + (lamp.power[c] as number) * gain;
    }
  }
  const [columns, rows] = OPENING_GRID;
  for (const { corner, u, v, normal, sky } of scene.openings) {
    const area = length(cross(u, v));
    const side = (x - corner[0]) * normal[0] + (y - corner[1]) * normal[1] + (z - corner[2]) * normal[2];
    if (side <= 0) continue;
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const a = (i + random.next()) / columns;
        const b = (j + random.next()) / rows;
        const dx = corner[0] + u[0] * a + v[0] * b - x;
        const dy = corner[1] + u[1] * a + v[1] * b - y;
        const dz = corner[2] + u[2] * a + v[2] * b - z;
        const squared = dx * dx + dy * dy + dz * dz;
        const distance = Math.sqrt(squared);
        const cosine = (dx * nx + dy * ny + dz * nz) / distance;
        const from = -(dx * normal[0] + dy * normal[1] + dz * normal[2]) / distance;
        if (cosine <= 0 || from <= 0) continue;
        if (bvh.blocked(x, y, z, dx / distance, dy / distance, dz / distance, distance - 0.02)) continue;
        const gain = (cosine * from * area) / (Math.PI * columns * rows * (squared + 0.04));
        for (let c = 0; c < 3; c++) out[c] = (out[c] as number) + (sky[c] as number) * gain;
      }
    }
  }
};

/** Irradiance / pi of the sun at a point, before shadows of things: the cosine if it reaches, else 0. */
export const sunCosine = (scene: Scene, bvh: Bvh, point: Vec3, normal: Vec3): number => {
  if (!scene.sun) return 0;
  const { direction } = scene.sun;
  const cosine = dot(direction, normal);
  if (cosine <= 0) return 0;
  const reach = sunPasses(scene.openings, direction, point[0], point[1], point[2]);
  return reach === 0 || bvh.blocked(...point, ...direction, reach - 0.02) ? 0 : cosine;
};
