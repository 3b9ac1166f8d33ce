// The one primitive of a scene: a curved sheet of (nu x nv) cells with a texture and its own light map.
import type { Texture } from '../texture/texture.js';
import type { Vec3 } from './vector3.js';

/** What a sheet is made of. */
export interface Surface {
  readonly texture: Texture;
  /** Reflectance multiplied onto the texture, linear; default white. */
  readonly tint?: Vec3;
  /** Metres covered by one repeat of the texture; 0 or none: the texture fits the sheet once. */
  readonly repeatM?: number;
  /** Part of the texture that fits the sheet once: u, v (from the lower left), width, height. */
  readonly window?: readonly [number, number, number, number];
  /** Strength of mirror-like reflection of windows and lamps, 0..1. */
  readonly gloss?: number;
  /** Radiance per unit of texture, in scene units; a sheet that shines needs no light. */
  readonly emission?: number;
  /** Seen and lit from both sides (curtains, leaves). */
  readonly twoSided?: boolean;
  /** Thin things on a wall cast no shadow: a light map is too coarse for it. */
  readonly shadow?: boolean;
}

export interface Patch {
  readonly surface: Surface;
  /** Identity of the thing that the sheet belongs to, for the truth. */
  readonly thing: string;
  readonly nu: number;
  readonly nv: number;
  /** (nu + 1) x (nv + 1) corner points, u fastest. */
  readonly points: Float32Array;
  /** Smooth unit normals at the same corners. */
  readonly normals: Float32Array;
  /** Texture coordinates = u * uScale + uOffset and so on, in repeats. */
  readonly uScale: number;
  readonly vScale: number;
  readonly uOffset: number;
  readonly vOffset: number;
  /** Light map size in texels. */
  readonly lightWidth: number;
  readonly lightHeight: number;
  readonly areaM2: number;
}

const LIGHT_TEXEL_M = 0.085;

const edgeLength = (points: Float32Array, from: number, step: number, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const a = (from + i * step) * 3;
    const b = a + step * 3;
    sum += Math.hypot(
      (points[b] as number) - (points[a] as number),
      (points[b + 1] as number) - (points[a + 1] as number),
      (points[b + 2] as number) - (points[a + 2] as number),
    );
  }
  return sum;
};

const smoothNormals = (points: Float32Array, nu: number, nv: number): Float32Array => {
  const normals = new Float32Array(points.length);
  const at = (u: number, v: number, c: number): number => points[(v * (nu + 1) + u) * 3 + c] as number;
  for (let v = 0; v <= nv; v++) {
    for (let u = 0; u <= nu; u++) {
      const [u0, u1] = [Math.max(0, u - 1), Math.min(nu, u + 1)];
      const [v0, v1] = [Math.max(0, v - 1), Math.min(nv, v + 1)];
      const dux = at(u1, v, 0) - at(u0, v, 0);
      const duy = at(u1, v, 1) - at(u0, v, 1);
      const duz = at(u1, v, 2) - at(u0, v, 2);
      const dvx = at(u, v1, 0) - at(u, v0, 0);
      const dvy = at(u, v1, 1) - at(u, v0, 1);
      const dvz = at(u, v1, 2) - at(u, v0, 2);
      const nx = duy * dvz - duz * dvy;
      const ny = duz * dvx - dux * dvz;
      const nz = dux * dvy - duy * dvx;
      const size = Math.hypot(nx, ny, nz) || 1;
      normals.set([nx / size, ny / size, nz / size], (v * (nu + 1) + u) * 3);
    }
  }
  return normals;
};

/** Builds a sheet from its corner points; the visible side is where du x dv points. */
export const createPatch = (
  points: Float32Array,
  nu: number,
  nv: number,
  surface: Surface,
  thing: string,
  offset: readonly [number, number],
): Patch => {
  const widthM = edgeLength(points, Math.floor(nv / 2) * (nu + 1), 1, nu);
  const heightM = edgeLength(points, Math.floor(nu / 2), nu + 1, nv);
  const repeat = surface.repeatM ?? 0;
  const [u0, v0, us, vs] = surface.window ?? [0, 0, 1, 1];
  const texels = (lengthM: number, cells: number): number =>
    Math.max(2, Math.min(96, Math.max(Math.round(lengthM / LIGHT_TEXEL_M), Math.min(cells, 5))));
  return {
    surface,
    thing,
    nu,
    nv,
    points,
    normals: smoothNormals(points, nu, nv),
    uScale: repeat > 0 ? widthM / repeat : us,
    vScale: repeat > 0 ? heightM / repeat : vs,
    uOffset: repeat > 0 ? offset[0] : u0,
    vOffset: repeat > 0 ? offset[1] : v0,
    lightWidth: texels(widthM, nu),
    lightHeight: texels(heightM, nv),
    areaM2: widthM * heightM,
  };
};
