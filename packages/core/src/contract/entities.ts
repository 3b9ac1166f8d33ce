// Entities, series among them, and assertions as the API shows them: what relates to what, who says so, on what evidence, and whether
// it was taken back. What is merged is worked out for each viewer.
import { z } from 'zod';
import { ASSERTION_TYPE_NAMES, ENTITY_KINDS } from '../domain/assertion-types.js';
import { readStatedTime } from '../domain/source-interval.js';
import { MatchRow, StackTile } from './media.js';
import { Id, Instant, Name, page, PageQuery, Purpose, words } from './primitives.js';
import { Area } from './where-and-when.js';
import { AgencyRef } from './work.js';

export const EntityKindSchema = z.enum(ENTITY_KINDS);
export const AssertionTypeSchema = z.enum(ASSERTION_TYPE_NAMES);
export const PERSON_ROLES = ['victim', 'offender', 'witness', 'unknown'] as const;
export const PersonRole = z.enum(PERSON_ROLES);
export type PersonRole = z.infer<typeof PersonRole>;
export const SERIES_STATES = ['open', 'being-worked', 'identified', 'closed'] as const;
export const SeriesState = z.enum(SERIES_STATES);
export type SeriesState = z.infer<typeof SeriesState>;
/** How sure whoever says it is; words, since no number was measured. */
export const CONFIDENCES = ['certain', 'probable', 'possible'] as const;
export const Confidence = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof Confidence>;

/** A date, or a date with a time, with or without a zone, as a person states it: `2025-07-01`, `2025-07-01T10:00+02:00`. */
export const StatedTime = z
  .string()
  .max(40)
  .refine((text) => readStatedTime(text) !== null, 'a date, or a date with a time: 2025-07-01T10:00+02:00');

export const AgeBandGiven = z
  .object({ minYears: z.number().int().min(0).max(130), maxYears: z.number().int().min(0).max(130), at: StatedTime })
  .refine(({ minYears, maxYears }) => minYears <= maxYears, 'the lower age comes first');
export type AgeBandGiven = z.infer<typeof AgeBandGiven>;

const Note = z.string().max(2000);

export const EntityCreate = z
  .object({
    kind: EntityKindSchema,
    /** Empty: nobody has named it yet. */
    name: z.union([z.literal(''), Name]).default(''),
    role: PersonRole.optional(),
    age: AgeBandGiven.optional(),
    /** Of a place: where it is, and how well that is known. */
    area: Area.optional(),
    note: Note.default(''),
    /** The case, by its id, that it belongs to: whoever sees the case sees it. Without one it is the agency's own. */
    case: Id.optional(),
  })
  .refine(({ kind, role, age }) => kind === 'person' || (role === undefined && age === undefined), 'only of a person')
  .refine(({ kind, area }) => kind === 'place' || area === undefined, { path: ['area'], message: 'only of a place' })
  .refine(({ kind, name }) => kind !== 'series' || name !== '', 'a series has a name');
export type EntityCreate = z.output<typeof EntityCreate>;

export const ExternalIdRow = z.object({
  id: Id,
  entityId: Id,
  issuer: z.string(),
  type: z.string(),
  value: z.string(),
  by: z.string(),
  at: Instant,
  retracted: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type ExternalIdRow = z.infer<typeof ExternalIdRow>;
export const ExternalIdAdd = z.object({
  /** May be left out for a type that has one issuer. */
  issuer: Name.optional(),
  type: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  value: words(200),
});
export type ExternalIdAdd = z.infer<typeof ExternalIdAdd>;

export const Entity = z.object({
  id: Id,
  kind: EntityKindSchema,
  name: z.string(),
  role: PersonRole.nullable(),
  age: AgeBandGiven.nullable(),
  /** Of a place, where it was stated. */
  area: Area.nullable(),
  note: z.string(),
  agency: AgencyRef,
  case: z.object({ id: Id, reference: z.string() }).nullable(),
  by: z.string(),
  createdAt: Instant,
  /** Of a series. */
  state: SeriesState.nullable(),
});
export type Entity = z.infer<typeof Entity>;

export const EntityQuery = PageQuery.extend({
  kind: EntityKindSchema.optional(),
  state: SeriesState.optional(),
  case: Id.optional(),
  /** Part of a name, or an external number as it was written. */
  q: z.string().min(1).max(200).optional(),
});
export type EntityQuery = z.output<typeof EntityQuery>;
export const EntityPage = page(Entity);

/** A part of a picture, in fractions of its width and height. */
const Region = z.object({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  width: z.number().positive().max(1),
  height: z.number().positive().max(1),
});

export const EvidenceGiven = z.object({
  media: Id.optional(),
  region: Region.optional(),
  /** Of a film or a recording. */
  seconds: z
    .object({ from: z.number().min(0), to: z.number().min(0) })
    .refine(({ from, to }) => from <= to, 'the earlier second comes first')
    .optional(),
  /** A message, a page, a report: where it stands, in words. */
  text: words(500).optional(),
});
export type EvidenceGiven = z.infer<typeof EvidenceGiven>;

const End = z.union([z.object({ media: Id }), z.object({ entity: Id })]);

export const AssertionCreate = z.object({
  type: AssertionTypeSchema,
  from: End,
  to: Id,
  confidence: Confidence.default('probable'),
  reason: Purpose,
  evidence: EvidenceGiven.optional(),
  validFrom: StatedTime.optional(),
  validTo: StatedTime.optional(),
  /** The match that suggested it, by method and version: `pdq@1`. */
  method: z
    .string()
    .regex(/^[a-z][a-z0-9-]*@\d+$/)
    .optional(),
  /** The case, by its id, that it is said in: whoever sees that and both ends sees it. By default that of the end that is one's own. */
  case: Id.optional(),
});
export type AssertionCreate = z.output<typeof AssertionCreate>;

const EntityEnd = Entity.pick({ id: true, kind: true, name: true, agency: true });

export const Assertion = z.object({
  id: Id,
  type: AssertionTypeSchema,
  /** A media that was withdrawn or destroyed has no id any more. */
  from: z.union([
    z.object({ kind: z.literal('media'), mediaId: Id.nullable() }),
    z.object({ kind: z.literal('entity'), entity: EntityEnd }),
  ]),
  to: EntityEnd,
  confidence: Confidence,
  reason: z.string(),
  evidence: EvidenceGiven.extend({
    /** The media that it rests on was withdrawn or destroyed. */
    mediaGone: z.boolean(),
  }).nullable(),
  validFrom: StatedTime.nullable(),
  validTo: StatedTime.nullable(),
  method: z.string().nullable(),
  by: z.string(),
  agency: z.string(),
  /** Whether the reader's agency said it, and so may take it back. */
  own: z.boolean(),
  /** Whether it is said by the agency that holds both ends: what others say is an opinion. */
  isOpinion: z.boolean(),
  /** Of a merge: whether it counts for the reader, since every agency that holds an end says so. */
  counts: z.boolean().nullable(),
  at: Instant,
  retracted: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type Assertion = z.infer<typeof Assertion>;

export const ContradictionShown = z.object({
  rule: z.enum(['two-persons', 'two-places-at-once', 'same-and-different']),
  assertions: z.array(Id),
  certainty: z.enum(['certain', 'possible']),
});

export const SeriesStep = z.object({
  state: SeriesState,
  note: z.string(),
  /** Who works on it, in words. */
  workedBy: z.string(),
  by: z.string(),
  at: Instant,
});

export const EntityDetail = z.object({
  entity: Entity,
  /** Every record that is one with it for the reader, itself first. */
  group: z.array(Entity),
  /** Of every record of the group: each number stays on its own. */
  ids: z.array(ExternalIdRow),
  /** Newest first, retracted ones too; members of series apart. */
  assertions: z.array(Assertion),
  contradictions: z.array(ContradictionShown),
  /** Of a person with an age band, at the time that was asked for. */
  ageThen: z.object({ min: z.number().int(), max: z.number().int() }).nullable(),
  /** Of a series: newest first. */
  steps: z.array(SeriesStep),
});
export type EntityDetail = z.infer<typeof EntityDetail>;
export const EntityDetailQuery = z.object({ at: StatedTime.optional() });

export const RetractBody = z.object({ reason: Purpose });

export const SeriesStepAdd = z.object({
  state: SeriesState,
  note: Note.default(''),
  workedBy: z.union([z.literal(''), Name]).default(''),
});
export type SeriesStepAdd = z.output<typeof SeriesStepAdd>;

export const SeriesMembersAdd = z.object({
  media: z.array(Id).min(1).max(500),
  reason: Purpose,
  confidence: Confidence.default('probable'),
  method: AssertionCreate.shape.method,
  /** Also every other media of the stacks of these. */
  stack: z.boolean().default(false),
});
export type SeriesMembersAdd = z.output<typeof SeriesMembersAdd>;

/** As many as a whole stack may have added at once. */
const MOST_REMOVED = 5000;
export const SeriesMembersRemove = z.object({ media: z.array(Id).min(1).max(MOST_REMOVED), reason: Purpose });
export type SeriesMembersRemove = z.infer<typeof SeriesMembersRemove>;

const Tile = StackTile.pick({
  mediaId: true,
  agency: true,
  mime: true,
  kind: true,
  width: true,
  height: true,
  state: true,
});

export const SeriesMember = Tile.extend({
  /** What says that it belongs: the newest that is in force. */
  assertion: Assertion,
});
export type SeriesMember = z.infer<typeof SeriesMember>;
export const SeriesMemberPage = page(SeriesMember);

/** A media that may belong too, with the strongest match to one that does. */
export const SeriesSuggestion = Tile.extend({
  to: Id,
  grade: MatchRow.shape.grade,
  method: z.string(),
  words: z.string(),
  bits: z.number(),
});
export type SeriesSuggestion = z.infer<typeof SeriesSuggestion>;
export const SeriesSuggestions = z.object({ items: z.array(SeriesSuggestion), truncated: z.boolean() });
export type SeriesSuggestions = z.infer<typeof SeriesSuggestions>;

export const MembersAdded = z.object({ added: z.array(Id), already: z.array(Id) });
export type MembersAdded = z.infer<typeof MembersAdded>;
export const MembersRemoved = z.object({ removed: z.array(Id) });
export type MembersRemoved = z.infer<typeof MembersRemoved>;
export const Assertions = z.object({ items: z.array(Assertion) });
