// Codes about signing in at the provider of an agency (OpenID Connect).
import { entry, type ErrorEntry } from './entry.js';

const LOCALLY = 'Whoever has a password here signs in with it meanwhile.';

export const PROVIDER_ERRORS = {
  PROVIDER_UNREACHABLE: entry(502, 'The provider of the sign-in cannot be reached', `Try again later. ${LOCALLY}`),
  PROVIDER_REFUSED: entry(
    401,
    'What the provider of the sign-in answered does not hold',
    'Begin the sign-in again; where that does not help, an administrator looks at the settings on both sides.',
  ),
  PROVIDER_CLOCK_OFF: entry(
    401,
    'The clocks of this server and of the provider differ',
    `Let both set their clocks by the network. ${LOCALLY}`,
  ),
  PROVIDER_ANSWER_OLD: entry(401, 'This sign-in was not begun here, or is over', 'Begin it again.'),
  PROVIDER_NO_GROUP: entry(
    403,
    'The provider names no group of yours that may come in',
    'Ask whoever keeps the groups there, or an administrator here which groups have roles.',
  ),
  PROVIDER_NO_ACCOUNT: entry(
    403,
    'You have no account here, or it has ended',
    'Ask an administrator of your agency for one.',
  ),
  PROVIDER_FACTOR_MISSING: entry(
    401,
    'The provider did not ask you anew, or not for a second factor',
    'Prove it with a passkey or an app of your account here.',
  ),
  PROVIDER_ADDRESS: entry(
    409,
    'A provider sends people back to one address, and this is none',
    'Set REDTHREAD_PUBLIC_URL, or open http://localhost on the machine itself.',
  ),
} as const satisfies Record<string, ErrorEntry>;
