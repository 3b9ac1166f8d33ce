// Entities, series and assertions over the API.
import {
  Assertion,
  AssertionCreate,
  Assertions,
  Entity,
  EntityCreate,
  EntityDetail,
  EntityDetailQuery,
  EntityPage,
  EntityQuery,
  ExternalIdAdd,
  ExternalIdRow,
  Id,
  MembersAdded,
  MembersRemoved,
  PageQuery,
  RetractBody,
  SeriesMemberPage,
  SeriesMembersAdd,
  SeriesMembersRemove,
  SeriesStepAdd,
  SeriesSuggestions,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { assertionsOfMedia, assertRelation, retractAssertion } from './assertions.js';
import { addMembers, listMembers, removeMembers, suggestMembers } from './series.js';
import { addExternalId, createEntity, listEntities, retractExternalId, setSeriesState, showEntity } from './service.js';
import { statementRoutes } from './statement-routes.js';

const params = z.object({ id: Id });
const tags = ['entities'];

const entities = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/entities',
    {
      config: viewed('entities'),
      schema: {
        tags,
        summary: 'Entities and series that you see, newest first',
        querystring: EntityQuery,
        response: answers(EntityPage),
      },
    },
    (request) => listEntities(store, ctxOf(request), request.query),
  );

  api.post(
    '/entities',
    {
      config: byService,
      schema: { tags, summary: 'Record an entity or a series', body: EntityCreate, response: answers(Entity) },
    },
    (request) => createEntity(store, ctxOf(request), request.body),
  );

  api.get(
    '/entities/:id',
    {
      config: viewed('entity', 'entity'),
      schema: {
        tags,
        summary: 'An entity or a series, with all that is said of the records that are one with it for you',
        params,
        querystring: EntityDetailQuery,
        response: answers(EntityDetail),
      },
    },
    (request) => showEntity(store, ctxOf(request), request.params.id, request.query.at),
  );

  api.post(
    '/entities/:id/external-ids',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Record a number that somebody else gave it',
        params,
        body: ExternalIdAdd,
        response: answers(ExternalIdRow),
      },
    },
    (request) => addExternalId(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/external-ids/:id/retract',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take a number back; it stays on record',
        params,
        body: RetractBody,
        response: answers(ExternalIdRow),
      },
    },
    (request) => retractExternalId(store, ctxOf(request), request.params.id, request.body.reason),
  );
};

const assertions = (api: Api, { store }: RouteDeps): void => {
  api.post(
    '/assertions',
    {
      config: byService,
      schema: { tags, summary: 'Say what relates to what', body: AssertionCreate, response: answers(Assertion) },
    },
    (request) => assertRelation(store, ctxOf(request), request.body),
  );

  api.post(
    '/assertions/:id/retract',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take back what your agency said; it stays on record',
        params,
        body: RetractBody,
        response: answers(Assertion),
      },
    },
    (request) => retractAssertion(store, ctxOf(request), request.params.id, request.body.reason),
  );

  api.get(
    '/media/:id/assertions',
    {
      config: viewed('assertions', 'media'),
      schema: {
        tags,
        summary: 'What is said of a media: its series, whom and what it shows, what rests on it',
        params,
        response: answers(Assertions),
      },
    },
    async (request) => ({ items: await assertionsOfMedia(store, ctxOf(request), request.params.id) }),
  );
};

const series = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/series/:id/members',
    {
      config: viewed('series members', 'entity'),
      schema: {
        tags,
        summary: 'Media of a series and of those that are one with it, each with what says so',
        params,
        querystring: PageQuery,
        response: answers(SeriesMemberPage),
      },
    },
    (request) => listMembers(store, ctxOf(request), request.params.id, request.query),
  );

  api.post(
    '/series/:id/members',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Say of media that they belong to a series',
        params,
        body: SeriesMembersAdd,
        response: answers(MembersAdded),
      },
    },
    (request) => addMembers(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/series/:id/members/remove',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take back of media that they belong to a series; it stays on record',
        params,
        body: SeriesMembersRemove,
        response: answers(MembersRemoved),
      },
    },
    (request) => removeMembers(store, ctxOf(request), request.params.id, request.body),
  );

  api.get(
    '/series/:id/suggestions',
    {
      config: viewed('series suggestions', 'entity'),
      schema: {
        tags,
        summary: 'Media that match a member, strongest first, each with its reason',
        params,
        response: answers(SeriesSuggestions),
      },
    },
    (request) => suggestMembers(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/series/:id/steps',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Change the state of a series: open, being worked, identified, closed',
        params,
        body: SeriesStepAdd,
        response: answers(Entity),
      },
    },
    (request) => setSeriesState(store, ctxOf(request), request.params.id, request.body),
  );
};

export const entityRoutes = (api: Api, deps: RouteDeps): void => {
  for (const part of [entities, assertions, series, statementRoutes]) part(api, deps);
};
