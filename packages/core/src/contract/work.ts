// Operations, cases, exhibits and the funnel as the API shows them.
import { z } from 'zod';
import { ContactMode } from './contacts.js';
import { Handling, Id, Instant, Purpose, Reference, Title } from './primitives.js';

export const AgencyRef = z.object({ id: Id, name: z.string(), country: z.string() });
export type AgencyRef = z.infer<typeof AgencyRef>;

export const Operation = z.object({
  id: Id,
  reference: z.string(),
  name: z.string(),
  agencies: z.array(AgencyRef),
  caseCount: z.number().int(),
  exhibitCount: z.number().int(),
});
export type Operation = z.infer<typeof Operation>;

export const Case = z.object({
  id: Id,
  reference: z.string(),
  title: z.string(),
  agency: AgencyRef,
  operationId: Id.nullable(),
  sharedWithOperation: z.boolean(),
  handling: z.string(),
  /** What its own agency alone is told; null for others. */
  own: z
    .object({
      /** `named`: seen by the people on its list alone. */
      access: z.enum(['agency', 'named']),
      partnerBreakGlass: z.boolean(),
      contactMode: ContactMode,
      /** Whom others ask. */
      contact: z.object({ login: z.string(), displayName: z.string() }),
    })
    .nullable(),
  /** Until when the reader sees it by breaking the glass; null: they see it anyhow. */
  breakGlassUntil: Instant.nullable(),
  exhibitCount: z.number().int(),
  createdAt: Instant,
  /** `arriving`, `leaving`: it is being handed over. Of one that was destroyed or handed over, this line stays. */
  state: z.enum(['open', 'arriving', 'leaving', 'destroying', 'destroyed', 'transferred']),
  endedAt: Instant.nullable(),
  /** The legal hold on it: whoever is of its agency is told who placed it, when and why. */
  hold: z.object({ reason: z.string(), placedBy: z.string(), placedAt: Instant }).nullable(),
});
export type Case = z.infer<typeof Case>;
export const CaseCreate = z.object({
  reference: Reference,
  title: Title.default(''),
  operationReference: z.string().optional(),
  shareWithOperation: z.boolean().default(false),
  access: z.enum(['agency', 'named']).default('agency'),
  handling: Handling.default('TLP:AMBER'),
});

/** The stages of work, in the order in which a file passes them; an exhibit is complete after `chats`, what comes later may lag. */
export const WORK_STAGES = ['decode', 'match', 'chats', 'features', 'parts', 'metadata'] as const;
export type WorkStage = (typeof WORK_STAGES)[number];
const LATER_STAGES = new Set<string>(['features', 'parts', 'metadata'] satisfies WorkStage[]);
export const isLaterStage = (stage: string): boolean => LATER_STAGES.has(stage);

/** done of total, exact; `failed` lists apart. */
export const StageProgress = z.object({
  stage: z.enum(['walk', ...WORK_STAGES]),
  done: z.number().int(),
  total: z.number().int().nullable(),
  failed: z.number().int(),
});
export type StageProgress = z.infer<typeof StageProgress>;

export const SOURCE_KINDS = ['folder', 'zip', 'tar', 'tar.gz', '7z', 'rar', 'disk-image'] as const;

const hex = (characters: number) => z.string().regex(new RegExp(`^[0-9a-f]{${characters}}$`));
const Digests = z.object({ md5: hex(32), sha1: hex(40), sha256: hex(64) });
/** A disk image that was opened: what it holds, and whether it is what it says of itself. */
export const DiskImage = z.object({
  /** Where it lies in the exhibit; the name of the file where it is the exhibit. */
  path: z.string(),
  format: z.enum(['raw', 'ewf']),
  parts: z.number().int(),
  /** Of the disk, not of the files that hold it. */
  sizeBytes: z.number(),
  /** `verified`: the disk has the hash that the image stores; `unstated`: the image stores none. */
  verdict: z.enum(['verified', 'differs', 'unstated']),
  stored: Digests.partial(),
  /** Of the disk; null where it is one file as it lies, whose own digest is on record. */
  computed: Digests.nullable(),
  fileSystems: z.array(z.object({ place: z.string(), type: z.string() })),
});
export type DiskImage = z.infer<typeof DiskImage>;

export const Exhibit = z.object({
  id: Id,
  reference: z.string(),
  caseId: Id,
  caseReference: z.string(),
  agency: AgencyRef,
  kind: z.enum(SOURCE_KINDS),
  /** Path on the machine that took it in; empty for whoever is not of its agency. */
  source: z.string(),
  inPlace: z.boolean(),
  /** Its own code, where it is narrower than its case; null: that of the case. */
  handling: z.string().nullable(),
  containerSha256: z.string().nullable(),
  containerBytes: z.number().nullable(),
  /** The disk images in it, or the one that it is. */
  images: z.array(DiskImage),
  state: z.enum(['registered', 'walking', 'processing', 'complete', 'failed']),
  filesSeen: z.number().int(),
  bytesSeen: z.number().int(),
  unreadable: z.number().int(),
  /** Files that the provider who reported them has not viewed, whether or not a legal basis opens them. */
  notViewed: z.number().int(),
  progress: z.array(StageProgress),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  /** When it was first gone through to its end, and first complete: a later ingest of the same changes neither. */
  walkFinishedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  /** When it was last gone through to its end. */
  lastCheckedAt: Instant.nullable(),
});
export type Exhibit = z.infer<typeof Exhibit>;

/** What the viewer asks about: exactly one of the three. */
export const Scope = z
  .object({ operation: Id.optional(), case: Id.optional(), exhibit: Id.optional() })
  .refine((s) => [s.operation, s.case, s.exhibit].filter(Boolean).length === 1, 'Give exactly one scope.');
export type Scope = z.infer<typeof Scope>;

export const FUNNEL_STEPS = [
  'seized',
  'unreadable',
  'duplicate',
  'unique',
  'known',
  'same-content',
  'not-compared',
  'new',
  'partial',
  'reviewed',
  'contributed',
  'identified',
] as const;
export const FunnelStep = z.enum(FUNNEL_STEPS);
export type FunnelStep = z.infer<typeof FunnelStep>;

/** Of the unique contents, whatever other step they stand on. */
export const ACROSS_STEPS = [
  'partial',
  'reviewed',
  'contributed',
  'identified',
] as const satisfies readonly FunnelStep[];
export type AcrossStep = (typeof ACROSS_STEPS)[number];
export const isAcross = (step: FunnelStep): step is AcrossStep => ACROSS_STEPS.some((one) => one === step);

const StepCount = z.object({
  step: FunnelStep,
  files: z.number().int(),
  bytes: z.number(),
  /** The query behind the number: opens exactly these items. */
  query: z.string(),
});

/** seized = unreadable + duplicate + unique; unique = known + same-content + not-compared + new. Of `ACROSS_STEPS` none is part of a sum. */
export const Funnel = z.object({
  scope: z.object({ kind: z.enum(['operation', 'case', 'exhibit']), id: Id, label: z.string() }),
  steps: z.array(StepCount.extend({ explanation: z.string() })),
  /**
   * Of an operation: the same for each agency whose files are seen, those with most files first. A content is counted for one of its agencies, so that they add up
   * to the whole; duplicates are left out, since what they repeat may lie with another.
   */
  agencies: z.array(z.object({ agency: AgencyRef, steps: z.array(StepCount) })),
  /** Lists whose files are damaged: of what came in since, nobody knows whether they name it. */
  listsUnasked: z.array(z.object({ name: z.string(), version: z.string(), code: z.string(), since: Instant })),
  asOf: Instant,
});
export type Funnel = z.infer<typeof Funnel>;

export const FailureRow = z.object({
  occurrenceId: Id.nullable(),
  mediaId: Id.nullable(),
  path: z.string(),
  stage: z.enum(['walk', ...WORK_STAGES]),
  code: z.string(),
  detail: z.string(),
  /** Work that may be tried again, or was set aside; null: nothing that a worker could do, such as a file that was not read. */
  work: z.enum(['failed', 'quarantined']).nullable(),
});
export type FailureRow = z.infer<typeof FailureRow>;

const MediaNamed = z.array(Id).min(1).max(500);
/** Without media: everything of the exhibit that failed and was not set aside. */
export const RetryBody = z.object({ media: MediaNamed.optional() });
export const SetAsideBody = z.object({ media: MediaNamed, reason: Purpose });
/** Of how many media. */
export const WorkChanged = z.object({ media: z.number().int() });
export type WorkChanged = z.infer<typeof WorkChanged>;
