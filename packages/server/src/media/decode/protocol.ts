// What the decoder and its child say to each other. The parent checks every answer: a hostile file may have taken the child over.
import type { WrittenRegion } from '@redthread/core/domain';
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
  readonly mode: DecodeMode;
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
  z.object({
    kind: z.literal('failed'),
    id: z.number().int(),
    code: z.enum(Object.keys(REPORTED_FAILURES) as [ReportedFailure, ...ReportedFailure[]]),
  }),
]);

export type ChildMessage = z.infer<typeof ChildMessage>;
export type DecodedHeader = z.infer<typeof DecodedHeader>;

/** Largest answer that a child may give: two renditions inside 1024 px are far below it. */
export const ANSWER_LIMITS = { headerBytes: 2 ** 14, payloadBytes: 2 ** 23 } as const;
