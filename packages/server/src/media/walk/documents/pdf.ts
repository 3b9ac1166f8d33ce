// Pictures and attached files in a PDF (ISO 32000-1): streams are found by their marks, not by the table that a hostile file may lie in. Pictures
// that are kept as they came (JPEG, JPEG 2000) come out as they lie; samples become a PNG.
import { constants, inflateSync } from 'node:zlib';
import { fail } from '@redthread/core/errors';
import { archiveError } from '../archive-error.js';
import { problem, type WalkEntry } from '../entry.js';
import { entryMaker, type Place } from '../place.js';
import type { RandomAccess } from '../random-access.js';
import type { ItemProblem } from '../types.js';
import { heldContent, wholeOf } from './content.js';
import { hexDigit } from './hex-digit.js';
import { pngOf } from './png.js';

interface PdfStream {
  /** `12` or, of a later version of the object, again. */
  readonly object: string;
  readonly dictionary: string;
  readonly data: Buffer;
}

const DICTIONARY_BYTES = 16 * 1024;
const MOST_STREAMS = 100_000;

export const pdfEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const pdf = await wholeOf(access);
  if (/\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(tail(pdf)))
    throw fail('ARCHIVE_ENCRYPTED', 'what it holds is protected by a password');
  const make = entryMaker(place);
  const masks = new Set<string>();
  const found: PdfStream[] = [];
  for (const stream of streamsOf(pdf)) {
    const { dictionary } = stream;
    if (!isFileIn(dictionary) && !isPictureIn(dictionary)) continue;
    if (found.length >= MOST_STREAMS) throw fail('ARCHIVE_BOMB', `holds more than ${MOST_STREAMS} pictures and files`);
    found.push(stream);
    const mask = /\/S?Mask\s+(\d{1,10})\s+\d+\s+R/.exec(dictionary)?.[1];
    if (mask !== undefined) masks.add(mask);
  }
  for (const stream of found) {
    const { object, dictionary } = stream;
    const isFile = isFileIn(dictionary);
    if (isPictureIn(dictionary) && masks.has(object)) continue;
    const filters = filtersOf(dictionary);
    const kind = isFile
      ? { ending: '', open: () => unpacked(stream.data, filters, place) }
      : pictureOf(stream, filters, place);
    const { bytes, failure } = taken(kind, filters);
    place.budget.expand(bytes.length);
    const name = `${isFile ? 'attachment' : 'object'} ${object}${kind?.ending ?? ''}`;
    const sizeBytes = failure === null ? bytes.length : null;
    yield make({ name, sizeBytes, sourceTimes: [], failure }, heldContent(bytes));
  }
};

const isFileIn = (dictionary: string): boolean => /\/Type\s*\/EmbeddedFile\b/.test(dictionary);

const isPictureIn = (dictionary: string): boolean =>
  /\/Subtype\s*\/Image\b/.test(dictionary) && !/\/ImageMask\s+true/.test(dictionary);

interface Taken {
  readonly bytes: Buffer;
  readonly failure: ItemProblem | null;
}

const taken = (kind: { open(): Buffer } | null, filters: readonly string[]): Taken => {
  const nothing = Buffer.alloc(0);
  if (kind === null) {
    const how = filters.join(', ') || 'samples of an unknown form';
    return { bytes: nothing, failure: problem('ARCHIVE_METHOD_UNSUPPORTED', `a picture by ${how}`) };
  }
  try {
    return { bytes: kind.open(), failure: null };
  } catch (error) {
    const { code, detail } = archiveError(error);
    if (code === 'ARCHIVE_CORRUPT' || code === 'ARCHIVE_METHOD_UNSUPPORTED')
      return { bytes: nothing, failure: problem(code, detail) };
    throw error;
  }
};

/** Where trailers stand: at the end, and in a linearised file near the beginning. */
const tail = (pdf: Buffer): string => {
  const ends = 64 * 1024;
  let text = pdf.toString('latin1', 0, ends) + pdf.toString('latin1', Math.max(ends, pdf.length - ends));
  for (let at = pdf.indexOf('trailer'); at >= 0 && text.length < 4 * 2 ** 20; at = pdf.indexOf('trailer', at + 7))
    text += pdf.toString('latin1', at, at + 2048);
  return text;
};

/** No byte is looked at for two dictionaries, and none is kept but those of a dictionary. */
const streamsOf = function* (pdf: Buffer): Generator<PdfStream> {
  let seen = 0;
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue;
    if (!/>>\s*$/.test(pdf.toString('latin1', Math.max(0, at - 64), at))) continue;
    const from = Math.max(seen, at - DICTIONARY_BYTES);
    seen = at;
    const found = pdf.subarray(from, at).lastIndexOf(' obj');
    if (found < 0) continue;
    const opened = from + found;
    const object = /(\d{1,10})\s+\d{1,5}$/.exec(pdf.toString('latin1', Math.max(0, opened - 20), opened))?.[1];
    if (object === undefined) continue;
    const dictionary = pdf.toString('latin1', opened + 4, at);
    const start = at + 6 + (pdf[at + 6] === 0x0d ? (pdf[at + 7] === 0x0a ? 2 : 1) : pdf[at + 6] === 0x0a ? 1 : 0);
    const end = endOf(pdf, dictionary, start);
    yield { object, dictionary, data: pdf.subarray(start, end) };
    at = Math.max(at, end - 6);
    seen = at;
  }
};

/** The stated length where the stream ends there, else as far as its mark. */
const endOf = (pdf: Buffer, dictionary: string, start: number): number => {
  const stated = Number(/\/Length\s+(\d{1,12})(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? -1);
  if (stated >= 0 && /^\s*endstream/.test(pdf.toString('latin1', start + stated, start + stated + 16)))
    return start + stated;
  const mark = pdf.indexOf('endstream', start);
  const end = mark < 0 ? pdf.length : mark;
  return pdf[end - 1] === 0x0a && end > start ? (pdf[end - 2] === 0x0d ? end - 2 : end - 1) : end;
};

const SHORT: Readonly<Record<string, string>> = {
  DCT: 'DCTDecode',
  Fl: 'FlateDecode',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
};

const filtersOf = (dictionary: string): string[] => {
  const written = /\/Filter\s*(\[[^\]]{0,400}\]|\/\w{1,40})/.exec(dictionary)?.[1] ?? '';
  return [...written.matchAll(/\/(\w+)/g)].map(([, name]) => SHORT[name!] ?? name!);
};

const AS_THEY_CAME: Readonly<Record<string, string>> = { DCTDecode: '.jpg', JPXDecode: '.jp2' };

const pictureOf = (
  { dictionary, data }: PdfStream,
  filters: readonly string[],
  place: Place,
): { readonly ending: string; open(): Buffer } | null => {
  const ending = AS_THEY_CAME[filters.at(-1) ?? ''];
  if (ending !== undefined)
    return filters.slice(0, -1).every(isUnpacked)
      ? { ending, open: () => unpacked(data, filters.slice(0, -1), place) }
      : null;
  if (!filters.every(isUnpacked) || /\/Indexed\b/.test(dictionary)) return null;
  const number = (name: string): number => Number(new RegExp(`/${name}\\s+(\\d{1,6})`).exec(dictionary)?.[1] ?? 0);
  const form = {
    width: number('Width'),
    height: number('Height'),
    bits: number('BitsPerComponent') || 8,
    predictor: number('Predictor'),
  };
  if (form.width === 0 || form.height === 0) return null;
  return { ending: '.png', open: () => pngOf(unpacked(data, filters, place), form) };
};

const isUnpacked = (filter: string): boolean => ['FlateDecode', 'ASCIIHexDecode', 'ASCII85Decode'].includes(filter);

const unpacked = (data: Buffer, filters: readonly string[], { budget }: Place): Buffer => {
  let bytes = data;
  for (const filter of filters) {
    if (filter === 'FlateDecode') bytes = inflated(bytes, budget.limits.ratioFreeBytes);
    else if (filter === 'ASCIIHexDecode') bytes = asciiHex(bytes);
    else if (filter === 'ASCII85Decode') bytes = ascii85(bytes, budget.limits.ratioFreeBytes);
    else throw fail('ARCHIVE_METHOD_UNSUPPORTED', filter);
  }
  return bytes;
};

const inflated = (bytes: Buffer, maxOutputLength: number): Buffer => {
  try {
    return inflateSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const isBomb = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw isBomb
      ? fail('ARCHIVE_BOMB', `a stream expands to more than ${maxOutputLength} bytes`)
      : fail('ARCHIVE_CORRUPT', 'its compressed data is damaged');
  }
};

/** Two digits for a byte, as far as `>`. */
const asciiHex = (bytes: Buffer): Buffer => {
  const out = Buffer.alloc(Math.ceil(bytes.length / 2));
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 0x3e) break;
    const digit = hexDigit(byte);
    if (digit < 0) continue;
    out[digits >> 1]! |= digits % 2 === 0 ? digit << 4 : digit;
    digits += 1;
  }
  return out.subarray(0, Math.ceil(digits / 2));
};

/** Five characters from ! to u for four bytes, z for four zeros. Counted first: a z is four times itself. */
const ascii85 = (bytes: Buffer, mostBytes: number): Buffer => {
  const sizeBytes = ascii85Size(bytes);
  if (sizeBytes > mostBytes) throw fail('ARCHIVE_BOMB', `a stream expands to more than ${mostBytes} bytes`);
  const out = Buffer.alloc(sizeBytes);
  let fill = 0;
  let value = 0;
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits === 0) fill += 4;
    if (byte < 0x21 || byte > 0x75) continue;
    value = value * 85 + byte - 0x21;
    if (++digits < 5) continue;
    fill = out.writeUInt32BE(value % 2 ** 32, fill);
    value = digits = 0;
  }
  if (digits > 1) {
    for (let digit = digits; digit < 5; digit++) value = value * 85 + 84;
    const last = Buffer.alloc(4);
    last.writeUInt32BE(value % 2 ** 32);
    last.copy(out, fill, 0, digits - 1);
  }
  return out;
};

const ascii85Size = (bytes: Buffer): number => {
  let sizeBytes = 0;
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits === 0) sizeBytes += 4;
    if (byte < 0x21 || byte > 0x75 || ++digits < 5) continue;
    sizeBytes += 4;
    digits = 0;
  }
  return sizeBytes + Math.max(0, digits - 1);
};
