// Notices over the API.
import { Id, NoticePage, NoticeQuery } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listNotices, readAllNotices, readNotice } from './service.js';

const Nothing = z.null();
const OWN = { audit: { exempt: 'what a person is told themselves; what it tells of is on record' } } as const;

export const noticeRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/notices',
    {
      config: { access: 'read', ...OWN, byItself: true },
      schema: {
        tags: ['session'],
        summary: 'What you have to be told, newest first',
        querystring: NoticeQuery,
        response: answers(NoticePage),
      },
    },
    (request) => listNotices(store, ctxOf(request), { ...request.query, unread: request.query.unread === 'true' }),
  );

  api.post(
    '/notices/:id/read',
    {
      config: { access: 'read', ...OWN },
      schema: {
        tags: ['session'],
        summary: 'Mark a notice as read by you',
        params: z.object({ id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await readNotice(store, ctxOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/notices/read',
    {
      config: { access: 'read', ...OWN },
      schema: { tags: ['session'], summary: 'Mark all of them as read by you', response: { 204: Nothing } },
    },
    async (request, reply) => {
      await readAllNotices(store, ctxOf(request));
      return reply.code(204).send(null);
    },
  );
};
