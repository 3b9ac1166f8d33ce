// The test of competence: drawn rooms in flat colours with a poster on the wall, whose sign stands for a code of the scheme. What is
// tested is reading a rule and giving its codes, with care, and saying so where nothing can be told; nobody sees anything else.
import sharp from 'sharp';
import { createRandom, type Random } from '../random/random.js';
import { hex, hsl } from '../texture/colour.js';

/** Drawn in a box from -1 to 1. */
const SHAPES = [
  { en: 'circle', es: 'círculo', path: 'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z' },
  { en: 'square', es: 'cuadrado', path: 'M-0.9 -0.9H0.9V0.9H-0.9Z' },
  { en: 'triangle', es: 'triángulo', path: 'M0 -1L0.95 0.8H-0.95Z' },
  { en: 'cross', es: 'cruz', path: 'M-0.35 -1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1V-0.35H-0.35Z' },
  { en: 'diamond', es: 'rombo', path: 'M0 -1L0.7 0L0 1L-0.7 0Z' },
  { en: 'arrow', es: 'flecha', path: 'M-1 -0.3H0.1V-0.8L1 0L0.1 0.8V0.3H-1Z' },
  { en: 'half moon', es: 'media luna', path: 'M0.3 -1A1 1 0 1 0 0.3 1A0.8 0.8 0 1 1 0.3 -1Z' },
  { en: 'stairs', es: 'escalera', path: 'M-1 1V0.33H-0.33V-0.33H0.33V-1H1V1Z' },
] as const;

const COLOURS = [
  { en: 'red', es: 'rojo', value: '#c8352f' },
  { en: 'blue', es: 'azul', value: '#2a5fc4' },
  { en: 'green', es: 'verde', value: '#1f8a4c' },
  { en: 'yellow', es: 'amarillo', value: '#e5b51e' },
  { en: 'violet', es: 'violeta', value: '#7a3fae' },
  { en: 'black', es: 'negro', value: '#161616' },
  { en: 'white', es: 'blanco', value: '#fafafa' },
  { en: 'brown', es: 'marrón', value: '#7a4a21' },
] as const;

/** As many codes can be told apart. */
export const MOST_CODES = SHAPES.length * COLOURS.length;

export interface ExerciseSign {
  readonly shape: number;
  readonly colour: number;
  readonly words: { readonly en: string; readonly es: string };
}

/** Neighbours differ in shape and in colour, so that nobody has to tell two colours apart. */
const signAt = (index: number): ExerciseSign => {
  const shape = index % SHAPES.length;
  const colour = (index + Math.floor(index / SHAPES.length)) % COLOURS.length;
  const [s, c] = [SHAPES[shape] ?? SHAPES[0], COLOURS[colour] ?? COLOURS[0]];
  return { shape, colour, words: { en: `${c.en} ${s.en}`, es: `${s.es} (${c.es})` } };
};

export interface ExerciseQuestion {
  /** Places in `signs` of the exercise; none in a picture too dark to tell. */
  readonly signs: readonly number[];
  /** Null: nothing can be told. */
  readonly answer: string | null;
}

export interface Exercise {
  /** In the order of the codes. Where a picture shows several, the first of these counts. */
  readonly signs: readonly ExerciseSign[];
  readonly questions: readonly ExerciseQuestion[];
}

const LEAST_QUESTIONS = 12;
const DARK = 2;
const DOUBLE = 2;

/** Every code once at least, two pictures with two signs, two too dark to tell; which sign is which, and the order, by the seed. */
export const planExercise = (seed: string, codes: readonly string[]): Exercise => {
  const random = createRandom(`exercise/${seed}`);
  const signs = random.shuffle(codes.map((_, i) => i)).map(signAt);
  const one = (at: number): ExerciseQuestion => ({ signs: [at], answer: codes[at] ?? null });
  const double = (): ExerciseQuestion => {
    const [a = 0, b = 0] = random.shuffle(codes.map((_, i) => i)).slice(0, 2);
    return { signs: [a, b], answer: codes[Math.min(a, b)] ?? null };
  };
  const questions = [
    ...codes.map((_, at) => one(at)),
    ...(codes.length < 2 ? [] : Array.from({ length: DOUBLE }, double)),
    ...Array.from({ length: DARK }, (): ExerciseQuestion => ({ signs: [], answer: null })),
  ];
  while (questions.length < LEAST_QUESTIONS) questions.push(one(random.int(0, codes.length - 1)));
  return { signs, questions: random.shuffle(questions) };
};

const WIDTH = 640;
const HEIGHT = 480;

const box = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" fill="${fill}"/>`;

const room = (random: Random): string => {
  const tone = (light: number): string => hex(hsl(random.range(0, 360), random.range(0.06, 0.22), light));
  const floorY = HEIGHT * random.range(0.68, 0.76);
  const sofaWidth = random.range(180, 280);
  const sofaX = random.range(20, WIDTH - sofaWidth - 20);
  const shelfX = random.range(10, WIDTH - 90);
  return [
    box(0, 0, WIDTH, HEIGHT, tone(0.78)),
    box(0, floorY, WIDTH, HEIGHT - floorY, tone(0.45)),
    box(shelfX, floorY - 190, 80, 200, tone(0.35)),
    ...[0, 1, 2].map((i) => box(shelfX + 6, floorY - 180 + i * 62, 68, 48, tone(0.6))),
    box(sofaX, floorY - 60, sofaWidth, 50, tone(0.5)),
    box(sofaX, floorY - 20, sofaWidth, 45, tone(0.55)),
    box(random.range(20, WIDTH - 120), floorY + 40, 100, 12, tone(0.3)),
  ].join('');
};

const poster = (random: Random, { shape, colour }: ExerciseSign, at: number, of: number): string => {
  const share = WIDTH / of;
  const radius = random.range(24, 40);
  const x = share * at + random.range(radius + 20, share - radius - 20);
  const y = random.range(radius + 20, 190);
  const turn = random.range(-4, 4);
  const paper = hex(hsl(random.range(0, 360), 0.12, 0.62));
  const frame = radius * 1.35;
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})">${box(-frame, -frame, frame * 2, frame * 2, paper)}<path transform="scale(${radius.toFixed(1)})" d="${(SHAPES[shape] ?? SHAPES[0]).path}" fill="${(COLOURS[colour] ?? COLOURS[0]).value}"/></g>`;
};

/** JPEG, 640 x 480: the same exercise and number give the same picture. Null: there is no such question. */
export const drawExercise = async (
  seed: string,
  { signs, questions }: Exercise,
  number: number,
): Promise<Buffer | null> => {
  const question = questions[number];
  if (question === undefined) return null;
  const random = createRandom(`exercise/${seed}/${number}`);
  const shown = question.signs.flatMap((at) => signs[at] ?? []);
  const isDark = shown.length === 0;
  // What hangs in a dark room is not drawn: nobody brings it back by brightening the picture.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${room(random)}${random
    .shuffle(shown)
    .map((sign, at) => poster(random, sign, at, shown.length))
    .join('')}${isDark ? box(0, 0, WIDTH, HEIGHT, 'rgba(0,0,0,0.94)') : ''}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#000000' }).jpeg({ quality: 88 }).toBuffer();
};
