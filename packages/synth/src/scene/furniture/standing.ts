// What stands about in corners: floor lamps, plants, toys.
import type { Maker } from './item.js';
import * as small from './small.js';

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
