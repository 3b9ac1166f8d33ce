// Care over the API.
import { AgencyExposure, Care, CareState, Exposure } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { readAgencyExposure, readCare, readExposure, setCare, setFloor } from './service.js';

const tags = ['session'];
/** A record of who looks after themselves, and how, would be read by others. */
const audit = { exempt: 'what people choose for themselves and have been exposed to is theirs' } as const;
const own = { access: 'read', audit } as const;

export const careRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/me/care',
    { config: own, schema: { tags, summary: 'How you are shown things', response: answers(CareState) } },
    (request) => readCare(store, ctxOf(request)),
  );

  api.put(
    '/me/care',
    {
      config: { access: 'write', audit },
      schema: {
        tags,
        summary: 'Choose how you are shown things; the floor of your agency holds',
        body: Care,
        response: answers(CareState),
      },
    },
    (request) => setCare(store, ctxOf(request), request.body),
  );

  api.get(
    '/me/exposure',
    { config: own, schema: { tags, summary: 'What you have looked at, day by day', response: answers(Exposure) } },
    (request) => readExposure(store, ctxOf(request)),
  );

  api.put(
    '/care-floor',
    {
      config: { access: 'administer', audit: { byService: true } },
      schema: {
        tags: ['administration'],
        summary: 'The least care that your agency takes of its people',
        body: Care,
        response: answers(CareState),
      },
    },
    (request) => setFloor(store, ctxOf(request), request.body),
  );

  api.get(
    '/exposure',
    {
      config: viewed('exposure of the agency'),
      schema: {
        tags: ['administration'],
        summary: 'Averages of weeks that have ended and in which at least five people looked, for a welfare officer',
        response: answers(AgencyExposure),
      },
    },
    (request) => readAgencyExposure(store, ctxOf(request)),
  );
};
