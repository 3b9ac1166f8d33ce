// What each address may carry.
import {
  ConnectionEnds,
  EntityKindSchema,
  FunnelStep,
  GradeSchema,
  GraphKey,
  Id,
  LeadQuery,
  Near,
  Period,
  QUEUES,
  Reference,
  SeriesState,
  Sha256,
  StatedTime,
  TileQuery,
  TimeLane,
} from '@redthread/core/contract';
import { CONNECTION_STATES } from '@redthread/core/domain';
import { z } from 'zod';
import { Flag, searchReader, type SearchOf } from './search-params.js';

export const TILE_MIN = 96;
export const TILE_MAX = 320;
export const TILE_DEFAULT = 160;

const scope = { operation: Id, case: Id, exhibit: Id };

const review = {
  ...TileQuery.omit({ sort: true, collapse: true }).shape,
  sort: z.enum(['copies', 'newest', 'size']),
  collapse: z.enum(['stack', 'media']),
  size: z.coerce.number().int().min(TILE_MIN).max(TILE_MAX),
  /** The review that holds the order. */
  review: Id,
  /** The chosen place in it, from 1. */
  n: z.coerce.number().int().min(1),
  /** The media at that place: for whoever has no part in the review. */
  at: Id,
  /** The first of a pair that is being chosen. */
  mark: Id,
  loupe: Flag,
};
export type ReviewSearch = SearchOf<typeof review>;
export const reviewSearch = searchReader(review);

const files = { ...scope, agency: Id, media: Id, step: FunnelStep };
export type FilesSearch = SearchOf<typeof files>;
export const filesSearch = searchReader(files);

export const COMPARE_MODES = ['side', 'slider', 'difference'] as const;
const compare = {
  a: Id,
  b: Id,
  mode: z.enum(COMPARE_MODES),
  turn: Flag,
  lines: Flag,
  z: z.coerce.number().min(1).max(32),
  x: z.coerce.number().min(0).max(1),
  y: z.coerce.number().min(0).max(1),
};
export type CompareSearch = SearchOf<typeof compare>;
export const compareSearch = searchReader(compare);

const connections = {
  ...scope,
  media: Id,
  between: ConnectionEnds,
  leads: Flag,
  state: z.enum(CONNECTION_STATES),
  at: z.string(),
};
export type ConnectionsSearch = SearchOf<typeof connections>;
export const connectionsSearch = searchReader(connections);

const graph = {
  case: Id,
  entity: Id,
  /** The chosen node. */
  at: GraphKey,
  /** What else is expanded, by its keys. */
  open: z
    .string()
    .max(3500)
    .refine((text) => text.split(',').every((key) => GraphKey.safeParse(key).success)),
  grade: GradeSchema,
  since: z.iso.date(),
  until: z.iso.date(),
  /** The ends of the path. */
  from: GraphKey,
  to: GraphKey,
};
export type GraphSearch = SearchOf<typeof graph>;
export const graphSearch = searchReader(graph);

const map = {
  ...scope,
  /** Pixels of a degree, and what lies in the middle. */
  z: z.coerce.number().positive().max(100_000),
  x: z.coerce.number().min(-180).max(180),
  y: z.coerce.number().min(-90).max(90),
  near: Near,
};
export const mapSearch = searchReader(map);

const times = { ...scope, within: Period, lane: TimeLane, from: Period, to: Period };
export type TimesSearch = SearchOf<typeof times>;
export const timesSearch = searchReader(times);

export const CHAT_TABS = ['chats', 'leads', 'people', 'countries', 'exports'] as const;
const chats = {
  ...scope,
  tab: z.enum(CHAT_TABS),
  /** Part of a subject. */
  q: z.string().min(1).max(200),
  /** Words in messages. */
  find: z.string().min(2).max(200),
  kind: LeadQuery.shape.kind.unwrap(),
  /** Leads of one chat. */
  chat: Id,
  /** In at least so many chats. */
  several: z.coerce.number().int().min(2).max(1000),
  country: z.string().regex(/^[A-Z]{2}$/),
};
export type ChatsSearch = SearchOf<typeof chats>;
export const chatsSearch = searchReader(chats);
/** The chosen message. */
export const chatSearch = searchReader({ at: z.coerce.number().int().min(0) });

/** Reference of an exhibit that is gone on with. */
export const addExhibitSearch = searchReader({ exhibit: Reference });
export const verdictsSearch = searchReader({ kind: z.enum(QUEUES) });
export const entitiesSearch = searchReader({ kind: EntityKindSchema, q: z.string().min(1).max(200) });
export const entitySearch = searchReader({ at: StatedTime });
export const seriesSearch = searchReader({ state: SeriesState });
export const auditSearch = searchReader({ type: z.string(), object: z.string() });
export const requestsSearch = searchReader({ all: Flag });
export const noticesSearch = searchReader({ all: Flag });
/** The kept search that is shown. */
export const standingSearch = searchReader({ id: Id });
export const textSearch = searchReader({ q: z.string(), picture: Sha256, region: z.string().max(80) });
export const signInSearch = searchReader({ next: z.string().regex(/^\/(?!\/)/) });
