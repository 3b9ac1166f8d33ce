// One neighbourhood of the graph: what a case or an entity connects with, from the connections that are computed and from what people record and
// say; and where a person put the nodes.
import {
  GraphLayout,
  NEIGHBOURS_LIMIT,
  type Connection,
  type GraphEdge,
  type GraphExport,
  type GraphNeighbours,
  type GraphNode,
  type GraphStart,
  type SeriesConnection,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { connectionsOfSeries, type AskConnections } from '../connections/index.js';
import { keepOwn, readOwn } from '../own-settings/index.js';
import { caseOfEntity, readNodes, recordedIn, saidAmong, saidOfEntity, shownIn, type Edges } from './queries.js';

const keyOf = ({ kind, id }: GraphStart): string => `${kind}:${id}`;

/** Errors: NOT_FOUND, alike for what is not there and what is not shared. */
const requireNode = async (trx: Trx, start: GraphStart): Promise<GraphNode> => {
  const node = (await readNodes(trx, [keyOf(start)])).get(keyOf(start));
  if (node === undefined) throw fail('NOT_FOUND', saying`no such ${start.kind}`);
  return node;
};

const computed = { kind: 'connection', type: null, by: null, at: null, validFrom: null, validTo: null } as const;

const ofCases = ({ id, a, b, strengthBits, counts, strongest }: Connection): GraphEdge => ({
  ...computed,
  id,
  a: `case:${a.caseId}`,
  b: `case:${b.caseId}`,
  bits: strengthBits,
  grades: counts.map(({ grade }) => grade),
  words: strongest.words,
  media: [strongest.mediaA, strongest.mediaB],
  connection: id,
});

const ofSeries = (
  start: string,
  { series, case: end, strengthBits, counts, strongest }: SeriesConnection,
): GraphEdge => {
  const other = series === null ? `case:${end?.caseId ?? ''}` : `entity:${series.id}`;
  return {
    ...computed,
    id: `connection ${[`entity:${start}`, other].sort().join(' ')}`,
    a: `entity:${start}`,
    b: other,
    bits: strengthBits,
    grades: counts.map(({ grade }) => grade),
    words: strongest.words,
    media: [strongest.mediaA, strongest.mediaB],
    connection: null,
  };
};

/** What the own agency rejected is drawn no more. */
const notRejected = ({ state }: Pick<Connection, 'state'>): boolean => state !== 'rejected';

/** Leads are left out: chance might bring as much. */
const connectionsAround = async (
  store: Store,
  ask: AskConnections,
  ctx: Context,
  start: GraphStart,
  node: GraphNode,
): Promise<Edges> => {
  if (start.kind === 'case') {
    const { items, total } = await ask({ case: start.id, between: 'cases', limit: NEIGHBOURS_LIMIT });
    const edges = items.filter(notRejected).map(ofCases);
    return { edges, leftOut: total - items.length };
  }
  if (node.kind !== 'series') return { edges: [], leftOut: 0 };
  const asked = { id: start.id, leads: false, limit: NEIGHBOURS_LIMIT };
  const [series, cases] = [
    await connectionsOfSeries(store, ctx, { ...asked, with: 'series' }),
    await connectionsOfSeries(store, ctx, { ...asked, with: 'cases' }),
  ];
  return {
    edges: [...series.items, ...cases.items].filter(notRejected).map((one) => ofSeries(start.id, one)),
    leftOut: series.total + cases.total - series.items.length - cases.items.length,
  };
};

const saidAround = async (trx: Trx, { kind, id }: GraphStart): Promise<Edges> => {
  const parts =
    kind === 'case'
      ? [await recordedIn(trx, id, NEIGHBOURS_LIMIT), await shownIn(trx, { caseId: id }, NEIGHBOURS_LIMIT)]
      : [
          await caseOfEntity(trx, id),
          await saidOfEntity(trx, id, NEIGHBOURS_LIMIT),
          await shownIn(trx, { entity: id }, NEIGHBOURS_LIMIT),
        ];
  return {
    edges: parts.flatMap(({ edges }) => edges),
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
};

/** Of the strongest and newest; what its neighbours say among themselves is there too. Errors: NOT_FOUND, and those of the connector. */
export const neighboursOf = async (
  store: Store,
  ask: AskConnections,
  ctx: Context,
  start: GraphStart,
): Promise<GraphNeighbours> => {
  const node = await withContext(store.app, ctx, (trx) => requireNode(trx, start), { access: 'read only' });
  const connected = await connectionsAround(store, ask, ctx, start, node);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const said = await saidAround(trx, start);
      const around = [...connected.edges, ...said.edges];
      const keys = new Set(around.flatMap(({ a, b }) => [a, b]));
      keys.delete(node.key);
      const entities = [...keys].flatMap((key) => (key.startsWith('entity:') ? [key.slice('entity:'.length)] : []));
      const among = await saidAmong(trx, entities, NEIGHBOURS_LIMIT);
      // What has gone since it was computed is left out.
      const nodes = await readNodes(trx, [...keys]);
      const isThere = (key: string): boolean => key === node.key || nodes.has(key);
      const edges = new Map([...around, ...among.edges].map((edge) => [edge.id, edge]));
      return {
        node,
        nodes: [...nodes.values()],
        edges: [...edges.values()].filter(({ a, b }) => isThere(a) && isThere(b)),
        leftOut: connected.leftOut + said.leftOut,
      };
    },
    { access: 'read only' },
  );
};

/** Errors: NOT_FOUND. */
export const readLayout = (store: Store, ctx: Context, start: GraphStart): Promise<GraphLayout> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireNode(trx, start);
      const kept = GraphLayout.safeParse(await readOwn(trx, ctx, `graph:${keyOf(start)}`));
      return kept.success ? kept.data : { pins: {} };
    },
    { access: 'read only' },
  );

/** Errors: NOT_FOUND. */
export const keepLayout = (store: Store, ctx: Context, start: GraphStart, layout: GraphLayout): Promise<GraphLayout> =>
  withContext(store.app, ctx, async (trx) => {
    await requireNode(trx, start);
    await keepOwn(trx, ctx, `graph:${keyOf(start)}`, layout);
    return layout;
  });

/** A picture is about to be made of what is shown: on record before it is. Errors: NOT_FOUND. */
export const recordExport = (store: Store, ctx: Context, start: GraphStart, given: GraphExport): Promise<GraphExport> =>
  withContext(store.app, ctx, async (trx) => {
    await requireNode(trx, start);
    await audit(trx, ctx, {
      type: 'export',
      object: { kind: start.kind, id: start.id },
      detail: { format: 'graph as PNG', items: given.nodes, recipient: null },
    });
    return given;
  });
