// Which passwords are refused because they are guessed first (NIST SP 800-63B-4, 3.1.1.2): not by kinds of letters, but by how few things one is
// made of. A word that breached passwords are commonly made of is one thing, so is a name of the person or the program, a run of the keyboard or
// of the alphabet, a year, and whatever is repeated; every other letter is one. Nothing of it leaves the machine.
import { createHash } from 'node:crypto';
import { fail, saying } from '@redthread/core/errors';
import { COMMON_WORDS } from './common-words.js';

const SHORTEST = 12;
const FEWEST_THINGS = 4;
const SHORTEST_WORD = 4;
const LONGEST_WORD = 24;
const SHORTEST_NAME = 3;
const SHORTEST_RUN = 3;
/** Runs of keys, beside those of letters and digits in their order. */
const KEY_ROWS = ['`1234567890-=', '~!@#$%^&*()_+', 'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./'];
const READ_AS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

let filter: Buffer | undefined;

const isCommon = (word: string): boolean => {
  filter ??= Buffer.from(COMMON_WORDS.base64, 'base64');
  const digest = createHash('sha256').update(word).digest();
  const [a, b] = [digest.readUInt32LE(0), (digest.readUInt32LE(4) | 1) >>> 0];
  for (let i = 0; i < COMMON_WORDS.hashes; i += 1) {
    const bit = (a + i * b) % COMMON_WORDS.bits;
    if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
};

const backwards = (text: string): string => [...text].reverse().join('');

const isRun = (text: string): boolean => {
  if (KEY_ROWS.some((row) => row.includes(text) || row.includes(backwards(text)))) return true;
  const steps = Array.from(text.slice(1), (letter, i) => letter.charCodeAt(0) - text.charCodeAt(i));
  const [step] = steps;
  return (step === 0 || step === 1 || step === -1) && steps.every((one) => one === step);
};

/** Whether these letters, from `at` of the whole on, are one thing. */
const isOneThing = (text: string, whole: string, at: number, names: readonly string[]): boolean => {
  if (/^(.)\1$/u.test(text)) return true;
  if (text.length >= SHORTEST_RUN && (isRun(text) || whole.slice(0, at).includes(text))) return true;
  if (/^(19|20)\d\d$/.test(text)) return true;
  const read = text.replaceAll(/[^a-z]/g, (letter) => READ_AS[letter] ?? letter);
  return [text, read].some((one) => names.includes(one) || (one.length >= SHORTEST_WORD && isCommon(one)));
};

/** Of how few things a password is made; blanks and dashes between them do not count. */
export const thingsOf = (password: string, about: readonly string[] = []): number => {
  const text = password
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, 200)
    .replaceAll(/[\s._-]+/g, '');
  const names = about
    .flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)])
    .map((name) =>
      name
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[\s._-]+/g, ''),
    )
    .filter((name) => name.length >= SHORTEST_NAME);
  const fewest = [0];
  for (let end = 1; end <= text.length; end += 1) {
    let best = (fewest[end - 1] ?? 0) + 1;
    for (let at = Math.max(0, end - LONGEST_WORD); at < end - 1; at += 1) {
      const things = (fewest[at] ?? 0) + 1;
      if (things < best && isOneThing(text.slice(at, end), text, at, names)) best = things;
    }
    fewest.push(best);
  }
  return fewest[text.length] ?? 0;
};

/** `about`: names of the person and of what surrounds them. Errors: ARGUMENT_INVALID for one that is too short, PASSWORD_WEAK. */
export const requireGoodPassword = (password: string, about: readonly string[] = []): void => {
  if ([...password].length < SHORTEST)
    throw fail('ARGUMENT_INVALID', saying`a password has at least ${SHORTEST} characters`, { pointer: 'password' });
  const things = thingsOf(password, ['redthread', ...about]);
  if (things < FEWEST_THINGS)
    throw fail('PASSWORD_WEAK', 'it is made of words, names, years or rows of keys that are tried first', {
      pointer: 'password',
    });
};
