// Chats over the API: exports, conversations, messages, search over them, leads.
import {
  ChatDateOrder,
  ChatDetail,
  ChatExport,
  ChatExportPage,
  ChatMessages,
  ChatMessagesQuery,
  ChatPage,
  ChatQuery,
  ChatScopeQuery,
  Id,
  LeadPage,
  LeadQuery,
  MessageHits,
  MessageSearchQuery,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import {
  findMessages,
  listChatExports,
  listChats,
  listLeads,
  readMessages,
  sayDateOrder,
  showChat,
  showChatExport,
} from './service.js';

const params = z.object({ id: Id });
const tags = ['chats'];

export const chatRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/chat-exports',
    {
      config: viewed('chat exports'),
      schema: {
        tags,
        summary: 'Chat exports found in exhibits, and those that ask in which order their dates stand; newest first',
        querystring: ChatScopeQuery,
        response: answers(ChatExportPage),
      },
    },
    (request) => listChatExports(store, ctxOf(request), request.query),
  );

  api.get(
    '/chat-exports/:id',
    {
      config: viewed('a chat export'),
      schema: { tags, summary: 'One chat export', params, response: answers(ChatExport) },
    },
    (request) => showChatExport(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/chat-exports/:id/date-order',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Say in which order its dates stand, where it leaves that open; it is read again with them',
        params,
        body: ChatDateOrder,
        response: answers(ChatExport),
      },
    },
    (request) => sayDateOrder(store, ctxOf(request), request.params.id, request.body),
  );

  api.get(
    '/chats',
    {
      config: viewed('chats'),
      schema: {
        tags,
        summary: 'Conversations, those with the newest messages first',
        querystring: ChatQuery,
        response: answers(ChatPage),
      },
    },
    (request) => listChats(store, ctxOf(request), request.query),
  );

  api.get(
    '/chats/:id',
    {
      config: viewed('a chat', 'chat'),
      schema: {
        tags,
        summary:
          'A conversation: who takes part, who was there when, its names, and other exports of it with their clocks',
        params,
        response: answers(ChatDetail),
      },
    },
    (request) => showChat(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/chats/:id/messages',
    {
      config: viewed('messages of a chat', 'chat'),
      schema: {
        tags,
        summary: 'Messages with their files, wherever these were found, and their leads',
        params,
        querystring: ChatMessagesQuery,
        response: answers(ChatMessages),
      },
    },
    (request) => readMessages(store, ctxOf(request), request.params.id, request.query),
  );

  api.get(
    '/messages',
    {
      config: { access: 'read', audit: { byService: true } },
      schema: {
        tags,
        summary:
          'Messages that have all of these words, or parts of words, and what stands in quotation marks together',
        querystring: MessageSearchQuery,
        response: answers(MessageHits),
      },
    },
    (request) => findMessages(store, ctxOf(request), request.query),
  );

  api.get(
    '/leads',
    {
      config: viewed('leads'),
      schema: {
        tags,
        summary: 'Identifiers that messages name, never opened and never resolved; those in the most chats first',
        querystring: LeadQuery,
        response: answers(LeadPage),
      },
    },
    (request) => listLeads(store, ctxOf(request), request.query),
  );
};
