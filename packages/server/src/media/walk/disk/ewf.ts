// What the files of an EnCase image (EWF version 1) say of themselves: their number, and the hashes that were stored when it was made. The
// format as libewf documents it: a header, then sections, each with where the next begins.
import type { RandomAccess } from '../random-access.js';

export interface StoredHashes {
  readonly md5?: string;
  readonly sha1?: string;
}

export interface EwfPart {
  readonly number: number;
  readonly isLast: boolean;
  readonly stored: StoredHashes;
}

const SIGNATURE = Buffer.from('EVF\x09\x0d\x0a\xff\0', 'latin1');
const HEADER_BYTES = 13;
const SECTION_BYTES = 76;
const MOST_SECTIONS = 100_000;
const [MD5_BYTES, SHA1_BYTES] = [16, 20];

/** Null where it is none. A chain of sections that leads back or out of the file ends there. */
export const readEwfPart = async (access: RandomAccess): Promise<EwfPart | null> => {
  const header = await access.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  let stored: StoredHashes = {};
  let isLast = false;
  for (let at = HEADER_BYTES, seen = 0; seen < MOST_SECTIONS; seen++) {
    const section = await access.read(at, SECTION_BYTES + MD5_BYTES + SHA1_BYTES);
    if (section.length < SECTION_BYTES) break;
    const type = section.toString('latin1', 0, 16).replace(/\0.*$/s, '');
    const next = Number(section.readBigUInt64LE(16));
    const md5 = section.subarray(SECTION_BYTES, SECTION_BYTES + MD5_BYTES);
    if (type === 'hash' && md5.length === MD5_BYTES) stored = { ...stored, ...stated('md5', md5) };
    const sha1 = section.subarray(SECTION_BYTES + MD5_BYTES);
    if (type === 'digest' && sha1.length === SHA1_BYTES)
      stored = { ...stored, ...stated('md5', md5), ...stated('sha1', sha1) };
    if (type === 'done') isLast = true;
    if (type === 'done' || type === 'next' || next <= at) break;
    at = next;
  }
  return { number: header.readUInt16LE(9), isLast, stored };
};

/** Nothing but zeros is what programs write that worked none out. */
const stated = (name: 'md5' | 'sha1', digest: Buffer): StoredHashes =>
  digest.every((byte) => byte === 0) ? {} : { [name]: digest.toString('hex') };
