// Where furniture stands: along walls without overlap, clear of the door, low things only below a window.
import type { Random } from '../random/random.js';
import type { Frame } from './builder.js';
import type { Item } from './furniture/item.js';

export interface RoomShape {
  readonly width: number;
  readonly depth: number;
  readonly height: number;
}

/** An area on the floor plan with the height of what stands there. */
export interface Footprint {
  readonly x0: number;
  readonly z0: number;
  readonly x1: number;
  readonly z1: number;
  readonly height: number;
}

/** A part of a wall that is taken by a window or a door. */
export interface WallSpan {
  readonly wall: number;
  readonly from: number;
  readonly to: number;
  /** Furniture below this height may stand in front of it. */
  readonly clearBelow: number;
}

export interface Placed {
  readonly item: Item;
  readonly frame: Frame;
  readonly footprint: Footprint;
}

/** Walls: 0 at z = 0, 1 at x = 0, 2 at z = depth, 3 at x = width; things face the room. */
export const wallFrame = (shape: RoomShape, wall: number, along: number): Frame => {
  switch (wall) {
    case 0:
      return { x: along, y: 0, z: 0, turn: 0 };
    case 1:
      return { x: 0, y: 0, z: along, turn: Math.PI / 2 };
    case 2:
      return { x: along, y: 0, z: shape.depth, turn: Math.PI };
    default:
      return { x: shape.width, y: 0, z: along, turn: -Math.PI / 2 };
  }
};

export const wallLength = (shape: RoomShape, wall: number): number => (wall % 2 === 0 ? shape.width : shape.depth);

const footprintOf = (shape: RoomShape, item: Item, wall: number, along: number): Footprint => {
  const half = item.width / 2;
  const { depth, height } = item;
  switch (wall) {
    case 0:
      return { x0: along - half, x1: along + half, z0: 0, z1: depth, height };
    case 1:
      return { x0: 0, x1: depth, z0: along - half, z1: along + half, height };
    case 2:
      return { x0: along - half, x1: along + half, z0: shape.depth - depth, z1: shape.depth, height };
    default:
      return { x0: shape.width - depth, x1: shape.width, z0: along - half, z1: along + half, height };
  }
};

export const overlaps = (a: Footprint, b: Footprint, gapM: number): boolean =>
  a.x0 < b.x1 + gapM && b.x0 < a.x1 + gapM && a.z0 < b.z1 + gapM && b.z0 < a.z1 + gapM;

/** Places as many items as fit, in order; what does not fit is left out. */
export const placeItems = (
  random: Random,
  shape: RoomShape,
  spans: readonly WallSpan[],
  along: readonly Item[],
  free: readonly Item[],
): Placed[] => {
  const placed: Placed[] = [];
  const GAP_M = 0.06;
  const fits = (footprint: Footprint): boolean => placed.every((other) => !overlaps(footprint, other.footprint, GAP_M));
  for (const item of along) {
    for (let tries = 0; tries < 60; tries++) {
      const wall = random.int(0, 3);
      const length = wallLength(shape, wall);
      const margin = item.width / 2 + 0.03;
      if (length < 2 * margin) continue;
      const at = random.range(margin, length - margin);
      const taken = spans.some(
        (span) =>
          span.wall === wall &&
          at + item.width / 2 > span.from &&
          at - item.width / 2 < span.to &&
          item.height > span.clearBelow,
      );
      if (taken) continue;
      const footprint = footprintOf(shape, item, wall, at);
      const blocksDoor = spans.some((span) => {
        if (span.clearBelow > 0) return false;
        const { x0, x1, z0, z1, height } = footprintOf(
          shape,
          { ...item, width: span.to - span.from, depth: 0.8 },
          span.wall,
          (span.from + span.to) / 2,
        );
        return overlaps(footprint, { x0, x1, z0, z1, height }, 0);
      });
      if (blocksDoor || !fits(footprint)) continue;
      placed.push({ item, frame: wallFrame(shape, wall, at), footprint });
      break;
    }
  }
  for (const item of free) {
    const reach = Math.max(item.width, item.depth) / 2 + 0.3;
    if (shape.width < 2 * reach + 0.4 || shape.depth < 2 * reach + 0.4) continue;
    for (let tries = 0; tries < 40; tries++) {
      const x = random.range(reach + 0.2, shape.width - reach - 0.2);
      const z = random.range(reach + 0.2, shape.depth - reach - 0.2);
      const footprint = { x0: x - reach, x1: x + reach, z0: z - reach, z1: z + reach, height: item.height };
      if (!fits(footprint)) continue;
      const turn = random.pick([0, Math.PI / 2]) + random.range(-0.15, 0.15);
      placed.push({
        item,
        frame: { x: x - (item.depth / 2) * Math.sin(turn), y: 0, z: z - (item.depth / 2) * Math.cos(turn), turn },
        footprint,
      });
      break;
    }
  }
  return placed;
};
