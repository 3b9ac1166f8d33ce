// Small drawn shapes in a unit circle: the alphabet of wallpapers, fabrics, posters and stickers.
import type { Random } from '../random/random.js';
import { round } from './vector.js';

/** SVG of a shape of radius about 1 round the origin, in the given fills. */
export type Motif = (random: Random, fills: readonly string[]) => string;

const fill = (fills: readonly string[], index: number): string => fills[index % fills.length] ?? '#888';
const polar = (radius: number, angle: number): string =>
  `${round(radius * Math.cos(angle))} ${round(radius * Math.sin(angle))}`;

const flower: Motif = (random, fills) => {
  const petals = random.int(5, 9);
  const width = random.range(0.2, 0.34);
  const parts = Array.from({ length: petals }, (_, i) => {
    const turn = (360 / petals) * i;
    return `<ellipse cx="0.58" cy="0" rx="0.42" ry="${round(width)}" fill="${fill(fills, 0)}" transform="rotate(${round(turn)})"/>`;
  });
  return `${parts.join('')}<circle r="0.24" fill="${fill(fills, 1)}"/><circle r="0.1" fill="${fill(fills, 2)}"/>`;
};

const star: Motif = (random, fills) => {
  const points = random.int(4, 8);
  const inner = random.range(0.35, 0.6);
  const path = Array.from({ length: points * 2 }, (_, i) =>
    polar(i % 2 ? inner : 1, (Math.PI * i) / points - Math.PI / 2),
  );
  return `<path d="M${path.join('L')}Z" fill="${fill(fills, 0)}"/>`;
};

const leaf: Motif = (_random, fills) =>
  `<path d="M-1 0Q0 -0.75 1 0Q0 0.75 -1 0Z" fill="${fill(fills, 0)}"/><path d="M-1 0L0.9 0M-0.4 0L0 -0.3M0 0L0.35 -0.25M-0.4 0L0 0.3M0 0L0.35 0.25" stroke="${fill(fills, 1)}" stroke-width="0.06" fill="none"/>`;

const branch: Motif = (random, fills) => {
  const pairs = random.int(3, 5);
  const parts: string[] = [
    `<path d="M0 1Q${round(random.range(-0.3, 0.3))} 0 0 -1" stroke="${fill(fills, 1)}" stroke-width="0.08" fill="none"/>`,
  ];
  for (let i = 0; i < pairs; i++) {
    const y = 0.7 - (1.5 * i) / pairs;
    const size = 0.45 - 0.05 * i;
    for (const side of [-1, 1])
      parts.push(
        `<g transform="translate(0 ${round(y)}) rotate(${side * -35}) scale(${round(side * size)} ${round(size)}) translate(1 0)"><path d="M-1 0Q0 -0.7 1 0Q0 0.7 -1 0Z" fill="${fill(fills, i % 2 ? 0 : 2)}"/></g>`,
      );
  }
  return parts.join('');
};

const rings: Motif = (random, fills) => {
  const count = random.int(2, 4);
  return Array.from({ length: count }, (_, i) => `<circle r="${round(1 - i / count)}" fill="${fill(fills, i)}"/>`).join(
    '',
  );
};

const diamond: Motif = (_random, fills) =>
  `<path d="M0 -1L0.7 0L0 1L-0.7 0Z" fill="${fill(fills, 0)}"/><path d="M0 -0.6L0.42 0L0 0.6L-0.42 0Z" fill="${fill(fills, 1)}"/>`;

const damask: Motif = (random, fills) => {
  const w = random.range(0.5, 0.8);
  const half = `M0 -1C${round(w)} -0.7 ${round(w * 0.4)} -0.4 ${round(w)} -0.1C${round(w * 1.2)} 0.2 ${round(w * 0.5)} 0.4 0.15 0.35C0.5 0.6 0.3 0.9 0 1Z`;
  const eye = `<ellipse cy="-0.25" rx="0.14" ry="0.28" fill="${fill(fills, 1)}"/><circle cy="0.6" r="0.1" fill="${fill(fills, 1)}"/>`;
  return `<path d="${half}" fill="${fill(fills, 0)}"/><path d="${half}" fill="${fill(fills, 0)}" transform="scale(-1 1)"/>${eye}`;
};

const boat: Motif = (_random, fills) =>
  `<path d="M-0.9 0.4L0.9 0.4L0.55 0.85L-0.55 0.85Z" fill="${fill(fills, 0)}"/><path d="M0 -1L0 0.3L-0.7 0.3Z" fill="${fill(fills, 1)}"/><path d="M0.08 -0.7L0.08 0.3L0.65 0.3Z" fill="${fill(fills, 2)}"/>`;

const house: Motif = (_random, fills) =>
  `<rect x="-0.7" y="-0.1" width="1.4" height="1" fill="${fill(fills, 0)}"/><path d="M-0.9 -0.1L0 -0.95L0.9 -0.1Z" fill="${fill(fills, 1)}"/><rect x="-0.15" y="0.35" width="0.32" height="0.55" fill="${fill(fills, 2)}"/><rect x="-0.55" y="0.1" width="0.25" height="0.25" fill="${fill(fills, 2)}"/><rect x="0.32" y="0.1" width="0.25" height="0.25" fill="${fill(fills, 2)}"/>`;

const tree: Motif = (_random, fills) =>
  `<rect x="-0.1" y="0.3" width="0.2" height="0.7" fill="${fill(fills, 1)}"/><circle cy="-0.25" r="0.65" fill="${fill(fills, 0)}"/><circle cx="-0.35" cy="0.1" r="0.4" fill="${fill(fills, 0)}"/><circle cx="0.35" cy="0.1" r="0.4" fill="${fill(fills, 2)}"/>`;

const cloud: Motif = (_random, fills) =>
  `<g fill="${fill(fills, 0)}"><circle cx="-0.45" cy="0.15" r="0.4"/><circle cx="0.05" cy="-0.15" r="0.52"/><circle cx="0.5" cy="0.15" r="0.38"/><rect x="-0.6" y="0.1" width="1.2" height="0.45" rx="0.2"/></g>`;

const butterfly: Motif = (_random, fills) =>
  `<g fill="${fill(fills, 0)}"><ellipse cx="0.45" cy="-0.35" rx="0.5" ry="0.4"/><ellipse cx="-0.45" cy="-0.35" rx="0.5" ry="0.4"/></g><g fill="${fill(fills, 2)}"><ellipse cx="0.35" cy="0.35" rx="0.35" ry="0.32"/><ellipse cx="-0.35" cy="0.35" rx="0.35" ry="0.32"/></g><rect x="-0.06" y="-0.6" width="0.12" height="1.2" rx="0.06" fill="${fill(fills, 1)}"/>`;

const fish: Motif = (_random, fills) =>
  `<ellipse cx="-0.1" rx="0.72" ry="0.42" fill="${fill(fills, 0)}"/><path d="M0.5 0L1 -0.45L1 0.45Z" fill="${fill(fills, 1)}"/><circle cx="-0.5" cy="-0.1" r="0.09" fill="${fill(fills, 2)}"/><path d="M-0.2 -0.4Q0 0 -0.2 0.4" stroke="${fill(fills, 1)}" stroke-width="0.08" fill="none"/>`;

const mushroom: Motif = (_random, fills) =>
  `<path d="M-0.25 0.1L-0.2 0.9L0.2 0.9L0.25 0.1Z" fill="${fill(fills, 1)}"/><path d="M-0.9 0.2Q-0.8 -0.9 0 -0.9Q0.8 -0.9 0.9 0.2Z" fill="${fill(fills, 0)}"/><circle cx="-0.35" cy="-0.25" r="0.14" fill="${fill(fills, 2)}"/><circle cx="0.3" cy="-0.4" r="0.17" fill="${fill(fills, 2)}"/><circle cx="0.45" cy="0" r="0.1" fill="${fill(fills, 2)}"/>`;

const spiral: Motif = (_random, fills) => {
  const path = Array.from({ length: 40 }, (_, i) => polar(i / 40, i * 0.42));
  return `<path d="M${path.join('L')}" stroke="${fill(fills, 0)}" stroke-width="0.14" fill="none" stroke-linecap="round"/>`;
};

export const MOTIFS: Readonly<Record<string, Motif>> = {
  flower,
  star,
  leaf,
  branch,
  rings,
  diamond,
  damask,
  boat,
  house,
  tree,
  cloud,
  butterfly,
  fish,
  mushroom,
  spiral,
};
export const MOTIF_NAMES = Object.keys(MOTIFS);

/** One motif placed at x, y with a radius and a turn in degrees. */
export const placeMotif = (
  name: string,
  random: Random,
  fills: readonly string[],
  x: number,
  y: number,
  radius: number,
  turn = 0,
): string => {
  const motif = MOTIFS[name] ?? rings;
  return `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(turn)}) scale(${round(radius)})">${motif(random, fills)}</g>`;
};
