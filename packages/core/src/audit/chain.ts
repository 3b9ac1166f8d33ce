// The hash chain of a log: each link holds the one before it, so that the last one holds the whole order.
import { HASH_BYTES, PREFIX, type Digest } from './digest.js';

/** The link before the first event. */
export const FIRST_LINK: Uint8Array = new Uint8Array(HASH_BYTES);

/** SHA-256(3 || link before || hash of what is added). */
export const nextLink = (digest: Digest, before: Uint8Array, added: Uint8Array): Uint8Array =>
  digest(PREFIX.link, before, added);
