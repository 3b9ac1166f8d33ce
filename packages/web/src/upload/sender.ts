// By what the server knows this browser again as the sender of an exhibit: after a reload it takes its own place at once. Nothing
// of the exhibit is kept in the browser.
import { toHex } from '@redthread/core/audit';
import { sha256Of } from './hash-file.js';

const KEY = 'redthread-sender';
const BYTES = 32;

const ofThisBrowser = (): string => {
  const kept = localStorage.getItem(KEY);
  if (kept !== null) return kept;
  const made = toHex(crypto.getRandomValues(new Uint8Array(BYTES)));
  localStorage.setItem(KEY, made);
  return made;
};

/** The same for the same person, case and exhibit. */
export const senderOf = async (...of: readonly string[]): Promise<string> =>
  toHex(await sha256Of(new TextEncoder().encode([ofThisBrowser(), ...of].join('\0'))));
