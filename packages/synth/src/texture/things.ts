// Pictures on particular things: a row of book spines, and what is seen through a window.
import type { Random } from '../random/random.js';
import { fractalNoise } from '../random/noise.js';
import { hex, hsl, mix, type Rgb } from './colour.js';
import { placeMotif } from './motif.js';
import { createTexture, modulate, type Texture } from './texture.js';
import { rasterise, round, vectorTexture } from './vector.js';

export const SPINES = 16;

/** Sixteen book spines side by side, each a sixteenth of the width. */
export const drawBookSpines = async (random: Random): Promise<Texture> => {
  const parts: string[] = [];
  const step = 100 / SPINES;
  for (let i = 0; i < SPINES; i++) {
    const x = i * step;
    const colour = hsl(random.range(0, 360), random.range(0.1, 0.65), random.range(0.16, 0.72));
    const ink = hex(mix(colour, random.chance(0.5) ? [250, 240, 210] : [30, 26, 24], 0.8));
    parts.push(`<rect x="${round(x)}" width="${round(step)}" height="100" fill="${hex(colour)}"/>`);
    const bands = random.int(0, 3);
    for (let b = 0; b < bands; b++)
      parts.push(
        `<rect x="${round(x)}" y="${round(random.pick([6, 10, 82, 88, 92]))}" width="${round(step)}" height="${round(random.range(0.6, 3))}" fill="${ink}"/>`,
      );
    // A title as a run of short strokes: reads as print from where a camera stands.
    let y = random.range(16, 26);
    const end = random.range(45, 78);
    while (y < end) {
      const run = random.range(1, 3.2);
      parts.push(
        `<rect x="${round(x + step * 0.32)}" y="${round(y)}" width="${round(step * random.range(0.25, 0.4))}" height="${round(run * 0.7)}" fill="${ink}"/>`,
      );
      y += run;
    }
    if (random.chance(0.4))
      parts.push(
        placeMotif(
          random.pick(['diamond', 'star', 'rings', 'leaf']),
          random,
          [ink, hex(colour), ink],
          x + step / 2,
          87,
          step * 0.28,
        ),
      );
    parts.push(
      `<rect x="${round(x)}" width="${round(step * 0.12)}" height="100" fill="#000" opacity="0.35"/><rect x="${round(x + step * 0.88)}" width="${round(step * 0.12)}" height="100" fill="#000" opacity="0.3"/>`,
    );
  }
  return vectorTexture(parts.join(''), 100, 512, '#403830', 'paper');
};

/** The outdoors through a window: sky with clouds, hills or roofs, trees; or the same by night. */
export const drawView = async (random: Random, night: boolean): Promise<Texture> => {
  const size = 512;
  const skyTop: Rgb = night ? [10, 14, 34] : hsl(random.range(200, 222), 0.5, random.range(0.6, 0.75));
  const skyLow: Rgb = night ? [38, 36, 54] : hsl(random.range(190, 230), 0.25, 0.9);
  const dim = (colour: Rgb): Rgb => (night ? mix([6, 8, 16], colour, 0.16) : colour);
  const parts: string[] = [
    `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hex(skyTop)}"/><stop offset="0.75" stop-color="${hex(skyLow)}"/></linearGradient></defs><rect width="100" height="100" fill="url(#s)"/>`,
  ];
  for (let layer = 0; layer < 3; layer++) {
    const points: string[] = [];
    let y = 46 + layer * 9;
    for (let x = 0; x <= 100; x += 4) {
      y += random.range(-2.4, 2.4);
      points.push(`${x} ${round(y)}`);
    }
    const colour = dim(mix(hsl(random.range(95, 130), 0.3, 0.32 + 0.06 * layer), skyLow, 0.55 - layer * 0.25));
    parts.push(`<path d="M0 100L${points.join('L')}L100 100Z" fill="${hex(colour)}"/>`);
  }
  const houses = random.int(0, 5);
  for (let i = 0; i < houses; i++) {
    const r = random.range(7, 14);
    const walls = dim(hsl(random.range(15, 50), random.range(0.2, 0.5), random.range(0.5, 0.8)));
    const panes = night && random.chance(0.8) ? '#ffd98a' : hex(dim([70, 84, 100]));
    parts.push(
      placeMotif(
        'house',
        random,
        [hex(walls), hex(dim(hsl(random.range(5, 25), 0.45, 0.32))), panes],
        random.range(0, 100),
        random.range(66, 78),
        r,
      ),
    );
  }
  for (let i = 0; i < random.int(4, 10); i++) {
    const green = dim(hsl(random.range(80, 130), random.range(0.25, 0.5), random.range(0.2, 0.38)));
    parts.push(
      placeMotif(
        'tree',
        random,
        [hex(green), hex(dim([70, 52, 38])), hex(mix(green, [0, 0, 0], 0.2))],
        random.range(0, 100),
        random.range(70, 92),
        random.range(8, 20),
      ),
    );
  }
  const pixels = await rasterise(parts.join(''), 100, size);
  const offset = random.range(0, 200);
  if (!night) {
    const cover = random.range(0.4, 0.6);
    for (let y = 0; y < size * 0.55; y++)
      for (let x = 0; x < size; x++) {
        const cloud =
          Math.max(0, Math.min(1, (fractalNoise(x / 90 + offset, y / 45, 5) - cover) * 5)) * (1 - y / (size * 0.6));
        const at = (y * size + x) * 3;
        for (let c = 0; c < 3; c++)
          pixels[at + c] = (pixels[at + c] as number) + (250 - (pixels[at + c] as number)) * cloud * 0.9;
      }
  }
  modulate(size, pixels, 0.35, (x, y) => (y > size * 0.45 ? fractalNoise(x / 6 + offset, y / 6, 4) - 0.5 : 0));
  return createTexture(size, pixels);
};
