// Signatures at fixed places, by first byte. Types that need more than that have a reader of their own in containers.ts.

interface Signature {
  readonly at: number;
  readonly bytes: Buffer;
  readonly mime: string;
}

const row = (mime: string, text: string, at = 0): Signature => ({ at, bytes: Buffer.from(text, 'latin1'), mime });

/** Most specific first among those that share a beginning. */
const AT_START: readonly Signature[] = [
  row('image/jpeg', '\xff\xd8\xff'),
  row('image/gif', 'GIF87a'),
  row('image/gif', 'GIF89a'),
  row('image/bmp', 'BM'),
  row('image/vnd.adobe.photoshop', '8BPS'),
  row('image/x-icon', '\0\0\x01\0'),
  row('image/jxl', '\xff\x0a'),
  row('image/jxl', '\0\0\0\x0cJXL \r\n\x87\n'),
  row('image/jp2', '\0\0\0\x0cjP  \r\n\x87\n'),
  row('image/j2c', '\xff\x4f\xff\x51'),
  row('image/x-fujifilm-raf', 'FUJIFILMCCD-RAW'),
  row('image/x-olympus-orf', 'IIRO\x08\0'),
  row('image/x-panasonic-rw2', 'IIU\0'),
  row('image/vnd.ms-photo', 'II\xbc'),
  row('image/bpg', 'BPG\xfb'),
  row('image/flif', 'FLIF'),
  row('image/x-xcf', 'gimp xcf '),
  row('image/icns', 'icns'),
  row('video/x-flv', 'FLV\x01'),
  row('video/x-ms-asf', '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'),
  row('video/mpeg', '\0\0\x01\xba'),
  row('video/mpeg', '\0\0\x01\xb3'),
  row('application/vnd.rn-realmedia', '.RMF'),
  row('audio/flac', 'fLaC'),
  row('audio/midi', 'MThd'),
  row('audio/amr', '#!AMR'),
  row('audio/ape', 'MAC '),
  row('audio/wavpack', 'wvpk'),
  row('audio/mpeg', 'ID3'),
  row('application/pdf', '%PDF-'),
  row('application/pdf', '\xef\xbb\xbf%PDF-'),
  row('application/postscript', '%!PS'),
  row('application/rtf', '{\\rtf'),
  row('application/x-windows-thumbnail-cache', 'CMMM'),
  row('application/x-cfb', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  row('application/gzip', '\x1f\x8b\x08'),
  row('application/x-7z-compressed', '7z\xbc\xaf\x27\x1c'),
  row('application/x-rar-compressed', 'Rar!\x1a\x07'),
  row('application/x-bzip2', 'BZh'),
  row('application/x-xz', '\xfd7zXZ\0'),
  row('application/zstd', '\x28\xb5\x2f\xfd'),
  row('application/x-lz4', '\x04\x22\x4d\x18'),
  row('application/vnd.ms-cab-compressed', 'MSCF'),
  row('application/x-arj', '\x60\xea'),
  row('application/x-unix-archive', '!<arch>\n'),
  row('application/x-cpio', '070707'),
  row('application/x-cpio', '070701'),
  row('application/x-sqlite3', 'SQLite format 3\0'),
  row('application/x-elf', '\x7fELF'),
  row('application/x-msdownload', 'MZ'),
  row('application/x-ewf', 'EVF\x09\x0d\x0a\xff\0\x01\x01\0'),
  row('application/x-ewf-part', 'EVF\x09\x0d\x0a\xff\0'),
  row('application/java-vm', '\xca\xfe\xba\xbe'),
  row('font/woff', 'wOFF'),
  row('font/woff2', 'wOF2'),
  row('font/otf', 'OTTO\0'),
  row('font/ttf', '\0\x01\0\0\0'),
  row('application/wasm', '\0asm'),
];

const ELSEWHERE: readonly Signature[] = [
  row('application/x-tar', 'ustar', 257),
  row('application/dicom', 'DICM', 128),
  row('application/x-lzh-compressed', '-lh', 2),
];

const byFirstByte: (readonly Signature[] | undefined)[] = [];
for (const signature of AT_START) {
  const first = signature.bytes[0]!;
  byFirstByte[first] = [...(byFirstByte[first] ?? []), signature];
}

const matches = (head: Uint8Array, { at, bytes }: Signature): boolean => {
  if (head.length < at + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[at + i] !== bytes[i]) return false;
  return true;
};

/** Type of the signature that the head bears, or null. */
export const bySignature = (head: Uint8Array): string | null => {
  const candidates = head.length > 0 ? byFirstByte[head[0]!] : undefined;
  return (
    candidates?.find((signature) => matches(head, signature))?.mime ??
    ELSEWHERE.find((signature) => matches(head, signature))?.mime ??
    null
  );
};
