// Printed cards on a fixed template: auction cards, framed postcards, album pages. Same layout, other content.
import type { Random } from '../random/random.js';
import { createRandom } from '../random/random.js';
import { drawText, textWidth } from '../text/font.js';
import { cardLine, greeting, stampLine, TOWNS } from '../text/words.js';
import { drawPostcardArt, drawStampSheet } from './art.js';
import { createPalette, hex, mix } from './colour.js';

export type TemplateKind = 'auction card' | 'postcard' | 'album page';
export const TEMPLATE_KINDS: readonly TemplateKind[] = ['auction card', 'postcard', 'album page'];

/** A drawing in a box of 1000 x 750 units. */
export const CARD_BOX = { width: 1000, height: 750 } as const;

const art = (content: string, id: string, x: number, y: number, w: number, h: number): string => {
  const k = Math.max(w, h) / 100;
  return `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath><g clip-path="url(#${id})"><g transform="translate(${x - (100 * k - w) / 2} ${y - (100 * k - h) / 2}) scale(${k})">${content}</g></g>`;
};

const fitted = (text: string, x: number, y: number, maxWidth: number, size: number, colour: string): string => {
  const width = textWidth(text, size);
  return drawText(text, x, y, { colour, size: width > maxWidth ? (size * maxWidth) / width : size });
};

const auctionCard = (template: Random, random: Random): string => {
  const p = createPalette(template, 'light');
  const house = `${template.pick(TOWNS)} auctions`;
  const ink = hex(mix(p.deep, [20, 20, 24], 0.5));
  return [
    `<rect width="1000" height="750" fill="${hex(mix(p.ground, [255, 255, 255], 0.6))}"/><rect width="1000" height="70" fill="${hex(p.main)}"/>`,
    drawText(house, 30, 48, { colour: '#fff', size: 28, weight: 0.16 }),
    art(random.chance(0.5) ? drawPostcardArt(random) : drawStampSheet(random), 'a', 40, 95, 920, 525),
    `<rect x="40" y="95" width="920" height="525" fill="none" stroke="${ink}" stroke-width="4"/>`,
    fitted(`Lot ${random.int(100, 999)}: ${stampLine(random)}`, 40, 668, 700, 22, ink),
    fitted(`Estimate ${random.int(5, 90)} - ${random.int(95, 300)} coins`, 40, 715, 480, 20, ink),
    `<rect x="780" y="640" width="180" height="80" rx="10" fill="${hex(p.accent)}"/>`,
    drawText(`No. ${random.int(10, 99)}`, 815, 692, { colour: '#fff', size: 28 }),
  ].join('');
};

const postcard = (template: Random, random: Random): string => {
  const p = createPalette(template, 'light');
  const ink = hex(template.pick([p.deep, p.main]));
  const title = greeting(random);
  const size = Math.min(46, (860 / textWidth(title, 1)) * 0.9);
  return [
    `<rect width="1000" height="750" fill="#f7f1e3"/>`,
    art(drawPostcardArt(random), 'a', 45, 45, 910, 590),
    `<rect x="45" y="45" width="910" height="590" fill="none" stroke="${ink}" stroke-width="5"/><rect x="30" y="30" width="940" height="690" fill="none" stroke="${ink}" stroke-width="2"/>`,
    drawText(title, (1000 - textWidth(title, size)) / 2, 695, { colour: ink, size, weight: 0.14, slant: -10 }),
  ].join('');
};

const albumPage = (template: Random, random: Random): string => {
  const p = createPalette(template, 'light');
  const ink = hex(p.deep);
  const parts = [`<rect width="1000" height="750" fill="${hex(mix(p.ground, [244, 238, 222], 0.7))}"/>`];
  for (let row = 0; row < 2; row++)
    for (let column = 0; column < 3; column++) {
      const x = 35 + column * 315;
      const y = 60 + row * 340;
      const content = random.chance(0.5) ? drawPostcardArt(random) : drawStampSheet(random);
      parts.push(
        `<rect x="${x}" y="${y}" width="300" height="270" fill="#1c1c20"/>`,
        art(content, `c${row}${column}`, x + 10, y + 10, 280, 250),
      );
      parts.push(fitted(cardLine(random), x, y + 300, 300, 14, ink));
    }
  parts.push(drawText(`Page ${random.int(1, 90)}`, 880, 38, { colour: ink, size: 18 }));
  return parts.join('');
};

/** SVG content of a card; the same `template` seed gives the same layout and colours. */
export const drawCard = (kind: TemplateKind, template: string, seed: string): string => {
  const draw = { 'auction card': auctionCard, postcard, 'album page': albumPage }[kind];
  return draw(createRandom(`template/${template}`), createRandom(`card/${seed}`));
};

/** A page of nothing but text. */
export const drawTextPage = (seed: string): string => {
  const random = createRandom(`page/${seed}`);
  const dark = random.chance(0.25);
  const ink = dark ? '#e9e6dc' : '#1d1d22';
  const size = random.range(13, 30);
  const parts = [
    `<rect width="1000" height="750" fill="${dark ? '#17181c' : random.pick(['#ffffff', '#f6f2e6', '#eef3f7'])}"/>`,
  ];
  const left = random.range(40, 140);
  let y = random.range(60, 160);
  parts.push(drawText(greeting(random), left, y, { colour: ink, size: size * 1.7, weight: 0.17 }));
  y += size * random.range(3, 5);
  const end = random.range(380, 720);
  while (y < end) {
    const indent = random.chance(0.15) ? 60 : 0;
    parts.push(
      fitted(
        random.chance(0.5) ? stampLine(random) : cardLine(random),
        left + indent,
        y,
        920 - left - indent,
        size,
        ink,
      ),
    );
    y += size * (random.chance(0.12) ? 4 : 2.1);
  }
  return parts.join('');
};
