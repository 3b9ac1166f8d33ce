// Codes about the certificate that the server speaks TLS with.
import { entry, type ErrorEntry } from './entry.js';

export const TLS_ERRORS = {
  TLS_CERTIFICATE_UNUSABLE: entry(
    400,
    'The certificate cannot be used',
    'Give a PEM file that begins with the certificate of this server, followed by those that it goes back to.',
  ),
  TLS_CERTIFICATE_EXPIRED: entry(
    400,
    'The certificate is not valid now',
    'Renew it, and look whether the clock of this machine is right.',
  ),
  TLS_KEY_UNUSABLE: entry(400, 'The private key cannot be used', 'Give a PEM file with a private key and no password.'),
  TLS_KEY_MISMATCH: entry(
    400,
    'The private key belongs to another certificate',
    'Give the key that the certificate was made for.',
  ),
  TLS_KEY_EXPOSED: entry(
    400,
    'Others may read or change the private key',
    'Its file belongs to the account of the server or to root: chmod 600 it, or 640 for a group of the server.',
  ),
} as const satisfies Record<string, ErrorEntry>;
