// Puts sheets into a scene through a movable frame of reference: boxes, cylinders, balls, cushions, draped cloth.
import type { Random } from '../random/random.js';
import { createPatch, type Patch, type Surface } from './patch.js';
import { add, scale, type Vec3 } from './vector3.js';

/** A position on the floor plan, turned about the vertical. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Radians, counter-clockwise seen from above. */
  readonly turn: number;
}

export type BoxFaces = 'top' | 'bottom' | 'front' | 'back' | 'left' | 'right';

export interface Builder {
  readonly patches: Patch[];
  /** Runs `build` with the origin moved to a place of the present frame. */
  at(frame: Partial<Frame>, build: () => void): void;
  /** Names the thing that the following sheets belong to. */
  as(thing: string, build: () => void): void;
  /** A flat sheet: corner, edge along u, edge along v; faces u x v. */
  quad(corner: Vec3, u: Vec3, v: Vec3, surface: Surface): void;
  /** A curved sheet; `point` maps u, v in 0..1. */
  sheet(nu: number, nv: number, point: (u: number, v: number) => Vec3, surface: Surface): void;
  /** An upright box from its least corner; `omit` leaves out faces that nobody sees. */
  box(corner: Vec3, size: Vec3, surface: Surface, omit?: readonly BoxFaces[]): void;
  /** A solid of revolution about the vertical: outline of [radius, height], from the bottom up. */
  lathe(centre: Vec3, outline: readonly (readonly [number, number])[], sides: number, surface: Surface): void;
  ball(centre: Vec3, radius: Vec3 | number, surface: Surface): void;
  /** A soft box: cushion, pillow, teddy belly. */
  cushion(corner: Vec3, size: Vec3, surface: Surface): void;
}

export const createBuilder = (random: Random): Builder => {
  const patches: Patch[] = [];
  let frame: Frame = { x: 0, y: 0, z: 0, turn: 0 };
  let thing = 'room';

  const place = ([x, y, z]: Vec3): Vec3 => {
    const c = Math.cos(frame.turn);
    const s = Math.sin(frame.turn);
    return [frame.x + x * c + z * s, frame.y + y, frame.z - x * s + z * c];
  };

  const sheet: Builder['sheet'] = (nu, nv, point, surface) => {
    const points = new Float32Array((nu + 1) * (nv + 1) * 3);
    for (let v = 0; v <= nv; v++)
      for (let u = 0; u <= nu; u++) points.set(place(point(u / nu, v / nv)), (v * (nu + 1) + u) * 3);
    patches.push(createPatch(points, nu, nv, surface, thing, [random.next(), random.next()]));
  };

  const quad: Builder['quad'] = (corner, u, v, surface) =>
    sheet(1, 1, (a, b) => add(corner, add(scale(u, a), scale(v, b))), surface);

  const box: Builder['box'] = ([x, y, z], [w, h, d], surface, omit = []) => {
    const faces: Record<BoxFaces, readonly [Vec3, Vec3, Vec3]> = {
      front: [
        [x, y, z + d],
        [w, 0, 0],
        [0, h, 0],
      ],
      back: [
        [x + w, y, z],
        [-w, 0, 0],
        [0, h, 0],
      ],
      right: [
        [x + w, y, z + d],
        [0, 0, -d],
        [0, h, 0],
      ],
      left: [
        [x, y, z],
        [0, 0, d],
        [0, h, 0],
      ],
      top: [
        [x, y + h, z + d],
        [w, 0, 0],
        [0, 0, -d],
      ],
      bottom: [
        [x, y, z],
        [w, 0, 0],
        [0, 0, d],
      ],
    };
    for (const [name, [corner, u, v]] of Object.entries(faces)) {
      if (!omit.includes(name as BoxFaces)) quad(corner, u, v, surface);
    }
  };

  const lathe: Builder['lathe'] = ([cx, cy, cz], outline, sides, surface) => {
    const last = outline.length - 1;
    sheet(
      sides,
      last,
      (u, v) => {
        const [radius, height] = outline[Math.round(v * last)] ?? [0, 0];
        const angle = u * 2 * Math.PI;
        return [cx + radius * Math.sin(angle), cy + height, cz + radius * Math.cos(angle)];
      },
      surface,
    );
  };

  const ball: Builder['ball'] = ([cx, cy, cz], radius, surface) => {
    const [rx, ry, rz] = typeof radius === 'number' ? [radius, radius, radius] : radius;
    sheet(
      12,
      8,
      (u, v) => {
        const angle = u * 2 * Math.PI;
        const rise = (v - 0.5) * Math.PI;
        const ring = Math.cos(rise);
        return [cx + rx * ring * Math.sin(angle), cy + ry * Math.sin(rise), cz + rz * ring * Math.cos(angle)];
      },
      surface,
    );
  };

  const cushion: Builder['cushion'] = ([x, y, z], [w, h, d], surface) => {
    const bulge = (a: number): number => Math.sqrt(Math.max(0, 1 - Math.abs(2 * a - 1) ** 3.5));
    const side = (sign: 1 | -1): void =>
      sheet(
        10,
        10,
        (u, v) => {
          const across = sign > 0 ? u : 1 - u;
          const height = bulge(u) * bulge(v);
          const dent = 1 - 0.12 * Math.sin(u * 7 + x * 9) * Math.sin(v * 6 + z * 5);
          const pinch = 0.06 * (1 - bulge(v));
          const pinchV = 0.06 * (1 - bulge(u));
          return [
            x + w * (across * (1 - 2 * pinch) + pinch),
            y + h * (0.5 + 0.5 * sign * height * dent),
            z + d * (1 - (v * (1 - 2 * pinchV) + pinchV)),
          ];
        },
        surface,
      );
    side(1);
    side(-1);
  };

  const within = (next: Frame, name: string, build: () => void): void => {
    const [savedFrame, savedThing] = [frame, thing];
    frame = next;
    thing = name;
    build();
    frame = savedFrame;
    thing = savedThing;
  };

  return {
    patches,
    at: (part, build) => {
      const [x, y, z] = place([part.x ?? 0, part.y ?? 0, part.z ?? 0]);
      within({ x, y, z, turn: frame.turn + (part.turn ?? 0) }, thing, build);
    },
    as: (name, build) => within(frame, name, build),
    quad,
    sheet,
    box,
    lathe,
    ball,
    cushion,
  };
};
