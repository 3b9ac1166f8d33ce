// What a file is, by its bytes.

/** `document` is a file that a person reads page by page (PDF, office); `archive` holds other files. */
export type FileKind = 'image' | 'video' | 'audio' | 'archive' | 'document' | 'text' | 'other';

export interface FileType {
  readonly mime: string;
  readonly kind: FileKind;
}

/** Types that hold files; the walk opens those that `archiveFormat` names. */
const ARCHIVES: ReadonlySet<string> = new Set([
  'application/zip',
  'application/gzip',
  'application/x-tar',
  'application/x-7z-compressed',
  'application/x-rar-compressed',
  'application/x-bzip2',
  'application/x-xz',
  'application/zstd',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/vnd.ms-cab-compressed',
  'application/x-cpio',
  'application/x-lz4',
  'application/x-lzip',
  'application/x-arj',
  'application/x-lzh-compressed',
  'application/x-ace-compressed',
  'application/x-unix-archive',
  'application/x-apple-diskimage',
  'application/x-raw-disk-image',
  'application/x-ewf',
  'application/x-ewf-part',
]);

const DOCUMENTS =
  /^message\/rfc822$|^application\/(mbox|pdf|rtf|epub\+zip|postscript|x-cfb|msword|vnd\.(ms-(excel|powerpoint|word|outlook)|visio|openxmlformats-|oasis\.opendocument))/;

/** Pictures that are markup: drawn by a browser, not decoded. */
const MARKUP: ReadonlySet<string> = new Set(['image/svg+xml', 'application/xml', 'application/json']);

export const kindOf = (mime: string): FileKind => {
  if (MARKUP.has(mime)) return 'text';
  const family = mime.slice(0, mime.indexOf('/'));
  if (family === 'image' || family === 'video' || family === 'audio' || family === 'text') return family;
  if (ARCHIVES.has(mime)) return 'archive';
  return DOCUMENTS.test(mime) ? 'document' : 'other';
};

export const UNKNOWN_MIME = 'application/octet-stream';
/** The type of a file of no bytes. */
export const EMPTY_MIME = 'application/x-empty';

const known = new Map<string, FileType>();

/** One shared object a type: identifying a million files makes no million objects. */
export const fileType = (mime: string): FileType => {
  let type = known.get(mime);
  if (type === undefined) known.set(mime, (type = Object.freeze({ mime, kind: kindOf(mime) })));
  return type;
};
