// The bytes of a list as UTF-8, whatever they were: byte order marks of 8 and 16 bits are taken off, UTF-16 is recognised without one by its
// zeros, and what is no text is noted once.
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { ListHeader } from './entry.js';
import { invalidAt } from './invalid.js';
import type { Notes } from './notes.js';

export type ByteInput = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Which encoding the first bytes show, and how long the mark is that says so. */
export const sniff = (head: Uint8Array): { readonly encoding: Encoding; readonly bom: number } => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  if (head.length >= 4 && head[1] === 0 && head[3] === 0 && head[0] !== 0) return { encoding: 'utf-16le', bom: 0 };
  if (head.length >= 4 && head[0] === 0 && head[2] === 0 && head[1] !== 0) return { encoding: 'utf-16be', bom: 0 };
  return { encoding: 'utf-8', bom: 0 };
};

const LEAST_HEAD = 4;

/** Chunks of UTF-8 without a mark; sets `header.encoding`. A character may be cut between two chunks. */
export async function* utf8Chunks(input: ByteInput, header: Pick<ListHeader, 'encoding'>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null;
  let head: Buffer | null = Buffer.alloc(0);
  const started = (bytes: Buffer): Buffer | null => {
    const { encoding, bom } = sniff(bytes);
    header.encoding = bom > 0 ? `${encoding} with a mark` : encoding;
    if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { ignoreBOM: true });
    head = null;
    return bytes.subarray(bom);
  };
  const out = (bytes: Buffer): Buffer =>
    decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8');
  for await (const chunk of input) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (head !== null) {
      head = Buffer.concat([head, bytes]);
      if (head.length < LEAST_HEAD) continue;
      bytes = started(head) as Buffer<ArrayBuffer>;
    }
    if (bytes.length > 0) yield out(bytes);
  }
  if (head !== null && head.length > 0) {
    const rest = started(head);
    if (rest !== null && rest.length > 0) yield out(rest);
  }
  const last = (decoder as TextDecoder | null)?.decode();
  if (last !== undefined && last !== '') yield Buffer.from(last, 'utf8');
}

/** The same as text; bytes that are no UTF-8 are read as one byte a character, from the first of them on, with a note. */
export async function* textChunks(
  input: ByteInput,
  header: Pick<ListHeader, 'encoding'>,
  notes: Pick<Notes, 'add'>,
): AsyncGenerator<string> {
  let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Buffer = Buffer.alloc(0);
  let isDamaged = false;
  let offset = 0;
  for await (const chunk of utf8Chunks(input, header)) {
    const bytes: Buffer = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    const cut = isDamaged ? bytes.length : wholeCharacters(bytes);
    held = Buffer.from(bytes.subarray(cut));
    const whole = bytes.subarray(0, cut);
    if (!isDamaged && !isUtf8(whole)) {
      isDamaged = true;
      notes.add('TEXT_DAMAGED', `near byte ${offset}`);
      header.encoding = 'windows-1252';
      decoder = new TextDecoder('windows-1252');
    }
    offset += whole.length;
    if (whole.length > 0) yield decoder.decode(whole, { stream: true });
  }
  if (held.length > 0) {
    if (!isDamaged) notes.add('TEXT_DAMAGED', `near byte ${offset}`);
    yield new TextDecoder('windows-1252').decode(held);
  }
}

/** Where the last character that is whole ends. */
const wholeCharacters = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needs ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
};

/** Errors: LIST_INVALID: a file without line ends would be held in memory as one line. */
export const LONGEST_LINE = 1_048_576;
export const lineTooLong = (line: number): Error => invalidAt(`line ${line}`, `longer than ${LONGEST_LINE} characters`);
