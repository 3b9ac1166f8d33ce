// Answers about chats over the API: what groups share, the way of a media, members of several groups, and their countries.
import {
  ChatCountries,
  ChatKeep,
  ChatKept,
  ChatPackageAsk,
  ChatPackageSummary,
  ChatPeopleQuery,
  ChatPersonPage,
  ChatScopeQuery,
  Id,
  Propagation,
  SharedChats,
} from '@redthread/core/contract';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { answers, ByteStream, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurn } from '../../app/http/turns.js';
import { keepChat } from './keep.js';
import { makeChatPackage, previewChatPackage } from './package.js';
import { countCountries, listPeople } from './people.js';
import { postingsOf } from './postings.js';
import { sharedWith } from './shared.js';

const tags = ['chats'];
const params = z.object({ id: Id });
const file = { 200: { description: 'The file', content: { 'application/octet-stream': { schema: ByteStream } } } };
const MIME = { json: 'application/json', csv: 'text/csv' } as const;

export const chatAnswerRoutes = (api: Api, { store }: RouteDeps): void => {
  // Each goes through all participants that somebody may see.
  const turns = createTurns({ each: 1, all: 4, waiting: 8 });

  api.get(
    '/chats/:id/shared',
    {
      config: viewed('shared chats', 'chat'),
      schema: {
        tags,
        summary: 'Other groups that have members, media or leads in common with this one',
        params,
        response: answers(SharedChats),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, async () => ({ items: await sharedWith(store, ctx, request.params.id) }));
    },
  );

  api.get(
    '/media/:id/postings',
    {
      config: viewed('postings', 'media'),
      schema: {
        tags,
        summary:
          'Every message in which it was sent, on one clock where that can be said, with who was there; and where it was saved',
        params,
        response: answers(Propagation),
      },
    },
    (request) => postingsOf(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/chat-people',
    {
      config: viewed('chat people'),
      schema: {
        tags,
        summary: 'Members of groups as people, those in the most groups first, with what each export calls them',
        querystring: ChatPeopleQuery,
        response: answers(ChatPersonPage),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => listPeople(store, ctx, request.query));
    },
  );

  api.get(
    '/chat-countries',
    {
      config: viewed('chat countries'),
      schema: {
        tags,
        summary: 'Members of groups counted by the prefix of their numbers',
        querystring: ChatScopeQuery,
        response: answers(ChatCountries),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => countCountries(store, ctx, request.query));
    },
  );

  api.post(
    '/chats/:id/keep',
    {
      config: byService,
      schema: {
        tags,
        summary:
          'Records the group, and chosen members and links of it, as entities, with what the lines of its export say',
        params,
        body: ChatKeep,
        response: answers(ChatKept),
      },
    },
    (request) => keepChat(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/exports/chats/preview',
    {
      config: viewed('chat package preview'),
      schema: {
        tags,
        summary: 'What a package of the people of a country would hold, and whether it may go to whom it is for',
        body: ChatPackageAsk,
        response: answers(ChatPackageSummary),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return inTurn(turns, ctx.actor.userId, () => previewChatPackage(store, ctx, request.body));
    },
  );

  api.post(
    '/exports/chats',
    {
      config: { ...byService, proof: true },
      schema: {
        tags,
        summary:
          'The people of a country with their groups, messages and files, each with where it stands; on record, and in the ledger where it is for somebody else, before it leaves',
        body: ChatPackageAsk,
        response: file,
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { summary, text } = await inTurn(turns, ctx.actor.userId, () => makeChatPackage(store, ctx, request.body));
      const { format } = request.body;
      return reply
        .type(`${MIME[format]}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="redthread-chats-${summary.country}.${format}"`)
        .send(Readable.from([text]));
    },
  );
};
