// Session tokens and API keys: 256 random bits, of which the database holds the SHA-256 only.
import { createHash, randomBytes } from 'node:crypto';

export interface NewSecret {
  /** Shown or sent once. */
  readonly secret: string;
  readonly hash: Buffer;
}

export const API_KEY_PREFIX = 'rt_';

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const newSecret = (prefix = ''): NewSecret => {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
};
