// The picture of a graph, put together from neighbourhoods: what is shown under the filters, which nodes stand together, the path between two.
import type { GraphEdge, GraphNeighbours, GraphNode } from '@redthread/core/contract';
import { gradeRank, intervalOf, readStatedTime, type MatchGrade } from '@redthread/core/domain';

export interface Picture {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  /** Nodes whose neighbourhood is part of it. */
  readonly expanded: ReadonlySet<string>;
  /** What was left out around each of these. */
  readonly leftOut: number;
}

export const NOTHING: Picture = { nodes: new Map(), edges: new Map(), expanded: new Set(), leftOut: 0 };

export const joined = (parts: readonly GraphNeighbours[]): Picture => ({
  nodes: new Map(parts.flatMap(({ node, nodes }) => [node, ...nodes]).map((node) => [node.key, node])),
  edges: new Map(parts.flatMap(({ edges }) => edges).map((edge) => [edge.id, edge])),
  expanded: new Set(parts.map(({ node }) => node.key)),
  leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
});

export interface Filter {
  /** Connections of this grade and stronger ones. */
  readonly grade?: MatchGrade | undefined;
  /** Days, UTC; what is said to hold, or was said, between them. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const DAY_MS = 86_400_000;

/** From the earliest to the latest instant of which an edge tells; null where it tells of none. */
const spanOf = ({ validFrom, validTo, at }: GraphEdge): readonly [number, number] | null => {
  const [from, to] = [validFrom, validTo].map((text) => {
    const time = text === null ? null : readStatedTime(text);
    return time === null ? null : intervalOf(time);
  });
  if (from || to) return [from?.earliestMs ?? -Infinity, to?.latestMs ?? Infinity];
  return at === null ? null : [Date.parse(at), Date.parse(at)];
};

const passes = (edge: GraphEdge, { grade, since, until }: Filter): boolean => {
  if (
    grade !== undefined &&
    edge.kind === 'connection' &&
    !edge.grades.some((one) => gradeRank(one) <= gradeRank(grade))
  )
    return false;
  const span = since === undefined && until === undefined ? null : spanOf(edge);
  if (span === null) return true;
  return (
    (since === undefined || span[1] >= Date.parse(since)) &&
    (until === undefined || span[0] < Date.parse(until) + DAY_MS)
  );
};

export interface Shown {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Edges that the filter takes away, and those that tell of no time while it asks for one. */
  readonly hidden: number;
  readonly timeless: number;
}

/** What nothing holds any more goes; what is expanded stays. */
export const shownOf = ({ nodes, edges, expanded }: Picture, filter: Filter): Shown => {
  const all = [...edges.values()];
  const left = all.filter((edge) => passes(edge, filter));
  const held = new Set([...expanded, ...left.flatMap(({ a, b }) => [a, b])]);
  const asksForTime = filter.since !== undefined || filter.until !== undefined;
  return {
    nodes: [...nodes.values()].filter(({ key }) => held.has(key)),
    edges: left,
    hidden: all.length - left.length,
    timeless: asksForTime ? left.filter((edge) => spanOf(edge) === null).length : 0,
  };
};

/** What a step costs on the way: what is computed by its bits, what a person says as much as a strong connection; never a step more. */
const SAID_BITS = 20;
const WEAKEST = 1e-6;
const costOf = ({ bits }: GraphEdge): number => 1 + WEAKEST / Math.max(1, bits ?? SAID_BITS);

/** The edges of the way of the fewest steps, of such the strongest; null where none leads from one to the other. */
export const pathBetween = (edges: readonly GraphEdge[], from: string, to: string): readonly GraphEdge[] | null => {
  const around = new Map<string, GraphEdge[]>();
  for (const edge of edges)
    for (const end of [edge.a, edge.b]) {
      const there = around.get(end);
      if (there === undefined) around.set(end, [edge]);
      else there.push(edge);
    }
  const cost = new Map([[from, 0]]);
  const before = new Map<string, GraphEdge>();
  const open = new Set([from]);
  while (open.size > 0) {
    const at = [...open].reduce((best, key) => ((cost.get(key) ?? 0) < (cost.get(best) ?? 0) ? key : best));
    if (at === to) break;
    open.delete(at);
    for (const edge of around.get(at) ?? []) {
      const next = edge.a === at ? edge.b : edge.a;
      const sum = (cost.get(at) ?? 0) + costOf(edge);
      if (sum >= (cost.get(next) ?? Infinity)) continue;
      cost.set(next, sum);
      before.set(next, edge);
      open.add(next);
    }
  }
  if (!cost.has(to)) return null;
  const way: GraphEdge[] = [];
  for (let at = to; at !== from;) {
    const edge = before.get(at);
    if (edge === undefined) return null;
    way.unshift(edge);
    at = edge.a === at ? edge.b : edge.a;
  }
  return way;
};

/** Chat groups with those who are in them: each is drawn as a hull around its people. */
export const groupsIn = ({
  nodes,
  edges,
}: Shown): readonly { readonly group: string; readonly keys: readonly string[] }[] =>
  nodes
    .filter(({ kind }) => kind === 'chat-group')
    .map(({ key }) => ({
      group: key,
      keys: [key, ...edges.flatMap(({ type, a, b }) => (type === 'is-in' && b === key ? [a] : []))],
    }))
    .filter(({ keys }) => keys.length > 1);
