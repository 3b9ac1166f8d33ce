// The parts of a mail (RFC 5322, RFC 2045 to 2047, RFC 2231), read without trust: bounded in number, depth and size of heads.
import { fail } from '@redthread/core/errors';
import { hexDigit } from './hex-digit.js';

export interface MailPart {
  /** 1, 1.2, 1.2.1: its place among the parts. */
  readonly number: string;
  readonly type: string;
  /** As the mail says it. */
  readonly name: string | null;
  readonly encoding: string;
  /** Encoded. */
  readonly body: Buffer;
}

const MOST_DEPTH = 32;
const MOST_PARTS = 20_000;
const HEAD_BYTES = 256 * 1024;

/** Parts that are no containers of parts. Errors: ARCHIVE_TOO_DEEP, ARCHIVE_BOMB. */
export const partsOf = (mail: Buffer): MailPart[] => {
  const parts: MailPart[] = [];
  const read = (entity: Buffer, number: string, depth: number): void => {
    if (depth > MOST_DEPTH) throw fail('ARCHIVE_TOO_DEEP', `its parts lie deeper than ${MOST_DEPTH}`);
    const { head, body } = split(entity);
    const type = parameters(head.get('content-type') ?? 'text/plain');
    const boundary = type.values.get('boundary');
    if (/^multipart\//i.test(type.value) && boundary !== undefined && boundary !== '') {
      pieces(body, boundary).forEach((piece, index) =>
        read(piece, number === '' ? `${index + 1}` : `${number}.${index + 1}`, depth + 1),
      );
      return;
    }
    if (parts.length >= MOST_PARTS) throw fail('ARCHIVE_BOMB', `holds more than ${MOST_PARTS} parts`);
    const disposition = parameters(head.get('content-disposition') ?? '');
    const name = disposition.values.get('filename') ?? type.values.get('name') ?? null;
    const encoding = (head.get('content-transfer-encoding') ?? '').trim().toLowerCase();
    parts.push({ number: number === '' ? '1' : number, type: type.value.toLowerCase(), name, encoding, body });
  };
  read(mail, '', 0);
  return parts;
};

export const decodedBody = ({ encoding, body }: MailPart): Buffer => {
  if (encoding === 'base64') return base64(body);
  if (encoding !== 'quoted-printable') return body;
  return quotedPrintable(body);
};

/** Line by line: blanks at the end of one are none of it, and a last `=` joins it to the next. */
const quotedPrintable = (body: Buffer): Buffer => {
  const out = Buffer.allocUnsafe(body.length);
  let fill = 0;
  for (let at = 0; at < body.length;) {
    const feed = body.indexOf(0x0a, at);
    const next = feed < 0 ? body.length : feed + 1;
    const breakAt = feed < 0 ? next : feed > at && body[feed - 1] === 0x0d ? feed - 1 : feed;
    let end = breakAt;
    while (end > at && (body[end - 1] === 0x20 || body[end - 1] === 0x09)) end -= 1;
    const isJoined = feed >= 0 && end > at && body[end - 1] === 0x3d;
    if (isJoined) end -= 1;
    while (at < end) {
      const high = body[at] === 0x3d && at + 2 < end ? hexDigit(body[at + 1]!) : -1;
      const low = high < 0 ? -1 : hexDigit(body[at + 2]!);
      out[fill++] = low < 0 ? body[at]! : high * 16 + low;
      at += low < 0 ? 1 : 3;
    }
    if (!isJoined) fill += body.copy(out, fill, breakAt, next);
    at = next;
  }
  return out.subarray(0, fill);
};

const BASE64 = new Set(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='));
const IS_BASE64 = Uint8Array.from({ length: 256 }, (_, byte) => (BASE64.has(byte) ? 1 : 0));

/** Characters of no meaning are left out; not by a pattern, which would count each of millions. */
const base64 = (body: Buffer): Buffer => {
  const kept = Buffer.allocUnsafe(body.length);
  let fill = 0;
  for (const byte of body) if (IS_BASE64[byte] === 1) kept[fill++] = byte;
  return Buffer.from(kept.toString('latin1', 0, fill), 'base64');
};

/** Head and body of an entity; the first of several fields of a name counts. */
const split = (entity: Buffer): { readonly head: ReadonlyMap<string, string>; readonly body: Buffer } => {
  const head = new Map<string, string>();
  let at = 0;
  let name = '';
  while (at < entity.length && at < HEAD_BYTES) {
    const feed = entity.indexOf(0x0a, at);
    const end = feed < 0 ? entity.length : feed;
    const line = entity.toString('latin1', at, Math.min(end, at + HEAD_BYTES)).replace(/\r$/, '');
    at = end + 1;
    if (line === '') break;
    if (/^[ \t]/.test(line)) {
      if (name !== '') head.set(name, `${head.get(name) ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    name = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : '';
    if (head.has(name)) name = '';
    if (name !== '') head.set(name, line.slice(colon + 1).trim());
  }
  return { head, body: entity.subarray(Math.min(at, entity.length)) };
};

/** Between lines that are the boundary; what stands before the first is left out, what has no end goes to the end. */
const pieces = (body: Buffer, boundary: string): Buffer[] => {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const found: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const after = body.toString('latin1', at + mark.length, at + mark.length + 2);
    if (after !== '--' && !/^[\r\n \t]/.test(after) && after !== '') continue;
    if (start >= 0) found.push(body.subarray(start, Math.max(start, body[at - 2] === 0x0d ? at - 2 : at - 1)));
    if (found.length > MOST_PARTS) throw fail('ARCHIVE_BOMB', `holds more than ${MOST_PARTS} parts`);
    if (after === '--') return found;
    const feed = body.indexOf(0x0a, at);
    start = feed < 0 ? body.length : feed + 1;
  }
  if (start >= 0) found.push(body.subarray(start));
  return found;
};

interface Field {
  readonly value: string;
  readonly values: ReadonlyMap<string, string>;
}

const LONGEST_FIELD = 8 * 1024;

/** A value with its parameters, those in pieces and in other characters joined and decoded. */
const parameters = (field: string): Field => {
  const values = new Map<string, string>();
  const short = field.slice(0, LONGEST_FIELD);
  const [value = ''] = short.split(';', 1);
  const pieced = new Map<string, string>();
  for (const [, key, quoted, bare] of short.matchAll(/;\s*([\w*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g)) {
    const name = key!.toLowerCase();
    const text = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
    const piece = /^([\w-]+)\*(?:(\d{1,3}))?(\*)?$/.exec(name);
    if (piece === null) values.set(name, encodedWords(text));
    else {
      const isFirst = piece[2] === undefined || piece[2] === '0';
      const isCoded = piece[3] !== undefined || piece[2] === undefined;
      pieced.set(piece[1]!, (pieced.get(piece[1]!) ?? '') + (isCoded ? percent(text, isFirst) : text));
    }
  }
  for (const [name, text] of pieced) values.set(name, text);
  return { value: value.trim(), values };
};

const textOf = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};

/** `utf-8'en'na%C3%AFve.jpg` */
const percent = (text: string, isFirst: boolean): string => {
  const named = isFirst ? /^([\w-]*)'[^']*'(.*)$/s.exec(text) : null;
  const coded = named?.[2] ?? text;
  const bytes = Buffer.from(
    coded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return textOf(bytes, named?.[1] || 'utf-8');
};

/** `=?utf-8?B?…?=` */
const encodedWords = (text: string): string =>
  text.replace(/=\?([\w-]{1,40})\?([BbQq])\?([^?\s]*)\?=\s*/g, (_, charset: string, kind: string, coded: string) => {
    if (kind.toLowerCase() === 'b') return textOf(Buffer.from(coded, 'base64'), charset);
    const spaced = coded
      .replace(/_/g, ' ')
      .replace(/=([0-9A-Fa-f]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return textOf(Buffer.from(spaced, 'latin1'), charset);
  });
