// Codes of an authenticator app: six digits, a new one every 30 seconds (RFC 6238, SHA-1: what every app knows).
import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** RFC 4226 recommends 160 bits; what is stored is a key of 32 bytes, of which the first ones are the secret. */
const SECRET_BYTES = 20;
/** One step to either side: clocks are a little off, and typing takes its time. */
const DRIFT = 1;
/** A code of the last half hour gets the answer that the clock is off: nobody looks for a wrong digit then. */
const FAR_DRIFT = 60;

const ISSUER = 'Redthread';

const totpOf = (key: Buffer, login = ''): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label: login,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: STEP_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(key.subarray(0, SECRET_BYTES)).buffer }),
  });

/** The secret as it is typed (base32), and as an address that apps scan. */
export const secretWords = (key: Buffer, login: string): { readonly secret: string; readonly address: string } => {
  const totp = totpOf(key, login);
  return { secret: totp.secret.base32, address: totp.toString() };
};

export type CodeCheck =
  | { readonly state: 'right'; readonly step: number }
  /** So old is the code. */
  | { readonly state: 'clock-off'; readonly minutes: number }
  | { readonly state: 'wrong' };

/**
 * `lastStep`: number of the newest step whose code was taken; no code counts twice (RFC 6238, section 5.2). A code whose time is yet to come is
 * wrong as any other is: told that it is early, a guesser would wait for that minute and give it again.
 */
export const checkCode = (key: Buffer, code: string, lastStep: number, nowMs = Date.now()): CodeCheck => {
  const delta = totpOf(key).validate({ token: code, timestamp: nowMs, window: FAR_DRIFT });
  if (delta === null || delta > DRIFT) return { state: 'wrong' };
  if (delta < -DRIFT) return { state: 'clock-off', minutes: Math.round((-delta * STEP_SECONDS) / 60) };
  const step = Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
  return step > lastStep ? { state: 'right', step } : { state: 'wrong' };
};

/** The code of a moment: what an app shows. */
export const codeAt = (key: Buffer, atMs: number): string => totpOf(key).generate({ timestamp: atMs });
