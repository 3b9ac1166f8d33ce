// Where people would sit: chairs, sofas, tables, desks.
import { hsl } from '../../texture/colour.js';
import type { Builder } from '../builder.js';
import type { Surface } from '../patch.js';
import type { Item, Maker } from './item.js';
import { legs } from './legs.js';
import * as small from './small.js';

const chairBody = (b: Builder, wood: Surface, seat: Surface, high: number): void => {
  b.at({ x: 0, z: 0 }, () => {
    for (const x of [-0.19, 0.15])
      for (const z of [-0.2, 0.16]) b.box([x, 0, z], [0.04, z < 0 ? high + 0.45 : high, 0.04], wood, ['bottom']);
    b.box([-0.21, high, -0.21], [0.42, 0.03, 0.42], wood);
    b.cushion([-0.19, high + 0.01, -0.17], [0.38, 0.07, 0.37], { ...seat, repeatM: 0.35 });
    for (let i = 0; i < 3; i++) b.box([-0.15, high + 0.14 + i * 0.11, -0.195], [0.3, 0.06, 0.02], wood);
  });
};

export const chair: Maker = (random) => ({
  name: 'chair',
  width: 0.5,
  depth: 0.5,
  height: 0.95,
  build: (b, kit) => b.at({ z: 0.27, turn: random.range(-0.6, 0.6) }, () => chairBody(b, kit.wood2, kit.cloth, 0.45)),
});

export const sofa: Maker = (random) => {
  const seats = random.pick([1, 2, 3]);
  const width = 0.36 + seats * 0.66;
  const depth = 0.92;
  const build: Item['build'] = (b, kit) => {
    const plain = random.chance(0.5);
    const body: Surface = plain
      ? kit.paint(hsl(random.range(0, 360), random.range(0.1, 0.4), random.range(0.25, 0.6)), 0)
      : { ...kit.cloth2, repeatM: 0.6 };
    b.box([-width / 2, 0.1, 0.02], [width, 0.2, depth - 0.04], body, ['bottom']);
    legs(b, width - 0.1, depth, 0.1, 0.05, kit.wood2);
    b.box([-width / 2 + 0.14, 0.3, 0.02], [width - 0.28, 0.5, 0.18], body, ['bottom']);
    for (const x of [-width / 2, width / 2 - 0.16]) {
      b.box([x, 0.1, 0.02], [0.16, 0.45, depth - 0.04], body, ['bottom']);
      b.cushion([x - 0.01, 0.5, 0.02], [0.18, 0.12, depth - 0.04], body);
    }
    for (let i = 0; i < seats; i++) {
      const x = -width / 2 + 0.18 + i * 0.66;
      b.cushion([x, 0.27, 0.16], [0.65, 0.22, depth - 0.2], body);
      b.at({ x: x + 0.33, y: 0.44, z: 0.22 }, () =>
        b.sheet(
          8,
          8,
          (u, v) => [
            0.32 * (2 * u - 1),
            0.46 * v,
            0.14 *
              Math.sqrt(Math.max(0, 1 - Math.abs(2 * u - 1) ** 4)) *
              Math.sqrt(Math.max(0, 1 - Math.abs(2 * v - 1) ** 3)) +
              0.02 -
              0.1 * v,
          ],
          body,
        ),
      );
    }
    for (let i = 0; i < random.int(1, seats + 1); i++) {
      const x = random.range(-width / 2 + 0.35, width / 2 - 0.35);
      const surface = { ...(random.chance(0.5) ? kit.cloth : kit.cover), repeatM: random.range(0.25, 0.5) };
      b.at({ x, y: 0.5, z: 0.5, turn: random.range(-0.4, 0.4) }, () => {
        const h = 0.42;
        b.sheet(
          9,
          9,
          (u, v) => {
            const bulge =
              Math.sqrt(Math.max(0, 1 - Math.abs(2 * u - 1) ** 3)) *
              Math.sqrt(Math.max(0, 1 - Math.abs(2 * v - 1) ** 3));
            return [h * (u - 0.5), h * v * 0.95, 0.1 * bulge - 0.24 * v + 0.02];
          },
          surface,
        );
      });
    }
    if (random.chance(0.3)) small.bear(b, kit, random, random.range(-0.2, 0.2), 0.48, 0.5);
  };
  return { name: seats === 1 ? 'armchair' : 'sofa', width, depth, height: 0.9, build };
};

export const table: Maker = (random) => {
  const width = random.range(0.9, 1.5);
  const depth = random.range(0.7, 0.9);
  const low = random.chance(0.5);
  const h = low ? 0.42 : 0.74;
  const round = random.chance(0.35);
  const build: Item['build'] = (b, kit) => {
    const r = Math.min(width, depth) / 2;
    if (round) {
      b.lathe(
        [0, h - 0.03, depth / 2],
        [
          [0, 0],
          [r, 0],
          [r, 0.03],
          [0, 0.03],
        ],
        28,
        kit.wood,
      );
      b.lathe(
        [0, 0, depth / 2],
        [
          [r * 0.6, 0],
          [r * 0.55, 0.03],
          [0.04, 0.06],
          [0.035, h - 0.03],
        ],
        16,
        kit.wood2,
      );
    } else {
      b.box([-width / 2, h - 0.035, 0], [width, 0.035, depth], kit.wood);
      legs(b, width - 0.08, depth, h - 0.03, 0.055, kit.wood);
      if (random.chance(0.4))
        b.quad([-width * 0.3, h + 0.002, depth * 0.9], [width * 0.6, 0, 0], [0, 0, -depth * 0.8], {
          ...kit.cloth2,
          shadow: false,
          repeatM: 0.4,
        });
    }
    const spots = random.shuffle([-0.22, 0, 0.22]);
    small.album(b, kit, random, (spots[0] ?? 0) * width * 0.8, h + 0.004, depth * 0.55);
    small.vase(b, kit, random, (spots[1] ?? 0) * width * 0.8, h, depth * 0.4);
    small.cards(b, kit, random, (spots[2] ?? 0) * width * 0.8, h, depth * 0.55, 0.13);
    if (!low)
      for (const side of [-1, 1])
        b.at(
          { x: side * random.range(0.1, 0.3), z: depth / 2 + side * (depth / 2 + 0.15), turn: side > 0 ? Math.PI : 0 },
          () => chairBody(b, kit.wood2, kit.cloth, 0.45),
        );
  };
  return { name: 'table', width: width + 0.1, depth, height: h + 0.3, build };
};

export const desk: Maker = (random) => {
  const width = random.range(1.1, 1.5);
  const depth = 0.65;
  const build: Item['build'] = (b, kit) => {
    b.box([-width / 2, 0.72, 0], [width, 0.035, depth], kit.wood);
    legs(b, width - 0.06, depth - 0.02, 0.72, 0.05, kit.wood2);
    b.box([width / 2 - 0.42, 0.3, 0.04], [0.38, 0.42, depth - 0.1], kit.wood, ['top']);
    for (const y of [0.33, 0.52]) {
      b.box([width / 2 - 0.4, y, depth - 0.06], [0.34, 0.16, 0.014], kit.wood2, ['back']);
      b.box([width / 2 - 0.27, y + 0.08, depth - 0.046], [0.08, 0.012, 0.018], kit.metal, ['back']);
    }
    b.as('album', () => small.album(b, kit, random, random.range(-0.15, 0.1), 0.757, 0.4));
    small.cards(b, kit, random, random.range(-0.4, -0.25), 0.757, 0.4, 0.14);
    small.books(b, kit, random, width / 2 - 0.45, 0.757, 0.36, 0.26, 0.22);
    b.as('lamp', () => small.tableLamp(b, kit, random, -width / 2 + 0.18, 0.757, 0.2, true));
    b.at(
      { x: random.range(-0.2, 0.1), z: depth + random.range(0.05, 0.25), turn: Math.PI + random.range(-0.5, 0.5) },
      () => chairBody(b, kit.wood2, kit.cloth, 0.45),
    );
  };
  return { name: 'desk', width, depth: depth + 0.5, height: 1.2, lampAt: [-width / 2 + 0.18, 1.06, 0.2], build };
};
