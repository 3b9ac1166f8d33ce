// Frames of a pack: many small contents in one body, each as its SHA-256, its length and its bytes. Pure, so that server,
// command line and browser speak the same.
//
//   SHA-256 (32 bytes) | length (4 bytes, big-endian) | bytes

const DIGEST_BYTES = 32;
export const PACK_FRAME_BYTES = DIGEST_BYTES + 4;

export interface PackedContent {
  readonly sha256: Uint8Array;
  readonly bytes: Uint8Array;
}

export const packedSize = (contents: readonly PackedContent[]): number =>
  contents.reduce((sum, { bytes }) => sum + PACK_FRAME_BYTES + bytes.length, 0);

export const encodePack = (contents: readonly PackedContent[]): Uint8Array<ArrayBuffer> => {
  const pack = new Uint8Array(packedSize(contents));
  const view = new DataView(pack.buffer);
  let at = 0;
  for (const { sha256, bytes } of contents) {
    if (sha256.length !== DIGEST_BYTES) throw new RangeError('a SHA-256 has 32 bytes');
    pack.set(sha256, at);
    view.setUint32(at + DIGEST_BYTES, bytes.length);
    pack.set(bytes, at + PACK_FRAME_BYTES);
    at += PACK_FRAME_BYTES + bytes.length;
  }
  return pack;
};

/** Views into `pack`; null when it ends within a content, or a frame promises more than there is. */
export const decodePack = (pack: Uint8Array): PackedContent[] | null => {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const contents: PackedContent[] = [];
  for (let at = 0; at < pack.length;) {
    if (pack.length - at < PACK_FRAME_BYTES) return null;
    const length = view.getUint32(at + DIGEST_BYTES);
    const from = at + PACK_FRAME_BYTES;
    if (length > pack.length - from) return null;
    contents.push({ sha256: pack.subarray(at, at + DIGEST_BYTES), bytes: pack.subarray(from, from + length) });
    at = from + length;
  }
  return contents;
};
