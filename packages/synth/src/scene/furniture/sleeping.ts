// Beds with pillows and a patterned cover that hangs in folds.
import type { Builder } from '../builder.js';
import type { Surface } from '../patch.js';
import type { Item, Maker } from './item.js';
import { legs } from './legs.js';
import * as small from './small.js';

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
