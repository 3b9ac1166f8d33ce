// Furniture that things stand on and in: shelves, chests, wardrobes, night stands.
import type { Item, Maker } from './item.js';
import { legs } from './legs.js';
import * as small from './small.js';

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
      b.box([-width / 2 + ((width - t) * i) / bays, 0, 0], [t, height, depth], kit.uprightWood, ['bottom']);
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
    b.box([-width / 2, 0, 0], [width, height, depth], kit.uprightWood, ['bottom', 'back']);
    const w = width / doors;
    for (let i = 0; i < doors; i++) {
      const x = -width / 2 + i * w;
      b.box([x + 0.006, 0.06, depth], [w - 0.012, height - 0.09, 0.02], kit.uprightWood, ['back']);
      b.box([x + 0.09, 0.16, depth + 0.02], [w - 0.18, height * 0.4, 0.008], kit.uprightWood2, ['back']);
      b.box([x + 0.09, height * 0.5, depth + 0.02], [w - 0.18, height * 0.42, 0.008], kit.uprightWood2, ['back']);
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
