// A list on its way into the store from another machine: what is said of it, its bytes, what was read, and whether it is to count.
import { z } from 'zod';
import { OpenedPackage } from './packages.js';
import { Handling, Id, Instant, Name, Polarity, Purpose, Reference, words } from './primitives.js';

export const MAX_LIST_FILES = 500;
/** Bytes that one request brings, at most. */
export const LIST_PART_BYTES = 8 * 1024 * 1024;

const Said = z.object({
  name: Name,
  polarity: Polarity,
  version: Reference.optional(),
  /** Whose list it is. */
  owner: Name.optional(),
  /** The version that the files are applied to, and whether that one ends when this one counts. */
  onto: Reference.optional(),
  endsOnto: z.boolean(),
  /** Reference of an operation. */
  shareWith: z.string().max(80).optional(),
  handling: Handling.optional(),
  expiresAt: Instant.optional(),
  /** Instead of the one that the content says. */
  format: z.string().max(40).optional(),
  skipsBadLines: z.boolean(),
  /** Known bad in VICS 1.2: it is not the known good of NIST. */
  isNotNist: z.boolean(),
  /** What was sent is a contribution package: it is opened before it is read. */
  isPackage: z.boolean(),
});
const { endsOnto, isNotNist, isPackage, skipsBadLines } = Said.shape;

/** What a person says of a list. Nothing of it is guessed from the file; the version is what the file names, or 1, when absent. */
export const ListPlan = Said.extend({
  endsOnto: endsOnto.default(false),
  skipsBadLines: skipsBadLines.default(false),
  isNotNist: isNotNist.default(false),
  isPackage: isPackage.default(false),
});
export type ListPlan = z.output<typeof ListPlan>;

export const ListUploadBegin = z.object({
  plan: ListPlan,
  /** Of one list and format, in the order in which they are applied. */
  files: z
    .array(z.object({ name: words(200), sizeBytes: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }))
    .min(1)
    .max(MAX_LIST_FILES),
});
export type ListUploadBegin = z.output<typeof ListUploadBegin>;

/** Read, or read again otherwise than was said first: what is not said again stays as it was said. */
export const ListUploadRead = Said.partial();
export type ListUploadRead = z.output<typeof ListUploadRead>;
export const ListUploadCount = z.object({ purpose: Purpose.optional() });

export const LIST_UPLOAD_STATES = ['receiving', 'waiting', 'reading', 'read', 'counting', 'counted', 'failed'] as const;
export const ListUploadState = z.enum(LIST_UPLOAD_STATES);
export type ListUploadState = z.infer<typeof ListUploadState>;

const count = z.number().int().min(0);

/** What was noticed, with its meaning: a code, how often, and the first places with what stood there. */
export const ListNote = z.object({ code: z.string(), meaning: z.string(), count, places: z.array(z.string()) });
export type ListNote = z.infer<typeof ListNote>;

/** What the files hold, before it counts. */
export const ListPreview = z.object({
  version: z.string(),
  format: z.string(),
  formatVersion: z.string().nullable(),
  /** That the file names. */
  edition: z.string().nullable(),
  /** As the source counts them. */
  entries: count,
  /** Different ones of each kind. */
  digests: z.object({ md5: count, sha1: count, sha256: count }),
  /** Hashes that are kept as they were written and compared by nobody here, by method. */
  opaque: z.record(z.string(), count),
  notes: z.array(ListNote),
  /** Whether the version that it is applied to counts, and will go on to. */
  ontoCounts: z.boolean(),
});
export type ListPreview = z.infer<typeof ListPreview>;

export const ListUpload = z.object({
  /** Of the list too, once it counts. */
  id: Id,
  plan: ListPlan,
  /** `received`: so many bytes of it are here; the next ones begin there. */
  files: z.array(z.object({ name: z.string(), sizeBytes: count, received: count })),
  state: ListUploadState,
  /** While it is read: entries so far, and the part of the bytes. */
  progress: z.object({ entries: count, part: z.number() }).nullable(),
  preview: ListPreview.nullable(),
  /** Of a contribution package, once it was opened: who says what its entries say. */
  package: OpenedPackage.nullable(),
  /** Why it was not read, or does not count; `pointer` is a line, a row or a JSON pointer. */
  failure: z
    .object({
      code: z.string(),
      title: z.string(),
      detail: z.string(),
      next: z.string(),
      pointer: z.string().nullable(),
    })
    .nullable(),
  createdAt: Instant,
});
export type ListUpload = z.infer<typeof ListUpload>;
