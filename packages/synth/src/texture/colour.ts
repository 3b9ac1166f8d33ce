// Colours and palettes that go together, picked like a decorator picks them: one base, its neighbours, one accent.
import type { Random } from '../random/random.js';

export type Rgb = readonly [number, number, number];

/** h in degrees, s and l in 0..1, result 0..255. */
export const hsl = (h: number, s: number, l: number): Rgb => {
  const hue = ((h % 360) + 360) % 360;
  const a = s * Math.min(l, 1 - l);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return 255 * (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
};

export const hex = ([r, g, b]: Rgb): string =>
  `#${[r, g, b]
    .map((c) =>
      Math.max(0, Math.min(255, Math.round(c)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** A reflectance (linear 0..1) from a display colour. */
export const linear = (colour: Rgb): [number, number, number] => [
  (colour[0] / 255) ** 2,
  (colour[1] / 255) ** 2,
  (colour[2] / 255) ** 2,
];

export interface Palette {
  /** Light ground. */
  readonly ground: Rgb;
  readonly soft: Rgb;
  readonly main: Rgb;
  readonly deep: Rgb;
  readonly accent: Rgb;
}

export const createPalette = (random: Random, mood: 'light' | 'dark' | 'vivid' = 'light'): Palette => {
  const hue = random.range(0, 360);
  const spread = random.pick([18, 32, -24, -40]);
  const opposite = hue + random.pick([150, 180, 200, 120, -120]);
  const s = mood === 'vivid' ? random.range(0.36, 0.64) : random.range(0.14, 0.42);
  const ground =
    mood === 'dark' ? hsl(hue, s * 0.8, random.range(0.2, 0.34)) : hsl(hue, s * 0.7, random.range(0.78, 0.92));
  return {
    ground,
    soft: mood === 'dark' ? hsl(hue + spread, s, 0.42) : hsl(hue + spread, s * 0.8, random.range(0.62, 0.74)),
    main: hsl(hue + spread / 2, s, random.range(0.4, 0.55)),
    deep: hsl(hue - spread / 2, s * 0.9, mood === 'dark' ? 0.72 : random.range(0.2, 0.32)),
    accent: hsl(opposite, Math.min(0.7, s + 0.16), random.range(0.45, 0.6)),
  };
};
