// What people paste onto pictures: lines of text and emoji-like shapes, drawn without any font.
import type { Random } from '../random/random.js';
import { hex, hsl } from '../texture/colour.js';
import { MOTIF_NAMES, placeMotif } from '../texture/motif.js';
import { drawText, textWidth } from '../text/font.js';
import { remark } from '../text/words.js';

interface Box {
  readonly width: number;
  readonly height: number;
}

/** A round face, a heart, a star or one of the motifs, inside a circle of `radius`. */
const emoji = (random: Random, x: number, y: number, radius: number): string => {
  const at = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius.toFixed(2)})`;
  switch (random.int(0, 3)) {
    case 0: {
      const smile = random.pick(['M-0.45 0.2Q0 0.75 0.45 0.2', 'M-0.4 0.35L0.4 0.35', 'M-0.45 0.15Q0 0.95 0.45 0.15Z']);
      return `<g transform="${at}"><circle r="0.97" fill="#ffcf3f" stroke="#d99a12" stroke-width="0.05"/><circle cx="-0.33" cy="-0.2" r="0.13" fill="#4a3413"/><circle cx="0.33" cy="-0.2" r="0.13" fill="#4a3413"/><path d="${smile}" stroke="#4a3413" stroke-width="0.12" fill="none" stroke-linecap="round"/></g>`;
    }
    case 1:
      return `<g transform="${at}"><path d="M0 0.9C-1.3 0 -0.8 -0.95 0 -0.35C0.8 -0.95 1.3 0 0 0.9Z" fill="#e2334c"/></g>`;
    case 2:
      return `<g transform="${at}"><circle r="0.95" fill="#2f9e5b"/><path d="M-0.45 0.05L-0.1 0.4L0.5 -0.35" stroke="#fff" stroke-width="0.2" fill="none" stroke-linecap="round" stroke-linejoin="round"/></g>`;
    default: {
      const hue = random.range(0, 360);
      return placeMotif(
        random.pick(MOTIF_NAMES),
        random,
        [hex(hsl(hue, 0.7, 0.55)), hex(hsl(hue + 40, 0.6, 0.8)), hex(hsl(hue + 180, 0.6, 0.4))],
        x,
        y,
        radius * 0.95,
      );
    }
  }
};

/** One emoji whose bounding square covers `area` of the picture. */
export const emojiOverlay = (random: Random, box: Box, area: number): string => {
  const radius = Math.sqrt(area * box.width * box.height) / 2;
  const x = random.range(radius, box.width - radius);
  const y = random.range(radius, box.height - radius);
  return emoji(random, x, y, radius);
};

/** One line of text whose bounding box covers at most `area` of the picture. */
export const textOverlay = (random: Random, box: Box, area: number): string => {
  const text = remark(random);
  const perUnit = textWidth(text, 1);
  const [padX, padY] = [0.7, 0.55];
  // Box = (width + 2 padX) x (1.5 + 2 padY) in units of the letter size.
  const unitArea = (perUnit + 2 * padX) * (1.3 + 2 * padY);
  const size = Math.min(
    Math.sqrt((area * box.width * box.height) / unitArea),
    (box.width * 0.94) / (perUnit + 2 * padX),
  );
  const w = size * (perUnit + 2 * padX);
  const h = size * (1.3 + 2 * padY);
  const x = random.range(0, box.width - w);
  const y = random.pick([random.range(0.02, 0.15), random.range(0.8, 0.96), random.range(0.1, 0.9)]) * (box.height - h);
  const plate = random.chance(0.5);
  const dark = random.chance(0.5);
  const back = plate
    ? `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" rx="${(size * 0.4).toFixed(1)}" fill="${dark ? '#141414' : '#ffffff'}" opacity="0.72"/>`
    : '';
  const colour = plate ? (dark ? '#ffffff' : '#181818') : hex(hsl(random.range(0, 360), 0.8, 0.7));
  return (
    back +
    drawText(text, x + size * padX, y + size * (padY + 1), {
      colour,
      size,
      weight: random.range(0.11, 0.19),
      ...(plate ? {} : { rim: '#000000' }),
    })
  );
};
