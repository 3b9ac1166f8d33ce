// The protocol of an ingest over the network (docs/remote-ingest.md): what the sender says of each file, and what the
// server answers. Contents travel as packs and chunks of plain bytes beside it.
import { z } from 'zod';
import { ITEM_ERRORS, type ItemErrorCode } from '../errors/index.js';
import { DELETIONS, Id, Reference, Sha256, SourceTime } from './primitives.js';
import { DiskImage, SOURCE_KINDS, StageProgress } from './work.js';

/** Controls, and the marks that reorder or hide text: names as a walk yields them hold none. */
const DECEPTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/u;
const isShowable = (text: string): boolean => !DECEPTIVE.test(text);
const NOT_SHOWABLE = 'it holds characters that cannot be shown';

const MAX_PATH = 8192;
/** Where a file lies in its exhibit: parts joined by '/', none of them empty, `.` or `..`. */
export const EntryPath = z
  .string()
  .min(1)
  .max(MAX_PATH)
  .refine(isShowable, NOT_SHOWABLE)
  .refine(
    (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'it is no plain path',
  );

const itemCodes = Object.keys(ITEM_ERRORS) as [ItemErrorCode, ...ItemErrorCode[]];
const Remark = z.object({ code: z.enum(itemCodes), detail: z.string().max(2000).refine(isShowable) });

/** Names the machine and the place for whoever reads the custody, such as `laptop-7:/mnt/seized`. */
const SourceName = z.string().min(1).max(1000).refine(isShowable, NOT_SHOWABLE);

export const IngestOpen = z.object({
  case: Reference,
  exhibit: Reference,
  source: z.object({
    kind: z.enum(SOURCE_KINDS),
    name: SourceName,
    /** Of an archive; null for a folder. */
    sizeBytes: z.number().int().min(0).nullable().default(null),
  }),
  /** Random and kept by the sender: by it the server knows the same sender again after an interruption. */
  sender: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
  /** Who goes down into archives: a sender that can, or the server after the last file. */
  archives: z.enum(['sender', 'server']).default('server'),
});
export type IngestOpen = z.output<typeof IngestOpen>;

export const IngestLimits = z.object({
  /** Entries of one batch. */
  batchEntries: z.number().int(),
  /** Bytes of one pack, frames included; a content that does not fit into one goes in chunks. */
  packBytes: z.number().int(),
  /** Size of each chunk of a content but its last. */
  chunkBytes: z.number().int(),
  /** Requests with bytes at the same time that are answered without waiting. */
  atOnce: z.number().int(),
});
export type IngestLimits = z.infer<typeof IngestLimits>;

export const IngestOpened = z.object({
  id: Id,
  exhibitId: Id,
  /** An earlier run has stored some of it. */
  resumed: z.boolean(),
  limits: IngestLimits,
});
export type IngestOpened = z.infer<typeof IngestOpened>;

export const MAX_BATCH_ENTRIES = 256;

export const SeenQuery = z.object({ paths: z.array(EntryPath).max(MAX_BATCH_ENTRIES) });
export const SeenItem = z.object({
  path: z.string(),
  stateKey: z.string().nullable(),
  state: z.enum(['stored', 'in-place', 'unreadable', 'missing', 'changed']),
  /** `closed`: not to be opened before a legal basis is recorded; what an archive holds is not walked. */
  media: z.object({ mediaId: Id, sha256: Sha256, mime: z.string(), closed: z.boolean() }).nullable(),
});
export type SeenItem = z.infer<typeof SeenItem>;
export const SeenAnswer = z.object({ items: z.array(SeenItem) });

const MAX_SIZE = Number.MAX_SAFE_INTEGER;
export const IngestContent = z.object({ sha256: Sha256, sizeBytes: z.number().int().min(0).max(MAX_SIZE) });
export type IngestContent = z.infer<typeof IngestContent>;

/** A time as a file system or an archive tells it; both are finite numbers and short words. */
const EntryTime = SourceTime.extend({
  kind: z.string().max(40).refine(isShowable, NOT_SHOWABLE),
  text: z.string().max(100).refine(isShowable, NOT_SHOWABLE),
});

const EntryBase = z.object({
  path: EntryPath,
  /** The name as it was written, where it is not what `path` says. */
  rawName: z
    .string()
    .max(4 * MAX_PATH)
    .refine((name) => !CONTROLS.test(name), 'it holds control characters: write them as \\xNN')
    .nullable()
    .default(null),
  /** Path of the archive that holds it. */
  container: EntryPath.nullable().default(null),
  sizeBytes: z.number().int().min(0).max(MAX_SIZE).nullable().default(null),
  sourceTimes: z.array(EntryTime).max(16).default([]),
  /** By which a later run recognises the same entry without reading it: any text that changes with the file. */
  stateKey: z.string().max(200).refine(isShowable, NOT_SHOWABLE).nullable().default(null),
  /** What a file system says of a file that is not there any more. */
  deletion: z.enum(DELETIONS).nullable().default(null),
  /** A small picture that a program kept of a larger one. */
  isThumbnail: z.boolean().default(false),
  /** Whether the provider who reported the file has viewed it; a file that it has not is closed until a legal basis is recorded. */
  providerViewed: z.boolean().nullable().default(null),
  note: Remark.nullable().default(null),
});
/** One file: with its content, or with the reason why it has none. */
export const IngestEntry = z.union([
  EntryBase.extend({ content: IngestContent }),
  EntryBase.extend({ failure: Remark }),
]);
export type IngestEntry = z.output<typeof IngestEntry>;
export type IngestEntryInput = z.input<typeof IngestEntry>;

export const IngestBatch = z.object({
  entries: z.array(IngestEntry).max(MAX_BATCH_ENTRIES),
  /** Paths that an earlier run stored and that are other files now. */
  changed: z.array(EntryPath).max(MAX_BATCH_ENTRIES).default([]),
});
export type IngestBatch = z.output<typeof IngestBatch>;

/** Either everything is stored, or nothing is and `needed` must be sent first. */
export const IngestBatchAnswer = z.object({
  stored: z.boolean(),
  needed: z.array(IngestContent),
  /** Media of each entry with a content, in the order of the entries. */
  mediaIds: z.array(Id),
});
export type IngestBatchAnswer = z.infer<typeof IngestBatchAnswer>;

export const PackAnswer = z.object({ accepted: z.number().int() });

export const UploadBegin = z.object({ sizeBytes: z.number().int().min(0).max(MAX_SIZE) });
export const UploadState = z.object({
  sizeBytes: z.number(),
  chunkBytes: z.number().int(),
  /** Numbers of the chunks that are here, as ranges: first, and one after the last. */
  received: z.array(z.tuple([z.number().int(), z.number().int()])),
  complete: z.boolean(),
});
export type UploadState = z.infer<typeof UploadState>;

export const ContainerDigest = z.object({ sha256: Sha256, sizeBytes: z.number().int().min(0).max(MAX_SIZE) });
/** A disk image that the sender has opened, once its files are sent. */
export const OpenedImage = DiskImage.extend({
  path: EntryPath,
  parts: z.number().int().min(1).max(100_000),
  sizeBytes: z.number().int().min(0).max(MAX_SIZE),
  fileSystems: z
    .array(z.object({ place: EntryPath.or(z.literal('')), type: z.string().max(40).refine(isShowable) }))
    .max(1000),
});

export const ContainerDamage = Remark.extend({ path: EntryPath, container: EntryPath.nullable() });

export const IngestFinish = z.object({
  interrupted: z.boolean(),
  files: z.number().int().min(0),
  bytes: z.number().int().min(0).max(MAX_SIZE),
  unread: z.number().int().min(0),
  /** What stopped the sender, where something did. */
  failure: z
    .object({ code: z.string().regex(/^[A-Z_]{3,60}$/), detail: z.string().max(2000).refine(isShowable) })
    .nullable()
    .default(null),
});
export type IngestFinish = z.output<typeof IngestFinish>;

export const IngestProgress = z.object({
  state: z.enum(['registered', 'walking', 'processing', 'complete', 'failed']),
  bytesSeen: z.number(),
  stages: z.array(StageProgress),
  waitingFor: z.number().int(),
});
export type IngestProgress = z.infer<typeof IngestProgress>;
