// What connects exhibits and cases, as the API shows it.
import { z } from 'zod';
import { CAUSES } from '../domain/cause.js';
import { CONNECTION_STATES, DECISION_STATES } from '../domain/connection-state.js';
import { Counted } from './comparison.js';
import { GradeSchema, Id, Instant, page, PageQuery, Purpose } from './primitives.js';
import { AgencyRef } from './work.js';

export const ConnectionEnds = z.enum(['exhibits', 'cases']);
export type ConnectionEnds = z.infer<typeof ConnectionEnds>;

/** What a connection may lie between: `series-cases` is a series and a case. */
export const ConnectionKind = z.enum(['exhibits', 'cases', 'series', 'series-cases']);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

/** An exhibit, or where cases are connected a case: then the exhibit is null. */
export const ConnectionEnd = z.object({
  caseId: Id,
  caseReference: z.string(),
  exhibitId: Id.nullable(),
  exhibit: z.string().nullable(),
  agency: AgencyRef,
});
export type ConnectionEnd = z.infer<typeof ConnectionEnd>;

/** The best pair of files of one grade. */
export const ConnectionReason = z.object({
  cause: z.enum(CAUSES),
  grade: GradeSchema,
  mediaA: Id,
  mediaB: Id,
  words: z.string(),
  /** Of the match, as far as its method was tested. */
  bits: z.number(),
  /** What they rest on; null for the same bytes, and for matches from before it was kept. */
  counted: Counted.nullable(),
  /** Exhibits (or cases) that hold the picture, as far as you see. */
  holders: z.number().int(),
  /** Pairs of contents (or of devices) that were compared between the two ends; of a series times the ends that it was compared with. */
  comparisons: z.number(),
  /** bits - log2(comparisons) - log2(holders / 2); below 0 it is a lead. */
  strengthBits: z.number(),
});
export type ConnectionReason = z.infer<typeof ConnectionReason>;

/** A `ConnectionKind`, then the ids of both ends: of a series and a case the series first, of all others the smaller id. */
export const ConnectionId = z
  .string()
  .regex(/^(exhibits|cases|series|series-cases)(_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$/);

/** What a person decided for their agency; of others it is an opinion. */
export const ConnectionDecision = z.object({
  id: Id,
  state: z.enum(DECISION_STATES),
  reason: z.string(),
  /** Until when it is snoozed. */
  until: Instant.nullable(),
  own: z.boolean(),
  agency: z.string(),
  login: z.string(),
  at: Instant,
});
export type ConnectionDecision = z.infer<typeof ConnectionDecision>;

export const ConnectionDecide = z.object({
  state: z.enum(DECISION_STATES),
  reason: Purpose,
  until: Instant.nullish(),
});
export type ConnectionDecide = z.infer<typeof ConnectionDecide>;

/** How it was judged. */
const Judged = {
  /** What your agency decided, as it stands now. */
  state: z.enum(CONNECTION_STATES),
  /** Why something that was decided is new again. */
  reopened: z.string().nullable(),
  /** The last of your agency, and those of others. */
  decision: ConnectionDecision.nullable(),
  opinions: z.array(ConnectionDecision),
};

export const Connection = z.object({
  id: ConnectionId,
  between: ConnectionEnds,
  a: ConnectionEnd,
  b: ConnectionEnd,
  /** Pairs of files by grade, the strongest grade first. */
  counts: z.array(z.object({ grade: GradeSchema, pairs: z.number().int() })),
  /** The sum over its causes, of each the best alone; a part and a place, found in the same features, count once. */
  strengthBits: z.number(),
  /** Chance would bring as much: no cause carries it by itself. */
  isLead: z.boolean(),
  causes: z.array(z.object({ cause: z.enum(CAUSES), strengthBits: z.number() })),
  strongest: ConnectionReason,
  /** The other reasons, strongest first. */
  further: z.array(ConnectionReason),
  ...Judged,
});
export type Connection = z.infer<typeof Connection>;

export const ConnectionQuery = PageQuery.extend({
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
  /** Those of whose pairs of files one has this media. */
  media: Id.optional(),
  between: ConnectionEnds.default('exhibits'),
  /** Leads in place of connections. */
  leads: z.enum(['true', 'false']).default('false'),
  state: z.enum(CONNECTION_STATES).optional(),
});
export type ConnectionQuery = z.infer<typeof ConnectionQuery>;

/** `leads`: how many there are beside the connections; they are listed apart. */
export const ConnectionPage = page(Connection).extend({ leads: z.number().int() });
export type ConnectionPage = z.infer<typeof ConnectionPage>;

/** Of one case or one exhibit. */
export const ConnectionExpansionQuery = PageQuery.extend({ case: Id.optional(), exhibit: Id.optional() });
export type ConnectionExpansionQuery = z.infer<typeof ConnectionExpansionQuery>;

/** A case or exhibit that one or two connections lead to. */
export const ReachedEnd = z.object({
  end: ConnectionEnd,
  hops: z.union([z.literal(1), z.literal(2)]),
  /** Of the strongest way: that of the weakest connection on it. */
  strengthBits: z.number(),
  /** How many ways of so many hops lead there. */
  ways: z.number().int(),
  /** The strongest way, from the start on. */
  path: z.array(Connection).min(1).max(2),
});
export type ReachedEnd = z.infer<typeof ReachedEnd>;

export const ConnectionExpansion = page(ReachedEnd).extend({ start: ConnectionEnd });
export type ConnectionExpansion = z.infer<typeof ConnectionExpansion>;

const SeriesEnd = z.object({ id: Id, name: z.string(), agency: AgencyRef });

/** Between a series and another, or a case: computed whenever it is read. */
export const SeriesConnection = z.object({
  id: ConnectionId,
  between: ConnectionKind.extract(['series', 'series-cases']),
  /** The series that was asked for. */
  own: SeriesEnd,
  /** One of the two is null. */
  series: SeriesEnd.nullable(),
  case: ConnectionEnd.nullable(),
  counts: Connection.shape.counts,
  strengthBits: z.number(),
  isLead: z.boolean(),
  causes: Connection.shape.causes,
  /** Of its media A belongs to the series that was asked for. */
  strongest: ConnectionReason,
  further: z.array(ConnectionReason),
  ...Judged,
});
export type SeriesConnection = z.infer<typeof SeriesConnection>;

export const SeriesConnectionQuery = z.object({
  with: z.enum(['series', 'cases']).default('series'),
  leads: z.enum(['true', 'false']).default('false'),
  state: z.enum(CONNECTION_STATES).optional(),
  limit: PageQuery.shape.limit,
});
export type SeriesConnectionQuery = z.infer<typeof SeriesConnectionQuery>;

export const SeriesConnections = z.object({
  items: z.array(SeriesConnection),
  total: z.number().int(),
  leads: z.number().int(),
});
export type SeriesConnections = z.infer<typeof SeriesConnections>;

/** One connection with all that was ever decided on it, the last first. */
export const ConnectionFile = z.object({
  connection: z.discriminatedUnion('between', [Connection, SeriesConnection]),
  decisions: z.array(ConnectionDecision),
});
export type ConnectionFile = z.infer<typeof ConnectionFile>;
