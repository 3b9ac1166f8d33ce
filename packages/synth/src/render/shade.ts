// Turns a visibility buffer into linear light: texture, light map, sunbeam, flash and reflections of windows and lamps.
import type { Patch } from '../scene/patch.js';
import type { Camera, Scene } from '../scene/scene.js';
import type { Texture } from '../texture/texture.js';
import { cellNoise, noise } from '../random/noise.js';
import { locate, type LightMap } from './bake.js';
import { sunPasses } from './light.js';
import type { Mesh, Occluders } from './mesh.js';
import { createPatchTable, TABLE_STRIDE } from './patch-table.js';
import { createProjection, type Visibility } from './raster.js';
import { addReflection } from './reflection.js';
import { addLight, sampleTexture } from './sample.js';

const FINE_PER_TEXEL = 1.7;
const FINE_STRENGTH = 0.34;
const SUN_RAYS = 3;
/** Half the apparent size of the sun, made a little softer. */
const SUN_SPREAD = 0.009;

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
  const shine = new Float32Array(3);
  const place = new Float32Array(6);
  const mirror: [number, number, number] = [0, 0, 0];
  const { planes } = seen;
  const { patchOf } = mesh;
  const { textures, values, emission, gloss: glosses } = createPatchTable(scene.patches);
  const beam: [number, number, number] = [0, 0, 0];

  const addSample = (id: number, sx: number, sy: number, footprint: number, share: number, at: number): void => {
    const index = patchOf[id] as number;
    const texture = textures[index] as Texture;
    const row = index * TABLE_STRIDE;
    const p = id * 9;
    const perX = planes[p] as number;
    const perY = planes[p + 1] as number;
    const w = 1 / (perX * sx + perY * sy + (planes[p + 2] as number));
    const u = ((planes[p + 3] as number) * sx + (planes[p + 4] as number) * sy + (planes[p + 5] as number)) * w;
    const v = ((planes[p + 6] as number) * sx + (planes[p + 7] as number) * sy + (planes[p + 8] as number)) * w;
    const uScale = values[row + 3] as number;
    const vScale = values[row + 4] as number;
    const ux = ((planes[p + 3] as number) - u * perX) * w * uScale;
    const uy = ((planes[p + 4] as number) - u * perY) * w * uScale;
    const vx = ((planes[p + 6] as number) - v * perX) * w * vScale;
    const vy = ((planes[p + 7] as number) - v * perY) * w * vScale;
    // Between the short and the long axis of the footprint: sharp enough, little aliasing.
    const along = Math.log2(ux * ux + vx * vx + 1e-18);
    const across = Math.log2(uy * uy + vy * vy + 1e-18);
    const blended = 0.35 * (along + across) + 0.3 * (along > across ? along : across);
    const level = 0.5 * blended + Math.log2(texture.size * footprint) - 0.2;
    const textureU = u * uScale + (values[row + 5] as number);
    const textureV = v * vScale + (values[row + 6] as number);
    sampleTexture(texture, textureU, textureV, level, texel);
    let detail = 1;
    if (level < 0) {
      // Closer than the texture was made for: fine structure instead of a blur.
      const grain = texture.size * FINE_PER_TEXEL;
      detail += FINE_STRENGTH * Math.min(1, -level) * (noise(textureU * grain, textureV * grain) - 0.5);
    }
    for (let k = 0; k < 3; k++) texel[k] = (texel[k] as number) * (values[row + k] as number) * detail;
    const shines = emission[index] as number;
    if (shines > 0) {
      for (let k = 0; k < 3; k++) pixels[at + k] = (pixels[at + k] as number) + (texel[k] as number) * shines * share;
      return;
    }
    const patch = scene.patches[index] as Patch;
    light.fill(0);
    addLight(lightMaps[index] as LightMap, patch.lightWidth, patch.lightHeight, u, v, light);
    const gloss = glosses[index] as number;
    const needsPlace = gloss > 0 || camera.flash > 0 || scene.sun !== undefined;
    if (needsPlace) {
      locate(patch, u, v, place);
      const px = (sx - centreX) / focal;
      const py = -(sy - centreY) / focal;
      let rx = forward[0] + right[0] * px + up[0] * py;
      let ry = forward[1] + right[1] * px + up[1] * py;
      let rz = forward[2] + right[2] * px + up[2] * py;
      for (let k = 0; k < 3; k++) place[k] = (camera.position[k] as number) + (k === 0 ? rx : k === 1 ? ry : rz) * w;
      const far = Math.sqrt(rx * rx + ry * ry + rz * rz);
      rx /= far;
      ry /= far;
      rz /= far;
      let towards = -(rx * (place[3] as number) + ry * (place[4] as number) + rz * (place[5] as number));
      if (towards < 0) {
        for (let k = 3; k < 6; k++) place[k] = -(place[k] as number);
        towards = -towards;
      }
      const x = place[0] as number;
      const y = place[1] as number;
      const z = place[2] as number;
      const nx = place[3] as number;
      const ny = place[4] as number;
      const nz = place[5] as number;
      if (camera.flash > 0) {
        const distance = w * far;
        const gain = (camera.flash * towards) / (distance * distance + 0.3);
        light[0] = (light[0] as number) + gain;
        light[1] = (light[1] as number) + gain * 0.97;
        light[2] = (light[2] as number) + gain * 0.94;
      }
      if (scene.sun) {
        const { direction } = scene.sun;
        const lx = direction[0];
        const ly = direction[1];
        const lz = direction[2];
        const cosine = lx * nx + ly * ny + lz * nz;
        if (cosine > 0) {
          // The sun is a disc: rays to a few points of it, turned differently at every pixel.
          let open = 0;
          const turn = cellNoise(sx * 0.5, sy * 0.5);
          for (let i = 0; i < SUN_RAYS; i++) {
            const angle = 2 * Math.PI * (turn + i / SUN_RAYS);
            const spread = SUN_SPREAD * (0.4 + 0.6 * ((turn * 7 + i * 0.618) % 1));
            beam[0] = lx + spread * Math.cos(angle);
            beam[1] = ly + spread * Math.sin(angle);
            beam[2] = lz + spread * Math.cos(angle + 2);
            const reach = sunPasses(scene.openings, beam, x, y, z);
            if (reach === 0) continue;
            if (
              !occluders.bvh.blocked(
                x + nx * 0.004,
                y + ny * 0.004,
                z + nz * 0.004,
                beam[0],
                beam[1],
                beam[2],
                reach - 0.02,
              )
            )
              open++;
          }
          for (let k = 0; k < 3; k++)
            light[k] = (light[k] as number) + ((scene.sun.power[k] as number) * cosine * open) / (SUN_RAYS * Math.PI);
        }
      }
      if (gloss > 0) {
        mirror[0] = rx + 2 * towards * nx;
        mirror[1] = ry + 2 * towards * ny;
        mirror[2] = rz + 2 * towards * nz;
        // Schlick's approximation of the Fresnel term.
        const grazing = 1 - towards;
        const squared = grazing * grazing;
        shine.fill(0);
        addReflection(scene, place, mirror, gloss * (0.06 + 0.94 * squared * squared * grazing), shine);
        for (let k = 0; k < 3; k++) pixels[at + k] = (pixels[at + k] as number) + (shine[k] as number) * share;
      }
    }
    for (let k = 0; k < 3; k++)
      pixels[at + k] = (pixels[at + k] as number) + (texel[k] as number) * (light[k] as number) * share;
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
        const index = patchOf[a] as number;
        counts[index] = (counts[index] as number) + 1;
      }
      // Neighbouring triangles of one sheet continue each other: one sample is enough.
      const sheet = a < 0 ? -1 : (patchOf[a] as number);
      if (
        sheet >= 0 &&
        (b === a || (b >= 0 && patchOf[b] === sheet)) &&
        (c === a || (c >= 0 && patchOf[c] === sheet)) &&
        (d === a || (d >= 0 && patchOf[d] === sheet))
      ) {
        addSample(a, x * 2 + 1, y * 2 + 1, 2, 1, at);
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
