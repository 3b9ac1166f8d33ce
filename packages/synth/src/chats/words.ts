// What people in drawn chats say: stamps and postcards, short answers, and identifiers that are invented or that documents give as examples.
import type { Random } from '../random/random.js';
import { cardLine, greeting, remark, sentence, stampLine } from '../text/words.js';

/** Invented; numbers begin with +999, which the ITU keeps in reserve. */
const NAMES = [
  'Runa Velm',
  'Odo Brask',
  'Ilse Tarn',
  'Pavo Lind',
  'Mira Quell',
  'Teo Sandor',
  'Jola Wick',
  'Bram Hollin',
  'Cleo Istra',
  'Dov Arlen',
  'Enna Calden',
  'Finn Lira',
  'Gusta Merl',
  'Hanno Vik',
  'Inka Zand',
  'Juno Pell',
  'Kasimir Oort',
  'Lotta Brisa',
  'Milo Tessin',
  'Nell Harbour',
] as const;

export interface ChatPerson {
  readonly id: string;
  /** As they call themselves. */
  readonly name: string;
  readonly phone: string;
  /** The number that they change to. */
  readonly nextPhone: string;
}

export const createPeople = (random: Random, count: number, first = 100): ChatPerson[] =>
  random
    .shuffle(NAMES)
    .slice(0, count)
    .map((name, i) => ({
      id: `person-${first + i}`,
      name,
      phone: `+999 000 ${first + i}`,
      nextPhone: `+999 001 ${first + i}`,
    }));

const SHORT = ['ok', 'hi', 'yes', 'no', 'thanks', 'sold', '👍', 'swap?'] as const;
/** Of BIP 173 and of EIP-55: addresses that the documents themselves print. */
const COINS = ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] as const;

/** An identifier within a sentence. */
const withLead = (random: Random): string =>
  random.pick([
    () => `lot at https://stamps.example/lots/${random.int(100, 99_999)}`,
    () => `album: swap${random.int(1, 99)}@postcards.example`,
    () => `new club: https://chat.whatsapp.com/ExampleStampClub${String(random.int(0, 999_999)).padStart(6, '0')}`,
    () => `sheet for ${random.pick(COINS)}, lot ${random.int(100, 99_999)}`,
    () => `call +999 000 ${random.int(100, 999)} about the album ${random.int(1, 999)}`,
  ])();

/** One that looks like the head of a line, and is text. */
const withDate = (random: Random): string =>
  `${greeting(random)}\n2016-04-${random.int(10, 28)} 10:30:00 sheet ${random.int(1, 999)}\n${remark(random)}: ${random.int(1, 999)}`;

export const chatText = (random: Random): string => {
  const roll = random.next();
  if (roll < 0.22) return random.pick(SHORT);
  if (roll < 0.28) return withLead(random);
  if (roll < 0.3) return withDate(random);
  if (roll < 0.36) return `${stampLine(random)}\n${cardLine(random)}`;
  if (roll < 0.5) return `${greeting(random)}, ${remark(random)} ${random.int(1, 9999)}`;
  if (roll < 0.75) return `${stampLine(random)} 🙂`;
  return roll < 0.88 ? cardLine(random) : `${sentence(random)} ${random.int(1, 9999)}`;
};

export const caption = (random: Random): string => `${remark(random)} ${random.int(1, 9999)}`;
