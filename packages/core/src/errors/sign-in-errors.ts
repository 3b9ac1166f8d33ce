// Codes about what proves a person, and about the name that a server is asked by.
import { entry, type ErrorEntry } from './entry.js';

export const SIGN_IN_ERRORS = {
  HOST_UNKNOWN: entry(
    421,
    'This server is not called that',
    'Open it by the address of REDTHREAD_PUBLIC_URL; set that to the name by which people reach it.',
  ),
  PASSWORD_WEAK: entry(
    400,
    'This password is among the first that are guessed',
    'Take several words that have nothing to do with each other or with you, or let a password manager make one.',
  ),
  SECOND_FACTOR_NEEDED: entry(
    401,
    'The sign-in waits for its second factor',
    'Give a code of your app, a passkey, or a recovery code.',
  ),
  SECOND_FACTOR_TO_SET_UP: entry(
    403,
    'Your agency demands a second factor, and you have none yet',
    'Set one up on the page that follows the sign-in.',
  ),
  PROOF_NEEDED: entry(
    403,
    'This asks for a fresh proof of who you are',
    'Prove it with your second factor, or with your password where you have none, and try again.',
  ),
  CODE_WRONG: entry(
    401,
    'The code is wrong, or was used already',
    'Let the device of the app set its clock by the network and wait for its next code, or use another way.',
  ),
  CODE_CLOCK_OFF: entry(
    401,
    'The code belongs to another time',
    'Let the device that makes the codes set its clock by the network, then try again.',
  ),
  CODES_RESTING: entry(
    429,
    'Too many wrong codes came for this account',
    'Wait as long as it says, or use a passkey or a recovery code.',
  ),
  PASSKEY_REFUSED: entry(401, 'The passkey does not hold', 'Try again, or use another way.'),
  PASSKEY_ADDRESS: entry(
    409,
    'Passkeys are bound to a name, and this address is none',
    'Open the application by its name: https as REDTHREAD_PUBLIC_URL says, or http://localhost.',
  ),
  LAST_SECOND_FACTOR: entry(
    409,
    'Your agency demands a second factor, and this is your last one',
    'Set up another one first.',
  ),
} as const satisfies Record<string, ErrorEntry>;
