// The certificate that the server speaks TLS with: read and checked as a whole before anything listens, and again when its files change, so
// that a renewed one is taken up without a restart and a bad one never is.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, unwatchFile, watchFile } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { fail, isRedthreadError, type ErrorCode } from '@redthread/core/errors';

/** Paths of PEM files. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly certificate: X509Certificate;
}

const LONGEST_BYTES = 1_048_576;
/** Nobody else reads it, and nobody but its owner writes it; a group of the server may read it. */
const TOO_OPEN = 0o027;

/** Errors: TLS_CERTIFICATE_UNUSABLE, TLS_CERTIFICATE_EXPIRED, TLS_KEY_UNUSABLE, TLS_KEY_EXPOSED, TLS_KEY_MISMATCH, each naming the file. */
export const readTls = (files: TlsFiles, now = new Date(), uid = process.getuid?.()): TlsMaterial => {
  const cert = readPem(files.certificate, 'TLS_CERTIFICATE_UNUSABLE');
  const certificate = orFail('TLS_CERTIFICATE_UNUSABLE', files.certificate, () => new X509Certificate(cert));
  const key = readPem(files.key, 'TLS_KEY_UNUSABLE', uid);
  const privateKey: KeyObject = orFail('TLS_KEY_UNUSABLE', files.key, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey))
    throw fail('TLS_KEY_MISMATCH', `${files.key} does not fit ${files.certificate}`);
  const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (until <= now) throw fail('TLS_CERTIFICATE_EXPIRED', `${files.certificate} ended on ${until.toISOString()}`);
  if (from > now) throw fail('TLS_CERTIFICATE_EXPIRED', `${files.certificate} begins on ${from.toISOString()}`);
  // What OpenSSL refuses besides, such as a key that is too short, or a second certificate that is none.
  orFail('TLS_CERTIFICATE_UNUSABLE', files.certificate, () => createSecureContext({ cert, key }));
  return { cert, key, certificate };
};

const orFail = <T>(code: ErrorCode, path: string, read: () => T): T => {
  try {
    return read();
  } catch (cause) {
    // Of what the file holds nothing is said, only what is wrong with it.
    const { code: reason = 'it is none' } = cause as { code?: string };
    throw fail(code, `${path} (${reason})`, { cause });
  }
};

/** `uid`: of whoever must be able to rely on it; not given for what is public. */
const readPem = (path: string, code: ErrorCode, uid?: number): Buffer =>
  orFailKept(code, path, () => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size > LONGEST_BYTES) throw fail(code, `${path} is no small plain file`);
      if (uid !== undefined && stat.uid !== uid && stat.uid !== 0)
        throw fail('TLS_KEY_EXPOSED', `${path} belongs to somebody else`);
      if (uid !== undefined && (stat.mode & TOO_OPEN) !== 0)
        throw fail('TLS_KEY_EXPOSED', `${path} has the mode ${(stat.mode & 0o777).toString(8).padStart(3, '0')}`);
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  });

const orFailKept = <T>(code: ErrorCode, path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (isRedthreadError(error)) throw error;
    return orFail(code, path, () => {
      throw error;
    });
  }
};

/** What somebody who runs the server is told of a certificate that holds: that it ends soon, or is of another name than people open. */
export const remarksOnTls = (
  { certificate }: TlsMaterial,
  publicUrl: string | null,
  now = new Date(),
): readonly string[] => {
  const until = new Date(certificate.validTo);
  const days = Math.floor((until.getTime() - now.getTime()) / 86_400_000);
  const host = publicUrl !== null && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : null;
  const isNamed =
    host === null || (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
  return [
    ...(days < 14 ? [`The certificate ends in ${days} days, on ${until.toISOString()}.`] : []),
    ...(isNamed ? [] : [`The certificate does not name ${host}, which REDTHREAD_PUBLIC_URL says: browsers refuse it.`]),
  ];
};

/** What a listening server takes a new certificate by. */
export interface TakesCertificate {
  setSecureContext(options: SecureContextOptions): void;
}

export interface FollowTls {
  readonly everyMs?: number;
  readonly onTaken: (material: TlsMaterial) => void;
  /** What came is not used, and the one before stays. */
  readonly onRefused: (error: unknown) => void;
}

/** Takes up the files when they change, and at SIGHUP; answers what ends that. */
export const followTls = (
  server: TakesCertificate,
  files: TlsFiles,
  { everyMs = 15_000, onTaken, onRefused }: FollowTls,
): (() => void) => {
  const read = (): void => {
    try {
      const material = readTls(files);
      server.setSecureContext({ cert: material.cert, key: material.key });
      onTaken(material);
    } catch (error) {
      onRefused(error);
    }
  };
  const paths = [files.certificate, files.key];
  // By asking again and again: what renews certificates swaps links, which watchers of files miss.
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, read);
  process.on('SIGHUP', read);
  return () => {
    for (const path of paths) unwatchFile(path, read);
    process.off('SIGHUP', read);
  };
};
