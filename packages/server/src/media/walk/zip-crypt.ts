// Entries of a ZIP under a password: the classic cipher (APPNOTE 6.1) and AES as WinZip defines it (AE-1, AE-2). Which of several passwords
// fits, a few bytes before the data tell; whether it did, the checksum or the seal behind it.
import { createCipheriv, createHmac, pbkdf2, timingSafeEqual, type Hmac } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { promisify } from 'node:util';
import { fail } from '@redthread/core/errors';
import type { ExtraField } from './zip-fields.js';

const derive = promisify(pbkdf2);

export type ZipCipher =
  | { readonly kind: 'classic'; readonly check: number }
  | { readonly kind: 'aes'; readonly keyBytes: number; readonly method: number; readonly hasCrc: boolean };

const IS_ENCRYPTED = 0x01;
const IS_STRONG = 0x40;
const CRC_FOLLOWS = 0x08;
const AES = 99;
const AES_FIELD = 0x9901;

export interface ProtectedRecord {
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly dosTime: number;
  readonly extraFields: readonly ExtraField[];
}

/** Null for an entry without a password; `unknown` for a cipher that is not read. */
export const cipherOf = ({
  flags,
  method,
  crc32,
  dosTime,
  extraFields,
}: ProtectedRecord): ZipCipher | 'unknown' | null => {
  if ((flags & IS_ENCRYPTED) === 0 && method !== AES) return null;
  if ((flags & IS_STRONG) !== 0) return 'unknown';
  if (method !== AES) return { kind: 'classic', check: (flags & CRC_FOLLOWS) !== 0 ? dosTime >>> 8 : crc32 >>> 24 };
  const data = extraFields.find(({ id }) => id === AES_FIELD)?.data;
  if (data === undefined || data.length < 7 || data[4]! < 1 || data[4]! > 3) return 'unknown';
  return { kind: 'aes', keyBytes: 8 + 8 * data[4]!, method: data.readUInt16LE(5), hasCrc: data.readUInt16LE(0) === 1 };
};

const CLASSIC_HEADER_BYTES = 12;
const VERIFIER_BYTES = 2;
const SEAL_BYTES = 10;

/** Bytes before the data, and behind it. */
export const cipherBytes = (cipher: ZipCipher): { readonly before: number; readonly behind: number } =>
  cipher.kind === 'classic'
    ? { before: CLASSIC_HEADER_BYTES, behind: 0 }
    : { before: cipher.keyBytes / 2 + VERIFIER_BYTES, behind: SEAL_BYTES };

/** What opens the data, where this password may be the one; `head`: the bytes before it. */
export const openCipher = async (
  cipher: ZipCipher,
  head: Buffer,
  password: string,
): Promise<(() => Transform) | null> => {
  const secret = Buffer.from(password, 'utf8');
  if (cipher.kind === 'classic') {
    const keys = new ClassicKeys(secret);
    return keys.open(Buffer.from(head))[CLASSIC_HEADER_BYTES - 1] === cipher.check
      ? () => new Classic(keys.copy())
      : null;
  }
  const { keyBytes } = cipher;
  const salt = head.subarray(0, keyBytes / 2);
  const derived = await derive(secret, salt, 1000, 2 * keyBytes + VERIFIER_BYTES, 'sha1');
  if (!derived.subarray(2 * keyBytes).equals(head.subarray(keyBytes / 2))) return null;
  return () => new Aes(derived.subarray(0, keyBytes), derived.subarray(keyBytes, 2 * keyBytes));
};

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

class ClassicKeys {
  #a = 0x12345678;
  #b = 0x23456789;
  #c = 0x34567890;

  constructor(password: Buffer) {
    for (const byte of password) this.#update(byte);
  }

  copy(): ClassicKeys {
    const other = new ClassicKeys(Buffer.alloc(0));
    [other.#a, other.#b, other.#c] = [this.#a, this.#b, this.#c];
    return other;
  }

  /** In place. */
  open(bytes: Buffer): Buffer {
    for (let at = 0; at < bytes.length; at++) {
      const mask = (this.#c | 2) & 0xffff;
      const byte = bytes[at]! ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
      bytes[at] = byte;
      this.#update(byte);
    }
    return bytes;
  }

  #update(byte: number): void {
    this.#a = TABLE[(this.#a ^ byte) & 0xff]! ^ (this.#a >>> 8);
    this.#b = (Math.imul(this.#b + (this.#a & 0xff), 134_775_813) + 1) | 0;
    this.#c = TABLE[(this.#c ^ (this.#b >>> 24)) & 0xff]! ^ (this.#c >>> 8);
  }
}

class Classic extends Transform {
  readonly #keys: ClassicKeys;

  constructor(keys: ClassicKeys) {
    super();
    this.#keys = keys;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    done(null, this.#keys.open(Buffer.from(piece)));
  }
}

const BLOCK_BYTES = 16;

/** Counter mode with a counter that begins at 1 and counts from its first byte; the last ten bytes are the seal of all before. */
class Aes extends Transform {
  readonly #key: Buffer;
  readonly #hmac: Hmac;
  #rest: Buffer = Buffer.alloc(0);
  #mask: Buffer = Buffer.alloc(0);
  #counter = 1;

  constructor(key: Buffer, sealKey: Buffer) {
    super();
    this.#key = key;
    this.#hmac = createHmac('sha1', sealKey);
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = Buffer.concat([this.#rest, piece]);
    const end = Math.max(0, all.length - SEAL_BYTES);
    this.#rest = all.subarray(end);
    const data = Buffer.from(all.subarray(0, end));
    this.#hmac.update(data);
    const mask = this.#take(data.length);
    for (let at = 0; at < data.length; at++) data[at] = data[at]! ^ mask[at]!;
    done(null, data);
  }

  override _flush(done: TransformCallback): void {
    const seal = this.#hmac.digest().subarray(0, SEAL_BYTES);
    const isWhole = this.#rest.length === SEAL_BYTES && timingSafeEqual(seal, this.#rest);
    done(isWhole ? null : fail('ARCHIVE_CORRUPT', 'the entry fails its seal'));
  }

  #take(bytes: number): Buffer {
    const blocks = Math.ceil((bytes - this.#mask.length) / BLOCK_BYTES);
    if (blocks > 0) {
      const counters = Buffer.alloc(blocks * BLOCK_BYTES);
      for (let block = 0; block < blocks; block++)
        counters.writeBigUInt64LE(BigInt(this.#counter++), block * BLOCK_BYTES);
      const cipher = createCipheriv(`aes-${this.#key.length * 8}-ecb`, this.#key, null).setAutoPadding(false);
      this.#mask = Buffer.concat([this.#mask, cipher.update(counters)]);
    }
    const mask = this.#mask.subarray(0, bytes);
    this.#mask = this.#mask.subarray(bytes);
    return mask;
  }
}
