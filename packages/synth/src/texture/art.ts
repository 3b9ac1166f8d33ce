// What hangs on walls and lies on tables: posters, prints, postcards, stamp sheets. Never a person in any of them.
import type { Random } from '../random/random.js';
import { createPalette, hex, mix, type Palette } from './colour.js';
import { MOTIF_NAMES, placeMotif } from './motif.js';
import { round } from './vector.js';
import { drawPattern, WALL_PATTERNS } from './pattern.js';

type Painter = (random: Random, palette: Palette) => string;

const ridge = (random: Random, y: number, height: number, colour: string): string => {
  const points: string[] = [];
  let offset = 0;
  for (let x = 0; x <= 100; x += 5) {
    offset = offset * 0.7 + random.range(-height, height) * 0.5;
    points.push(`${x} ${round(y + offset)}`);
  }
  return `<path d="M0 100L${points.join('L')}L100 100Z" fill="${colour}"/>`;
};

const hills: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(p.ground)}"/>`];
  parts.push(
    `<circle cx="${round(random.range(20, 80))}" cy="${round(random.range(15, 40))}" r="${round(random.range(6, 14))}" fill="${hex(p.accent)}"/>`,
  );
  const layers = random.int(3, 6);
  for (let i = 0; i < layers; i++)
    parts.push(ridge(random, 38 + (i * 55) / layers, 14 - i * 1.5, hex(mix(p.soft, p.deep, i / (layers - 1)))));
  for (let i = 0; i < random.int(0, 9); i++) {
    const y = random.range(70, 95);
    parts.push(
      placeMotif('tree', random, [hex(p.deep), hex(p.main), hex(p.deep)], random.range(3, 97), y, (y - 55) * 0.25),
    );
  }
  return parts.join('');
};

const harbour: Painter = (random, p) => {
  const parts = [
    `<rect width="100" height="56" fill="${hex(p.ground)}"/><rect y="55" width="100" height="45" fill="${hex(p.main)}"/>`,
  ];
  parts.push(ridge(random, 52, 8, hex(p.soft)), `<rect y="56" width="100" height="44" fill="${hex(p.main)}"/>`);
  for (let i = 0; i < random.int(3, 7); i++) {
    const y = random.range(58, 90);
    parts.push(
      placeMotif(
        'boat',
        random,
        random.shuffle([hex(p.deep), hex(p.ground), hex(p.accent)]),
        random.range(5, 95),
        y,
        (y - 45) * 0.24,
      ),
    );
  }
  for (let i = 0; i < 26; i++)
    parts.push(
      `<rect x="${round(random.range(0, 95))}" y="${round(random.range(58, 99))}" width="${round(random.range(3, 14))}" height="0.6" fill="#fff" opacity="0.4"/>`,
    );
  return parts.join('');
};

const town: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(p.ground)}"/>`];
  const colours = [p.main, p.accent, p.soft, p.deep, mix(p.main, p.accent, 0.5)].map(hex);
  for (let row = 0; row < 2; row++) {
    let x = -4;
    while (x < 100) {
      const w = random.range(8, 20);
      const top = random.range(20, 50) + row * 26;
      const colour = random.pick(colours);
      parts.push(`<rect x="${round(x)}" y="${round(top)}" width="${round(w)}" height="100" fill="${colour}"/>`);
      if (random.chance(0.6))
        parts.push(
          `<path d="M${round(x - 1)} ${round(top)}L${round(x + w / 2)} ${round(top - w * 0.6)}L${round(x + w + 1)} ${round(top)}Z" fill="${hex(p.deep)}"/>`,
        );
      for (let wy = top + 4; wy < 92; wy += 8)
        for (let wx = x + 2; wx < x + w - 3; wx += 5)
          parts.push(
            `<rect x="${round(wx)}" y="${round(wy)}" width="2.4" height="4" fill="${random.chance(0.3) ? '#fff3c0' : hex(p.ground)}" opacity="0.85"/>`,
          );
      x += w;
    }
  }
  return parts.join('');
};

const bauhaus: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(p.ground)}"/>`];
  const colours = [p.main, p.accent, p.deep, p.soft].map(hex);
  const n = random.int(2, 4);
  const s = 100 / n;
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const [a, b] = random.shuffle(colours);
      const shape = random.pick([
        `<path d="M0 0A1 1 0 0 1 1 1L0 1Z" fill="${b}"/>`,
        `<circle cx="0.5" cy="0.5" r="0.5" fill="${b}"/><circle cx="0.5" cy="0.5" r="0.22" fill="${a}"/>`,
        `<path d="M0 0L1 1L0 1Z" fill="${b}"/>`,
        `<rect width="0.5" height="1" fill="${b}"/>`,
        `<path d="M0 0.5A0.5 0.5 0 0 1 1 0.5Z" fill="${b}"/><path d="M0 1A0.5 0.5 0 0 1 1 1Z" fill="${b}"/>`,
      ]);
      parts.push(
        `<g transform="translate(${round(x * s)} ${round(y * s)}) scale(${round(s)}) rotate(${random.int(0, 3) * 90} 0.5 0.5)"><rect width="1" height="1" fill="${a}"/>${shape}</g>`,
      );
    }
  return parts.join('');
};

const botanical: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(mix(p.ground, [250, 246, 235], 0.6))}"/>`];
  for (let i = 0; i < random.int(2, 4); i++)
    parts.push(
      placeMotif(
        'branch',
        random,
        [hex(p.main), hex(p.deep), hex(p.soft)],
        random.range(25, 75),
        random.range(45, 62),
        random.range(26, 44),
        random.range(-28, 28),
      ),
    );
  for (let i = 0; i < random.int(2, 5); i++)
    parts.push(
      placeMotif(
        'flower',
        random,
        [hex(p.accent), hex(p.ground), hex(p.deep)],
        random.range(20, 80),
        random.range(14, 60),
        random.range(6, 13),
        random.range(0, 90),
      ),
    );
  return parts.join('');
};

/** A sheet of perforated stamps, each with its own small picture. */
const stampSheet: Painter = (random, p) => {
  const columns = random.int(3, 5);
  const rows = random.int(3, 5);
  const w = 92 / columns;
  const h = 92 / rows;
  const parts = [`<rect width="100" height="100" fill="${hex(mix(p.deep, [40, 40, 46], 0.5))}"/>`];
  const vary = random.chance(0.6);
  const name = random.pick(MOTIF_NAMES);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const colours = random.shuffle([p.main, p.accent, p.soft, p.deep].map(hex));
      const left = 4 + x * w;
      const top = 4 + y * h;
      parts.push(
        `<rect x="${round(left + 1)}" y="${round(top + 1)}" width="${round(w - 2)}" height="${round(h - 2)}" fill="#f6f1e4" stroke="#f6f1e4" stroke-width="1.6" stroke-dasharray="1 1"/>`,
      );
      parts.push(
        `<rect x="${round(left + 3)}" y="${round(top + 3)}" width="${round(w - 6)}" height="${round(h - 6)}" fill="${colours[0]}"/>`,
      );
      parts.push(
        placeMotif(
          vary ? random.pick(MOTIF_NAMES) : name,
          random,
          colours.slice(1),
          left + w / 2,
          top + h / 2,
          Math.min(w, h) * 0.28,
        ),
      );
    }
  return parts.join('');
};

const arcs: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(p.ground)}"/>`];
  const colours = [p.main, p.accent, p.deep, p.soft].map(hex);
  for (let i = 0; i < random.int(7, 14); i++) {
    const r = random.range(5, 40);
    const common = `cx="${round(random.range(0, 100))}" cy="${round(random.range(0, 100))}" r="${round(r)}"`;
    parts.push(
      random.chance(0.5)
        ? `<circle ${common} fill="${random.pick(colours)}" opacity="0.8"/>`
        : `<circle ${common} fill="none" stroke="${random.pick(colours)}" stroke-width="${round(random.range(1, 8))}"/>`,
    );
  }
  return parts.join('');
};

const map: Painter = (random, p) => {
  const parts = [`<rect width="100" height="100" fill="${hex(p.soft)}"/>`];
  for (let i = 0; i < 5; i++) {
    const cx = random.range(5, 95);
    const cy = random.range(5, 95);
    const outline = Array.from({ length: 16 }, (_, k) => {
      const r = random.range(8, 28);
      return `${round(cx + r * Math.cos((k * Math.PI) / 8))} ${round(cy + r * Math.sin((k * Math.PI) / 8))}`;
    });
    parts.push(
      `<path d="M${outline.join('L')}Z" fill="${hex(i % 2 ? p.ground : mix(p.ground, p.main, 0.4))}" stroke="${hex(p.deep)}" stroke-width="0.6"/>`,
    );
  }
  for (let i = 0; i < 9; i++)
    parts.push(
      `<path d="M${round(random.range(0, 100))} 0Q${round(random.range(0, 100))} 50 ${round(random.range(0, 100))} 100" fill="none" stroke="${hex(i % 3 ? p.deep : p.accent)}" stroke-width="${i % 3 ? 0.4 : 1.2}"/>`,
    );
  for (let i = 1; i < 10; i++)
    parts.push(
      `<path d="M${i * 10} 0V100M0 ${i * 10}H100" stroke="#ffffff" stroke-opacity="0.35" stroke-width="0.4"/>`,
    );
  return parts.join('');
};

const textile: Painter = (random, p) => {
  const pattern = drawPattern(random.pick(WALL_PATTERNS), random, p);
  return `<rect width="100" height="100" fill="${pattern.ground}"/>${pattern.content}`;
};

const PAINTERS: readonly Painter[] = [hills, harbour, town, bauhaus, botanical, stampSheet, arcs, map, hills, textile];

/** SVG content in a box of 100 units. */
export const drawArt = (random: Random): string =>
  random.pick(PAINTERS)(random, createPalette(random, random.pick(['light', 'vivid', 'dark'])));

/** Only scenes that a postcard would show. */
export const drawPostcardArt = (random: Random): string =>
  random.pick([hills, harbour, town, botanical])(random, createPalette(random, random.pick(['light', 'vivid'])));

export const drawStampSheet = (random: Random): string => stampSheet(random, createPalette(random, 'vivid'));
