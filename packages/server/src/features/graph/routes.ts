// The graph over the API, one neighbourhood at a time.
import { GRAPH_STARTS, GraphExport, GraphLayout, GraphNeighbours, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { keepLayout, neighboursOf, readLayout, recordExport } from './service.js';

const tags = ['work'];
const params = z.object({ id: Id });
const audit = { exempt: 'where somebody puts the nodes of a graph is their own' } as const;
const PATHS = { case: '/cases/:id/graph', entity: '/entities/:id/graph' } as const;

export const graphRoutes = (api: Api, { connections, store }: RouteDeps): void => {
  for (const kind of GRAPH_STARTS) {
    const path = PATHS[kind];
    api.get(
      path,
      {
        config: viewed('graph', kind),
        schema: {
          tags,
          summary: `What ${kind === 'case' ? 'a case' : 'an entity'} connects with, computed, recorded and said; and what its neighbours are to one another`,
          params,
          response: answers(GraphNeighbours),
        },
      },
      (request) => {
        const ctx = ctxOf(request);
        const { id } = request.params;
        return neighboursOf(store, (input) => connections.ask({ op: 'list', ctx, input }), ctx, { kind, id });
      },
    );

    api.get(
      `${path}/layout`,
      {
        config: { access: 'read', audit },
        schema: { tags, summary: 'Where you put the nodes of the graph', params, response: answers(GraphLayout) },
      },
      (request) => readLayout(store, ctxOf(request), { kind, id: request.params.id }),
    );

    api.put(
      `${path}/layout`,
      {
        config: { access: 'write', audit },
        schema: {
          tags,
          summary: 'Keep where you put the nodes',
          params,
          body: GraphLayout,
          response: answers(GraphLayout),
        },
      },
      (request) => keepLayout(store, ctxOf(request), { kind, id: request.params.id }, request.body),
    );

    api.post(
      `${path}/exports`,
      {
        config: { access: 'read', audit: { byService: true } },
        schema: {
          tags,
          summary: 'Put on record that a picture of the graph leaves',
          params,
          body: GraphExport,
          response: answers(GraphExport),
        },
      },
      (request) => recordExport(store, ctxOf(request), { kind, id: request.params.id }, request.body),
    );
  }
};
