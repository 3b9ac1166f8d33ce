// A finished scene: sheets, lights, and what the camera needs to know of them.
import type { Patch } from './patch.js';
import type { Vec3 } from './vector3.js';

/** A small glowing ball; its light falls off with the square of the distance. */
export interface Lamp {
  readonly centre: Vec3;
  readonly radiusM: number;
  /** Radiant intensity, linear RGB in scene units. */
  readonly power: Vec3;
}

/** A rectangle that lets daylight in. */
export interface Opening {
  readonly corner: Vec3;
  readonly u: Vec3;
  readonly v: Vec3;
  /** Into the room. */
  readonly normal: Vec3;
  /** Radiance of the sky, linear RGB. */
  readonly sky: Vec3;
  /** Glazing bars as fractions of u and v that cut a sunbeam. */
  readonly bars: { readonly u: readonly number[]; readonly v: readonly number[] };
}

export interface Sun {
  /** Towards the sun, unit length. */
  readonly direction: Vec3;
  /** Irradiance on a surface that faces it. */
  readonly power: Vec3;
}

export interface Scene {
  readonly patches: readonly Patch[];
  readonly lamps: readonly Lamp[];
  readonly openings: readonly Opening[];
  readonly sun: Sun | undefined;
  /** Light that is everywhere, for bounces beyond the first. */
  readonly ambient: Vec3;
}

export interface Camera {
  readonly position: Vec3;
  /** Radians; 0 looks along -z, growing to the left. */
  readonly yaw: number;
  /** Radians, up is positive. */
  readonly pitch: number;
  readonly roll: number;
  /** Horizontal field of view, radians, of the longer side. */
  readonly fieldOfView: number;
  /** Strength of a flash beside the lens, 0 for none. */
  readonly flash: number;
}
