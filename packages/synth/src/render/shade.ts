// Turns a visibility buffer into linear light: texture, light map, sunbeam, flash and reflections of windows and lamps.
import type { Patch } from '../scene/patch.js';
import type { Camera, Scene } from '../scene/scene.js';
import type { Texture } from '../texture/texture.js';
import { dot } from '../scene/vector3.js';
import { locate, type LightMap } from './bake.js';
import { sunPasses } from './light.js';
import type { Mesh, Occluders } from './mesh.js';
import { createProjection, type Visibility } from './raster.js';

const BYTE_TO_UNIT = 1 / 255;

/** Trilinear sample in display values 0..1, added to `out` after squaring to linear light. */
const sampleTexture = (texture: Texture, u: number, v: number, level: number, out: Float32Array): void => {
  const top = texture.levels.length - 1;
  const clamped = level < 0 ? 0 : level > top ? top : level;
  const low = Math.floor(clamped);
  const blend = clamped - low;
  out[0] = out[1] = out[2] = 0;
  for (let step = 0; step < 2; step++) {
    const weight = step === 0 ? 1 - blend : blend;
    if (weight < 0.02) continue;
    const index = low + step > top ? top : low + step;
    const pixels = texture.levels[index] as Uint8Array;
    const size = texture.size >> index;
    const mask = size - 1;
    const x = u * size - 0.5;
    const y = (1 - v) * size - 0.5;
    const xf = Math.floor(x);
    const yf = Math.floor(y);
    const fx = x - xf;
    const fy = y - yf;
    const x0 = xf & mask;
    const x1 = (xf + 1) & mask;
    const y0 = (yf & mask) * size;
    const y1 = ((yf + 1) & mask) * size;
    const a = (y0 + x0) * 3;
    const b = (y0 + x1) * 3;
    const c = (y1 + x0) * 3;
    const d = (y1 + x1) * 3;
    const wa = (1 - fx) * (1 - fy) * weight;
    const wb = fx * (1 - fy) * weight;
    const wc = (1 - fx) * fy * weight;
    const wd = fx * fy * weight;
    for (let k = 0; k < 3; k++)
      out[k] =
        (out[k] as number) +
        wa * (pixels[a + k] as number) +
        wb * (pixels[b + k] as number) +
        wc * (pixels[c + k] as number) +
        wd * (pixels[d + k] as number);
  }
  for (let k = 0; k < 3; k++) {
    const value = (out[k] as number) * BYTE_TO_UNIT;
    out[k] = value * value;
  }
};

const addLight = (map: LightMap, width: number, height: number, u: number, v: number, out: Float32Array): void => {
  const x = Math.min(width - 1.001, Math.max(0, u * width - 0.5));
  const y = Math.min(height - 1.001, Math.max(0, v * height - 0.5));
  const i = Math.floor(x);
  const j = Math.floor(y);
  const fx = x - i;
  const fy = y - j;
  const a = (j * width + i) * 3;
  const c = a + width * 3;
  for (let k = 0; k < 3; k++) {
    const upper = (map[a + k] as number) * (1 - fx) + (map[a + 3 + k] as number) * fx;
    const lower = (map[c + k] as number) * (1 - fx) + (map[c + 3 + k] as number) * fx;
    out[k] = (out[k] as number) + upper * (1 - fy) + lower * fy;
  }
};

/** What the windows and lamps add along a mirrored ray, blurred by roughness. */
const addReflection = (
  scene: Scene,
  place: Float32Array,
  mirror: readonly [number, number, number],
  gain: number,
  out: Float32Array,
): void => {
  for (const { corner, u, v, normal, sky } of scene.openings) {
    const facing = dot(mirror, normal);
    if (facing > -0.02) continue;
    const [x = 0, y = 0, z = 0] = place;
    const t = ((corner[0] - x) * normal[0] + (corner[1] - y) * normal[1] + (corner[2] - z) * normal[2]) / facing;
    if (t < 0) continue;
    const px = x + mirror[0] * t - corner[0];
    const py = y + mirror[1] * t - corner[1];
    const pz = z + mirror[2] * t - corner[2];
    const a = (px * u[0] + py * u[1] + pz * u[2]) / dot(u, u);
    const b = (px * v[0] + py * v[1] + pz * v[2]) / dot(v, v);
    const outside = Math.max(0, -a, a - 1) + Math.max(0, -b, b - 1);
    const weight = gain * Math.max(0, 1 - outside / 0.3) ** 2 * 0.5;
    for (let k = 0; k < 3; k++) out[k] = (out[k] as number) + (sky[k] as number) * weight;
  }
  for (const { centre, power } of scene.lamps) {
    const dx = centre[0] - (place[0] as number);
    const dy = centre[1] - (place[1] as number);
    const dz = centre[2] - (place[2] as number);
    const distance = Math.hypot(dx, dy, dz);
    const align = (dx * mirror[0] + dy * mirror[1] + dz * mirror[2]) / distance;
    if (align < 0.9) continue;
    const weight = (gain * ((align - 0.9) * 10) ** 6 * 2) / (distance * distance + 0.2);
    for (let k = 0; k < 3; k++) out[k] = (out[k] as number) + (power[k] as number) * weight;
  }
};

export interface Shaded {
  readonly width: number;
  readonly height: number;
  /** Linear RGB. */
  readonly pixels: Float32Array;
  /** Share of the picture that each thing covers. */
  readonly things: ReadonlyMap<string, number>;
}

/** Shades at half the resolution of `seen`: once a pixel, four times where it holds an edge. */
export const shade = (
  scene: Scene,
  mesh: Mesh,
  occluders: Occluders,
  lightMaps: readonly LightMap[],
  camera: Camera,
  seen: Visibility,
): Shaded => {
  const width = seen.width >> 1;
  const height = seen.height >> 1;
  const { right, up, forward, focal, centreX, centreY } = createProjection(camera, seen.width, seen.height);
  const pixels = new Float32Array(width * height * 3);
  const counts = new Uint32Array(scene.patches.length);
  const texel = new Float32Array(3);
  const light = new Float32Array(3);
  const place = new Float32Array(6);
  const planes = seen.planes;
  let dither = 0;

  const addSample = (id: number, sx: number, sy: number, footprint: number, share: number, at: number): void => {
    const index = mesh.patchOf[id] as number;
    const patch = scene.patches[index] as Patch;
    const { surface } = patch;
    const p = id * 9;
    const inverse = (planes[p] as number) * sx + (planes[p + 1] as number) * sy + (planes[p + 2] as number);
    const w = 1 / inverse;
    const u = ((planes[p + 3] as number) * sx + (planes[p + 4] as number) * sy + (planes[p + 5] as number)) * w;
    const v = ((planes[p + 6] as number) * sx + (planes[p + 7] as number) * sy + (planes[p + 8] as number)) * w;
    const size = surface.texture.size;
    const perX = planes[p] as number;
    const perY = planes[p + 1] as number;
    const ux = ((planes[p + 3] as number) - u * perX) * w * patch.uScale;
    const uy = ((planes[p + 4] as number) - u * perY) * w * patch.uScale;
    const vx = ((planes[p + 6] as number) - v * perX) * w * patch.vScale;
    const vy = ((planes[p + 7] as number) - v * perY) * w * patch.vScale;
    const along = Math.sqrt(Math.max(ux * ux + vx * vx, 1e-18));
    const across = Math.sqrt(Math.max(uy * uy + vy * vy, 1e-18));
    // Between the short and the long axis of the footprint: sharp enough, little aliasing.
    const level =
      Math.log2(Math.pow(along * across, 0.35) * Math.pow(Math.max(along, across), 0.3) * size * footprint) - 0.2;
    sampleTexture(surface.texture, u * patch.uScale + patch.uOffset, v * patch.vScale + patch.vOffset, level, texel);
    const { tint = [1, 1, 1], emission = 0, gloss = 0 } = surface;
    if (emission > 0) {
      for (let k = 0; k < 3; k++)
        pixels[at + k] = (pixels[at + k] as number) + (texel[k] as number) * (tint[k] as number) * emission * share;
      return;
    }
    light.fill(0);
    addLight(lightMaps[index] as LightMap, patch.lightWidth, patch.lightHeight, u, v, light);
    const needsPlace = gloss > 0 || camera.flash > 0 || scene.sun !== undefined;
    let shine = 0;
    if (needsPlace) {
      locate(patch, u, v, place);
      const px = (sx - centreX) / focal;
      const py = -(sy - centreY) / focal;
      let rx = forward[0] + right[0] * px + up[0] * py;
      let ry = forward[1] + right[1] * px + up[1] * py;
      let rz = forward[2] + right[2] * px + up[2] * py;
      for (let k = 0; k < 3; k++) place[k] = (camera.position[k] as number) + (k === 0 ? rx : k === 1 ? ry : rz) * w;
      const far = Math.hypot(rx, ry, rz);
      rx /= far;
      ry /= far;
      rz /= far;
      let towards = -(rx * (place[3] as number) + ry * (place[4] as number) + rz * (place[5] as number));
      if (towards < 0) {
        for (let k = 3; k < 6; k++) place[k] = -(place[k] as number);
        towards = -towards;
      }
      const [x = 0, y = 0, z = 0, nx = 0, ny = 0, nz = 0] = place;
      if (camera.flash > 0) {
        const distance = w * far;
        const gain = (camera.flash * towards) / (distance * distance + 0.3);
        light[0] = (light[0] as number) + gain;
        light[1] = (light[1] as number) + gain * 0.97;
        light[2] = (light[2] as number) + gain * 0.94;
      }
      if (scene.sun) {
        const [lx, ly, lz] = scene.sun.direction;
        const cosine = lx * nx + ly * ny + lz * nz;
        const reach = cosine > 0 ? sunPasses(scene.openings, scene.sun.direction, x, y, z) : 0;
        if (reach > 0) {
          let open = 0;
          for (let i = 0; i < 3; i++) {
            dither = (dither + 0.618034) % 1;
            const wobble = 0.02 * ((dither + i / 3) % 1) - 0.01;
            if (
              !occluders.bvh.blocked(
                x + nx * 0.004,
                y + ny * 0.004,
                z + nz * 0.004,
                lx + wobble,
                ly - wobble * 0.5,
                lz + wobble,
                reach - 0.02,
              )
            )
              open++;
          }
          for (let k = 0; k < 3; k++)
            light[k] = (light[k] as number) + ((scene.sun.power[k] as number) * cosine * open) / (3 * Math.PI);
        }
      }
      if (gloss > 0) {
        shine = gloss * (0.06 + 0.94 * (1 - towards) ** 5);
        const mirror = [rx + 2 * towards * nx, ry + 2 * towards * ny, rz + 2 * towards * nz] as const;
        texel.forEach((value, k) => (texel[k] = value * (tint[k] as number) * (light[k] as number)));
        addReflection(scene, place, mirror, shine, texel);
        for (let k = 0; k < 3; k++) pixels[at + k] = (pixels[at + k] as number) + (texel[k] as number) * share;
        return;
      }
    }
    for (let k = 0; k < 3; k++)
      pixels[at + k] =
        (pixels[at + k] as number) + (texel[k] as number) * (tint[k] as number) * (light[k] as number) * share;
  };

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const first = y * 2 * seen.width + x * 2;
      const at = (y * width + x) * 3;
      const a = seen.triangle[first] as number;
      const b = seen.triangle[first + 1] as number;
      const c = seen.triangle[first + seen.width] as number;
      const d = seen.triangle[first + seen.width + 1] as number;
      if (a >= 0) {
        const index = mesh.patchOf[a] as number;
        counts[index] = (counts[index] as number) + 1;
      }
      if (a === b && a === c && a === d) {
        if (a >= 0) addSample(a, x * 2 + 1, y * 2 + 1, 2, 1, at);
        continue;
      }
      if (a >= 0) addSample(a, x * 2 + 0.5, y * 2 + 0.5, 1.4, 0.25, at);
      if (b >= 0) addSample(b, x * 2 + 1.5, y * 2 + 0.5, 1.4, 0.25, at);
      if (c >= 0) addSample(c, x * 2 + 0.5, y * 2 + 1.5, 1.4, 0.25, at);
      if (d >= 0) addSample(d, x * 2 + 1.5, y * 2 + 1.5, 1.4, 0.25, at);
    }
  }
  const things = new Map<string, number>();
  counts.forEach((count, index) => {
    const { thing } = scene.patches[index] as Patch;
    if (count > 0) things.set(thing, (things.get(thing) ?? 0) + count / (width * height));
  });
  return { width, height, pixels, things };
};
