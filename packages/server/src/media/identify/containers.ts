// Types whose signature is a container's: what lies inside says which (RIFF, ISO media, Matroska, Ogg, TIFF, PNG, ZIP, MPEG).

const tag = (head: Uint8Array, at: number): string =>
  at + 4 > head.length ? '' : String.fromCharCode(head[at]!, head[at + 1]!, head[at + 2]!, head[at + 3]!);

const latin1 = (head: Uint8Array, from: number, to: number): string =>
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', from, Math.min(to, head.length));

const uint32 = (head: Uint8Array, at: number, little = false): number =>
  at + 4 > head.length ? 0 : new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(at, little);

const uint16 = (head: Uint8Array, at: number, little: boolean): number =>
  at + 2 > head.length ? 0 : new DataView(head.buffer, head.byteOffset, head.byteLength).getUint16(at, little);

const RIFF_FORMS: Readonly<Record<string, string>> = {
  WEBP: 'image/webp',
  'AVI ': 'video/vnd.avi',
  WAVE: 'audio/wav',
};

const BRANDS: Readonly<Record<string, string>> = {
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/x-m4a',
  'M4B ': 'audio/x-m4a',
  'M4V ': 'video/x-m4v',
  'crx ': 'image/x-canon-cr3',
  mjp2: 'image/mj2',
  'jp2 ': 'image/jp2',
};

/** ISO base media (ISO 14496-12): pictures by their brands (HEIF: ISO 23008-12; AVIF), else a film or sound. */
const isoMedia = (head: Uint8Array): string => {
  const end = Math.min(uint32(head, 0), head.length, 256);
  const major = tag(head, 8);
  const brands = new Set([major]);
  for (let at = 16; at + 4 <= end; at += 4) brands.add(tag(head, at));
  const has = (...names: string[]): boolean => names.some((name) => brands.has(name));
  if (major === 'avis' || (has('avis') && !has('avif'))) return 'image/avif-sequence';
  if (has('avif')) return 'image/avif';
  if (has('heic', 'heix', 'heim', 'heis')) return 'image/heic';
  if (has('hevc', 'hevx', 'hevm', 'hevs')) return 'image/heic-sequence';
  if (major === 'mif1') return 'image/heif';
  if (major === 'msf1') return 'image/heif-sequence';
  if (major.startsWith('3g')) return major.startsWith('3g2') ? 'video/3gpp2' : 'video/3gpp';
  return BRANDS[major] ?? 'video/mp4';
};

/** Older QuickTime files start with another box than `ftyp`. */
const QUICKTIME_BOXES: ReadonlySet<string> = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

const oggCodec = (head: Uint8Array): string => {
  const codec = latin1(head, 28, 36);
  if (codec.startsWith('OpusHead')) return 'audio/ogg; codecs=opus';
  if (/^(\x80theora|\x01video)/.test(codec)) return 'video/ogg';
  return /^(\x01vorbis|\x7fFLAC|Speex)/.test(codec) ? 'audio/ogg' : 'application/ogg';
};

const RAW_TAGS: Readonly<Record<number, string>> = {
  50_706: 'image/x-adobe-dng',
  50_341: 'image/x-sony-arw',
};

/** TIFF 6.0; cameras' raw formats are TIFF too, told by a tag of the first directory. */
const tiff = (head: Uint8Array, little: boolean): string => {
  if (tag(head, 8).startsWith('CR')) return 'image/x-canon-cr2';
  const directory = uint32(head, 4, little);
  const count = Math.min(uint16(head, directory, little), 256);
  for (let i = 0; i < count; i++) {
    const raw = RAW_TAGS[uint16(head, directory + 2 + 12 * i, little)];
    if (raw !== undefined) return raw;
  }
  return 'image/tiff';
};

/** An animation has its control chunk before the first data chunk. */
const png = (head: Uint8Array): string => {
  for (let at = 8; at + 8 <= head.length; at += 12 + uint32(head, at)) {
    const chunk = tag(head, at + 4);
    if (chunk === 'acTL') return 'image/apng';
    if (chunk === 'IDAT') break;
  }
  return 'image/png';
};

/** The first entry tells the packages that programs write; what it does not tell is a plain ZIP, and is opened. */
const zip = (head: Uint8Array): string => {
  const nameBytes = uint16(head, 26, true);
  const name = latin1(head, 30, 30 + nameBytes);
  if (name === 'mimetype') {
    const at = 30 + nameBytes + uint16(head, 28, true);
    const declared = /^[a-z]+\/[a-z0-9.+-]+/.exec(latin1(head, at, at + 96))?.[0];
    if (declared !== undefined && /^application\/(epub\+zip|vnd\.oasis\.)/.test(declared)) return declared;
  }
  if (name.startsWith('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (name.startsWith('xl/')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (name.startsWith('ppt/')) return 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
  if (name === 'AndroidManifest.xml') return 'application/vnd.android.package-archive';
  if (name.startsWith('META-INF/')) return 'application/java-archive';
  return 'application/zip';
};

const TRANSPORT_PACKET_BYTES = 188;

const mpeg = (head: Uint8Array): string | null => {
  const [first = 0, second = 0] = head;
  // MPEG audio frame: eleven sync bits, a valid version and layer, no reserved bit rate or sampling rate
  if (first === 0xff && (second & 0xe0) === 0xe0) {
    if ((second & 0xf6) === 0xf0) return 'audio/aac';
    const third = head[2] ?? 0xff;
    const isFrame = (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c;
    return isFrame ? 'audio/mpeg' : null;
  }
  const isTransport =
    first === 0x47 && head[TRANSPORT_PACKET_BYTES] === 0x47 && head[2 * TRANSPORT_PACKET_BYTES] === 0x47;
  return isTransport ? 'video/mp2t' : null;
};

/** Type of a container by its content, or null. */
export const byContainer = (head: Uint8Array): string | null => {
  switch (tag(head, 0)) {
    case '\x89PNG':
      return png(head);
    case 'RIFF':
      return RIFF_FORMS[tag(head, 8)] ?? null;
    case 'II*\0':
      return tiff(head, true);
    case 'MM\0*':
      return tiff(head, false);
    case 'OggS':
      return oggCodec(head);
    case '\x1a\x45\xdf\xa3':
      return latin1(head, 4, 96).includes('webm') ? 'video/webm' : 'video/matroska';
    case 'PK\x03\x04':
      return zip(head);
    case 'PK\x05\x06': // no entries
    case 'PK\x07\x08': // first of several volumes
      return 'application/zip';
    case 'FORM':
      return /^AIF[FC]$/.test(tag(head, 8)) ? 'audio/aiff' : null;
  }
  const second = tag(head, 4);
  if (second === 'ftyp') return isoMedia(head);
  return QUICKTIME_BOXES.has(second) ? 'video/quicktime' : null;
};

/** MPEG streams have short, weak signatures: asked last. */
export const byStream = mpeg;
