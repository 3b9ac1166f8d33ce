// Chats of any size, drawn quickly: invented words as often as words of a language are, groups of a few people, one export a file. What is searched for is planted, and known.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORDS = 60_000;
const SYLLABLES = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'ka',
  'le',
  'mi',
  'no',
  'pu',
  'ra',
  'se',
  'ti',
  'vo',
  'zu',
  'an',
  'el',
  'or',
  'ich',
  'ung',
];

/** Mulberry32: quick, and the same everywhere. */
export const randomOf = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const wordsOf = (random) => {
  const words = new Set();
  while (words.size < WORDS) {
    const length = 1 + Math.floor(random() * 4);
    words.add(Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(''));
  }
  return [...words];
};

/** What is planted in a message of every so many. */
export const PLANTED = {
  rare: { text: 'Xylographenwerk', every: 100_000 },
  frequent: { text: 'briefmarke', every: 20 },
  phrase: { text: 'die blaue Mauritius von damals', every: 20_000 },
  accents: { text: 'Ærøskøbing Málaga Łódź', every: 20_000 },
};

const two = (n) => String(n).padStart(2, '0');

/** Writes exports of `perFile` messages into a folder. Answers how often each thing was planted. */
export const drawChats = (folder, { files, perFile, seed }) => {
  mkdirSync(folder, { recursive: true });
  const random = randomOf(seed);
  const words = wordsOf(random);
  const planted = Object.fromEntries(Object.keys(PLANTED).map((name) => [name, 0]));
  let n = seed % 7;
  for (let file = 0; file < files; file += 1) {
    const lines = [];
    let at = Date.UTC(2023, 0, 1) + Math.floor(random() * 3e10);
    for (let i = 0; i < perFile; i += 1) {
      at += Math.floor(random() * 600_000);
      n += 1;
      // By Zipf's law: the rank is the inverse of a number drawn evenly.
      const said = Array.from(
        { length: 3 + Math.floor(random() * 10) },
        () => words[Math.floor(WORDS ** random()) - 1] ?? words[0],
      );
      for (const [name, { text, every }] of Object.entries(PLANTED))
        if (n % every === 0) {
          said.push(text);
          planted[name] += 1;
        }
      const day = new Date(at);
      const who = `+999 55${two(file % 100)} 00${two(Math.floor(random() * 12))}`;
      lines.push(
        `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}, ${two(day.getUTCHours())}:${two(day.getUTCMinutes())} - ${who}: ${said.join(' ')}`,
      );
    }
    writeFileSync(join(folder, `WhatsApp Chat with Group ${seed}-${file}.txt`), `${lines.join('\n')}\n`);
  }
  return planted;
};
