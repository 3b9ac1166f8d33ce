// Handling codes over the API, and what is marked with them.
import { Handling, HandlingCode, HandlingMark, HandlingSet, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listCodes, mark, removeCode, setCode } from './service.js';

const Nothing = z.null();
const code = z.object({ code: Handling });

export const handlingRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/handling',
    {
      config: viewed('handling codes'),
      schema: {
        tags: ['work'],
        summary: 'Handling codes of your agency, and whom each reaches',
        response: answers(z.object({ items: z.array(HandlingCode) })),
      },
    },
    async (request) => ({ items: await listCodes(store, ctxOf(request)) }),
  );

  api.put(
    '/handling/:code',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Make a code, or change whom it reaches: at once, for everything that carries it',
        params: code,
        body: HandlingSet,
        response: answers(HandlingCode),
      },
    },
    (request) => setCode(store, ctxOf(request), request.params.code, request.body),
  );

  api.delete(
    '/handling/:code',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Remove a code that nothing carries',
        params: code,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await removeCode(store, ctxOf(request), request.params.code);
      return reply.code(204).send(null);
    },
  );

  for (const kind of ['exhibit', 'list'] as const)
    api.put(
      `/${kind}s/:id/handling`,
      {
        config: byService,
        schema: {
          tags: ['work'],
          summary: kind === 'exhibit' ? 'Mark an exhibit; null: it follows its case' : 'Mark a list',
          params: z.object({ id: Id }),
          body: HandlingMark,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await mark(store, ctxOf(request), { kind, id: () => Promise.resolve(id) }, request.body.handling);
        return reply.code(204).send(null);
      },
    );
};
