// The graph of an investigation, one neighbourhood at a time: what a case, a series or another entity connects with, and how. A picture of more is
// put together from these, so that none of them is ever a hairball.
import { z } from 'zod';
import { ConnectionId } from './connections.js';
import { AssertionTypeSchema, EntityKindSchema, PersonRole, StatedTime } from './entities.js';
import { GradeSchema, Id, Instant } from './primitives.js';
import { AgencyRef } from './work.js';

/** What a graph starts from. */
export const GRAPH_STARTS = ['case', 'entity'] as const;
export interface GraphStart {
  readonly kind: (typeof GRAPH_STARTS)[number];
  readonly id: string;
}

/** `case:` or `entity:` and an id; a series is an entity. */
export const GraphKey = z.string().regex(/^(case|entity):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const GraphNode = z.object({
  key: GraphKey,
  kind: z.enum(['case', ...EntityKindSchema.options]),
  /** Of a case its reference; empty where nobody has named it. */
  name: z.string(),
  role: PersonRole.nullable(),
  agency: AgencyRef,
});
export type GraphNode = z.infer<typeof GraphNode>;

/** `connection`: computed from matches. `assertion`: somebody says so. `recorded`: it belongs to the case. `shown`: media of the case show it. */
export const GRAPH_EDGE_KINDS = ['connection', 'assertion', 'recorded', 'shown'] as const;
export const GraphEdge = z.object({
  id: z.string(),
  kind: z.enum(GRAPH_EDGE_KINDS),
  a: GraphKey,
  b: GraphKey,
  /** Of a connection: its strength in bits. */
  bits: z.number().nullable(),
  /** Of a connection: those of its pairs, the strongest first. */
  grades: z.array(GradeSchema),
  /** Of an assertion. */
  type: AssertionTypeSchema.nullable(),
  /** Why, in words: the strongest evidence, or the reason that somebody gave. */
  words: z.string(),
  /** Who says so, of an assertion. */
  by: z.string().nullable(),
  /** When somebody said it, and from when to when it holds; null where it was computed. */
  at: Instant.nullable(),
  validFrom: StatedTime.nullable(),
  validTo: StatedTime.nullable(),
  /** Media that show it; of a connection the strongest pair. */
  media: z.array(Id),
  /** Of a connection between cases, to be decided on. */
  connection: ConnectionId.nullable(),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/** Of one node, at most: the strongest connections, and the newest of what is said. */
export const NEIGHBOURS_LIMIT = 200;
export const GraphNeighbours = z.object({
  node: GraphNode,
  nodes: z.array(GraphNode),
  edges: z.array(GraphEdge),
  /** Connections and assertions that are left out. */
  leftOut: z.number().int(),
});
export type GraphNeighbours = z.infer<typeof GraphNeighbours>;

const MOST_PINS = 5000;
const Coordinate = z.number().min(-1e6).max(1e6);
/** Where a person put nodes of a graph, by their keys. */
export const GraphLayout = z.object({
  pins: z
    .record(GraphKey, z.object({ x: Coordinate, y: Coordinate }))
    .refine((pins) => Object.keys(pins).length <= MOST_PINS, `at most ${MOST_PINS} nodes are pinned`),
});
export type GraphLayout = z.infer<typeof GraphLayout>;

/** A picture of what is shown leaves the system. */
export const GraphExport = z.object({ nodes: z.number().int().min(1), edges: z.number().int().min(0) });
export type GraphExport = z.infer<typeof GraphExport>;
