// Contacts over the API.
import { Contact, ContactAnswer, ContactQuery, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { answerContact, listContacts, showContact } from './service.js';

const params = z.object({ id: Id });

export const contactRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/contacts',
    {
      config: viewed('contacts'),
      schema: {
        tags: ['work'],
        summary: 'Whom to ask in other agencies about what your cases hold; open ones, or all',
        querystring: ContactQuery,
        response: answers(z.object({ items: z.array(Contact) })),
      },
    },
    async (request) => {
      const { case: caseId, all } = request.query;
      return { items: await listContacts(store, ctxOf(request), { case: caseId, all: all === 'true' }) };
    },
  );

  api.get(
    '/contacts/:id',
    {
      config: viewed('contact', 'contact'),
      schema: { tags: ['work'], summary: 'One contact', params, response: answers(Contact) },
    },
    (request) => showContact(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/contacts/:id/answer',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['work'],
        summary: 'Say what was done about it: acknowledged, contacted or closed, with a note',
        params,
        body: ContactAnswer,
        response: answers(Contact),
      },
    },
    (request) => answerContact(store, ctxOf(request), request.params.id, request.body),
  );
};
