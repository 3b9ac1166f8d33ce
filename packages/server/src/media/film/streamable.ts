// An MP4 or QuickTime file as it has to be to be read from a pipe: its index before its pictures. ISO/IEC 14496-12: where `moov` follows
// `mdat`, it is moved to the front and every chunk offset (stco, co64) is raised by its length. No file ever lies on a disk for ffmpeg.
import type { RandomAccess } from '../walk/index.js';

interface Box {
  readonly type: string;
  readonly offset: number;
  readonly bytes: number;
  readonly headerBytes: number;
}

/** An index larger than this is not held in memory: the file is then read as it is. */
const MOST_INDEX_BYTES = 256 * 2 ** 20;
/** Boxes of the first level that are looked at. */
const MOST_BOXES = 100_000;
const PIECE_BYTES = 2 ** 20;

/** The bytes of the file in the order in which a pipe can be read. */
export async function* streamable(file: RandomAccess, demuxer: string): AsyncGenerator<Buffer> {
  const front = demuxer === 'mov' ? await movedIndex(file) : null;
  if (front === null) {
    yield* pieces(file, 0, file.sizeBytes);
    return;
  }
  yield* pieces(file, 0, front.after);
  yield front.index;
  yield* pieces(file, front.after, front.from);
  yield* pieces(file, front.to, file.sizeBytes);
}

interface MovedIndex {
  readonly index: Buffer;
  /** It is put after so many first bytes (`ftyp`), and taken from where it was. */
  readonly after: number;
  readonly from: number;
  readonly to: number;
}

const movedIndex = async (file: RandomAccess): Promise<MovedIndex | null> => {
  const boxes = await firstLevel(file);
  const moov = boxes.find(({ type }) => type === 'moov');
  const mdat = boxes.find(({ type }) => type === 'mdat');
  if (moov === undefined || mdat === undefined || moov.offset < mdat.offset || moov.bytes > MOST_INDEX_BYTES)
    return null;
  const index = Buffer.from(await file.read(moov.offset, moov.bytes));
  if (index.length < moov.bytes) return null;
  const head = boxes[0];
  const after = head?.type === 'ftyp' ? head.offset + head.bytes : 0;
  return raiseOffsets(index, moov.headerBytes, index.length, moov.bytes, after, moov.offset)
    ? { index, after, from: moov.offset, to: moov.offset + moov.bytes }
    : null;
};

const firstLevel = async (file: RandomAccess): Promise<Box[]> => {
  const boxes: Box[] = [];
  for (let offset = 0; offset + 8 <= file.sizeBytes && boxes.length < MOST_BOXES;) {
    const box = boxAt(await file.read(offset, 16), 0, file.sizeBytes - offset);
    if (box === null) break;
    boxes.push({ ...box, offset });
    offset += box.bytes;
  }
  return boxes;
};

/** The box that begins here; null where its length makes no sense. `room`: bytes from here to the end of what holds it. */
const boxAt = (bytes: Buffer, at: number, room: number): Box | null => {
  if (at + 8 > bytes.length) return null;
  const stated = bytes.readUInt32BE(at);
  const isLong = stated === 1;
  if (isLong && at + 16 > bytes.length) return null;
  const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : stated === 0 ? room : stated;
  const headerBytes = isLong ? 16 : 8;
  if (length < headerBytes || length > room) return null;
  return { type: bytes.toString('latin1', at + 4, at + 8), offset: at, bytes: length, headerBytes };
};

const HOLDERS: ReadonlySet<string> = new Set(['trak', 'mdia', 'minf', 'stbl']);

/** Raises the offsets that point between `after` and `before`; false where one would not fit. */
const raiseOffsets = (index: Buffer, from: number, to: number, by: number, after: number, before: number): boolean => {
  for (let at = from; at + 8 <= to;) {
    const box = boxAt(index, at, to - at);
    if (box === null) return true;
    const body = at + box.headerBytes;
    const end = at + box.bytes;
    if (HOLDERS.has(box.type)) {
      if (!raiseOffsets(index, body, end, by, after, before)) return false;
    } else if ((box.type === 'stco' || box.type === 'co64') && body + 8 <= end) {
      const width = box.type === 'stco' ? 4 : 8;
      const count = Math.min(index.readUInt32BE(body + 4), Math.floor((end - body - 8) / width));
      for (let i = 0; i < count; i++) {
        const place = body + 8 + i * width;
        const offset = width === 4 ? index.readUInt32BE(place) : Number(index.readBigUInt64BE(place));
        if (offset < after || offset >= before) continue;
        if (width === 8) index.writeBigUInt64BE(BigInt(offset + by), place);
        else if (offset + by > 0xffff_ffff) return false;
        else index.writeUInt32BE(offset + by, place);
      }
    }
    at = end;
  }
  return true;
};

async function* pieces(file: RandomAccess, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const piece = await file.read(at, Math.min(PIECE_BYTES, to - at));
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}
