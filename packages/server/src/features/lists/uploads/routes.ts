// Lists on their way in over the API: docs/lists.md describes the order of the calls for whoever writes another sender.
import {
  Id,
  LIST_PART_BYTES,
  ListUpload,
  ListUploadBegin,
  ListUploadCount,
  ListUploadRead,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, contentDigest, ctxOf, whoAsks, type Api, type RouteDeps } from '../../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../../app/http/turns.js';
import {
  beginListUpload,
  dropListUpload,
  haveListCount,
  haveListRead,
  listUploads,
  showListUpload,
  takeListPart,
} from './service.js';

const PART = { exempt: 'part of an upload; that a list counts is on record' } as const;
const writes = { access: 'write', audit: PART } as const;
const reads = { access: 'read', audit: { exempt: 'what a person sent themselves' } } as const;
const Nothing = z.null();
const upload = z.object({ id: Id });
const part = upload.extend({ file: z.coerce.number().int().min(0) });
const offset = z.object({ offset: z.coerce.number().int().min(0) });
/** Requests with bytes that are read at a time. */
const AT_ONCE = { each: 2, all: 8, waiting: 16 };

export const listUploadRoutes = (api: Api, { lists, store }: RouteDeps): void => {
  const inTurn = inTurnOf(createTurns(AT_ONCE));

  api.post(
    '/list-uploads',
    {
      config: writes,
      schema: {
        tags: ['media'],
        summary: 'Begin to bring a list in: what it is, and which files it comes in',
        body: ListUploadBegin,
        response: answers(ListUpload),
      },
    },
    (request) => beginListUpload(store, ctxOf(request), whoAsks(request).keyId, request.body),
  );

  api.get(
    '/list-uploads',
    {
      config: reads,
      schema: {
        tags: ['media'],
        summary: 'Lists that you are bringing in, newest first',
        response: answers(z.object({ items: z.array(ListUpload) })),
      },
    },
    async (request) => ({ items: await listUploads(store, ctxOf(request)) }),
  );

  api.get(
    '/list-uploads/:id',
    {
      config: reads,
      schema: {
        tags: ['media'],
        summary: 'How far it is, and what was read of it',
        params: upload,
        response: answers(ListUpload),
      },
    },
    (request) => showListUpload(store, ctxOf(request), request.params.id),
  );

  api.put(
    '/list-uploads/:id/files/:file',
    {
      config: writes,
      bodyLimit: LIST_PART_BYTES,
      preParsing: inTurn,
      schema: {
        tags: ['media'],
        summary: 'Send the next bytes of a file with their Content-Digest',
        params: part,
        querystring: offset,
        body: Bytes,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id, file } = request.params;
      const sent = { file, offset: request.query.offset, bytes: request.body, digest: contentDigest(request) };
      await takeListPart(store, ctxOf(request), id, sent);
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/list-uploads/:id/read',
    {
      config: writes,
      schema: {
        tags: ['media'],
        summary: 'Have it read, or read again otherwise than was said first; nothing of it counts yet',
        params: upload,
        body: ListUploadRead,
        response: answers(ListUpload),
      },
    },
    (request) => haveListRead(store, lists, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/list-uploads/:id/count',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['media'],
        summary: 'Say that what was read is to count',
        params: upload,
        body: ListUploadCount,
        response: answers(ListUpload),
      },
    },
    (request) => {
      const ctx = ctxOf(request);
      return haveListCount(store, lists, { ...ctx, purpose: request.body.purpose ?? ctx.purpose }, request.params.id);
    },
  );

  api.delete(
    '/list-uploads/:id',
    {
      config: writes,
      schema: { tags: ['media'], summary: 'Give it up', params: upload, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await dropListUpload(store, lists, ctxOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
};
