// Where an ingest is sent: https, or plain http to this very machine; and the authority that a private one is signed by.
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { fail, saying } from '@redthread/core/errors';

export interface ServerAddress {
  readonly url: URL;
  /** PEM of certificates that are trusted beside those of the system. */
  readonly certificates: string | null;
}

const isLoopback = (host: string): boolean => {
  const name = host.replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name === '::1') return true;
  return isIP(name) === 4 && name.startsWith('127.');
};

/** Errors: ARGUMENT_INVALID, SERVER_INSECURE. */
export const serverAddress = (given: string, certificateFile?: string): ServerAddress => {
  if (!URL.canParse(given)) throw fail('ARGUMENT_INVALID', saying`${given} is no address`, { pointer: 'server' });
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw fail('ARGUMENT_INVALID', saying`${given}: an https address is expected`, { pointer: 'server' });
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw fail('ARGUMENT_INVALID', 'the address of the server has no name, password, query or fragment', {
      pointer: 'server',
    });
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw fail('SERVER_INSECURE', url.origin);
  return { url, certificates: certificateFile === undefined ? null : readCertificates(certificateFile) };
};

const readCertificates = (path: string): string => {
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw fail('ARGUMENT_INVALID', saying`${path} holds no certificate in PEM`, { pointer: 'certificate', cause });
  }
};
