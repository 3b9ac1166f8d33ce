// What two exports of one message have in common whatever phone wrote it: its text without marks that cannot be seen, without the names that each phone has for those
// whom it mentions, in one case and one form. 64 bits of it, for rows and indexes.

/** As WhatsApp writes a mention: the name that this phone has for somebody, between isolates; or the number that it does not know. */
const MENTION = /@\u2068[^\u2069]*\u2069|@\+?\d{6,15}/gu;
const UNSEEN = /[\p{Cf}\ufe0f]/gu;
const SPACE = /[\s\p{Zs}]+/gu;
const PLAIN = /^[a-z0-9 .,!?'-]*$/;

/** What two texts are compared by; empty where nothing is left of it. */
export const comparableText = (text: string): string => {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower.replace(/ {2,}/g, ' ').trim();
  return text.replace(MENTION, '@').normalize('NFKC').replace(UNSEEN, '').toLowerCase().replace(SPACE, ' ').trim();
};

/** Signed, as PostgreSQL's bigint; null for a text of which nothing is left. */
export const textKey = (text: string): bigint | null => {
  const comparable = comparableText(text);
  return comparable === '' ? null : hash64(comparable);
};

/** Two mixed lanes of 32 bits over UTF-16 units (the finish is MurmurHash3's): quick in JavaScript, and not meant to withstand anybody. */
const hash64 = (text: string): bigint => {
  let high = 0x9e3779b1;
  let low = 0x85ebca77 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x27d4eb2f);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x165667b1);
    low = (low << 17) | (low >>> 15);
  }
  return (BigInt(mixed(high ^ Math.imul(low, 0x2c1b3c6d)) | 0) << 32n) | BigInt(mixed(low + high) >>> 0);
};

const mixed = (word: number): number => {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
};
