// Whether a name claims another type than the bytes have: a renamed picture is worth a second look.
import { UNKNOWN_MIME } from './types.js';

/** Types that an extension may stand for; what is not listed claims nothing. */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  jpe: ['image/jpeg'],
  jfif: ['image/jpeg'],
  png: ['image/png', 'image/apng'],
  apng: ['image/apng', 'image/png'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  tif: ['image/tiff'],
  tiff: ['image/tiff'],
  bmp: ['image/bmp'],
  avif: ['image/avif', 'image/avif-sequence'],
  heic: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  heif: ['image/heif', 'image/heic', 'image/heic-sequence', 'image/heif-sequence', 'image/avif'],
  svg: ['image/svg+xml', 'application/xml', 'text/plain'],
  mp4: ['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/3gpp'],
  m4v: ['video/x-m4v', 'video/mp4'],
  mov: ['video/quicktime', 'video/mp4'],
  mkv: ['video/matroska', 'video/webm'],
  webm: ['video/webm', 'video/matroska'],
  avi: ['video/vnd.avi'],
  flv: ['video/x-flv'],
  mp3: ['audio/mpeg'],
  wav: ['audio/wav'],
  flac: ['audio/flac'],
  m4a: ['audio/x-m4a', 'video/mp4'],
  pdf: ['application/pdf'],
  zip: ['application/zip', 'application/java-archive'],
  tar: ['application/x-tar'],
  gz: ['application/gzip'],
  tgz: ['application/gzip'],
  '7z': ['application/x-7z-compressed'],
  rar: ['application/x-rar-compressed'],
  txt: ['text/plain', 'text/html', 'application/xml', 'message/rfc822', 'application/mbox'],
};

/**
 * True when the extension of `name` claims a type that the bytes do not have (note it as TYPE_MISMATCH). An extension or a type that is not
 * known says nothing, and neither does an empty file.
 */
export const isMislabelled = (mime: string, name: string): boolean => {
  if (mime === 'application/x-empty') return false;
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined || !Object.hasOwn(CLAIMS, extension)) return false;
  // Unknown bytes under a picture's name are worth saying as well.
  return mime === UNKNOWN_MIME || !CLAIMS[extension]!.includes(mime);
};
