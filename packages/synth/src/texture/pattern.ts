// Repeating printed patterns: the families that wallpaper, bedding, curtains and rugs are made of.
import type { Random } from '../random/random.js';
import { hex, mix, type Palette } from './colour.js';
import { MOTIF_NAMES, placeMotif } from './motif.js';
import { round, wrapped } from './vector.js';

/** Repeating SVG content in a box of 100 units, and its ground colour. */
export interface Pattern {
  readonly content: string;
  readonly ground: string;
}

type Family = (random: Random, palette: Palette) => string;

const bar = (x: number, width: number, colour: string, opacity = 1): string =>
  `<rect x="${round(x)}" y="-5" width="${round(width)}" height="110" fill="${colour}" opacity="${opacity}"/>`;
const band = (y: number, height: number, colour: string, opacity = 1): string =>
  `<rect x="-5" y="${round(y)}" width="110" height="${round(height)}" fill="${colour}" opacity="${opacity}"/>`;

const stripes: Family = (random, palette) => {
  const count = random.int(2, 6);
  const step = 100 / count;
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    parts.push(bar(i * step, step * 0.5, hex(i % 2 ? palette.main : palette.soft)));
    parts.push(bar(i * step + step * 0.7, step * 0.08, hex(palette.deep)));
    parts.push(bar(i * step + step * 0.84, step * 0.04, hex(palette.accent)));
  }
  return parts.join('');
};

const plaid: Family = (random, palette) => {
  const parts: string[] = [];
  const colours = [palette.main, palette.deep, palette.accent, palette.soft];
  for (let i = 0; i < random.int(4, 7); i++) {
    const at = random.range(0, 96);
    const width = random.range(2, 18);
    const colour = hex(random.pick(colours));
    parts.push(bar(at, width, colour, 0.5), band(at, width, colour, 0.5));
  }
  return wrapped(parts.join(''), 100);
};

const lattice: Family = (random, palette) => {
  const name = random.pick(MOTIF_NAMES);
  const columns = random.int(2, 4);
  const step = 100 / columns;
  const fills = [hex(palette.main), hex(palette.accent), hex(palette.deep)];
  const shape = random.fork('shape');
  const parts: string[] = [];
  for (let row = 0; row < columns * 2; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (column + (row % 2 ? 0.75 : 0.25)) * step;
      const y = (row + 0.5) * (step / 2);
      parts.push(
        placeMotif(name, shape.fork('same'), row % 2 ? fills : [fills[2] ?? '', ...fills], x, y, step * 0.27, 0),
      );
    }
  }
  return wrapped(parts.join(''), 100);
};

const scatter: Family = (random, palette) => {
  const names = [random.pick(MOTIF_NAMES), random.pick(MOTIF_NAMES), random.pick(MOTIF_NAMES)];
  const colours = [hex(palette.main), hex(palette.accent), hex(palette.deep), hex(palette.soft)];
  const parts: string[] = [];
  const placed: { x: number; y: number; r: number }[] = [];
  for (let tries = 0; tries < 240 && placed.length < 34; tries++) {
    const r = random.range(3, 11);
    const x = random.range(0, 100);
    const y = random.range(0, 100);
    const wrap = (d: number): number => Math.min(Math.abs(d), 100 - Math.abs(d));
    if (placed.some((p) => Math.hypot(wrap(p.x - x), wrap(p.y - y)) < p.r + r + 1)) continue;
    placed.push({ x, y, r });
    parts.push(placeMotif(random.pick(names), random, random.shuffle(colours), x, y, r, random.range(0, 360)));
  }
  return wrapped(parts.join(''), 100);
};

const vines: Family = (random, palette) => {
  const parts: string[] = [];
  const columns = random.int(2, 3);
  const step = 100 / columns;
  const swing = step * random.range(0.16, 0.3);
  for (let c = 0; c < columns; c++) {
    const x = (c + 0.5) * step;
    parts.push(
      `<path d="M${x} -10C${x + swing} 15 ${x - swing} 40 ${x} 50S${x - swing} 85 ${x} 110" transform="translate(0 -0)" stroke="${hex(palette.deep)}" stroke-width="1.2" fill="none"/>`,
    );
    for (let i = 0; i < 8; i++) {
      const side = i % 2 ? 1 : -1;
      const y = i * 12.5 + 4;
      parts.push(
        placeMotif(
          'leaf',
          random,
          [hex(palette.main), hex(palette.deep)],
          x + side * step * 0.17,
          y,
          step * 0.15,
          side > 0 ? -35 : 215,
        ),
      );
      if (i % 2 === 0)
        parts.push(
          placeMotif(
            'flower',
            random.fork('bloom'),
            [hex(palette.accent), hex(palette.ground), hex(palette.deep)],
            x - side * step * 0.2,
            y + 4,
            step * 0.13,
            i * 40,
          ),
        );
    }
  }
  return wrapped(parts.join(''), 100);
};

const chevron: Family = (random, palette) => {
  const rows = random.int(4, 8);
  const h = 100 / rows;
  const teeth = random.int(3, 6);
  const w = 100 / teeth;
  const colours = [palette.main, palette.soft, palette.deep, palette.ground, palette.accent];
  const parts: string[] = [];
  for (let r = -2; r < rows + 1; r++) {
    const points: string[] = [];
    for (let t = 0; t <= teeth * 2; t++) points.push(`${round((t * w) / 2)} ${round(r * h + (t % 2 ? h * 0.8 : 0))}`);
    const thickness = h * 0.55;
    const back = [...points].reverse().map((p) => {
      const [x = '0', y = '0'] = p.split(' ');
      return `${x} ${round(Number(y) + thickness)}`;
    });
    parts.push(
      `<path d="M${points.join('L')}L${back.join('L')}Z" fill="${hex(colours[(r + rows) % Math.min(rows, 5)] ?? palette.main)}"/>`,
    );
  }
  return wrapped(parts.join(''), 100);
};

const triangles: Family = (random, palette) => {
  const n = random.int(4, 7);
  const s = 100 / n;
  const colours = [palette.main, palette.soft, palette.deep, palette.ground, palette.accent].map(hex);
  const parts: string[] = [];
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const [x0, y0, x1, y1] = [x * s, y * s, (x + 1) * s, (y + 1) * s].map(round);
      parts.push(`<path d="M${x0} ${y0}L${x1} ${y0}L${x0} ${y1}Z" fill="${random.pick(colours)}"/>`);
      parts.push(`<path d="M${x1} ${y1}L${x1} ${y0}L${x0} ${y1}Z" fill="${random.pick(colours)}"/>`);
    }
  return parts.join('');
};

const patchwork: Family = (random, palette) => {
  const n = random.int(4, 5);
  const s = 100 / n;
  const tones = [
    palette.main,
    palette.soft,
    palette.deep,
    palette.ground,
    palette.accent,
    mix(palette.main, palette.accent, 0.5),
  ];
  const parts: string[] = [];
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const [a, b, c] = random.shuffle(tones).map(hex);
      const origin = `translate(${round(x * s)} ${round(y * s)}) scale(${round(s)})`;
      const inner = random.pick([
        `<rect width="1" height="1" fill="${a}"/><path d="M0 0L1 0L0 1Z" fill="${b}"/>`,
        `<rect width="1" height="1" fill="${a}"/><rect x="0.25" y="0.25" width="0.5" height="0.5" fill="${b}" transform="rotate(45 0.5 0.5)"/>`,
        `<rect width="1" height="1" fill="${a}"/><g fill="${b}"><circle cx="0.25" cy="0.25" r="0.11"/><circle cx="0.75" cy="0.75" r="0.11"/><circle cx="0.25" cy="0.75" r="0.11"/><circle cx="0.75" cy="0.25" r="0.11"/></g>`,
        `<rect width="1" height="1" fill="${a}"/><rect width="1" height="0.34" fill="${b}"/><rect y="0.67" width="1" height="0.33" fill="${c}"/>`,
      ]);
      parts.push(
        `<g transform="${origin}">${inner}<rect width="1" height="1" fill="none" stroke="#ffffff" stroke-opacity="0.45" stroke-width="0.03" stroke-dasharray="0.06 0.05"/></g>`,
      );
    }
  return parts.join('');
};

const scales: Family = (random, palette) => {
  const n = random.int(4, 7);
  const s = 100 / n;
  const colours = [hex(palette.main), hex(palette.soft), hex(palette.deep)];
  const parts: string[] = [];
  for (let row = -1; row <= n * 2; row++)
    for (let c = -1; c <= n; c++) {
      const x = (c + (row % 2 ? 0.5 : 0)) * s;
      const y = (row * s) / 2;
      const j = ((row + 2) * 7 + ((c + n) % n) * 3) % 3;
      parts.push(
        `<circle cx="${round(x)}" cy="${round(y)}" r="${round(s / 2)}" fill="${colours[j]}" stroke="${hex(palette.ground)}" stroke-width="${round(s * 0.06)}"/>`,
      );
    }
  return parts.join('');
};

const medallions: Family = (random, palette) => {
  const parts: string[] = [];
  const petals = random.fork('petals');
  for (const [x, y] of [
    [25, 25],
    [75, 75],
    [25, 75],
    [75, 25],
  ] as const) {
    const big = x === y;
    parts.push(
      placeMotif(
        'rings',
        petals.fork('r'),
        [hex(palette.soft), hex(palette.ground), hex(palette.main)],
        x,
        y,
        big ? 23 : 12,
      ),
    );
    parts.push(
      placeMotif(
        'flower',
        petals.fork(big ? 'a' : 'b'),
        [hex(palette.deep), hex(palette.accent), hex(palette.ground)],
        x,
        y,
        big ? 17 : 9,
      ),
    );
  }
  parts.push(`<path d="M0 50L50 0L100 50L50 100Z" fill="none" stroke="${hex(palette.deep)}" stroke-width="1.5"/>`);
  return wrapped(parts.join(''), 100);
};

const FAMILIES = {
  stripes,
  plaid,
  lattice,
  scatter,
  vines,
  chevron,
  triangles,
  patchwork,
  scales,
  medallions,
} as const;
export type PatternName = keyof typeof FAMILIES;

export const WALL_PATTERNS: readonly PatternName[] = [
  'stripes',
  'lattice',
  'scatter',
  'vines',
  'medallions',
  'scales',
  'triangles',
  'lattice',
];
export const CLOTH_PATTERNS: readonly PatternName[] = [
  'plaid',
  'patchwork',
  'scatter',
  'chevron',
  'medallions',
  'stripes',
  'vines',
  'triangles',
  'lattice',
];

export const drawPattern = (name: PatternName, random: Random, palette: Palette): Pattern => ({
  content: FAMILIES[name](random, palette),
  ground: hex(palette.ground),
});
