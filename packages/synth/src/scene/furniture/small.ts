// Small things that lie about: books, boxes, vases, toys, plants, lamps, albums of stamps.
import type { Random } from '../../random/random.js';
import { hsl, type Rgb } from '../../texture/colour.js';
import { SPINES } from '../../texture/things.js';
import type { Builder } from '../builder.js';
import type { Kit } from '../kit.js';

const vivid = (random: Random): Rgb => hsl(random.range(0, 360), random.range(0.45, 0.8), random.range(0.38, 0.6));
const muted = (random: Random): Rgb => hsl(random.range(0, 360), random.range(0.08, 0.35), random.range(0.3, 0.75));

/** A row of standing books from x to x + width, at most `height` high; front at z = depth. */
export const books = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  width: number,
  height: number,
  depth: number,
): void => {
  let at = x;
  while (at < x + width - 0.02) {
    const thick = Math.min(random.range(0.018, 0.055), x + width - at);
    const tall = height * random.range(0.6, 0.96);
    const deep = depth * random.range(0.6, 0.92);
    const spine = random.int(0, SPINES - 1);
    const window = [spine / SPINES, 0, 1 / SPINES, 1] as const;
    b.quad([at, y, deep], [thick, 0, 0], [0, tall, 0], { texture: kit.spines, window, gloss: 0.15 });
    b.box(
      [at, y, 0.01],
      [thick, tall, deep - 0.01],
      { texture: kit.spines, window: [(spine + 0.3) / SPINES, 0.3, 0.2 / SPINES, 0.05] },
      ['front', 'back', 'bottom'],
    );
    at += thick + (random.chance(0.08) ? random.range(0.01, 0.06) : 0.002);
  }
};

/** Books lying on each other. */
export const bookPile = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  let top = y;
  for (let i = 0; i < random.int(2, 5); i++) {
    const thick = random.range(0.02, 0.045);
    const w = random.range(0.2, 0.28);
    const spine = random.int(0, SPINES - 1);
    b.at({ x, y: top, z, turn: random.range(-0.3, 0.3) }, () => {
      b.box([-w / 2, 0, -0.09], [w, thick, 0.18], kit.paint(muted(random)), ['bottom', 'front']);
      b.sheet(1, 1, (u, v) => [-w / 2 + w * u, thick * v, 0.09], {
        texture: kit.spines,
        window: [spine / SPINES, 0.1, 1 / SPINES, 0.8],
      });
    });
    top += thick;
  }
};

export const storageBox = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  z: number,
  w: number,
  h: number,
  d: number,
): void => {
  const surface = random.chance(0.5) ? kit.paint(muted(random)) : { ...kit.print, repeatM: random.range(0.2, 0.5) };
  b.box([x - w / 2, y, z - d / 2], [w, h, d], surface, ['bottom']);
  b.box(
    [x - w / 2 - 0.006, y + h * 0.8, z - d / 2 - 0.006],
    [w + 0.012, h * 0.22, d + 0.012],
    kit.paint(muted(random)),
    ['bottom'],
  );
  b.quad([x - 0.04, y + h * 0.35, z + d / 2 + 0.002], [0.08, 0, 0], [0, 0.05, 0], { ...kit.linen, shadow: false });
};

const OUTLINES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0.3, 0],
    [0.75, 0.2],
    [0.85, 0.45],
    [0.5, 0.75],
    [0.35, 0.9],
    [0.5, 1],
  ],
  [
    [0.5, 0],
    [0.5, 0.1],
    [0.9, 0.4],
    [0.95, 0.6],
    [0.6, 0.85],
    [0.62, 1],
  ],
  [
    [0.45, 0],
    [0.6, 0.3],
    [0.4, 0.6],
    [0.3, 0.85],
    [0.38, 1],
  ],
  [
    [0.6, 0],
    [0.7, 0.5],
    [0.75, 1],
  ],
];

export const vase = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  z: number,
  height = random.range(0.16, 0.34),
): void => {
  const outline = random.pick(OUTLINES).map(([r, h]) => [r * height * 0.42, h * height] as const);
  b.lathe(
    [x, y, z],
    outline,
    14,
    random.chance(0.3) ? { ...kit.print, repeatM: 0.15, gloss: 0.5 } : kit.paint(muted(random), 0.6),
  );
};

export const plant = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number, height: number): void => {
  const pot = height * 0.26;
  b.lathe(
    [x, y, z],
    [
      [pot * 0.6, 0],
      [pot * 0.8, pot * 0.95],
      [pot * 0.85, pot],
      [pot * 0.7, pot],
      [0, pot * 0.9],
    ],
    14,
    kit.paint(random.pick([hsl(18, 0.5, 0.45), muted(random), [230, 228, 222]]), 0.3),
  );
  const hue = random.range(85, 140);
  const slim = random.range(0.1, 0.32);
  for (let i = 0; i < random.int(12, 22); i++) {
    const angle = random.range(0, 2 * Math.PI);
    const reach = height * random.range(0.2, 0.48);
    const rise = height * random.range(0.3, 0.75);
    const leaf = {
      ...kit.paint(hsl(hue + random.range(-12, 12), 0.42, random.range(0.22, 0.42)), 0.3),
      twoSided: true,
    };
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    b.sheet(
      3,
      5,
      (u, v) => {
        const out = reach * v;
        const up = pot + rise * v * (1.6 - 0.75 * v);
        const half = (u - 0.5) * height * slim * Math.sin(Math.PI * Math.min(1, 0.12 + v * 0.9));
        return [x + c * out - s * half, y + up + Math.abs(u - 0.5) * 0.02, z + s * out + c * half];
      },
      leaf,
    );
  }
};

/** A table lamp; returns where it glows. */
export const tableLamp = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  z: number,
  lit: boolean,
): void => {
  const tall = 0.42;
  b.lathe(
    [x, y, z],
    random.pick(OUTLINES).map(([r, h]) => [r * 0.11, h * 0.24] as const),
    14,
    kit.paint(muted(random), 0.6),
  );
  b.lathe(
    [x, y + 0.22, z],
    [
      [0.008, 0],
      [0.008, 0.06],
    ],
    6,
    kit.metal,
  );
  const shade = [
    [0.14, tall - 0.19],
    [0.1, tall],
  ] as const;
  b.lathe([x, y, z], shade, 18, {
    ...kit.linen,
    emission: lit ? 2.6 : 0,
    tint: lit ? [1, 0.82, 0.58] : [0.8, 0.76, 0.66],
    twoSided: true,
    shadow: false,
  });
};

export const ball = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  const r = random.range(0.06, 0.14);
  b.ball(
    [x, y + r, z],
    r,
    random.chance(0.6) ? { ...kit.print, repeatM: 0.4, gloss: 0.4 } : kit.paint(vivid(random), 0.5),
  );
};

/** A sitting toy bear of seven balls. */
export const bear = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  z: number,
  size = random.range(0.12, 0.2),
): void => {
  const colour = hsl(random.range(18, 42), random.range(0.25, 0.5), random.range(0.3, 0.65));
  const fur = kit.paint(colour, 0);
  const light = kit.paint(hsl(38, 0.4, 0.75), 0);
  const dark = kit.paint([30, 24, 22], 0.4);
  b.at({ x, y, z, turn: random.range(-0.5, 0.5) }, () => {
    b.ball([0, size * 0.85, 0], [size * 0.62, size * 0.8, size * 0.55], fur);
    b.ball([0, size * 0.8, size * 0.25], [size * 0.42, size * 0.55, size * 0.36], light);
    b.ball([0, size * 1.85, size * 0.05], size * 0.52, fur);
    b.ball([0, size * 1.72, size * 0.45], [size * 0.24, size * 0.2, size * 0.2], light);
    b.ball([0, size * 1.8, size * 0.64], size * 0.07, dark);
    for (const side of [-1, 1]) {
      b.ball([side * size * 0.42, size * 2.25, 0], size * 0.2, fur);
      b.ball([side * size * 0.2, size * 2, size * 0.5], size * 0.06, dark);
      b.ball([side * size * 0.42, size * 0.2, size * 0.6], [size * 0.24, size * 0.24, size * 0.5], fur);
      b.ball([side * size * 0.66, size * 1, size * 0.25], [size * 0.2, size * 0.48, size * 0.22], fur);
    }
  });
};

export const blocks = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  const side = 0.07;
  for (let i = 0; i < random.int(3, 8); i++) {
    const stacked = i > 2 && random.chance(0.5);
    b.at(
      {
        x: x + random.range(-0.2, 0.2) * (stacked ? 0.2 : 1),
        y: y + (stacked ? side : 0),
        z: z + random.range(-0.2, 0.2) * (stacked ? 0.2 : 1),
        turn: random.range(0, 1.5),
      },
      () => b.box([-side / 2, 0, -side / 2], [side, side, side], kit.paint(vivid(random), 0.4), ['bottom']),
    );
  }
};

export const toyCar = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  const k = random.range(0.8, 1.5);
  const body = kit.paint(vivid(random), 0.6);
  const tyre = kit.paint([30, 30, 32], 0.2);
  b.at({ x, y, z, turn: random.range(0, 6) }, () => {
    b.box([-0.12 * k, 0.03 * k, -0.05 * k], [0.24 * k, 0.05 * k, 0.1 * k], body);
    b.box([-0.06 * k, 0.08 * k, -0.045 * k], [0.12 * k, 0.045 * k, 0.09 * k], kit.paint([190, 215, 230], 0.8));
    for (const wx of [-0.075, 0.075])
      for (const wz of [-0.05, 0.05]) b.ball([wx * k, 0.03 * k, wz * k], [0.03 * k, 0.03 * k, 0.014 * k], tyre);
  });
};

export const ringTower = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  for (let i = 0; i < 5; i++) {
    const r = 0.085 - i * 0.012;
    b.lathe(
      [x, y + i * 0.036, z],
      [
        [r * 0.7, 0],
        [r, 0.01],
        [r, 0.026],
        [r * 0.7, 0.036],
        [0, 0.036],
      ],
      14,
      kit.paint(vivid(random), 0.5),
    );
  }
  b.ball([x, y + 0.2, z], 0.028, kit.paint(vivid(random), 0.5));
};

/** An open album with a print on each page, or a scatter of cards. */
export const album = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number): void => {
  const poster = kit.posters[random.int(0, Math.max(0, kit.posters.length - 1))] ?? kit.print;
  b.at({ x, y, z, turn: random.range(-0.4, 0.4) }, () => {
    b.box([-0.24, 0, -0.16], [0.48, 0.015, 0.32], kit.paint(muted(random)), ['bottom']);
    for (const left of [-0.225, 0.005])
      b.sheet(6, 1, (u, v) => [left + 0.22 * u, 0.018 + 0.015 * Math.sin(Math.PI * u), 0.145 - 0.29 * v], {
        ...poster,
        window: [left < 0 ? 0 : 0.5, 0, 0.5, 1],
        shadow: false,
      });
  });
};

export const cards = (b: Builder, kit: Kit, random: Random, x: number, y: number, z: number, spread = 0.3): void => {
  for (let i = 0; i < random.int(3, 8); i++) {
    const poster = kit.posters.length > 0 ? random.pick(kit.posters) : kit.print;
    b.at(
      {
        x: x + random.range(-spread, spread),
        y: y + 0.002 + i * 0.001,
        z: z + random.range(-spread, spread) * 0.5,
        turn: random.range(-1, 1),
      },
      () => {
        b.quad([-0.075, 0, 0.053], [0.15, 0, 0], [0, 0, -0.106], { ...kit.linen, shadow: false });
        b.quad([-0.068, 0.001, 0.047], [0.136, 0, 0], [0, 0, -0.094], {
          ...poster,
          window: [random.range(0, 0.4), random.range(0, 0.5), 0.6, 0.45],
          shadow: false,
        });
      },
    );
  }
};

/** One or two small things on a board of a given width and free height. */
export const ornaments = (
  b: Builder,
  kit: Kit,
  random: Random,
  x: number,
  y: number,
  z: number,
  width: number,
  free: number,
): void => {
  const kinds = random.shuffle(['vase', 'box', 'bear', 'pile', 'rings', 'plant', 'ball', 'cards'] as const);
  let at = x + 0.12;
  for (const kind of kinds) {
    if (at > x + width - 0.1) break;
    switch (kind) {
      case 'vase':
        vase(b, kit, random, at, y, z, Math.min(free * 0.85, random.range(0.14, 0.32)));
        break;
      case 'box':
        storageBox(b, kit, random, at, y, z, 0.2, Math.min(free * 0.6, 0.16), 0.16);
        break;
      case 'bear':
        bear(b, kit, random, at, y, z, Math.min(free / 2.8, 0.11));
        break;
      case 'pile':
        bookPile(b, kit, random, at, y, z);
        break;
      case 'rings':
        if (free > 0.25) ringTower(b, kit, random, at, y, z);
        break;
      case 'plant':
        plant(b, kit, random, at, y, z, Math.min(free * 0.9, 0.32));
        break;
      case 'ball':
        if (free > 0.3) ball(b, kit, random, at, y, z);
        break;
      case 'cards':
        storageBox(b, kit, random, at, y, z, 0.16, Math.min(free * 0.4, 0.1), 0.2);
        break;
    }
    at += random.range(0.24, 0.4);
  }
};
