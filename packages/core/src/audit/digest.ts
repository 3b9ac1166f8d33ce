// What the record takes of a hash function: core does no I/O and has none of its own, the server and the tests give Node's.

/** SHA-256 of the parts, one after the other without anything between them; a string counts as its bytes in UTF-8. */
export type Digest = (...parts: readonly (Uint8Array | string)[]) => Uint8Array;

export const HASH_BYTES = 32;

/** First byte of whatever is hashed: nothing of one kind can pass for one of another. The first two are those of RFC 6962. */
export const PREFIX = {
  leaf: Uint8Array.of(0),
  node: Uint8Array.of(1),
  text: Uint8Array.of(2),
  link: Uint8Array.of(3),
} as const;

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
};

export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
};

/** Errors: RangeError for what is no hex. */
export const fromHex = (text: string): Uint8Array => {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('not lower-case hex');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
};
