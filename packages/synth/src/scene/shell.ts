// The room itself: floor, ceiling, walls, skirting, window with curtains, door, posters, rug.
import type { Random } from '../random/random.js';
import type { Builder } from './builder.js';
import type { Kit } from './kit.js';
import { wallFrame, wallLength, type Placed, type RoomShape, type WallSpan } from './layout.js';
import type { Opening } from './scene.js';
import type { Vec3 } from './vector3.js';

export interface WindowPlan {
  readonly wall: number;
  readonly at: number;
  readonly width: number;
  readonly sill: number;
  readonly height: number;
  readonly panes: number;
}

export interface DoorPlan {
  readonly wall: number;
  readonly at: number;
}

const DOOR = { width: 0.86, height: 2.02 };

export const buildWalls = (b: Builder, kit: Kit, shape: RoomShape, feature: number): void => {
  const { width, depth, height } = shape;
  b.as('floor', () => b.quad([0, 0, depth], [width, 0, 0], [0, 0, -depth], kit.floor));
  b.as('ceiling', () => b.quad([0, height, 0], [width, 0, 0], [0, 0, depth], kit.ceiling));
  for (let wall = 0; wall < 4; wall++) {
    const length = wallLength(shape, wall);
    b.at(wallFrame(shape, wall, length / 2), () => {
      b.as('wall', () =>
        b.quad([-length / 2, 0, 0], [length, 0, 0], [0, height, 0], wall === feature ? kit.featureWall : kit.wall),
      );
      b.box([-length / 2, 0, 0], [length, 0.09, 0.014], { ...kit.trim, shadow: false }, [
        'bottom',
        'back',
        'left',
        'right',
      ]);
      b.box([-length / 2, height - 0.06, 0], [length, 0.06, 0.03], { ...kit.trim, shadow: false }, [
        'top',
        'back',
        'left',
        'right',
      ]);
    });
  }
};

/** Builds a window and returns the opening that lights the room. */
export const buildWindow = (
  b: Builder,
  kit: Kit,
  random: Random,
  shape: RoomShape,
  plan: WindowPlan,
  sky: Vec3,
  brightness: number,
): Opening => {
  const frame = wallFrame(shape, plan.wall, plan.at);
  const { width: w, height: h, sill, panes } = plan;
  const left = -w / 2;
  b.at(frame, () => {
    b.as('view', () =>
      b.quad([left, sill, 0.012], [w, 0, 0], [0, h, 0], {
        texture: kit.view,
        emission: brightness,
        shadow: false,
        window: [random.range(0, 0.3), 0.1, 0.7, 0.85],
      }),
    );
    const edge = 0.06;
    b.box([left - edge, sill - edge, 0], [edge, h + 2 * edge, 0.07], kit.trim, ['back']);
    b.box([left + w, sill - edge, 0], [edge, h + 2 * edge, 0.07], kit.trim, ['back']);
    b.box([left, sill + h, 0], [w, edge, 0.07], kit.trim, ['back']);
    b.box([left - 0.1, sill - 0.05, 0], [w + 0.2, 0.05, 0.18], kit.trim, ['back']);
    const bar = { ...kit.trim, shadow: false };
    for (let i = 1; i < panes; i++) b.box([left + (w * i) / panes - 0.02, sill, 0.01], [0.04, h, 0.04], bar, ['back']);
    b.box([left, sill + h * 0.68, 0.01], [w, 0.03, 0.04], bar, ['back']);
    const drawn = random.range(0.16, 0.34) * w;
    const fall = random.chance(0.7) ? 0.06 : sill - 0.2;
    const phase = random.range(0, 6);
    for (const side of [-1, 1]) {
      const outer = side * (w / 2 + 0.22);
      const inner = side * (w / 2 + 0.22 - drawn);
      b.as('curtain', () =>
        b.sheet(
          28,
          4,
          (u, v) => {
            const fold = 0.035 * Math.sin(u * 34 + phase) * (0.6 + 0.4 * v);
            return [outer + (inner - outer) * u * (0.9 + 0.1 * v), fall + (sill + h + 0.12 - fall) * v, 0.13 + fold];
          },
          { ...kit.curtain, twoSided: true },
        ),
      );
    }
    b.at({ y: sill + h + 0.13, z: 0.13 }, () =>
      b.box([left - 0.35, 0, -0.012], [w + 0.7, 0.024, 0.024], { ...kit.metal, shadow: false }),
    );
    if (plan.sill > 0.6) {
      b.as('radiator', () => {
        for (let x = left + 0.1; x < -left - 0.1; x += 0.075)
          b.box([x, 0.12, 0.02], [0.06, sill - 0.3, 0.07], { ...kit.trim, shadow: false }, ['back']);
      });
    }
  });
  const c = Math.cos(frame.turn);
  const s = Math.sin(frame.turn);
  const turn = (x: number, y: number, z: number): Vec3 => [x * c + z * s, y, -x * s + z * c];
  const start = turn(left, sill, 0.02);
  return {
    corner: [frame.x + start[0], start[1], frame.z + start[2]],
    u: turn(w, 0, 0),
    v: [0, h, 0],
    normal: turn(0, 0, 1),
    sky,
    bars: { u: Array.from({ length: panes - 1 }, (_, i) => (i + 1) / panes), v: [0.69] },
  };
};

export const buildDoor = (b: Builder, kit: Kit, shape: RoomShape, plan: DoorPlan): void => {
  const { width, height } = DOOR;
  b.at(wallFrame(shape, plan.wall, plan.at), () =>
    b.as('door', () => {
      const thin = { ...kit.trim, shadow: false };
      b.box([-width / 2 - 0.08, 0, 0], [0.08, height + 0.08, 0.03], thin, ['back', 'bottom']);
      b.box([width / 2, 0, 0], [0.08, height + 0.08, 0.03], thin, ['back', 'bottom']);
      b.box([-width / 2, height, 0], [width, 0.08, 0.03], thin, ['back']);
      b.quad([-width / 2, 0, 0.012], [width, 0, 0], [0, height, 0], { ...kit.uprightWood2, shadow: false });
      for (const [y, h] of [
        [0.18, 0.62],
        [0.95, 0.9],
      ] as const)
        for (const x of [-width / 2 + 0.11, 0.05])
          b.box([x, y, 0.01], [width / 2 - 0.16, h, 0.016], { ...kit.uprightWood2, shadow: false }, ['back']);
      b.ball([width / 2 - 0.07, 1.0, 0.05], 0.026, kit.metal);
    }),
  );
};

/** Hangs framed pictures where nothing tall stands and no window or door is. */
export const hangPosters = (
  b: Builder,
  kit: Kit,
  random: Random,
  shape: RoomShape,
  spans: readonly WallSpan[],
  placed: readonly Placed[],
): void => {
  const hung: { wall: number; from: number; to: number }[] = [];
  const signed = kit.signature ? [{ name: 'signature', poster: kit.signature }] : [];
  const all = [...signed, ...kit.posters.map((poster, index) => ({ name: `poster-${index}`, poster }))];
  for (const { name, poster } of all) {
    for (let tries = 0; tries < 30; tries++) {
      const wall = random.int(0, 3);
      const length = wallLength(shape, wall);
      const w = name === 'signature' ? 0.8 : random.range(0.4, 0.85);
      const h = name === 'signature' ? 0.8 : w * random.pick([0.75, 1, 1.3, 1.4]);
      const at = random.range(w / 2 + 0.15, length - w / 2 - 0.15);
      const [from, to] = [at - w / 2 - 0.08, at + w / 2 + 0.08];
      const near = (a: number, z: number): boolean => from < z && a < to;
      if (spans.some((span) => span.wall === wall && near(span.from, span.to))) continue;
      if (hung.some((other) => other.wall === wall && near(other.from, other.to))) continue;
      const behindTall = placed.some(({ frame, item }) => {
        const same = frame.turn === wallFrame(shape, wall, 0).turn;
        const centre = wall % 2 === 0 ? frame.x : frame.z;
        return same && item.height > 1.25 && near(centre - item.width / 2, centre + item.width / 2);
      });
      if (behindTall) continue;
      hung.push({ wall, from, to });
      const y = Math.min(shape.height - h - 0.25, 1.62 - h / 2 + random.range(-0.05, 0.15));
      const edge = random.chance(0.6) ? 0.025 : 0;
      b.at({ ...wallFrame(shape, wall, at), y }, () =>
        b.as(name, () => {
          if (edge > 0)
            b.box(
              [-w / 2 - edge, -edge, 0.002],
              [w + 2 * edge, h + 2 * edge, 0.018],
              { ...random.pick([kit.wood2, kit.trim, kit.metal]), shadow: false },
              ['back'],
            );
          const [us, vs] = w > h ? [1, h / w] : [w / h, 1];
          b.quad([-w / 2, 0, edge > 0 ? 0.021 : 0.005], [w, 0, 0], [0, h, 0], {
            ...poster,
            window: [(1 - us) / 2, (1 - vs) / 2, us, vs],
          });
        }),
      );
      break;
    }
  }
};

export const layRug = (b: Builder, kit: Kit, random: Random, shape: RoomShape): void => {
  const w = Math.min(shape.width - 1, random.range(1.5, 2.6));
  const d = w * random.range(0.6, 0.75);
  const turn = random.pick([0, Math.PI / 2]) + random.range(-0.12, 0.12);
  b.at({ x: shape.width / 2 + random.range(-0.3, 0.3), z: shape.depth / 2 + random.range(-0.3, 0.3), turn }, () =>
    b.as('rug', () => {
      b.quad([-w / 2, 0.008, d / 2], [w, 0, 0], [0, 0, -d], { ...kit.linen, shadow: false, tint: [0.25, 0.2, 0.16] });
      b.quad([-w / 2 + 0.07, 0.012, d / 2 - 0.07], [w - 0.14, 0, 0], [0, 0, -d + 0.14], {
        ...kit.rug,
        window: [0, 0, 2, 2 * (d / w)],
      });
    }),
  );
};

export const DOOR_WIDTH_M = DOOR.width;
