// Ten codes on paper, each good once, for whoever has lost everything else: 80 random bits, of which the database holds the
// SHA-256 only. Letters and digits that nobody takes for each other (Crockford's base 32).
import { createHash, randomBytes } from 'node:crypto';

export const RECOVERY_CODES = 10;
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;
const GROUP = 4;

const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length] ?? '')
    .join('')
    .replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

/** However it was typed: case, blanks and dashes do not count, and what is taken for another letter is read as that. */
const normal = (typed: string): string =>
  typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

/** SHA-256 of the code, bound to its person. */
export const recoveryHash = (userId: string, typed: string): Buffer =>
  createHash('sha256')
    .update(`redthread recovery v1|${userId}|${normal(typed)}`)
    .digest();
