// Passwords are kept as argon2id (RFC 9106; 19 MiB, two passes: OWASP's floor) and checked in the same time whether or
// not there is such a user.
import { hash, verify } from '@node-rs/argon2';
import { createTurns, inTurn } from '../../app/http/turns.js';
import { requireGoodPassword } from './password-rule.js';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** `about`: names of the person and of what surrounds them, which make a password easy to guess. Errors: ARGUMENT_INVALID, PASSWORD_WEAK. */
export const hashPassword = async (password: string, about: readonly string[] = []): Promise<string> => {
  requireGoodPassword(password, about);
  return hash(password, COST);
};

/** Two at a time, so that guessing from everywhere at once leaves threads for files and names; who waits too long is told so. */
const turns = createTurns({ each: 2, all: 2, waiting: 100 });

let decoy: Promise<string> | undefined;

/** Whether the password is right; for no stored hash it takes as long and says no. Errors: TOO_MANY_REQUESTS. */
export const passwordIsRight = async (stored: string | null, password: string): Promise<boolean> => {
  decoy ??= hash('nobody has this password', COST);
  const against = stored ?? (await decoy);
  const right = await inTurn(turns, 'password', () => verify(against, password));
  return stored !== null && right;
};
