// Media, stacks, occurrences, matches, search and lists as the API shows them.
import { z } from 'zod';
import { PLATFORMS } from '../traces/platform.js';
import { Note, Reason } from './comparison.js';
import { Storyboard } from './films.js';
import { ReportWord } from './phone-reports.js';
import {
  DELETIONS,
  GradeSchema,
  Id,
  Instant,
  page,
  PageQuery,
  Polarity,
  Purpose,
  Sha256,
  SourceTime,
} from './primitives.js';
import { SchemeName } from './schemes.js';
import { Near, Written } from './where-and-when.js';
import { AgencyRef, FunnelStep } from './work.js';

export const ListHit = z.object({ listId: Id, name: z.string(), version: z.string(), polarity: Polarity });
export type ListHit = z.infer<typeof ListHit>;

/** What a list says about a tile: how many of its media are on it, and one of them, the one that is shown where that is on it. */
export const TileListHit = ListHit.extend({ members: z.number().int(), mediaId: Id });
export type TileListHit = z.infer<typeof TileListHit>;

/** What the votes on the picture of a tile come to, in the scheme that was voted in last. */
export const TileVerdict = z.object({
  scheme: SchemeName,
  code: z.string().nullable(),
  state: z.enum(['decided', 'waiting', 'disputed']),
});
export type TileVerdict = z.infer<typeof TileVerdict>;

/** One tile of the grid: a stack by its representative. Nothing here needs a reveal. */
export const StackTile = z.object({
  mediaId: Id,
  agency: AgencyRef,
  mime: z.string(),
  kind: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  state: z.enum(['pending', 'ready', 'partial', 'failed', 'unsupported', 'quarantined', 'closed']),
  /** Media of the stack within the query. */
  members: z.number().int(),
  /** Files at all paths of those media within the query. */
  occurrences: z.number().int(),
  strongestGrade: GradeSchema.nullable(),
  /** Of any of its media: not of the one that is shown, unless `mediaId` says so. */
  listHits: z.array(TileListHit),
  step: FunnelStep.nullable(),
  verdict: TileVerdict.nullable(),
  /** Of a case or a series in which a child is at risk now: first in every order. */
  atRisk: z.boolean(),
});
export type StackTile = z.infer<typeof StackTile>;

export const BYTE_CLASSES = ['under-100-kb', 'under-1-mb', 'under-10-mb', 'larger'] as const;

/** Which media, and in which order. */
export const TileQuery = z.object({
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
  /** Contents that are counted for this agency. */
  agency: Id.optional(),
  step: FunnelStep.optional(),
  grade: GradeSchema.optional(),
  kind: z.string().optional(),
  list: Id.optional(),
  state: StackTile.shape.state.optional(),
  /** Make and model, as the file names them. */
  camera: z.string().max(200).optional(),
  /** The year of the time at which the file says that it was taken. */
  year: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  /** Whether the file says where it was taken. */
  place: z.enum(['said', 'not-said']).optional(),
  /** Within a circle, by where the file says that it was made. */
  near: Near.optional(),
  /** By when a source says so, as it was written. */
  written: Written.optional(),
  bytes: z.enum(BYTE_CLASSES).optional(),
  /** The platform that its bytes speak for, by a mark or its form; what files are called is not asked. */
  platform: z.enum(PLATFORMS).optional(),
  /** What one writer with one setting makes alike: the class of its JPEG structure, or of its boxes. */
  structure: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  /** Whether somebody who looked has voted on it. */
  reviewed: z.enum(['yes', 'no', 'by-me', 'not-by-me']).optional(),
  sort: z.enum(['copies', 'newest', 'size']).default('copies'),
  /** `stack` collapses near copies under their representative; `media` shows each unique file. */
  collapse: z.enum(['stack', 'media']).default('stack'),
});
export type TileQuery = z.output<typeof TileQuery>;

export const StackQuery = PageQuery.extend(TileQuery.shape);
export type StackQuery = z.infer<typeof StackQuery>;
export const StackPage = page(StackTile);

export const Occurrence = z.object({
  id: Id,
  mediaId: Id.nullable(),
  path: z.string(),
  rawName: z.string().nullable(),
  container: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  sourceTimes: z.array(SourceTime),
  state: z.enum(['stored', 'in-place', 'unreadable', 'missing', 'changed']),
  /** What the file system of a disk image says of a file that is not there any more; null: it is there. */
  deletion: z.enum(DELETIONS).nullable(),
  /** A small picture that a program kept of a larger one. */
  isThumbnail: z.boolean(),
  /** Such a small picture, where the exhibit has neither its bytes nor the same content as a file of its own. */
  onlyThumbnail: z.boolean(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  /** What a report of a phone or of a provider says of the file. */
  report: ReportWord.nullable(),
  exhibitId: Id,
  exhibit: z.string(),
  caseId: Id,
  caseReference: z.string(),
  agency: AgencyRef,
});
export type Occurrence = z.infer<typeof Occurrence>;
export const OccurrencePage = page(Occurrence);

/** A match as seen from one side; `other` is the media on the far side. */
export const MatchRow = z.object({
  id: Id,
  grade: GradeSchema,
  other: z.object({
    mediaId: Id,
    agency: AgencyRef,
    mime: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
  }),
  method: z.string(),
  version: z.number().int(),
  value: z.number(),
  threshold: z.number(),
  unit: z.string(),
  bits: z.number(),
  decoder: z.string(),
  reasons: z.array(Reason),
  words: z.string(),
  createdAt: Instant,
});
export type MatchRow = z.infer<typeof MatchRow>;
export const MatchPage = page(MatchRow);

/** What a file says of its way, apart from what it shows: a lead for a person. */
export const MediaTrace = z.object({
  method: z.string(),
  version: z.number().int(),
  value: z.record(z.string(), z.unknown()),
  words: z.string(),
});
export type MediaTrace = z.infer<typeof MediaTrace>;

export const Media = z.object({
  id: Id,
  agency: AgencyRef,
  sha256: Sha256,
  sha1: z.string(),
  md5: z.string(),
  sizeBytes: z.number(),
  mime: z.string(),
  kind: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** Of a film or a sound that was decoded. */
  durationMs: z.number().int().nullable(),
  storyboard: Storyboard.nullable(),
  /** How loud it is along its length, 0 to 100 each; null where it has no sound. */
  loudness: z.array(z.number().int()).nullable(),
  state: StackTile.shape.state,
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  representativeId: Id.nullable(),
  stackSize: z.number().int(),
  /** That count for the viewer's agency. */
  listHits: z.array(ListHit),
  /** Why lists that are not known good do not count here: on the agency's negative list, or set aside until somebody decides. */
  negative: z
    .object({
      id: Id,
      state: z.enum(['set-aside', 'negative']),
      reason: z.string().nullable(),
      login: z.string().nullable(),
      files: z.number().int().nullable(),
    })
    .nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** Of its bytes unless it is closed; of its names as far as the viewer sees the files. */
  traces: z.array(MediaTrace),
  firstSeenAt: Instant,
});
export type Media = z.infer<typeof Media>;

/** Both sides of one pair, and every reason with what was tried and fell short. */
export const Comparison = z.object({
  a: Media,
  b: Media,
  grade: GradeSchema.or(z.literal('none')),
  /** What the matcher wrote of the pair, or null: then `reasons` are measured for whoever asks. */
  match: MatchRow.nullable(),
  /** What supports the grade, strongest first; told from `a`. */
  reasons: z.array(Reason),
  /** What was measured and grants no grade, with its value. */
  tried: z.array(Reason),
  /** Cameras and lenses whose number both name, in words; of copies of one picture that says nothing. */
  devices: z.array(z.string()),
  notes: z.array(Note),
  /** For `partial` and `same scene`, places that show the same: x and y in `a`, then in `b`, in parts of their sides. */
  places: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly()),
  /** Which programs saw the pixels; null where none did. */
  decoders: z.object({ a: z.string().nullable(), b: z.string().nullable() }),
  differences: z.array(z.object({ field: z.string(), a: z.string().nullable(), b: z.string().nullable() })),
});
export type Comparison = z.infer<typeof Comparison>;

/** Search: a hash (MD5, SHA-1, SHA-256 by length), part of a path, a case, or an exhibit by its name (`ES-2026-014/7`). */
export const SearchQuery = PageQuery.extend({ q: z.string().min(1).max(400), purpose: Purpose.optional() });
export const SearchResult = z.object({
  media: z.array(StackTile),
  occurrences: z.array(Occurrence),
  cases: z.array(z.object({ id: Id, reference: z.string(), title: z.string() })),
  exhibits: z.array(z.object({ id: Id, reference: z.string(), caseId: Id, caseReference: z.string() })),
  /** Of a hash: the lists that name it, whether or not a file here has it, with the codes that they give it. */
  lists: z.array(
    ListHit.extend({ categories: z.array(z.object({ scheme: z.string().nullable(), code: z.string() })) }),
  ),
  /** Of a hash: all lists that were asked, for that they do not know it is a result too. */
  listsAsked: z.array(
    z.object({ name: z.string(), version: z.string(), importedAt: Instant, digests: z.number().int() }),
  ),
  /** Of a hash: lists that count and could not be asked, with the code of why. Whether they know it is not known. */
  listsUnasked: z.array(z.object({ name: z.string(), version: z.string(), code: z.string() })),
  truncated: z.boolean(),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** Search by a picture whose bytes are the body: searched, and never stored. */
export const PictureQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  purpose: Purpose.optional(),
  /** Look for this part of it alone: left,top,width,height, each in percent of a side (`10%`) or in pixels of the upright picture. */
  region: z.string().max(80).optional(),
});
export const PictureHit = z.object({
  media: StackTile,
  grade: GradeSchema,
  /** Every measurement that supports the grade, strongest first. */
  reasons: z.array(Reason),
  /** The first files with these bytes. */
  occurrences: z.array(Occurrence),
});
export type PictureHit = z.infer<typeof PictureHit>;
export const PictureResult = z.object({
  /** Of the picture that was searched by. */
  sha256: Sha256,
  hits: z.array(PictureHit),
  truncated: z.boolean(),
  /** Why it was compared by its digest only, where it was. */
  note: z.string().nullable(),
});
export type PictureResult = z.infer<typeof PictureResult>;
/** Bytes of a picture that is searched by over the API, at most. */
export const PICTURE_LIMIT_BYTES = 64 * 1024 * 1024;

/** `disputed`: votes on both sides. A list of polarity `other` says nothing that a vote could confirm or reject. */
export const ListPrecision = z.object({
  looked: z.number().int(),
  confirmed: z.number().int(),
  rejected: z.number().int(),
  disputed: z.number().int(),
});
export type ListPrecision = z.infer<typeof ListPrecision>;

export const List = z.object({
  id: Id,
  name: z.string(),
  polarity: Polarity,
  version: z.string(),
  handling: z.string(),
  agency: AgencyRef,
  /** Whose list it is, where that was said; the agency is who brought it in. */
  owner: z.string().nullable(),
  /** Of the file that it came from. */
  format: z.string(),
  /** What was noticed while it was read: a code, how often, the first places. */
  notes: z.array(z.object({ code: z.string(), count: z.number().int(), places: z.array(z.string()) })),
  entryCount: z.number().int(),
  /** Contents here, among what the viewer may see, that it names: none once it has expired, for then it says nothing. */
  hits: z.number().int(),
  /** Contents here that it names and that do not count: on the negative list of the viewer's agency, or set aside. */
  negative: z.number().int(),
  /** Of the media that it names: how many somebody looked at, and what their votes say of the list, as far as the viewer sees both. */
  precision: ListPrecision,
  expiresAt: Instant.nullable(),
  /** Whether it has expired or was withdrawn: then it counts nowhere. */
  expired: z.boolean(),
  /** What is wrong with its files, and since when: what came in since is not looked up in it yet. */
  damage: z.object({ code: z.string(), since: Instant }).nullable(),
  createdAt: Instant,
});
export type List = z.infer<typeof List>;

/** Withdraws a list for a reason, which stands in the record. */
export const ListWithdraw = z.object({ reason: Purpose });

/** From when on a list counts no longer. */
export const ListExpire = z.object({ on: Instant });
