// Reads a plain list of hashes, one a line: MD5, SHA-1 or SHA-256 by its length. A list with a bad line is no list: what
// was meant cannot be guessed, and half a list answers "unknown" for what its owner knows.
import { fail } from '@redthread/core/errors';

const LENGTHS = new Set([32, 40, 64]);
const BOM = '\uFEFF';
/** What md5sum, sha1sum and sha256sum print: a digest, two signs, a name; a backslash before it where the name is escaped. */
const SUM_LINE = /^\\?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}) [ *]./;

const REPORTED_LINES = 20;

/** Digests of nothing: on many lists by accident, and a hit on every empty file. */
const EMPTY_FILE = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
]);

export interface HashListReader {
  /** The digest of a line in lower-case hex; null for a comment, an empty line, or a digest of nothing. */
  readonly line: (text: string) => string | null;
  /** Errors: LIST_INVALID, naming the lines that hold no hash. */
  readonly end: () => { readonly emptyFiles: number };
}

export const hashListReader = (): HashListReader => {
  const bad: string[] = [];
  let number = 0;
  let badLines = 0;
  let emptyFiles = 0;
  return {
    line: (text) => {
      number += 1;
      const plain = (number === 1 && text.startsWith(BOM) ? text.slice(1) : text).trim().toLowerCase();
      const value = SUM_LINE.exec(plain)?.[1] ?? plain;
      if (value === '' || value.startsWith('#')) return null;
      if (!LENGTHS.has(value.length) || !/^[0-9a-f]+$/.test(value)) {
        badLines += 1;
        if (bad.length < REPORTED_LINES) bad.push(`line ${number}: ${excerpt(value)}`);
        return null;
      }
      if (!EMPTY_FILE.has(value)) return value;
      emptyFiles += 1;
      return null;
    },
    end: () => {
      if (badLines === 0) return { emptyFiles };
      const more = badLines > bad.length ? `; and ${badLines - bad.length} more` : '';
      throw fail('LIST_INVALID', `no MD5, SHA-1 or SHA-256 in ${bad.join('; ')}${more}`);
    },
  };
};

/** Enough of a line to find it, without what a terminal would take for an order. */
const excerpt = (value: string): string => {
  const plain = value.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
};
