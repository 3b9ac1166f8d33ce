// Media, their occurrences and their renditions over the API.
import { Id, Media, Occurrence, page, PageQuery, PurposeSet } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { readVeiled, readVeiledStoryboard, revealMedia } from './renditions.js';
import { listOccurrences, showMedia, showStack } from './service.js';

const params = z.object({ id: Id });
const OccurrenceQuery = PageQuery.extend({
  media: Id.optional(),
  operation: Id.optional(),
  case: Id.optional(),
  exhibit: Id.optional(),
  agency: Id.optional(),
  step: z.enum(['seized', 'unreadable', 'duplicate']).optional(),
});
/** Bytes go round the serialiser of JSON; the description of the API says what they are. */
const jpeg = { 200: { description: 'A picture', content: { 'image/jpeg': { schema: Bytes } } } };

const REVEALS = [
  ['/media/:id/reveal', 'clear', 'The clear rendition; on record before it leaves'],
  [
    '/media/:id/storyboard/reveal',
    'storyboard',
    'The clear stills of a film, on one sheet; on record before they leave',
  ],
] as const;

export const mediaRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/occurrences',
    {
      config: viewed('occurrences'),
      schema: {
        tags: ['media'],
        summary: 'Files at their paths, of a media or of a scope and a step of its funnel',
        querystring: OccurrenceQuery,
        response: answers(page(Occurrence)),
      },
    },
    (request) => listOccurrences(store, ctxOf(request), request.query),
  );

  api.get(
    '/media/:id',
    {
      config: viewed('media', 'media'),
      schema: { tags: ['media'], summary: 'One media', params, response: answers(Media) },
    },
    (request) => showMedia(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/media/:id/occurrences',
    {
      config: viewed('occurrences', 'media'),
      schema: {
        tags: ['media'],
        summary: 'Every visible file with these bytes in its agency',
        params,
        querystring: PageQuery,
        response: answers(page(Occurrence)),
      },
    },
    (request) => listOccurrences(store, ctxOf(request), { ...request.query, media: request.params.id }),
  );

  api.get(
    '/media/:id/stack',
    {
      config: viewed('stack', 'media'),
      schema: {
        tags: ['media'],
        summary: 'The members of its stack',
        params,
        response: answers(z.object({ items: z.array(Media) })),
      },
    },
    async (request) => ({ items: await showStack(store, ctxOf(request), request.params.id) }),
  );

  api.get(
    '/media/:id/veiled',
    {
      config: {
        access: 'read',
        audit: { exempt: 'about 64 px, grey and blurred: the list that shows it is on record' },
      },
      schema: { tags: ['media'], summary: 'The veiled rendition', params, response: jpeg },
    },
    async (request, reply) => {
      const bytes = await readVeiled(store, ctxOf(request), request.params.id);
      return reply.type('image/jpeg').send(bytes);
    },
  );

  api.get(
    '/media/:id/storyboard',
    {
      config: {
        access: 'read',
        audit: { exempt: 'about 64 px a still, grey and blurred: the page that shows it is on record' },
      },
      schema: { tags: ['media'], summary: 'The veiled stills of a film, on one sheet', params, response: jpeg },
    },
    async (request, reply) => {
      const bytes = await readVeiledStoryboard(store, ctxOf(request), request.params.id);
      return reply.type('image/jpeg').send(bytes);
    },
  );

  for (const [path, of, summary] of REVEALS)
    api.post(
      path,
      {
        config: { access: 'reveal', audit: { byService: true } },
        schema: {
          tags: ['media'],
          summary,
          params,
          body: PurposeSet.partial().nullish(),
          response: jpeg,
        },
      },
      async (request, reply) => {
        const bytes = await revealMedia(store, ctxOf(request), {
          mediaId: request.params.id,
          purpose: request.body?.purpose,
          of,
        });
        return reply.type('image/jpeg').send(bytes);
      },
    );
};
