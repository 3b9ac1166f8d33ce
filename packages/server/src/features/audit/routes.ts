// The audit record over the API; who reads it is on record as well.
import { AuditPage, AuditQuery, Erased, Erasure, Id, PageQuery, RecordState } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { eraseTexts } from './erase.js';
import { itemHistory } from './history.js';
import { readRecordState } from './record-state.js';
import { listAudit } from './service.js';

const params = z.object({ id: Id });

export const auditRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/audit',
    {
      config: { access: 'audit', audit: { view: 'audit record', polled: true } },
      schema: {
        tags: ['audit'],
        summary: 'Who saw, did and was refused what, newest first',
        querystring: AuditQuery,
        response: answers(AuditPage),
      },
    },
    (request) => listAudit(store, ctxOf(request), request.query),
  );

  api.get(
    '/audit/record',
    {
      config: {
        access: 'audit',
        audit: { exempt: 'lengths, hashes and times of the record, of nobody in it' },
        byItself: true,
      },
      schema: {
        tags: ['audit'],
        summary: 'How the sealed record stands: its length, its head, its anchors, what waits',
        response: answers(RecordState),
      },
    },
    (request) => readRecordState(store, ctxOf(request)),
  );

  api.post(
    '/audit/erasures',
    {
      config: { access: 'write', audit: { byService: true }, proof: true },
      schema: {
        tags: ['audit'],
        summary: 'Erase clear texts of sealed events; that it was done, and why, is on record',
        body: Erasure,
        response: answers(Erased),
      },
    },
    async (request) => ({ erased: await eraseTexts(store, ctxOf(request), request.body) }),
  );

  api.get(
    '/media/:id/history',
    {
      config: viewed('history', 'media'),
      schema: {
        tags: ['media'],
        summary: 'What people of your agency did with this media',
        params,
        querystring: PageQuery,
        response: answers(AuditPage),
      },
    },
    (request) => itemHistory(store, ctxOf(request), { media: request.params.id }, request.query),
  );

  api.get(
    '/cases/:id/history',
    {
      config: viewed('history', 'case'),
      schema: {
        tags: ['work'],
        summary: 'What people of your agency did with this case and its exhibits',
        params,
        querystring: PageQuery,
        response: answers(AuditPage),
      },
    },
    (request) => itemHistory(store, ctxOf(request), { case: request.params.id }, request.query),
  );
};
