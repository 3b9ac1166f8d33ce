// Extra fields and names of ZIP entries (APPNOTE 4.5, Info-ZIP), read without trust in their lengths.
import { crc32 } from 'node:zlib';
import { cp437Name, decodedName, utf8Name, type DecodedName } from './names.js';

export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

/** The fields that are whole; what follows damage is left out. */
export const parseExtraFields = (bytes: Buffer): ExtraField[] => {
  const fields: ExtraField[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) break;
    fields.push({ id: bytes.readUInt16LE(at), data: bytes.subarray(at + 4, end) });
    at = end;
  }
  return fields;
};

const IS_UTF8 = 0x800;
const UNICODE_PATH = 0x7075;

/** The name: the Unicode field if it belongs to these bytes, UTF-8 if it is marked or valid as such, else code page 437. */
export const zipName = (bytes: Buffer, flags: number, fields: readonly ExtraField[]): DecodedName => {
  const unicode = fields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5 && data[0] === 1)?.data;
  if (unicode !== undefined && unicode.readUInt32LE(1) === crc32(bytes)) {
    const name = utf8Name(unicode.subarray(5));
    if (name !== null) return { name };
  }
  const decoded = decodedName(bytes);
  return decoded.rawName === undefined || (flags & IS_UTF8) !== 0 ? decoded : { name: cp437Name(bytes) };
};
