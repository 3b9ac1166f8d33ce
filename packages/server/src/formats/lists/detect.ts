// Which format a file is in, by what stands at its start and never by its name.
import { fail } from '@redthread/core/errors';
import { isCyberTip } from './cybertip.js';
import type { ListFormat } from './entry.js';
import { isHma } from './hma.js';
import { SQLITE_MAGIC } from './nsrl-rds3.js';
import { sniff } from './text-input.js';

/** What is read of a file to tell it. */
export const HEAD_BYTES = 65_536;

/** `table` is settled by its header. */
export type Detected =
  Exclude<ListFormat, 'hash-list' | 'hash-csv' | 'iped-csv' | 'icse-csv' | 'nsrl-v2' | 'nist-caid'> | 'table';

const SIGNAL_LINE =
  /^(?:pdq|pdq_ocr|vpdq|video_md5|photo_md5|md5|sha1|sha256|photodna|tmk|url|raw_text|trend_query)[ \t]+\S/m;

/** Errors: LIST_FORMAT_UNKNOWN. */
export const detect = (head: Uint8Array): Detected => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.subarray(0, 16).toString('latin1') === SQLITE_MAGIC) return 'nsrl-rds3';
  const text = headText(bytes).trimStart();
  if (text === '') throw fail('LIST_INVALID', 'an empty file', { pointer: 'file' });
  if (text.startsWith('{') || text.startsWith('[')) return detectJson(text);
  if (text.startsWith('<')) return isCyberTip(text) ? 'cybertip' : 'ncmec';
  const script = text.replace(/^(?:\s*--[^\n]*\n|\s*\/\*[\s\S]*?\*\/)*\s*/, '');
  if (/^(?:insert|delete|update|create|begin|pragma|drop|alter)\b/i.test(script)) return 'nsrl-delta';
  if (hasControls(text)) throw unknownFormat('neither text nor SQLite');
  const [line = ''] = text.split(/\r\n|\r|\n/).filter((one) => one.trim() !== '' && !/^(?:#|\/\/)/.test(one.trim()));
  return SIGNAL_LINE.test(line) ? 'threatexchange' : 'table';
};

export const unknownFormat = (why: string): Error => fail('LIST_FORMAT_UNKNOWN', why, { pointer: 'format' });

/** The start of a text, in whatever encoding it is. */
export const headText = (head: Uint8Array): string => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const { encoding, bom } = sniff(bytes);
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(bom));
};

const detectJson = (text: string): Detected => {
  if (/"hashRecords"\s*:/.test(text)) return 'stopncii';
  if (isHma(text)) return 'hma';
  if (/"(?:@odata\.context|odata\.metadata)"\s*:/.test(text) || /"value"\s*:\s*\[/.test(text)) return 'vics';
  if (/"(?:data|signals|hashes)"\s*:\s*\[/.test(text)) return 'threatexchange';
  throw unknownFormat('JSON of none of the forms that are read');
};

/** What no text has; a picture or an archive has many. */
const hasControls = (text: string): boolean => /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text.slice(0, 4096));
