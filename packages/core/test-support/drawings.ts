// Pictures that are easily taken for one another: the same template with other content, pages of text, smooth skies. Drawn as SVG from a
// seed; the same kind with another seed is other content.
import { createRandom, type Random } from './random.js';

export interface Drawing {
  readonly svg: string;
}

const page = (width: number, height: number, body: string, background = '#fff'): Drawing => ({
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/>${body}</svg>`,
});

const box = (x: number, y: number, width: number, height: number, fill: string, extra = ''): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}" ${extra}/>`;

const colour = (random: Random, low = 35, high = 75): string =>
  `hsl(${random.whole(0, 360)},45%,${random.whole(low, high)}%)`;

/** One line of letter-like blocks, up to `width` long. */
const line = (random: Random, x: number, y: number, width: number, size: number, fill: string): string => {
  let marks = '';
  for (let at = 0; at < width - size; at += size * random.between(0.3, 0.5)) {
    for (const end = Math.min(width, at + size * random.between(0.8, 4)); at < end;) {
      const letter = size * random.between(0.25, 0.6);
      marks += box(
        x + at,
        y - size * 0.5,
        letter * 0.8,
        size * random.pick([0.5, 0.5, 0.75]),
        fill,
        `opacity="${random.between(0.6, 1).toFixed(2)}"`,
      );
      at += letter;
    }
  }
  return marks;
};

const paragraph = (
  random: Random,
  x: number,
  y: number,
  width: number,
  size: number,
  lines: number,
  fill = '#111',
): string =>
  Array.from({ length: lines }, (_, i) =>
    line(random, x, y + i * size * 1.5, width * random.between(i === lines - 1 ? 0.3 : 0.85, 1), size, fill),
  ).join('');

/** The same for every seed: headings and labels of a template. */
const fixed = (seed: number): Random => createRandom(1000 + seed);

export const DRAWINGS: Readonly<Record<string, (random: Random) => Drawing>> = {
  'few lines of text': (r) => page(1000, 1400, paragraph(r, 90, 140, 820, 28, r.whole(3, 6))),
  'page of text': (r) => page(1000, 1400, paragraph(r, 90, 120, 820, 22, 36)),
  'light text on dark': (r) =>
    page(720, 1280, paragraph(r, 40, r.between(300, 700), 640, 36, r.whole(3, 6), '#ddd'), '#101418'),
  chat: (r) => {
    let body =
      box(0, 0, 720, 110, '#075e54') +
      paragraph(fixed(1), 120, 70, 300, 30, 1, '#fff') +
      box(0, 1190, 720, 90, '#f0f0f0');
    for (let i = 0, y = 140; i < 7; i++, y += 146) {
      const x = i % 2 === 0 ? 20 : 240;
      body +=
        box(x, y, 460, 120, i % 2 === 0 ? '#fff' : '#dcf8c6', 'rx="16"') +
        paragraph(r, x + 20, y + 42, 420, 26, 2, '#222');
    }
    return page(720, 1280, body, '#ece5dd');
  },
  form: (r) => {
    let body = box(60, 60, 880, 120, '#1b3a6b') + paragraph(fixed(2), 90, 130, 500, 40, 1, '#fff');
    for (let i = 0, y = 230; i < 12; i++, y += 90) {
      body +=
        paragraph(fixed(20 + i), 70, y + 34, 180, 20, 1, '#333') +
        box(300, y, 620, 54, 'none', 'stroke="#555" stroke-width="3"');
      body += paragraph(r, 316, y + 36, r.between(150, 560), 24, 1, '#002080');
    }
    return page(1000, 1400, body);
  },
  'identity card': (r) => {
    let body =
      box(0, 0, 860, 90, '#234f9b') +
      paragraph(fixed(3), 40, 62, 420, 40, 1, '#fff') +
      box(40, 130, 220, 290, colour(r, 40, 75));
    body += `<circle cx="150" cy="240" r="60" fill="${colour(r)}"/>` + paragraph(r, 40, 490, 760, 26, 1);
    for (let i = 0; i < 5; i++) {
      body +=
        paragraph(fixed(40 + i), 300, 160 + i * 62, 90, 16, 1, '#567') +
        paragraph(r, 300, 190 + i * 62, r.between(160, 480), 26, 1);
    }
    return page(860, 540, body, '#dfe9f5');
  },
  'stamp card': (r) => {
    let body =
      box(20, 20, 760, 560, 'none', 'stroke="#a33" stroke-width="14"') + box(60, 60, 430, 480, colour(r, 60, 80));
    for (let i = r.whole(2, 5); i > 0; i--) {
      body += `<circle cx="${r.whole(100, 450)}" cy="${r.whole(100, 500)}" r="${r.whole(30, 110)}" fill="${colour(r)}"/>`;
    }
    return page(800, 600, body + paragraph(r, 530, 140, 220, 26, 5) + paragraph(r, 530, 430, 220, 20, 3), '#f6efe0');
  },
  'list in an app': (r) => {
    let body = paragraph(fixed(4), 30, 66, 260, 40, 1) + box(0, 1180, 720, 100, '#eee');
    for (let i = 0, y = 120; i < 9; i++, y += 116) {
      body += `<circle cx="70" cy="${y + 50}" r="42" fill="${colour(r)}"/>` + box(140, y + 110, 580, 2, '#ddd');
      body +=
        paragraph(r, 140, y + 42, r.between(140, 360), 28, 1) +
        paragraph(r, 140, y + 84, r.between(200, 480), 22, 1, '#888');
    }
    return page(720, 1280, body);
  },
  slide: (r) => {
    let body =
      box(0, 0, 1280, 130, '#20407a') +
      box(0, 690, 1280, 30, '#20407a') +
      paragraph(r, 60, 84, r.between(400, 1000), 50, 1, '#fff');
    for (let i = 0; i < 4; i++) body += paragraph(r, 120, 222 + i * 90, r.between(400, 1050), 32, 1);
    return page(1280, 720, body);
  },
  sunset: (r) =>
    page(
      800,
      600,
      `<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="hsl(220,60%,${r.whole(25, 40)}%)"/><stop offset="${r.between(0.5, 0.7).toFixed(2)}" stop-color="hsl(30,85%,${r.whole(55, 70)}%)"/><stop offset="1" stop-color="hsl(20,60%,35%)"/></linearGradient></defs>${box(0, 0, 800, 600, 'url(#g)')}<circle cx="${r.whole(250, 550)}" cy="${r.whole(280, 380)}" r="${r.whole(40, 70)}" fill="#ffe9a0"/>${box(0, r.whole(410, 440), 800, 200, '#221a22')}`,
    ),
  gradient: (r) =>
    page(
      800,
      600,
      `<defs><linearGradient id="g" x2="${r.between(0, 1).toFixed(2)}" y2="1"><stop stop-color="${colour(r, 10, 50)}"/><stop offset="1" stop-color="${colour(r, 50, 95)}"/></linearGradient></defs>${box(0, 0, 800, 600, 'url(#g)')}`,
    ),
  'one colour': (r) => page(800, 600, '', colour(r)),
};
