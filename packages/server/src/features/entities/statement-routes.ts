// What is stated of a series, over the API.
import { Id, RetractBody, SeriesStatement, SeriesStatementCreate, SeriesStatements } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { addStatement, listStatements, retractStatement } from './statements.js';

const params = z.object({ id: Id });
const tags = ['entities'];

export const statementRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/series/:id/statements',
    {
      config: viewed('series statements', 'entity'),
      schema: {
        tags,
        summary: 'Clues, claims and votes for a country, with the votes counted',
        params,
        response: answers(SeriesStatements),
      },
    },
    (request) => listStatements(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/series/:id/statements',
    {
      config: byService,
      schema: {
        tags,
        summary: 'State a clue, claim the series for your agency, or vote for a country; with a reason',
        params,
        body: SeriesStatementCreate,
        response: answers(SeriesStatement),
      },
    },
    (request) => addStatement(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/series-statements/:id/retract',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take back what your agency stated; it stays on record',
        params,
        body: RetractBody,
        response: answers(SeriesStatement),
      },
    },
    (request) => retractStatement(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
