// Elements of named arrays of a JSON document of any size, one after the other: the ends of each are found in the bytes, and only it is parsed. What
// stands outside of these arrays is small and parsed at the end; arrays may lie inside elements of others (a case and its media).
import { isUtf8 } from 'node:buffer';
import { fail } from '@redthread/core/errors';
import { invalidAt } from './invalid.js';

const ELEMENT_BYTES = 16 * 2 ** 20;
const DEPTH = 64;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonElement {
  /** Names and numbers on the way to it: `/value/3`. */
  readonly pointer: string;
  /** Which array it stands in: the place of its path in `arrays`. */
  readonly array: number;
  readonly value: unknown;
  /** Where its bytes are no UTF-8. */
  readonly isDamaged: boolean;
}

/** A part of the document that is put together to be parsed: an element, or what is around all of them. */
interface Capture {
  parts: Buffer[];
  bytes: number;
  /** Where the part that is not yet taken starts in this chunk; -1 while a named array inside is read. */
  from: number;
  readonly depth: number;
  /** Of the array that it is an element of; the document itself has none. */
  readonly array: OpenArray | null;
  readonly index: number;
}

interface OpenArray {
  readonly number: number;
  readonly path: string;
  readonly depth: number;
  count: number;
  needsComma: boolean;
  afterComma: boolean;
}

type Step = string | 0;

export class JsonElements {
  readonly #captures: Capture[] = [{ parts: [], bytes: 0, from: 0, depth: 0, array: null, index: 0 }];
  readonly #open: OpenArray[] = [];
  /** The last name at each depth; null inside arrays. */
  readonly #keys: (string | null)[] = [null];
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #key: Buffer[] | null = null;
  #keyFrom = 0;
  #expectsKey = false;
  #isStarted = false;
  #isEnded = false;
  #found: JsonElement[] = [];
  #outside: unknown = undefined;

  /** `arrays`: paths of names from the root, 0 for an element of an array; `[]` for a document that is itself one. */
  constructor(readonly arrays: readonly (readonly Step[])[]) {}

  /** What is around the arrays, once the document has ended; they are empty there. */
  get outside(): unknown {
    return this.#outside;
  }

  /** What is known of it so far, up to the array that is being read; undefined where that cannot be told. */
  outsideSoFar(): unknown {
    const root = this.#captures[0];
    if (this.#isEnded || root === undefined) return this.#outside;
    if (root.from >= 0) return undefined;
    try {
      return JSON.parse(`${Buffer.concat(root.parts).toString('utf8')}]}`) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Errors: LIST_INVALID with a JSON pointer. */
  write(chunk: Buffer): JsonElement[] {
    this.#found = [];
    for (const capture of this.#captures) if (capture.from >= 0) capture.from = 0;
    this.#keyFrom = 0;
    const length = chunk.length;
    let i = 0;
    while (i < length) {
      if (this.#isInText) {
        i = this.#text(chunk, i);
        continue;
      }
      const byte = chunk[i]!;
      if (byte === QUOTE) this.#startText(chunk, i);
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#enter(chunk, i, byte);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#leave(chunk, i, byte);
      else if (byte === COMMA) this.#comma(chunk, i);
      else if (byte > 0x20) this.#scalar(chunk, i, byte);
      i += 1;
    }
    for (const capture of this.#captures) if (capture.from >= 0) this.#take(capture, chunk, length, true);
    if (this.#key !== null && this.#isInText) this.#key.push(Buffer.from(chunk.subarray(this.#keyFrom)));
    return this.#found;
  }

  /** Errors: LIST_INVALID where the document has not ended. */
  end(): void {
    if (!this.#isStarted) throw this.#broken('an empty file');
    if (!this.#isEnded) throw this.#broken('the file ends in the middle');
  }

  #text(chunk: Buffer, at: number): number {
    let i = at;
    const length = chunk.length;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      i += 1;
    }
    for (; i < length; i++) {
      const byte = chunk[i]!;
      if (byte === QUOTE) {
        this.#isInText = false;
        if (this.#key !== null) this.#endKey(chunk, i);
        return i + 1;
      }
      if (byte === BACKSLASH) {
        i += 1;
        if (i >= length) this.#isEscaped = true;
      }
    }
    return length;
  }

  #startText(chunk: Buffer, i: number): void {
    this.#value(chunk, i);
    this.#isInText = true;
    if (!this.#expectsKey || this.#depth >= this.#keys.length) return;
    this.#key = [];
    this.#keyFrom = i + 1;
    this.#expectsKey = false;
  }

  #endKey(chunk: Buffer, i: number): void {
    const bytes = chunk.subarray(this.#keyFrom, i);
    const text = (this.#key!.length === 0 ? bytes : Buffer.concat([...this.#key!, bytes])).toString('utf8');
    this.#key = null;
    this.#keys[this.#depth] = text.includes('\\') ? this.#unescaped(text) : text;
  }

  #unescaped(text: string): string {
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      throw this.#broken('a name that is no text');
    }
  }

  /** A value starts here: of an element array, it is an element. */
  #value(chunk: Buffer, i: number): void {
    if (this.#isEnded) throw this.#broken('something after the end');
    this.#isStarted = true;
    const array = this.#open.at(-1);
    if (array === undefined || this.#depth !== array.depth) return;
    if (array.needsComma) throw this.#broken('a comma is missing', `${array.path}/${array.count}`);
    array.needsComma = true;
    this.#captures.push({ parts: [], bytes: 0, from: i, depth: this.#depth, array, index: array.count });
    array.count += 1;
    if (chunk[i] === OPEN_OBJECT || chunk[i] === OPEN_ARRAY) return;
    throw this.#broken('not an object', `${array.path}/${array.count - 1}`);
  }

  #scalar(chunk: Buffer, i: number, byte: number): void {
    if (byte === COLON) return;
    const array = this.#open.at(-1);
    if ((array !== undefined && array.depth === this.#depth) || this.#depth === 0) this.#value(chunk, i);
    if (this.#depth === 0) throw this.#broken('neither an object nor an array', '');
  }

  #comma(chunk: Buffer, i: number): void {
    const array = this.#open.at(-1);
    if (array !== undefined && array.depth === this.#depth) {
      if (!array.needsComma) throw this.#broken('a comma too many', `${array.path}/${array.count}`);
      array.needsComma = false;
      array.afterComma = true;
    } else if (this.#depth < this.#keys.length) this.#expectsKey = this.#keys[this.#depth] !== null;
    if (this.#depth === 0) this.#value(chunk, i);
  }

  #enter(chunk: Buffer, i: number, byte: number): void {
    this.#value(chunk, i);
    const number = byte === OPEN_ARRAY ? this.#numberOfArray() : -1;
    this.#depth += 1;
    if (this.#depth > DEPTH) throw this.#broken(`nested deeper than ${DEPTH}`);
    if (number >= 0) {
      const capture = this.#captures.at(-1)!;
      this.#take(capture, chunk, i + 1, true);
      capture.from = -1;
      this.#open.push({
        number,
        path: this.#pointer(),
        depth: this.#depth,
        count: 0,
        needsComma: false,
        afterComma: false,
      });
      this.#keys.length = this.#depth;
      this.#keys.push(null);
    } else if (this.#isOnTheWay(byte)) {
      this.#keys.length = this.#depth;
      this.#keys.push(byte === OPEN_OBJECT ? '' : null);
      this.#expectsKey = byte === OPEN_OBJECT;
    } else if (this.#keys.length > this.#depth) this.#keys.length = this.#depth;
  }

  /** Whether names at the new depth matter: of the document itself, of elements, and on the way to a named array. */
  #isOnTheWay(byte: number): boolean {
    if (byte !== OPEN_OBJECT) return false;
    if (this.#depth === 1 || this.#open.at(-1)?.depth === this.#depth - 1) return true;
    const { array, depth } = this.#captures.at(-1)!;
    return this.arrays.some((path) => {
      const inner = array === null ? path : this.#pathBelow(path, array.number);
      return inner !== null && inner.length > this.#depth - 1 - depth && this.#leadsHere(inner, this.#depth - 1);
    });
  }

  #leave(chunk: Buffer, i: number, byte: number): void {
    const array = this.#open.at(-1);
    if (array !== undefined && array.depth === this.#depth) {
      if (byte !== CLOSE_ARRAY) throw this.#broken('a bracket that does not fit', `${array.path}/${array.count}`);
      if (array.afterComma && !array.needsComma) throw this.#broken('a comma too many', `${array.path}/${array.count}`);
      this.#open.pop();
      this.#captures.at(-1)!.from = i;
    }
    this.#depth -= 1;
    if (this.#depth < 0) throw this.#broken('a bracket that does not fit');
    if (this.#keys.length > this.#depth + 1) this.#keys.length = this.#depth + 1;
    this.#expectsKey = false;
    const capture = this.#captures.at(-1)!;
    if (capture.depth !== this.#depth) return;
    this.#take(capture, chunk, i + 1, false);
    this.#finish(capture);
  }

  #finish(capture: Capture): void {
    const bytes = capture.parts.length === 1 ? capture.parts[0]! : Buffer.concat(capture.parts);
    const pointer = capture.array === null ? '' : `${capture.array.path}/${capture.index}`;
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw this.#broken(error instanceof Error ? error.message : 'no JSON', pointer);
    }
    if (capture.array === null) {
      this.#outside = value;
      this.#isEnded = true;
      return;
    }
    this.#captures.pop();
    this.#found.push({ pointer, array: capture.array.number, value, isDamaged: !isUtf8(bytes) });
  }

  #take(capture: Capture, chunk: Buffer, end: number, isKept: boolean): void {
    const part = chunk.subarray(capture.from, end);
    capture.bytes += part.length;
    if (capture.bytes > ELEMENT_BYTES)
      throw this.#broken(`more than ${ELEMENT_BYTES / 2 ** 20} MiB in one`, this.#pointer());
    // A chunk may be used again by whoever reads: what outlives it is copied.
    capture.parts.push(isKept ? Buffer.from(part) : part);
    capture.from = end;
  }

  #numberOfArray(): number {
    const { array } = this.#captures.at(-1)!;
    return this.arrays.findIndex((path) => {
      const inner = array === null ? path : this.#pathBelow(path, array.number);
      if (inner === null) return false;
      return inner.length === this.#depth - this.#captures.at(-1)!.depth && this.#leadsHere(inner, this.#depth);
    });
  }

  /** Whether names down to a depth are those at the start of a path. */
  #leadsHere(path: readonly Step[], depth: number): boolean {
    const outer = this.#captures.at(-1)!.depth;
    for (let at = outer + 1; at <= depth; at++) if (this.#keys[at] !== path[at - outer - 1]) return false;
    return true;
  }

  /** What of a path lies below elements of another; null where it does not. */
  #pathBelow(path: readonly Step[], outer: number): readonly Step[] | null {
    const above = [...this.arrays[outer]!, 0];
    return path.length > above.length && above.every((step, index) => step === path[index])
      ? path.slice(above.length)
      : null;
  }

  #pointer(): string {
    const { array, index } = this.#captures.at(-1)!;
    const above = array === null ? '' : `${array.path}/${index}`;
    const keys = this.#keys.slice(this.#captures.at(-1)!.depth + 1, this.#depth + 1);
    const end = keys.findIndex((key) => key === null || key === '');
    const names = (end < 0 ? keys : keys.slice(0, end)) as string[];
    return above + names.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
  }

  #broken(why: string, pointer = this.#pointer()): Error {
    return pointer === '' ? fail('LIST_INVALID', `the document: ${why}`, { pointer }) : invalidAt(pointer, why);
  }
}
