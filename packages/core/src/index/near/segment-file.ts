// A segment as bytes of a file: a header that says what follows, then the memory of the segment as it is, so that loading is reading.
import { fail } from '../../errors/index.js';
import { createMemory, type KernelVariant, type WasmMemory } from '../../wasm/index.js';
import { SegmentChecksum } from './checksum.js';
import { nearKernels, type NearKernels } from './kernels.js';
import { CHUNK_COUNTS, HEADER, plannedWords, planSegment, SCRATCH, SEGMENT, TABLE } from './layout.js';
import { NearSegment, THREADS, type SegmentMarks } from './segment.js';

/** Bytes of the header. Little-endian: magic (8), version (u32), 0 (u32), bytes that follow (f64), postings (f64), their XXH64 (u64). */
export const SEGMENT_HEADER_BYTES = 64;
const MAGIC = 'RTNEAR\r\n';
/** Rises when the layout of the memory or the meaning of a field changes. */
const VERSION = 1;
const SUM_AT = 32;
const HEADER_CHECKSUM_AT = 56;

/** Header and chunk table of a segment are always there; a memory reaches 4 GiB, scratch of all threads included. */
const LEAST_BYTES = 4 * (TABLE.at + TABLE.words * CHUNK_COUNTS.most);
const MOST_BYTES = 2 ** 32 - 2 ** 21;

/** Reads longer than this fail on some systems. */
const READ_BYTES = 2 ** 30;

/**
 * Writes the file of a segment. `write` gets bytes that are valid until it returns, and where they belong; the
 * header comes last, since it says what the rest adds up to. Of what may change meanwhile, in this thread or in others, `marks` says what is
 * written, so that a file is of one moment.
 */
export const encodeSegment = (
  segment: NearSegment,
  write: (bytes: Uint8Array, filePosition: number) => void,
  marks: SegmentMarks = segment.marks(),
): void => {
  const source = new Uint8Array(segment.memory.buffer);
  const { kernels, bytes, place } = writingRoom();
  const sum = new SegmentChecksum(kernels, CHECKSUM_AT);
  let stated = 0n;
  for (let at = SEGMENT; at < segment.bytes; at += BLOCK_BYTES) {
    const length = Math.min(BLOCK_BYTES, segment.bytes - at);
    const block = bytes.subarray(place, place + length);
    block.set(source.subarray(at, at + length));
    segment.lay(marks, block, at);
    if (at + length < segment.bytes) sum.add(place, length);
    else stated = sum.end(place, length);
    write(block, SEGMENT_HEADER_BYTES + at - SEGMENT);
  }
  const header = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(header.buffer);
  for (let i = 0; i < MAGIC.length; i++) header[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, VERSION, true);
  view.setFloat64(16, segment.bytes - SEGMENT, true);
  view.setFloat64(24, segment.postings, true);
  view.setBigUint64(SUM_AT, stated, true);
  view.setUint32(HEADER_CHECKSUM_AT, headerChecksum(header), true);
  write(header, 0);
};

/** How long its file is. */
export const segmentFileBytes = ({ bytes }: NearSegment): number => SEGMENT_HEADER_BYTES + bytes - SEGMENT;

/** Bytes that are copied, summed and written at once: whole stripes of the checksum. */
const BLOCK_BYTES = 2 ** 20;
const CHECKSUM_AT = 64;

interface WritingRoom {
  readonly kernels: NearKernels;
  readonly bytes: Uint8Array;
  /** Address of the block. */
  readonly place: number;
}
let room: WritingRoom | undefined;

/** A memory of this thread's own: what is summed there is what is written, whoever marks the segment meanwhile. */
const writingRoom = (): WritingRoom => {
  if (room === undefined) {
    const memory = createMemory(SEGMENT + BLOCK_BYTES, 'plain');
    room = { kernels: nearKernels(memory), bytes: new Uint8Array(memory.buffer), place: SEGMENT };
  }
  return room;
};

/** What the header promises of the file: its whole length in bytes, and the sum of what follows, by which two files are told apart. Throws INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readSegmentHeader = (header: Uint8Array): { fileBytes: number; sum: string } => {
  if (header.length < SEGMENT_HEADER_BYTES) {
    throw fail('INDEX_FILE_INVALID', `${header.length} bytes are no header of ${SEGMENT_HEADER_BYTES}`);
  }
  const view = new DataView(header.buffer, header.byteOffset, SEGMENT_HEADER_BYTES);
  if ([...MAGIC].some((letter, i) => header[i] !== letter.charCodeAt(0))) {
    throw fail('INDEX_FILE_INVALID', 'the file does not begin as a segment of a near index');
  }
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw fail('INDEX_VERSION_UNSUPPORTED', `version ${version}; this program reads ${VERSION}`);
  if (view.getUint32(HEADER_CHECKSUM_AT, true) !== headerChecksum(header)) {
    throw fail('INDEX_CHECKSUM_MISMATCH', 'the header is damaged');
  }
  const length = view.getFloat64(16, true);
  if (!Number.isSafeInteger(length) || length < LEAST_BYTES || length > MOST_BYTES) {
    throw fail('INDEX_FILE_INVALID', `${length} bytes are no segment`);
  }
  return { fileBytes: SEGMENT_HEADER_BYTES + length, sum: hexOf(view.getBigUint64(SUM_AT, true)) };
};

/**
 * A segment from its file. `readInto` fills the target with the bytes from that position on, or throws. Check first that the file is as long as its
 * header says: so much memory is taken. Errors: those of the header, INDEX_CHECKSUM_MISMATCH where the rest is not what was written, and
 * INDEX_FILE_INVALID where it was written by something else. Buckets and slots are trusted: checksums tell damage, not forgery.
 */
export const decodeSegment = (
  header: Uint8Array,
  readInto: (target: Uint8Array, filePosition: number) => void,
  variant: KernelVariant,
): NearSegment => {
  const { fileBytes } = readSegmentHeader(header);
  const length = fileBytes - SEGMENT_HEADER_BYTES;
  const memory = memoryFor(length, variant);
  for (let at = 0; at < length; at += READ_BYTES) {
    const target = new Uint8Array(memory.buffer, SEGMENT + at, Math.min(READ_BYTES, length - at));
    readInto(target, SEGMENT_HEADER_BYTES + at);
  }
  const stated = new DataView(header.buffer, header.byteOffset).getBigUint64(SUM_AT, true);
  const sum = new SegmentChecksum(nearKernels(memory), Math.ceil((SEGMENT + length) / 64) * 64);
  const found = sum.end(SEGMENT, length);
  if (stated !== found) {
    throw fail('INDEX_CHECKSUM_MISMATCH', `XXH64 ${hexOf(found)} instead of ${hexOf(stated)}`);
  }
  checkLayout(new Uint32Array(memory.buffer, SEGMENT, LEAST_BYTES / 4), SEGMENT + length);
  return NearSegment.attach(memory, 0);
};

const hexOf = (sum: bigint): string => sum.toString(16).padStart(16, '0');

/** Every place follows from two numbers, so that no other may be used: kernels take places and widths as they stand there. */
const checkLayout = (words: Uint32Array, bytes: number): void => {
  const field = (name: keyof typeof HEADER): number => words[HEADER[name]]!;
  const [chunks, postings] = [field('chunks'), field('postings')];
  const isPlanned =
    chunks >= CHUNK_COUNTS.least &&
    chunks <= CHUNK_COUNTS.most &&
    field('bytes') === bytes &&
    plannedWords(planSegment(postings, chunks)).every(([word, value]) => words[word] === value);
  if (!isPlanned || field('slots') > postings || field('removed') > postings) {
    throw fail('INDEX_FILE_INVALID', 'the parts of the segment do not lie where this program puts them');
  }
};

const memoryFor = (length: number, variant: KernelVariant): WasmMemory =>
  createMemory(SEGMENT + length + 64 + (variant === 'shared' ? THREADS : 1) * SCRATCH.bytes, variant);

/** FNV-1a over the header without its own checksum: a header is too short to need more. */
const headerChecksum = (header: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < HEADER_CHECKSUM_AT; i++) hash = Math.imul(hash ^ header[i]!, 0x01000193) >>> 0;
  return hash;
};
