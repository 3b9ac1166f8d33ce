// What the decoder and its child say to each other. The parent checks every answer: a hostile file may have taken the child over.
import type { WrittenRegion } from '@redthread/core/domain';
import {
  BOX_ODDITIES,
  MARKS,
  MOST_BOX_PATHS,
  type BoxTree,
  type FileTraces,
  type JpegStructure,
} from '@redthread/core/traces';
import { z } from 'zod';
import { SignalHeader } from './picture-signals.js';
import { REPORTED_FAILURES, type ReportedFailure } from './failures.js';
import type { DecodeMode } from './types.js';

/** One child serves one kind: sharp's formats, or HEIC in WebAssembly, which blocks its event loop and keeps more memory. */
export type ChildKind = 'sharp' | 'heic';

/** Header of a request; its payload is the file. */
export interface DecodeRequest {
  readonly id: number;
  readonly maxPixels: number;
  /** `traces`: what the bytes say of their way; nothing is decoded. */
  readonly mode: DecodeMode | 'traces';
  /** Only this of it; what lies outside the picture is not asked for. */
  readonly region?: WrittenRegion;
}

const pixels = z
  .number()
  .int()
  .positive()
  .max(2 ** 31);
const bytes = z.number().int().nonnegative();
const rendition = z.object({ widthPx: pixels, heightPx: pixels, bytes });
const small = z.number().int().min(0).max(65_535);
const words = z.string().max(64);

/** As `jpegStructure` bounds it: a file has 4,096 segments and 64 tables at most. */
const Structure: z.ZodType<JpegStructure> = z.object({
  width: small,
  height: small,
  process: z.enum(['baseline', 'extended', 'progressive', 'other']),
  bits: small,
  components: z.array(z.object({ across: small, down: small, table: small })).max(255),
  subsampling: z.string().max(2_048),
  quantisation: z.array(z.object({ table: small, steps: z.array(small).length(64) })).max(64),
  libraryQuality: z.number().int().min(0).max(100).nullable(),
  huffman: z.enum(['standard', 'own', 'none']),
  restartInterval: small,
  scans: small,
  layout: z.array(words).max(4_096),
  trailingBytes: bytes.nullable(),
});

/** As `boxTree` bounds it. */
const Boxes: z.ZodType<BoxTree> = z.object({
  brand: z.string().max(4).nullable(),
  compatible: z.array(z.string().max(4)).max(32),
  layout: z.array(words).max(MOST_BOX_PATHS),
  oddities: z.array(z.enum(BOX_ODDITIES)),
});

const Traces: z.ZodType<FileTraces> = z.object({
  structure: Structure.nullable(),
  boxes: Boxes.nullable(),
  marks: z.array(z.enum(MARKS)),
});

const DecodedHeader = z.object({
  kind: z.literal('decoded'),
  id: z.number().int(),
  format: z.enum(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'heic']),
  widthPx: pixels,
  heightPx: pixels,
  orientation: z.number().int().min(1).max(8),
  pageCount: z.number().int().positive(),
  hasAlpha: z.boolean(),
  isPartial: z.boolean(),
  decoder: z.object({
    name: z.enum(['sharp', 'heic-decode', 'redthread-jpeg']),
    version: z.string().max(64),
    libvipsVersion: z.string().max(64),
    options: z.string().max(256),
  }),
  durationMs: z.number().nonnegative(),
  signals: z.array(SignalHeader).max(16),
  /** The payload is the clear rendition, the veiled one (both where they were asked for), then the signals. */
  renditions: z.object({ clear: rendition, veiled: rendition }).nullable(),
});

export const ChildMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  DecodedHeader,
  z.object({ kind: z.literal('traces'), id: z.number().int(), traces: Traces }),
  z.object({
    kind: z.literal('failed'),
    id: z.number().int(),
    code: z.enum(Object.keys(REPORTED_FAILURES) as [ReportedFailure, ...ReportedFailure[]]),
  }),
]);

export type ChildMessage = z.infer<typeof ChildMessage>;
export type DecodedHeader = z.infer<typeof DecodedHeader>;

/** Largest answer that a child may give: the longest traces and two renditions inside 1024 px are far below it. */
export const ANSWER_LIMITS = { headerBytes: 2 ** 18, payloadBytes: 2 ** 23 } as const;
