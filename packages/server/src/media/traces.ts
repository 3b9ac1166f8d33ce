// What files say of their way, each trace with its method, version and value: of what a child read of the bytes, of metadata, of names.
import { createHash } from 'node:crypto';
import {
  boxClass,
  byStrength,
  clockZone,
  nameTrace,
  platformTraces,
  structureClass,
  type BoxTree,
  type FileTraces,
  type JpegStructure,
  type NameTrace,
  type PlatformTrace,
} from '@redthread/core/traces';
import type { Metadata } from './metadata/index.js';

export interface Trace {
  readonly method: 'jpeg-structure' | 'platform' | 'box-tree' | 'clock-zone' | 'file-name';
  readonly version: number;
  readonly value: Readonly<Record<string, unknown>>;
}

const VERSION = 1;
const trace = (method: Trace['method'], value: Trace['value']): Trace => ({ method, version: VERSION, value });

/** Equal for files of one writer with one setting. */
const classOf = (written: string): string => createHash('sha256').update(written).digest('hex').slice(0, 16);

const structureValue = (structure: JpegStructure): Trace['value'] => ({
  class: classOf(structureClass(structure)),
  process: structure.process,
  subsampling: structure.subsampling,
  libraryQuality: structure.libraryQuality,
  huffman: structure.huffman,
  restartInterval: structure.restartInterval,
  scans: structure.scans,
  layout: structure.layout,
  trailingBytes: structure.trailingBytes,
});

const boxValue = (boxes: BoxTree): Trace['value'] => ({ class: classOf(boxClass(boxes)), ...boxes });

const platformTrace = (traces: readonly PlatformTrace[]): Trace[] =>
  traces.length === 0 ? [] : [trace('platform', { class: traces[0]?.platform, traces })];

/** Of the bytes alone: what a file is called, its occurrences say, each to whom may see it. */
export const tracesOf = (
  read: FileTraces | null,
  shown: { readonly width: number | null; readonly height: number | null },
): Trace[] => {
  if (read === null) return [];
  const { structure, boxes, marks } = read;
  // Platforms made the pixels of the file, not those that are turned for a viewer.
  const { width, height } = structure ?? shown;
  return [
    ...(structure === null ? [] : [trace('jpeg-structure', structureValue(structure))]),
    ...(boxes === null ? [] : [trace('box-tree', boxValue(boxes))]),
    ...platformTrace(platformTraces({ width, height, structure, marks, name: null })),
  ];
};

/** Of what a file writes about itself. */
export const metadataTraces = ({ sourceTimes, gps }: Pick<Metadata, 'sourceTimes' | 'gps'>): Trace[] => {
  const zone = clockZone(sourceTimes, gps?.longitudeDeg ?? null);
  return zone === null ? [] : [trace('clock-zone', { ...zone })];
};

/** With what names add: each pattern once, and the platforms that call files so. */
export const withNames = (traces: readonly Trace[], names: readonly string[]): Trace[] => {
  const said = new Map<string, NameTrace>();
  for (const name of names) {
    const one = nameTrace(name);
    if (one !== null) said.set(JSON.stringify(one), one);
  }
  const stored = traces.find(({ method }) => method === 'platform');
  const platforms = byStrength([
    ...((stored?.value['traces'] ?? []) as PlatformTrace[]),
    ...[...said.values()].flatMap((name) =>
      platformTraces({ width: null, height: null, structure: null, marks: [], name }),
    ),
  ]);
  return [
    ...traces.filter((one) => one !== stored),
    ...[...said.values()].map((one) => trace('file-name', { ...one })),
    ...platformTrace(platforms),
  ];
};
