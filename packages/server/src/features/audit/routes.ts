// The audit record over the API; who reads it is on record as well.
import { AuditPage, AuditQuery } from '@redthread/core/contract';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listAudit } from './service.js';

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
};
