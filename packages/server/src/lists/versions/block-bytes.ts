// The bytes of a block of entries: numbers of any length, texts, and terms, which are texts that come again and are then a number. A block knows
// its own terms, so that each is read without those before it.
import { Buffer } from 'node:buffer';

/** Terms of a block; more of them are written as texts. */
const MOST_TERMS = 16_384;
const FIRST_BYTES = 2 ** 19;
const SHORT = 64;

export class BlockWriter {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;
  readonly #terms = new Map<string, number>();

  get length(): number {
    return this.#at;
  }

  /** Where digests lie that were written, until the next write. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  clear(): void {
    this.#at = 0;
    this.#terms.clear();
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#at++] = value;
  }

  /** Hex of whole bytes; answers where they begin. */
  hex(text: string): number {
    this.#room(text.length >>> 1);
    const from = this.#at;
    this.#at += hexInto(this.#buffer, from, text);
    return from;
  }

  /** 0 to 2^53 - 1: seven bits a byte, least first. */
  number(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 128) {
      this.#buffer[this.#at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#at++] = rest;
  }

  text(text: string): void {
    // Three bytes a sign are the most in UTF-8; the length stands before.
    this.#room(8 + 3 * text.length);
    if (text.length < SHORT && this.#plain(text)) return;
    this.number(Buffer.byteLength(text));
    this.#at += this.#buffer.write(text, this.#at, 'utf8');
  }

  /** Most texts are short and of ASCII: signs one by one are quicker than a call. False: it is not one of these. */
  #plain(text: string): boolean {
    const from = this.#at + 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      this.#buffer[from + i] = code;
    }
    this.#buffer[this.#at] = text.length;
    this.#at = from + text.length;
    return true;
  }

  /** A text of which it is likely that it comes again in this block. */
  term(text: string): void {
    const known = this.#terms.get(text);
    this.number(known ?? 0);
    if (known !== undefined) return;
    this.text(text);
    if (this.#terms.size < MOST_TERMS) this.#terms.set(text, this.#terms.size + 1);
  }

  isTerm(text: string): boolean {
    return this.#terms.has(text);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * Math.max(this.#buffer.length, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

export class BlockReader {
  #at = 0;
  readonly #terms: string[] = [];

  constructor(readonly bytes: Buffer) {}

  byte(): number {
    return this.bytes[this.#at++] ?? 0;
  }

  hex(length: number): string {
    return this.bytes.toString('hex', this.#at, (this.#at += length));
  }

  number(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.byte();
      if (byte < 128) return value + byte * factor;
      value += (byte - 128) * factor;
      factor *= 128;
    }
  }

  text(): string {
    const length = this.number();
    return this.bytes.toString('utf8', this.#at, (this.#at += length));
  }

  term(): string {
    const number = this.number();
    if (number > 0) return this.#terms[number - 1] ?? '';
    const text = this.text();
    if (this.#terms.length < MOST_TERMS) this.#terms.push(text);
    return text;
  }
}

const DIGITS = new Uint8Array(128);
for (const [digit, sign] of [...'0123456789abcdef'].entries()) {
  DIGITS[sign.charCodeAt(0)] = digit;
  DIGITS[sign.toUpperCase().charCodeAt(0)] = digit;
}

/** Answers how many bytes; that they are hex was seen before. */
const hexInto = (into: Uint8Array, at: number, text: string): number => {
  const length = text.length >>> 1;
  for (let i = 0, from = 0; i < length; i++, from += 2)
    into[at + i] = (DIGITS[text.charCodeAt(from)]! << 4) | DIGITS[text.charCodeAt(from + 1)]!;
  return length;
};
