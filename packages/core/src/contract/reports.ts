// Reports for a court: one model, of blocks in the order in which they are read, from which every rendition is made; who may ask for
// one, and what is signed beside it.
import { z } from 'zod';
import { Id, Purpose, Sha256 } from './primitives.js';

export const REPORT_KINDS = ['case', 'exhibit', 'series', 'comparison'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const REPORT_FORMATS = ['pdf', 'html', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is about: a case, an exhibit, a series, or two media; and whether it shows veiled pictures. */
export const ReportQuery = z.object({
  case: Id.optional(),
  exhibit: Id.optional(),
  series: Id.optional(),
  a: Id.optional(),
  b: Id.optional(),
  pictures: z.enum(['none', 'veiled']).default('none'),
});
export type ReportQuery = z.output<typeof ReportQuery>;

export const ReportOrder = ReportQuery.extend({
  purpose: Purpose.optional(),
  /** Who is to have it; stands in the record. */
  recipient: z.string().max(200).nullable().default(null),
  formats: z
    .array(z.enum(REPORT_FORMATS))
    .min(1)
    .default([...REPORT_FORMATS]),
});
export type ReportOrder = z.output<typeof ReportOrder>;

/** The head of the record at which a report was made: its time is the time of the report. */
export const ReportRecord = z.object({ log: Id, size: z.number().int(), root: z.string(), at: z.string() });
export type ReportRecord = z.infer<typeof ReportRecord>;

const Column = z.object({
  key: z.string(),
  title: z.string(),
  /** `mono`: digests and ids; `number`: at the right. */
  face: z.enum(['text', 'mono', 'number']).default('text'),
  /** Share of the width, beside those of the other columns. */
  width: z.number().default(1),
  /** Stands in the cell of this column, under what is there. */
  under: z.string().optional(),
  /** In tables for programs alone. */
  only: z.literal('csv').optional(),
});
export type ReportColumn = z.infer<typeof Column>;

const Side = z.object({
  name: z.string(),
  width: z.number(),
  height: z.number(),
  /** In parts of the sides: left, top, width, height. */
  region: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
});

export const ReportBlock = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('cover'),
    /** Rises when the form changes. */
    form: z.literal(1),
    kind: z.enum(REPORT_KINDS),
    title: z.string(),
    subject: z.string(),
    /** Of all that it tells of, printed on each page. */
    handling: z.array(z.string()),
    record: ReportRecord,
    facts: z.array(z.tuple([z.string(), z.string()])),
  }),
  z.object({ is: z.literal('section'), id: z.string(), title: z.string(), words: z.array(z.string()) }),
  z.object({ is: z.literal('facts'), rows: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({
    is: z.literal('table'),
    id: z.string(),
    title: z.string(),
    columns: z.array(Column),
    /** How many rows follow: counted apart from them. */
    rows: z.number().int(),
    /** What stands there where there are none. */
    empty: z.string(),
  }),
  z.object({ is: z.literal('row'), cells: z.array(z.string()) }),
  z.object({
    is: z.literal('drawing'),
    title: z.string(),
    a: Side,
    b: Side,
    /** Places that show the same: x and y in `a`, then in `b`, in parts of their sides. */
    lines: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  }),
  /** A veiled rendition: JPEG, base64. */
  z.object({ is: z.literal('picture'), title: z.string(), jpeg: z.string() }),
  z.object({ is: z.literal('end'), rows: z.number().int() }),
]);
export type ReportBlock = z.infer<typeof ReportBlock>;
export type ReportCover = Extract<ReportBlock, { is: 'cover' }>;
export type ReportTable = Extract<ReportBlock, { is: 'table' }>;
export type ReportDrawing = Extract<ReportBlock, { is: 'drawing' }>;

/** The beginning of each part, for whoever decides whether to make the report. */
export const ReportPreview = z.object({ blocks: z.array(ReportBlock) });
export type ReportPreview = z.infer<typeof ReportPreview>;

export const ReportFile = z.object({ name: z.string(), bytes: z.number().int(), sha256: Sha256 });
export type ReportFile = z.infer<typeof ReportFile>;

/** What is signed beside a report: its files, what it is about, and the head of the record at which it was made. */
export const ReportStatement = z.object({
  v: z.literal(1),
  kind: z.enum(REPORT_KINDS),
  about: z.array(Id),
  files: z.array(ReportFile),
  record: ReportRecord,
  key: z.string(),
});
export type ReportStatement = z.infer<typeof ReportStatement>;

/** `manifest.json`. */
export const ReportManifest = z.object({
  format: z.literal('redthread-report'),
  version: z.literal(1),
  statement: ReportStatement,
  /** Ed25519, hex, by `statement.key`. */
  signature: z.string(),
  head: z.object({ head: z.record(z.string(), z.union([z.string(), z.number()])), signature: z.string() }),
  keys: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});
export type ReportManifest = z.infer<typeof ReportManifest>;
