// Harmless words for everything that the world writes: stamps, postcards, invented towns and agencies.
import type { Random } from '../random/random.js';

export const TOWNS = [
  'Velmora',
  'Port Arlen',
  'Istrade',
  'Calden Bay',
  'Oberlund',
  'Santa Brisa',
  'Quellmar',
  'Tessin Hook',
  'Lomvik',
  'Puerto Lira',
  'Zandmeer',
  'Hollin Cross',
] as const;
export const COLOURS = ['blue', 'carmine', 'green', 'ochre', 'violet', 'orange', 'slate', 'brown'] as const;
export const STAMP_WORDS = [
  'perforated',
  'imperforate',
  'mint',
  'cancelled',
  'overprint',
  'watermark',
  'block of four',
  'first day cover',
  'sheet',
  'misprint',
] as const;
export const CARD_WORDS = [
  'harbour at dusk',
  'old lighthouse',
  'market square',
  'mountain railway',
  'botanical garden',
  'ferry landing',
  'town hall',
  'winter promenade',
  'stone bridge',
  'grand hotel',
] as const;
const GREETINGS = ['Greetings from', 'A view of', 'Summer in', 'Welcome to', 'Souvenir of', 'Winter in'] as const;

export const stampLine = (random: Random): string =>
  `${random.pick(TOWNS)} ${random.int(1861, 1968)}, ${random.int(1, 90)}c ${random.pick(COLOURS)}, ${random.pick(STAMP_WORDS)}`;
export const cardLine = (random: Random): string =>
  `${random.pick(TOWNS)}: ${random.pick(CARD_WORDS)}, about ${random.int(1898, 1962)}`;
export const greeting = (random: Random): string => `${random.pick(GREETINGS)} ${random.pick(TOWNS)}`;

/** Short remarks that people put on pictures of their collections. */
export const remark = (random: Random): string =>
  random.pick([
    'for trade',
    'new album!',
    'look at the shelf',
    'sold',
    'swap?',
    'lot ' + random.int(10, 990),
    'my collection',
    'see top row',
    'no reserve',
    'arrived today',
    'page ' + random.int(2, 80),
    random.pick(TOWNS),
    'part ' + random.int(1, 9),
    '100 % mint',
    'offers?',
    'set of ' + random.int(4, 24),
  ]);

/** A sentence of a letter or a chat about the hobby. */
export const sentence = (random: Random): string =>
  random.pick([
    `I can offer ${stampLine(random)}.`,
    `Do you still have ${cardLine(random)}?`,
    `The ${random.pick(COLOURS)} one is a ${random.pick(STAMP_WORDS)}.`,
    `Please send the list of ${random.pick(TOWNS)} before the fair.`,
    `Lot ${random.int(10, 990)} goes for ${random.int(3, 80)} coins.`,
    `The album lies on the desk, page ${random.int(2, 80)}.`,
    `Catalogue number ${random.int(100, 9999)}${random.pick(['', 'a', 'b'])}, ${random.pick(STAMP_WORDS)}.`,
  ]);

/** Contact lines out of reserved ranges only (design, section 1). */
export const contact = (random: Random): string =>
  random.pick([
    `call 07700 900${random.int(100, 999)}`,
    `phone 555-01${random.int(10, 99)}`,
    `https://stamps${random.int(1, 99)}.example.org/list`,
    `collector${random.int(1, 99)}@example.net`,
    `server 192.0.2.${random.int(1, 254)}`,
  ]);
