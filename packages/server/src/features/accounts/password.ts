// Passwords are kept as argon2id (RFC 9106; 19 MiB, two passes: OWASP's floor) and checked in the same time whether or
// not there is such a user.
import { hash, verify } from '@node-rs/argon2';
import { fail, saying } from '@redthread/core/errors';
import { createTurns, inTurn } from '../../app/http/turns.js';

const SHORTEST = 12;
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Errors: ARGUMENT_INVALID for a password that is too short. */
export const hashPassword = (password: string): Promise<string> => {
  if (password.length < SHORTEST)
    throw fail('ARGUMENT_INVALID', saying`a password has at least ${SHORTEST} characters`, { pointer: 'password' });
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
