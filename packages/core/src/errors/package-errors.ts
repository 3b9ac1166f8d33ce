// Codes about contribution packages: sealed files from one agency to another.
import { entry, type ErrorEntry } from './entry.js';

export const PACKAGE_ERRORS = {
  PACKAGE_KEY_MISSING: entry(
    409,
    'Your agency has no key for packages',
    'An administrator or coordinator makes one: redthread package keys --make.',
  ),
  PACKAGE_KEY_INVALID: entry(422, 'The file is no key for packages', 'Ask its agency for the file again.'),
  PACKAGE_KEY_DIFFERS: entry(
    422,
    'The key has another fingerprint',
    'Ask the other agency, over another way, which is right. Until then trust neither.',
  ),
  PACKAGE_PEER_UNKNOWN: entry(
    409,
    'That key is not trusted here',
    'Compare its fingerprint with its agency over another way, then redthread package trust FILE --fingerprint ….',
  ),
  PACKAGE_INVALID: entry(422, 'The package does not hold', 'Nothing of it came in. Ask the sender for it again.'),
  PACKAGE_NOT_FOR_US: entry(422, 'The package is for somebody else', 'Its receiver alone can open it.'),
  PACKAGE_ACKNOWLEDGEMENT_INVALID: entry(
    422,
    'The acknowledgement does not hold',
    'Ask the receiver for it again: redthread package import, which takes nothing in twice, writes it.',
  ),
} as const satisfies Record<string, ErrorEntry>;
