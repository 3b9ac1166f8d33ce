// What a file says of its way, as signals of `redthread signals`: leads for a person, compared by nothing.
import { createHash } from 'node:crypto';
import type { SignalLine } from '@redthread/core/contract';
import { nameTrace, platformTraces, structureClass, type JpegStructure } from '@redthread/core/traces';

export type TraceLine = ReturnType<typeof SignalLine.parse>;

const VERSION = 1;
/** Marks of platforms stand in the segments before the picture. */
const HEAD_BYTES = 256 * 1024;

export interface TraceInput {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** As the decoder child read it. */
  readonly structure: JpegStructure | null;
  readonly width: number | null;
  readonly height: number | null;
}

const line = (method: string, value: Record<string, unknown>): TraceLine => ({
  method,
  version: VERSION,
  quality: null,
  value,
  bytes: JSON.stringify(value).length,
});

/** What the name alone says, of a file whose bytes are not held. */
export const nameLines = (file: string): TraceLine[] => {
  const name = nameTrace(file);
  return name === null ? [] : [line('file-name', { ...name })];
};

/** One line for each trace that there is. */
export const traceLines = ({ file, bytes, structure, width, height }: TraceInput): TraceLine[] => {
  const name = nameTrace(file);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
  // Platforms made the pixels of the file, not those that are turned for a viewer.
  const size = structure === null ? { width, height } : { width: structure.width, height: structure.height };
  const platforms = platformTraces({ ...size, structure, name, head });
  return [
    ...(structure === null ? [] : [line('jpeg-structure', structureValue(structure))]),
    ...nameLines(file),
    ...(platforms.length === 0 ? [] : [line('platform', { class: platforms[0]?.platform, traces: platforms })]),
  ];
};

const structureValue = (structure: JpegStructure): Record<string, unknown> => ({
  /** Equal for files of one writer with one setting. */
  class: createHash('sha256').update(structureClass(structure)).digest('hex').slice(0, 16),
  process: structure.process,
  subsampling: structure.subsampling,
  libraryQuality: structure.libraryQuality,
  huffman: structure.huffman,
  restartInterval: structure.restartInterval,
  scans: structure.scans,
  layout: structure.layout,
  trailingBytes: structure.trailingBytes,
});
