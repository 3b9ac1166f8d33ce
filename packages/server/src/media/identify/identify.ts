// The real type of a file from its first bytes, whatever its name says.
import { fileTypeFromBuffer } from 'file-type';
import { byContainer, byStream } from './containers.js';
import { byDisk, RAW_DISK } from './disk.js';
import { bySignature } from './signatures.js';
import { byText } from './text.js';
import { EMPTY_MIME, fileType, UNKNOWN_MIME, type FileType } from './types.js';

/** How many first bytes `identify` and `identifyFurther` want. */
export const IDENTIFY_BYTES = 4100;

const FIRST_PRINTABLE = 32;
const LAST_ASCII = 126;

/** Types with a signature that are text themselves. */
const TEXTUAL: ReadonlySet<string> = new Set(['application/pdf', 'application/postscript', 'application/rtf']);

/** True for a TAR header without the `ustar` mark (before POSIX): the sum of its bytes stands in the header, in octal. */
const isOldTar = (head: Uint8Array): boolean => {
  if (head.length < 512 || head[0] === 0) return false;
  const stated = Number.parseInt(
    Buffer.from(head.subarray(148, 156)).toString('latin1').replace(/\0.*$/, '').trim(),
    8,
  );
  if (!(stated > 0)) return false;
  let sum = 8 * 32; // the field itself counts as blanks
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i]!;
  return sum === stated;
};

/**
 * Real type from the first bytes (give `IDENTIFY_BYTES` or the whole file). Synchronous, a few microseconds, never throws. What it does not
 * know is `application/octet-stream`; `identifyFurther` may know more.
 */
export const identify = (head: Uint8Array, sizeBytes: number = head.length): FileType => {
  if (sizeBytes === 0 || head.length === 0) return fileType(EMPTY_MIME);
  // Nearly every file of an exhibit is a JPEG.
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return fileType('image/jpeg');
  const mime =
    byContainer(head) ??
    bySignature(head) ??
    byDisk(head) ??
    byStream(head) ??
    (isOldTar(head) ? 'application/x-tar' : null);
  if (mime !== null && (mime === RAW_DISK || head[0]! < FIRST_PRINTABLE || head[0]! > LAST_ASCII || TEXTUAL.has(mime)))
    return fileType(mime);
  // "BM", "MZ" or "ID3" may also begin a sentence.
  return fileType(byText(head) ?? mime ?? UNKNOWN_MIME);
};

/** As `identify`, then asks `file-type` about what is left unknown: rare formats, at 30 to 100 microseconds. */
export const identifyFurther = async (head: Uint8Array, sizeBytes: number = head.length): Promise<FileType> => {
  const type = identify(head, sizeBytes);
  if (type.mime !== UNKNOWN_MIME) return type;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found === undefined ? type : fileType(found.mime);
};
