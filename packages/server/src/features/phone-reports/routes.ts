// Reports of phones and of providers over the API.
import {
  Id,
  PhoneReports,
  PhoneReportFilePage,
  PhoneReportFileQuery,
  PhoneReportPersonPage,
  PhoneReportPersonQuery,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listReportFiles, listReportPeople, listReports } from './service.js';

const params = z.object({ id: Id });

export const phoneReportRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/exhibits/:id/reports',
    {
      config: viewed('phone-reports', 'exhibit'),
      schema: {
        tags: ['chats'],
        summary:
          'Reports of phones and of providers in an exhibit: the device, how many people, chats and files, and what became of them',
        params,
        response: answers(PhoneReports),
      },
    },
    async (request) => ({ items: await listReports(store, ctxOf(request), request.params.id) }),
  );

  api.get(
    '/exhibits/:id/report-people',
    {
      config: viewed('report-people', 'exhibit'),
      schema: {
        tags: ['chats'],
        summary: 'Contacts, accounts and reported users that the reports of an exhibit name',
        params,
        querystring: PhoneReportPersonQuery,
        response: answers(PhoneReportPersonPage),
      },
    },
    (request) => listReportPeople(store, ctxOf(request), { exhibit: request.params.id, ...request.query }),
  );

  api.get(
    '/exhibits/:id/report-files',
    {
      config: viewed('report-files', 'exhibit'),
      schema: {
        tags: ['chats'],
        summary:
          'Files that the reports of an exhibit name: where they lay, whether they were deleted, and where their bytes are',
        params,
        querystring: PhoneReportFileQuery,
        response: answers(PhoneReportFilePage),
      },
    },
    (request) => listReportFiles(store, ctxOf(request), { exhibit: request.params.id, ...request.query }),
  );
};
