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
import { pngOf } from './png.js';

interface PdfStream {
  /** `12` or, of a later version of the object, again. */
  readonly object: string;
  readonly dictionary: string;
  readonly data: Buffer;
}

const DICTIONARY_BYTES = 16 * 1024;

export const pdfEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const pdf = await wholeOf(access);
  if (/\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(tail(pdf)))
    throw fail('ARCHIVE_ENCRYPTED', 'what it holds is protected by a password');
  const make = entryMaker(place);
  const masks = new Set<string>();
  const found = [...streamsOf(pdf)];
  for (const { dictionary } of found) {
    const mask = /\/S?Mask\s+(\d+)\s+\d+\s+R/.exec(dictionary)?.[1];
    if (mask !== undefined) masks.add(mask);
  }
  for (const stream of found) {
    const { object, dictionary } = stream;
    const isFile = /\/Type\s*\/EmbeddedFile\b/.test(dictionary);
    const isPicture = /\/Subtype\s*\/Image\b/.test(dictionary) && !/\/ImageMask\s+true/.test(dictionary);
    if ((!isFile && !isPicture) || (isPicture && masks.has(object))) continue;
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

const streamsOf = function* (pdf: Buffer): Generator<PdfStream> {
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue;
    const from = Math.max(0, at - DICTIONARY_BYTES);
    const before = pdf.toString('latin1', from, at);
    const opened = before.lastIndexOf(' obj');
    if (opened < 0 || !/>>\s*$/.test(before)) continue;
    const object = /(\d{1,10})\s+\d{1,5}$/.exec(before.slice(Math.max(0, opened - 20), opened))?.[1];
    if (object === undefined) continue;
    const dictionary = before.slice(opened + 4);
    const start = at + 6 + (pdf[at + 6] === 0x0d ? (pdf[at + 7] === 0x0a ? 2 : 1) : pdf[at + 6] === 0x0a ? 1 : 0);
    const end = endOf(pdf, dictionary, start);
    yield { object, dictionary, data: pdf.subarray(start, end) };
    at = Math.max(at, end - 6);
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
    else if (filter === 'ASCIIHexDecode')
      bytes = Buffer.from(
        bytes
          .toString('latin1')
          .replace(/>.*$/s, '')
          .replace(/[^0-9A-Fa-f]/g, ''),
        'hex',
      );
    else if (filter === 'ASCII85Decode') bytes = ascii85(bytes);
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

/** Five characters from ! to u for four bytes, z for four zeros. */
const ascii85 = (bytes: Buffer): Buffer => {
  const out: number[] = [];
  let group: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    if (byte < 0x21 || byte > 0x75) continue;
    group.push(byte - 0x21);
    if (group.length < 5) continue;
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    out.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
    group = [];
  }
  if (group.length > 1) {
    const count = group.length - 1;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    out.push(
      ...[value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value]
        .slice(0, count)
        .map((part) => Math.floor(part) & 255),
    );
  }
  return Buffer.from(out);
};
