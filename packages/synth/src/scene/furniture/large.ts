// Furniture that stands on the floor.
import { hsl } from '../../texture/colour.js';
import type { Builder } from '../builder.js';
import type { Surface } from '../patch.js';
import type { Item, Maker } from './item.js';
import * as small from './small.js';

const legs = (b: Builder, w: number, d: number, h: number, thick: number, surface: Surface): void => {
  for (const x of [-w / 2, w / 2 - thick])
    for (const z of [0, d - thick]) b.box([x, 0, z], [thick, h, thick], surface, ['top', 'bottom']);
};

/** Cloth over a mattress: flat on top, hanging in folds at three sides. */
const drape = (
  b: Builder,
  w: number,
  y: number,
  from: number,
  to: number,
  drop: number,
  phase: number,
  surface: Surface,
): void => {
  const round = 0.05;
  const total = w + 2 * drop;
  b.sheet(
    26,
    22,
    (u, v) => {
      const across = (u - 0.5) * total;
      const along = from + (to - from + drop) * v;
      const side = Math.max(0, Math.abs(across) - w / 2);
      const foot = Math.max(0, along - to);
      const fold =
        0.022 * Math.sin(along * 17 + phase) * Math.min(1, side / drop) +
        0.022 * Math.sin(across * 15 + phase) * Math.min(1, foot / drop);
      const wrinkle = 0.008 * Math.sin(across * 9 + along * 5 + phase) + 0.006 * Math.sin(across * 4 - along * 11);
      const hang = Math.max(side, foot);
      const x =
        Math.sign(across) *
        Math.min(Math.abs(across), w / 2 + round * Math.min(1, side / 0.08) + (side > 0 ? fold : 0));
      const z = Math.min(along, to + round * Math.min(1, foot / 0.08) + (foot > 0 ? fold : 0));
      return [x, y + 0.04 + wrinkle - hang * 0.97, z];
    },
    { ...surface, twoSided: true },
  );
};

export const bed: Maker = (random) => {
  const width = random.pick([0.95, 1.2, 1.5, 1.7]);
  const depth = 2.05;
  const high = random.range(0.8, 1.25);
  const style = random.pick(['wood', 'cloth', 'bars'] as const);
  const build: Item['build'] = (b, kit) => {
    const frame = random.chance(0.7) ? kit.wood : kit.wood2;
    b.box([-width / 2, 0.12, 0.02], [width, 0.2, depth - 0.04], frame, ['bottom']);
    legs(b, width, depth, 0.14, 0.07, frame);
    if (style === 'bars') {
      for (let x = -width / 2; x <= width / 2 + 0.01; x += width / 7)
        b.lathe(
          [x, 0.3, 0.02],
          [
            [0.014, 0],
            [0.014, high - 0.3],
          ],
          8,
          kit.metal,
        );
      b.box([-width / 2 - 0.02, high - 0.02, 0], [width + 0.04, 0.04, 0.04], kit.metal);
    } else if (style === 'cloth') {
      b.box([-width / 2 - 0.04, 0.1, 0], [width + 0.08, high - 0.1, 0.1], { ...kit.cloth2, repeatM: 0.8 });
    } else {
      b.box([-width / 2 - 0.03, 0.1, 0], [width + 0.06, high - 0.1, 0.05], frame);
      b.box([-width / 2 - 0.05, high - 0.04, -0.005], [width + 0.1, 0.06, 0.07], frame);
      b.box([-width / 2 - 0.03, 0.1, depth - 0.05], [width + 0.06, 0.42, 0.05], frame);
    }
    b.box([-width / 2 + 0.02, 0.3, 0.06], [width - 0.04, 0.24, depth - 0.12], kit.linen, ['bottom']);
    const pillows = width > 1.3 ? 2 : 1;
    for (let i = 0; i < pillows; i++) {
      const pw = Math.min(0.66, width / pillows - 0.08);
      const px = (i - (pillows - 1) / 2) * (width / pillows);
      b.at({ x: px, y: 0.52, z: 0.1, turn: random.range(-0.12, 0.12) }, () =>
        b.cushion([-pw / 2, 0, 0], [pw, 0.16, 0.42], random.chance(0.5) ? kit.linen : { ...kit.cover, repeatM: 0.6 }),
      );
    }
    b.as('cover', () =>
      drape(
        b,
        width,
        0.52,
        random.range(0.45, 0.75),
        depth - 0.08,
        random.range(0.2, 0.34),
        random.range(0, 6),
        kit.cover,
      ),
    );
    if (random.chance(0.6))
      b.at({ x: random.range(-0.25, 0.25), y: 0.55, z: random.range(0.55, 0.8), turn: random.range(-0.6, 0.6) }, () =>
        b.cushion([-0.2, 0, -0.2], [0.4, 0.14, 0.4], { ...kit.cloth, repeatM: 0.3 }),
      );
    if (random.chance(0.45)) small.bear(b, kit, random, random.range(-0.3, 0.3), 0.57, random.range(0.7, 1.1));
    if (random.chance(0.35)) small.cards(b, kit, random, random.range(-0.2, 0.2), 0.58, random.range(1.1, 1.6));
  };
  return { name: 'bed', width: width + 0.1, depth, height: high, build };
};

export const shelf: Maker = (random) => {
  const width = random.range(0.7, 1.4);
  const depth = random.range(0.26, 0.36);
  const height = random.pick([1.0, 1.5, 1.9, 2.1]);
  const boards = Math.max(2, Math.round(height / random.range(0.32, 0.42)));
  const bays = width > 1.05 ? 2 : 1;
  const build: Item['build'] = (b, kit) => {
    const t = 0.022;
    const wood = kit.wood;
    for (let i = 0; i <= bays; i++)
      b.box([-width / 2 + ((width - t) * i) / bays, 0, 0], [t, height, depth], wood, ['bottom']);
    b.quad([-width / 2, 0, 0.006], [width, 0, 0], [0, height, 0], wood);
    const step = (height - 0.06 - t) / boards;
    for (let i = 0; i <= boards; i++)
      b.box([-width / 2 + t, 0.06 + i * step, 0.004], [width - 2 * t, t, depth - 0.008], wood, ['left', 'right']);
    b.box([-width / 2 + t, 0, 0.02], [width - 2 * t, 0.06, depth - 0.05], wood, ['left', 'right', 'bottom', 'top']);
    const bay = (width - t) / bays;
    for (let i = 0; i < boards; i++)
      for (let k = 0; k < bays; k++) {
        const x = -width / 2 + t + k * bay + 0.01;
        const y = 0.06 + i * step + t;
        const free = step - t - 0.02;
        const room = bay - t - 0.02;
        const kind = random.next();
        if (kind < 0.5) {
          const full = random.chance(0.5) ? room : room * random.range(0.4, 0.75);
          small.books(b, kit, random, x, y, full, free, depth - 0.02);
          if (full < room - 0.25) small.ornaments(b, kit, random, x + full, y, depth * 0.5, room - full, free);
        } else if (kind < 0.72) {
          const count = Math.max(1, Math.floor(room / 0.32));
          for (let n = 0; n < count; n++)
            small.storageBox(
              b,
              kit,
              random,
              x + ((n + 0.5) * room) / count,
              y,
              depth / 2,
              (room / count) * 0.88,
              free * random.range(0.6, 0.85),
              depth * 0.8,
            );
        } else small.ornaments(b, kit, random, x, y, depth * 0.5, room, free);
      }
    if (height < 1.7) small.ornaments(b, kit, random, -width / 2, height, depth * 0.5, width, 0.4);
  };
  return { name: 'shelf', width, depth, height, build };
};

export const chest: Maker = (random) => {
  const width = random.range(0.8, 1.3);
  const depth = random.range(0.4, 0.5);
  const height = random.range(0.72, 1.05);
  const rows = random.int(2, 4);
  const columns = random.int(1, 2);
  const build: Item['build'] = (b, kit) => {
    b.box([-width / 2, 0.08, 0], [width, height - 0.08, depth], kit.wood, ['bottom']);
    b.box([-width / 2 - 0.015, height - 0.01, 0], [width + 0.03, 0.03, depth + 0.02], kit.wood2);
    legs(b, width, depth, 0.09, 0.05, kit.wood2);
    const h = (height - 0.13) / rows;
    const w = (width - 0.04) / columns;
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const x = -width / 2 + 0.02 + c * w;
        const y = 0.1 + r * h;
        b.box([x + 0.008, y + 0.008, depth], [w - 0.016, h - 0.016, 0.016], kit.wood, ['back']);
        b.box([x + w / 2 - 0.06, y + h / 2, depth + 0.016], [0.12, 0.014, 0.02], kit.metal, ['back']);
      }
    small.ornaments(b, kit, random, -width / 2, height + 0.02, depth * 0.5, width, 0.45);
  };
  return { name: 'chest', width, depth, height: height + 0.35, build };
};

export const wardrobe: Maker = (random) => {
  const width = random.range(1.0, 1.8);
  const depth = 0.58;
  const height = random.range(1.9, 2.2);
  const doors = width > 1.4 ? 3 : 2;
  const build: Item['build'] = (b, kit) => {
    b.box([-width / 2, 0, 0], [width, height, depth], kit.wood, ['bottom', 'back']);
    const w = width / doors;
    for (let i = 0; i < doors; i++) {
      const x = -width / 2 + i * w;
      b.box([x + 0.006, 0.06, depth], [w - 0.012, height - 0.09, 0.02], kit.wood, ['back']);
      b.box([x + 0.09, 0.16, depth + 0.02], [w - 0.18, height * 0.4, 0.008], kit.wood2, ['back']);
      b.box([x + 0.09, height * 0.5, depth + 0.02], [w - 0.18, height * 0.42, 0.008], kit.wood2, ['back']);
      b.box([x + (i % 2 ? 0.035 : w - 0.05), height * 0.46, depth + 0.02], [0.015, 0.14, 0.025], kit.metal, ['back']);
    }
    if (random.chance(0.7)) small.storageBox(b, kit, random, random.range(-0.3, 0.3), height, 0.3, 0.5, 0.2, 0.4);
  };
  return { name: 'wardrobe', width, depth, height, build };
};

export const nightstand: Maker = (random) => {
  const build: Item['build'] = (b, kit) => {
    b.box([-0.22, 0.1, 0], [0.44, 0.42, 0.38], kit.wood, ['bottom']);
    legs(b, 0.44, 0.38, 0.11, 0.04, kit.wood);
    for (const y of [0.13, 0.33]) {
      b.box([-0.2, y, 0.38], [0.4, 0.17, 0.014], kit.wood2, ['back']);
      b.ball([0, y + 0.085, 0.405], 0.014, kit.metal);
    }
    b.as('lamp', () => small.tableLamp(b, kit, random, -0.05, 0.52, 0.17, true));
    if (random.chance(0.6)) small.bookPile(b, kit, random, 0.1, 0.52, 0.28);
  };
  return { name: 'nightstand', width: 0.46, depth: 0.4, height: 0.95, lampAt: [-0.05, 0.82, 0.17], build };
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

export const floorLamp: Maker = (random) => ({
  name: 'floor-lamp',
  width: 0.42,
  depth: 0.42,
  height: 1.6,
  lampAt: [0, 1.45, 0.22],
  build: (b, kit) => {
    b.lathe(
      [0, 0, 0.22],
      [
        [0.15, 0],
        [0.15, 0.02],
        [0.014, 0.035],
        [0.012, 1.35],
      ],
      16,
      kit.metal,
    );
    const top = random.range(0.1, 0.2);
    b.lathe(
      [0, 0, 0.22],
      [
        [0.22, 1.3],
        [top, 1.6],
      ],
      20,
      { ...kit.linen, emission: 2.4, tint: [1, 0.82, 0.58], twoSided: true, shadow: false },
    );
  },
});

export const bigPlant: Maker = (random) => ({
  name: 'plant',
  width: 0.5,
  depth: 0.5,
  height: 1.2,
  build: (b, kit) => small.plant(b, kit, random, 0, 0, 0.28, random.range(0.8, 1.35)),
});

export const toyCorner: Maker = (random) => ({
  name: 'toys',
  width: 1.1,
  depth: 0.8,
  height: 0.5,
  build: (b, kit) => {
    small.storageBox(b, kit, random, -0.25, 0, 0.2, 0.5, 0.3, 0.34);
    small.bear(b, kit, random, 0.28, 0, 0.2, random.range(0.14, 0.22));
    small.blocks(b, kit, random, 0.1, 0, 0.6);
    small.toyCar(b, kit, random, -0.3, 0, 0.65);
    small.ball(b, kit, random, 0.42, 0, 0.6);
    small.ringTower(b, kit, random, -0.05, 0, 0.5);
  },
});
