// Cases, their settings and their lists over the API.
import {
  Case,
  CaseAccess,
  CaseAccessGive,
  CaseChange,
  CaseCreate,
  ContactModeChange,
  Id,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { giveAccess, listAccess, takeAccess } from './access.js';
import { changeContactMode } from './contact-mode.js';
import { changeCase, createCase, listCases, readCase } from './service.js';

const params = z.object({ id: Id });

const accessRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/cases/:id/access',
    {
      config: viewed('list of a case', 'case'),
      schema: {
        tags: ['work'],
        summary: 'Who is on a case of your agency, and who was',
        params,
        response: answers(z.object({ items: z.array(CaseAccess) })),
      },
    },
    async (request) => ({ items: await listAccess(store, ctxOf(request), request.params.id) }),
  );

  api.post(
    '/cases/:id/access',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Put a colleague, another agency, or one person of it on the case',
        params,
        body: CaseAccessGive,
        response: answers(CaseAccess),
      },
    },
    (request) => giveAccess(store, ctxOf(request), request.params.id, request.body),
  );

  api.delete(
    '/cases/:id/access/:access',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Take somebody off the case',
        params: params.extend({ access: Id }),
        response: answers(CaseAccess),
      },
    },
    (request) => takeAccess(store, ctxOf(request), request.params.id, (line) => line.id === request.params.access),
  );
};

export const caseRoutes = (api: Api, deps: RouteDeps): void => {
  const { store } = deps;

  api.get(
    '/cases',
    {
      config: viewed('cases'),
      schema: {
        tags: ['work'],
        summary: 'Cases of the agency, and those shared with it',
        querystring: z.object({ operation: Id.optional() }),
        response: answers(z.object({ items: z.array(Case) })),
      },
    },
    async (request) => ({ items: await listCases(store, ctxOf(request), request.query) }),
  );

  api.post(
    '/cases',
    {
      config: byService,
      schema: { tags: ['work'], summary: 'Open a case', body: CaseCreate, response: answers(Case) },
    },
    (request) => createCase(store, ctxOf(request), request.body),
  );

  api.get(
    '/cases/:id',
    {
      config: viewed('case', 'case'),
      schema: { tags: ['work'], summary: 'One case', params, response: answers(Case) },
    },
    (request) => readCase(store, ctxOf(request), request.params.id),
  );

  api.put(
    '/cases/:id',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Change who sees it, its handling, its contact, its sharing or its title',
        params,
        body: CaseChange,
        response: answers(Case),
      },
    },
    (request) => changeCase(store, ctxOf(request), request.params.id, request.body),
  );

  api.put(
    '/cases/:id/contact-mode',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Change what the case tells other agencies and is told, from the next day on',
        params,
        body: ContactModeChange,
        response: answers(Case),
      },
    },
    (request) => changeContactMode(store, ctxOf(request), request.params.id, request.body),
  );

  accessRoutes(api, deps);
};
