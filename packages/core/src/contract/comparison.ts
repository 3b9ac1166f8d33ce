// The contract of `signals`, `compare` and `match` (design, section 7), and the reasons that every stored match carries.
import { z } from 'zod';
import { GradeOrNone, Sha256 } from './primitives.js';

/** Where in a medium a signal or a match lies; more kinds come with later methods. */
export const Place = z.object({
  /** Relative to the upright picture, 0..1. */
  region: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  timeRange: z.object({ startMs: z.number(), endMs: z.number() }).optional(),
  orientation: z
    .enum(['upright', 'rotate90', 'rotate180', 'rotate270', 'mirror', 'flip', 'transpose', 'transverse'])
    .optional(),
});
export type Place = z.infer<typeof Place>;

export const Note = z.object({ code: z.string(), detail: z.string() });
export type Note = z.infer<typeof Note>;

/** Where a match lies in both media. */
export const Where = z.object({
  a: Place,
  b: Place,
  /** Of films and sound: each stretch that both share; `b` is `speed` times as long there, and runs backwards where that is negative. */
  segments: z
    .array(
      z.object({
        a: z.object({ startMs: z.number(), endMs: z.number() }),
        b: z.object({ startMs: z.number(), endMs: z.number() }),
        speed: z.number(),
      }),
    )
    .readonly()
    .optional(),
  /** Affine, from parts of the sides of `a` to those of `b`: (x, y) -> (t0 x + t1 y + t2, t3 x + t4 y + t5). */
  transform: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]).readonly().optional(),
});
export type Where = z.infer<typeof Where>;

/** What bits rest on: how often the methods that grant the grade together were wrong. */
export const Counted = z.object({
  /** Of these one at least has to propose the pair before the method of the reason is asked; none where it decides alone. */
  proposedBy: z.array(z.string()),
  errors: z.number().int(),
  /** Pairs of different pictures. */
  comparisons: z.number().int(),
});
export type Counted = z.infer<typeof Counted>;

/** One measured comparison: value against threshold, by which method and version, and where. */
export const Reason = z.object({
  method: z.string(),
  version: z.number().int(),
  grade: GradeOrNone,
  value: z.number(),
  threshold: z.number(),
  unit: z.string(),
  /** log2 of the likelihood ratio, bounded by the comparisons made when the method was measured. */
  bits: z.number(),
  /** Not there where nothing supports the grade, where the bits are granted by a proof, and in matches from before it was kept. */
  counted: Counted.optional(),
  /** Told from `a`: its orientation is upright, that of `b` is the turn that makes `b` of `a`. */
  where: Where,
});
export type Reason = z.infer<typeof Reason>;

export const SignalLine = z.object({
  method: z.string(),
  version: z.number().int(),
  /** 0..100 where the method knows one. A low quality is a result: the value stays, and `notes` says LOW_QUALITY. */
  quality: z.number().nullable(),
  /** Hex, a number or a summary; null where it is too long to print and `--full` was not asked for. */
  value: z.union([z.string(), z.number(), z.record(z.string(), z.unknown())]).nullable(),
  /** Length of the whole value. */
  bytes: z.number().int(),
});

/** One line of `redthread signals FILE... --json`. */
export const SignalsLine = z.object({
  file: z.string(),
  sha256: Sha256,
  type: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  signals: z.array(SignalLine),
  notes: z.array(Note),
  /** Which program saw the pixels, and how (`exact=...` with `--exact`); null where none did. */
  decoder: z.string().nullable(),
});
export type SignalsLine = z.infer<typeof SignalsLine>;

/** One line of `redthread compare` and `redthread match`. */
export const PairLine = z.object({
  a: z.string(),
  b: z.string(),
  grade: GradeOrNone,
  reasons: z.array(Reason),
  notes: z.array(Note),
  /** Which program saw the pixels of each, and how. */
  decoders: z.object({ a: z.string().nullable(), b: z.string().nullable() }),
});
export type PairLine = z.infer<typeof PairLine>;
