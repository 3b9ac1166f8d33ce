// Addresses of coins, told by their check sums: base58check (Bitcoin, Litecoin, Tron), bech32 and bech32m (BIP 173, BIP 350), EIP-55, Monero's base58.
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Big-endian bytes of `length`; null where a character is none of them, or it does not fit. */
const base58 = (text: string, length: number): Uint8Array | null => {
  let value = 0n;
  for (const character of text) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const bytes = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(value & 0xffn);
    value >>= 8n;
  }
  return value === 0n ? bytes : null;
};

const startsAlike = (digest: Uint8Array, sum: Uint8Array): boolean =>
  sum.every((byte, index) => digest[index] === byte);

/** First bytes: Bitcoin to a key and to a script, Litecoin likewise, Tron. */
const VERSIONS = new Set([0x00, 0x05, 0x30, 0x32, 0x41]);

const isBase58Check = (text: string): boolean => {
  const bytes = base58(text, 25);
  if (bytes === null || !VERSIONS.has(bytes[0]!)) return false;
  // Each zero byte in front is a `1`: without that a longer text would be the same number.
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const ones = text.length - text.replace(/^1+/, '').length;
  return zeros === ones && startsAlike(sha256(sha256(bytes.subarray(0, 21))), bytes.subarray(21));
};

/** Blocks of eight bytes in eleven characters. Networks: standard, integrated, sub-address. */
const isMonero = (text: string): boolean => {
  const lengths = [0, 2, 3, 5, 6, 7, 9, 10, 11];
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 11) {
    const block = text.slice(at, at + 11);
    const decoded = base58(block, Math.max(0, lengths.indexOf(block.length)));
    if (decoded === null) return false;
    bytes.push(...decoded);
  }
  const all = Uint8Array.from(bytes);
  const body = all.subarray(0, -4);
  const size = text.length === 106 ? 77 : 69;
  return all.length === size && [18, 19, 42].includes(all[0]!) && startsAlike(keccak_256(body), all.subarray(-4));
};

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

const isBech32 = (text: string): boolean => {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return false;
  const address = text.toLowerCase();
  const one = address.lastIndexOf('1');
  const prefix = address.slice(0, one);
  const data = [...address.slice(one + 1)].map((character) => BECH32.indexOf(character));
  if (data.includes(-1) || data.length < 7) return false;
  const values = [
    ...[...prefix].map((c) => c.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((c) => c.charCodeAt(0) & 31),
    ...data,
  ];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((part, bit) => (sum ^= (top >>> bit) & 1 ? part : 0));
  }
  // Version 0 has the sum of bech32, later ones that of bech32m.
  return sum >>> 0 === (data[0] === 0 ? 1 : 0x2bc830a3);
};

/** Mixed case is a check sum; one case alone says nothing and is let through. */
const isEthereum = (text: string): boolean => {
  const digits = text.slice(2);
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = keccak_256(Uint8Array.from(lower, (character) => character.charCodeAt(0)));
  return [...digits].every((character, index) => {
    if (/\d/.test(character)) return true;
    const nibble = (hash[index >> 1]! >> (index % 2 === 0 ? 4 : 0)) & 15;
    return nibble >= 8 === (character !== character.toLowerCase());
  });
};

/** What two writings of one address are compared by; null where the check sum says that it is none. */
export const coinAddressOf = (text: string): string | null => {
  if (/^0x[\da-f]{40}$/i.test(text)) return isEthereum(text) ? text.toLowerCase() : null;
  if (/^(?:bc|ltc)1/i.test(text)) return isBech32(text) ? text.toLowerCase() : null;
  if ((text.length === 95 || text.length === 106) && /^[48]/.test(text)) return isMonero(text) ? text : null;
  return text.length >= 26 && text.length <= 35 && isBase58Check(text) ? text : null;
};
