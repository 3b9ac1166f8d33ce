// Bakes a light map for every sheet: direct light with soft shadows, then one bounce with the colours of the room.
import type { Patch } from '../scene/patch.js';
import type { Scene } from '../scene/scene.js';
import type { Random } from '../random/random.js';
import { addDirectLight, sunCosine } from './light.js';
import type { Occluders } from './mesh.js';

/** Irradiance / pi, linear RGB, lightWidth x lightHeight texels; the sun is left to the shader. */
export type LightMap = Float32Array;

const BOUNCE_RAYS = 10;
const BOUNCE_RAYS_SMALL = 6;
const SMALL_M2 = 0.08;
const GOLDEN = 0.6180339887498949;

/** Point and normal of a sheet at u, v, written to six numbers. */
export const locate = (patch: Patch, u: number, v: number, out: Float32Array): void => {
  const { nu, nv, points, normals } = patch;
  const x = Math.min(nu - 1e-4, Math.max(0, u * nu));
  const y = Math.min(nv - 1e-4, Math.max(0, v * nv));
  const i = Math.floor(x);
  const j = Math.floor(y);
  const fx = x - i;
  const fy = y - j;
  const a = (j * (nu + 1) + i) * 3;
  const b = a + 3;
  const c = a + (nu + 1) * 3;
  const d = c + 3;
  const wa = (1 - fx) * (1 - fy);
  const wb = fx * (1 - fy);
  const wc = (1 - fx) * fy;
  const wd = fx * fy;
  for (let k = 0; k < 3; k++) {
    out[k] =
      wa * (points[a + k] as number) +
      wb * (points[b + k] as number) +
      wc * (points[c + k] as number) +
      wd * (points[d + k] as number);
    out[3 + k] =
      wa * (normals[a + k] as number) +
      wb * (normals[b + k] as number) +
      wc * (normals[c + k] as number) +
      wd * (normals[d + k] as number);
  }
  const size = Math.sqrt((out[3] as number) ** 2 + (out[4] as number) ** 2 + (out[5] as number) ** 2) || 1;
  for (let k = 3; k < 6; k++) out[k] = (out[k] as number) / size;
};

/** Visits every texel of a sheet with its point and normal (for a two-sided one, both normals). */
const eachTexel = (patch: Patch, visit: (texel: number, place: Float32Array, share: number) => void): void => {
  const place = new Float32Array(6);
  const { lightWidth, lightHeight } = patch;
  for (let j = 0; j < lightHeight; j++)
    for (let i = 0; i < lightWidth; i++) {
      locate(patch, (i + 0.5) / lightWidth, (j + 0.5) / lightHeight, place);
      const texel = (j * lightWidth + i) * 3;
      if (!patch.surface.twoSided) {
        visit(texel, place, 1);
        continue;
      }
      visit(texel, place, 0.6);
      for (let k = 3; k < 6; k++) place[k] = -(place[k] as number);
      visit(texel, place, 0.6);
    }
};

const blur = (map: LightMap, width: number, height: number): LightMap => {
  const out = new Float32Array(map.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        let count = 0;
        for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
          for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
            sum += map[(j * width + i) * 3 + c] as number;
            count++;
          }
        out[(y * width + x) * 3 + c] = sum / count;
      }
    }
  return out;
};

const albedoOf = (patch: Patch): [number, number, number] => {
  const { texture, tint = [1, 1, 1] } = patch.surface;
  return [texture.mean[0] * tint[0], texture.mean[1] * tint[1], texture.mean[2] * tint[2]];
};

/** One light map a sheet, in order; empty for sheets that shine by themselves. */
export const bakeLight = (scene: Scene, { bvh, mesh }: Occluders, random: Random): LightMap[] => {
  const glows = (patch: Patch): boolean => (patch.surface.emission ?? 0) > 0;
  const direct: LightMap[] = [];
  /** Direct light with the sun: what surfaces send on. */
  const source: LightMap[] = [];
  const light = new Float32Array(3);
  for (const patch of scene.patches) {
    const map = new Float32Array(glows(patch) ? 0 : patch.lightWidth * patch.lightHeight * 3);
    const sent = new Float32Array(map.length);
    if (!glows(patch)) {
      eachTexel(patch, (texel, place, share) => {
        const x = place[0] as number;
        const y = place[1] as number;
        const z = place[2] as number;
        const nx = place[3] as number;
        const ny = place[4] as number;
        const nz = place[5] as number;
        light.fill(0);
        addDirectLight(scene, bvh, random, x, y, z, nx, ny, nz, light);
        const sun = sunCosine(scene, bvh, [x, y, z], [nx, ny, nz]);
        for (let c = 0; c < 3; c++) {
          const value = (light[c] as number) * share;
          map[texel + c] = (map[texel + c] as number) + value;
          const beam = sun > 0 ? ((scene.sun?.power[c] ?? 0) * sun * share) / Math.PI : 0;
          sent[texel + c] = (sent[texel + c] as number) + value + beam;
        }
      });
    }
    direct.push(map);
    source.push(sent);
  }
  const albedos = scene.patches.map(albedoOf);
  return scene.patches.map((patch, index) => {
    const map = direct[index] as LightMap;
    if (map.length === 0) return map;
    const bounced = new Float32Array(map.length);
    const rays = patch.areaM2 < SMALL_M2 ? BOUNCE_RAYS_SMALL : BOUNCE_RAYS;
    let turn = random.next();
    eachTexel(patch, (texel, place, share) => {
      const x = place[0] as number;
      const y = place[1] as number;
      const z = place[2] as number;
      const nx = place[3] as number;
      const ny = place[4] as number;
      const nz = place[5] as number;
      // A frame about the normal (Duff et al., "Building an Orthonormal Basis, Revisited", 2017).
      const sign = nz >= 0 ? 1 : -1;
      const a = -1 / (sign + nz);
      const b = nx * ny * a;
      const tx = 1 + sign * nx * nx * a;
      const ty = sign * b;
      const tz = -sign * nx;
      const bx = b;
      const by = sign + ny * ny * a;
      const bz = -ny;
      turn = (turn + GOLDEN) % 1;
      for (let i = 0; i < rays; i++) {
        const radius = Math.sqrt((i + random.next()) / rays);
        const angle = 2 * Math.PI * ((i * GOLDEN + turn) % 1);
        const p = radius * Math.cos(angle);
        const q = radius * Math.sin(angle);
        const r = Math.sqrt(Math.max(0, 1 - radius * radius));
        const triangle = bvh.nearest(
          x,
          y,
          z,
          tx * p + bx * q + nx * r,
          ty * p + by * q + ny * r,
          tz * p + bz * q + nz * r,
        );
        if (triangle < 0) continue;
        const other = mesh.patchOf[triangle] as number;
        const target = scene.patches[other] as Patch;
        const sent = source[other] as LightMap;
        const albedo = albedos[other] as [number, number, number];
        const k = triangle * 6;
        const { a: wb, b: wc } = bvh.hit;
        const wa = 1 - wb - wc;
        const { uv } = mesh;
        const u = wa * (uv[k] as number) + wb * (uv[k + 2] as number) + wc * (uv[k + 4] as number);
        const v = wa * (uv[k + 1] as number) + wb * (uv[k + 3] as number) + wc * (uv[k + 5] as number);
        const column = Math.min(target.lightWidth - 1, Math.floor(u * target.lightWidth));
        const row = Math.min(target.lightHeight - 1, Math.floor(v * target.lightHeight));
        const at = (row * target.lightWidth + column) * 3;
        for (let c = 0; c < 3; c++) {
          const radiance = (albedo[c] as number) * ((sent[at + c] as number) + (scene.ambient[c] as number));
          bounced[texel + c] = (bounced[texel + c] as number) + (radiance * share) / rays;
        }
      }
    });
    const smooth = blur(blur(bounced, patch.lightWidth, patch.lightHeight), patch.lightWidth, patch.lightHeight);
    const crisp = patch.lightWidth * patch.lightHeight > 64 ? blur(map, patch.lightWidth, patch.lightHeight) : map;
    return crisp.map((value, i) => value + (smooth[i] as number) * 1.15);
  });
};
