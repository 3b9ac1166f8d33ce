// Where and when, over the API.
import { MediaPlaces, MediaTimes, PlacesQuery, TimesQuery } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { placesOf, timesOf } from './service.js';

const tags = ['work'];

export const whereAndWhenRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/places',
    {
      config: viewed('places'),
      schema: {
        tags,
        summary: 'Where the media of a scope say that they were made, as areas; and how many say nothing',
        querystring: PlacesQuery,
        response: answers(MediaPlaces),
      },
    },
    (request) => placesOf(store, ctxOf(request), request.query),
  );

  api.get(
    '/times',
    {
      config: viewed('times'),
      schema: {
        tags,
        summary: 'When the media of a scope say that they were made, by source, as it was written',
        querystring: TimesQuery,
        response: answers(MediaTimes),
      },
    },
    (request) => timesOf(store, ctxOf(request), request.query),
  );
};
