// Hashes as lists write them: told apart by their length, lower-case from here on; those of an empty file never match.
import type { Notes } from './notes.js';

export const HEX_LENGTHS = { md5: 32, sha1: 40, sha256: 64 } as const;
export type Digest = keyof typeof HEX_LENGTHS;

const PHOTODNA_BYTES = 144;
const PHOTODNA_BASE64 = 192;

/** Digests of nothing: on many lists by accident, and a hit on every empty file. */
const EMPTY_FILE: Readonly<Record<Digest, string>> = {
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};

/** 1 where the character is a hexadecimal digit: asked for each of billions. */
const IS_HEX = Uint8Array.from({ length: 128 }, (_, code) => (/[0-9a-fA-F]/.test(String.fromCharCode(code)) ? 1 : 0));

export const isHex = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (IS_HEX[text.charCodeAt(i)] !== 1) return false;
  return text.length > 0;
};

export const kindOfHex = (text: string): Digest | null => {
  const kind = text.length === 32 ? 'md5' : text.length === 40 ? 'sha1' : text.length === 64 ? 'sha256' : null;
  return kind !== null && isHex(text) ? kind : null;
};

/** Of a database also large numbers and bytes, of which there may be any amount. */
const shown = (raw: unknown): string => {
  if (typeof raw === 'string' || typeof raw === 'bigint') return String(raw);
  return raw instanceof Uint8Array ? `${raw.length} bytes` : JSON.stringify(raw);
};

/** In lower case; null, with a note, for what is none and for that of an empty file. Null without one where nothing stands. */
export const digestOf = (kind: Digest, raw: unknown, place: string, notes: Notes): string | null => {
  if (raw === null || raw === undefined || raw === '') return null;
  // As nearly all are: nothing around them.
  const isBare = typeof raw === 'string' && raw.length === HEX_LENGTHS[kind];
  const text = typeof raw === 'string' ? (isBare ? raw : raw.trim()) : '';
  if (text === '' && typeof raw === 'string') return null;
  if (text.length !== HEX_LENGTHS[kind] || !isHex(text)) {
    notes.add('HASH_INVALID', place, `${kind} ${shown(raw)}`);
    return null;
  }
  const value = text.toLowerCase();
  if (value !== EMPTY_FILE[kind]) return value;
  notes.add('HASH_OF_EMPTY_FILE', place, value);
  return null;
};

/** PhotoDNA from base64 or hex, as hex; opaque: nothing here or elsewhere compares it. */
export const photoDnaHex = (text: string): string | null => {
  if (text.length === 2 * PHOTODNA_BYTES && isHex(text)) return text.toLowerCase();
  if (text.length !== PHOTODNA_BASE64 || !/^[A-Za-z0-9+/]+$/.test(text)) return null;
  return Buffer.from(text, 'base64').toString('hex');
};

export const photoDnaOf = (raw: unknown, place: string, notes: Notes): string | null => {
  if (raw === null || raw === undefined || raw === '') return null;
  const hex = typeof raw === 'string' ? photoDnaHex(raw.trim()) : null;
  if (hex === null && !(typeof raw === 'string' && raw.trim() === ''))
    notes.add('HASH_INVALID', place, `PhotoDNA ${shown(raw)}`);
  return hex;
};
